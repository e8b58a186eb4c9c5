import type { Card } from '../models/wire'
import { putInCart } from '../services/cart'
import { say } from '../services/toast'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'

interface StepperProps {
  product: Pick<Card, 'skuId' | 'name' | 'unit' | 'available'>
  quantity: number
  /** Keeps at least one piece (checkout of a single product). */
  onQuantity?: (quantity: number) => void
  least?: number
}

/** − 2 +, in 44-pixel boxes. With nothing in the cart only the + is there. */
export function Stepper({ product, quantity, onQuantity, least = 0 }: StepperProps) {
  const put = onQuantity ?? ((next: number) => void putInCart(product, next))
  const more = () => {
    if (quantity >= product.available) say(`本店只有 ${product.available} ${product.unit}`)
    else put(quantity + 1)
  }
  return (
    <Box className="ll-stepper" role="group" label={`${product.name}，数量`}>
      {quantity > 0 && (
        <>
          <Press
            className="ll-stepper-box"
            label={`少一${product.unit}`}
            disabled={quantity <= least}
            onPress={() => put(quantity - 1)}
          >
            <Box className={`ll-disc ll-disc-line ${quantity <= least ? 'll-disc-off' : ''}`}>
              <Icon name="minus" size={18} />
            </Box>
          </Press>
          <Words className="ll-stepper-count">{quantity}</Words>
        </>
      )}
      <Press
        className="ll-stepper-box"
        label={quantity > 0 ? `多一${product.unit}` : `加入购物车：${product.name}`}
        onPress={more}
      >
        <Box className="ll-disc ll-disc-filled">
          <Icon name="plus" size={18} />
        </Box>
      </Press>
    </Box>
  )
}

interface AddDiscProps {
  product: Pick<Card, 'skuId' | 'name' | 'unit' | 'available'>
  quantity: number
}

/** The round + of a feed card: it turns into the count, and every press adds one. */
export function AddDisc({ product, quantity }: AddDiscProps) {
  const more = () => {
    if (quantity >= product.available) say(`本店只有 ${product.available} ${product.unit}`)
    else void putInCart(product, quantity + 1)
  }
  const label =
    quantity > 0
      ? `${product.name}，购物车里有 ${quantity} ${product.unit}，再加一${product.unit}`
      : `加入购物车：${product.name}`
  return (
    <Press className="ll-stepper-box" label={label} onPress={more}>
      <Box className={`ll-disc ll-disc-filled ll-disc-add ${quantity > 0 ? 'll-disc-counted' : ''}`}>
        {quantity > 0 ? <Words className="ll-disc-count">{quantity}</Words> : <Icon name="plus" size={20} />}
      </Box>
    </Press>
  )
}
