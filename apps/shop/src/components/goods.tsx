import type { Card } from '../models/wire'
import { piecesOf } from '../models/basket'
import { mediaUrl } from '../services/api'
import { cart, putInCart, wishes } from '../services/cart'
import { openPage } from '../services/routes'
import { useCell } from '../services/watch'
import { Button } from './button'
import { Box, Picture, Press, Words } from './elements'
import { Price } from './price'
import { AddDisc, Stepper } from './stepper'
import { CardTags } from './tag'

/** Pieces of a product as the shopper sees them now, watched. */
export function usePieces(skuId: string): number {
  const known = piecesOf(useCell(cart), skuId)
  return useCell(wishes)[skuId] ?? known
}

const openProduct = (product: Card) => openPage('product', { id: product.id })

/** A product's picture on its tint; the zone's letter where the merchant gave none. */
export function Thumb({
  product,
  size = 'm',
  eager = false,
}: {
  product: Pick<Card, 'picture' | 'shelf' | 'name'>
  size?: 's' | 'm' | 'l'
  eager?: boolean
}) {
  const zone = product.shelf?.[0] ?? ''
  return (
    <Box className={`ll-thumb ll-zone-${zone}`} hidden>
      {product.picture ? (
        <Picture src={mediaUrl(product.picture[size])} alt="" eager={eager} />
      ) : (
        <Words className="ll-thumb-letter">{zone || product.name.slice(0, 1)}</Words>
      )}
    </Box>
  )
}

/** A card of the two-column feed. `tall` staggers the columns. */
export function GoodsCard({
  product,
  tall,
  local = false,
}: {
  product: Card
  tall: boolean
  local?: boolean
}) {
  const pieces = usePieces(product.skuId)
  const soldOut = product.stock === 'sold_out'
  return (
    <Box className="ll-goods-card">
      <Press
        className={`ll-goods-card-picture ${tall ? 'll-goods-card-tall' : ''}`}
        role="link"
        label={product.name}
        onPress={() => openProduct(product)}
      >
        <Thumb product={product} />
        {soldOut && <Words className="ll-goods-out">卖完了</Words>}
      </Press>
      <Box className="ll-goods-card-words">
        <Box as="h3" className="ll-goods-card-name">
          {product.name}
        </Box>
        <CardTags product={product} local={local} />
        <Box className="ll-goods-card-foot">
          <Price fen={product.priceFen} unit={product.unit} />
          {!soldOut && <AddDisc product={product} quantity={pieces} />}
        </Box>
      </Box>
    </Box>
  )
}

/** A row of a list: picture, words, price, stepper in place. */
export function GoodsRow({ product }: { product: Card }) {
  const pieces = usePieces(product.skuId)
  const soldOut = product.stock === 'sold_out'
  return (
    <Box as="li" className={`ll-goods-row ${soldOut ? 'll-goods-row-out' : ''}`}>
      <Press
        className="ll-goods-row-picture"
        role="link"
        label={soldOut ? `${product.name}，卖完了` : product.name}
        onPress={() => openProduct(product)}
      >
        <Thumb product={product} size="s" />
        {soldOut && <Words className="ll-goods-out">卖完了</Words>}
      </Press>
      <Box className="ll-goods-row-words">
        <Box as="h3" className="ll-goods-row-name">
          {product.name}
        </Box>
        {product.subtitle !== '' && <Box className="ll-goods-row-note">{product.subtitle}</Box>}
        <CardTags product={product} />
        <Box className="ll-goods-row-foot">
          <Price fen={product.priceFen} unit={product.unit} wasFen={product.basePriceFen} />
          {!soldOut && <Stepper product={product} quantity={pieces} />}
        </Box>
      </Box>
    </Box>
  )
}

/** A product in the elder face: one column, words on every control. */
export function ElderGoods({ product }: { product: Card }) {
  const pieces = usePieces(product.skuId)
  const soldOut = product.stock === 'sold_out'
  return (
    <Box as="li" className="ll-elder-goods">
      <Press
        className="ll-elder-goods-head"
        role="link"
        label={product.name}
        onPress={() => openProduct(product)}
      >
        <Box className="ll-elder-goods-picture">
          <Thumb product={product} />
        </Box>
        <Box className="ll-elder-goods-words">
          <Box as="h3" className="ll-elder-goods-name">
            {spelledOut(product.name)}
          </Box>
          {product.subtitle !== '' && <Box className="ll-quiet">{product.subtitle}</Box>}
          <Box className="ll-elder-goods-price">
            <Price fen={product.priceFen} size="l" />
            <Words className="ll-elder-goods-unit">一{product.unit}</Words>
          </Box>
        </Box>
      </Press>
      {soldOut ? (
        <Box className="ll-elder-goods-out">卖完了</Box>
      ) : pieces === 0 ? (
        <Button
          size="full"
          icon="plus"
          label={`加入购物车：${product.name}`}
          onPress={() => putInCart(product, 1)}
        >
          加入购物车
        </Button>
      ) : (
        <Box className="ll-elder-goods-steps">
          <Button
            look="line"
            icon="minus"
            className="ll-elder-less"
            onPress={() => void putInCart(product, pieces - 1)}
          >
            少一{product.unit}
          </Button>
          <Words className="ll-strong">
            {pieces} {product.unit}
          </Words>
          <Button icon="plus" onPress={() => void putInCart(product, pieces + 1)}>
            多一{product.unit}
          </Button>
        </Box>
      )}
    </Box>
  )
}

/** Measures in words, as elders read them. */
const spelledOut = (name: string): string =>
  name
    .replace(/约(?=\d)/, '约 ')
    .replace(/(\d)\s?kg/gi, '$1 公斤')
    .replace(/(\d)\s?ml/gi, '$1 毫升')
    .replace(/(\d)\s?g\b/g, '$1 克')
    .replace(/(\d)\s?L\b/g, '$1 升')
