import { useState } from 'react'
import { Button } from '../../components/button'
import { Check } from '../../components/check'
import { Box, Picture, Press, Words } from '../../components/elements'
import { GoodsRow, Thumb } from '../../components/goods'
import { Icon } from '../../components/icon'
import { Price } from '../../components/price'
import { Notice } from '../../components/states'
import { Stepper } from '../../components/stepper'
import { troubleText } from '../../models/basket'
import { dateOf } from '../../models/times'
import type { CartLine } from '../../models/wire'
import { api, mediaUrl, memberSession, troubleFrom } from '../../services/api'
import { clearFromCart, putInCart, wishes } from '../../services/cart'
import { useLoad } from '../../services/load'
import { useInStore } from '../../services/place'
import { buyAgain } from '../../services/orders'
import { openPage, openTab } from '../../services/routes'
import { say } from '../../services/toast'
import { useCell } from '../../services/watch'

/** What can be bought now. */
export function Lines({ lines, managing }: { lines: CartLine[]; managing: boolean }) {
  const wished = useCell(wishes)
  return (
    <Box as="ul">
      {lines.map((line) => (
        <Box as="li" key={line.skuId} className="cart-line">
          <Check
            on={line.selected}
            label={`${line.product.name}，${managing ? '选中' : '结算时一起买'}`}
            onCheck={(selected) => void putInCart(line, line.quantity, selected)}
          />
          <Press
            className="cart-line-picture"
            role="link"
            label={line.product.name}
            onPress={() => openPage('product', { id: line.product.id })}
          >
            <Thumb product={line.product} size="s" />
          </Press>
          <Box className="cart-line-words">
            <Box as="h3" className="cart-line-name">
              {line.product.name}
            </Box>
            <Box className="cart-line-note">
              {line.trouble ? (
                <Words className="cart-line-trouble">{troubleText(line)}</Words>
              ) : line.selected ? (
                line.product.subtitle
              ) : (
                '下次再买，先不结'
              )}
            </Box>
            <Box className="cart-line-foot">
              <Price fen={line.product.priceFen} unit={line.product.unit} />
              <Stepper product={line.product} quantity={wished[line.skuId] ?? line.quantity} />
            </Box>
          </Box>
        </Box>
      ))}
    </Box>
  )
}

/** What waits: folded, never in the way of paying. */
export function OutOfStock({ lines }: { lines: CartLine[] }) {
  const [open, setOpen] = useState(true)
  const clear = async () => {
    try {
      await clearFromCart(lines.map((line) => line.skuId))
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  return (
    <Box as="section" className="cart-out">
      <Press className="cart-out-head" on={open} onPress={() => setOpen(!open)}>
        <Icon name="info" size={18} className="cart-out-icon" />
        <Words className="ll-strong">{lines.length} 样暂时买不了</Words>
        <Words className="ll-quiet">不影响结算</Words>
        <Words className="cart-out-fold">{open ? '收起' : '展开'}</Words>
        <Icon name={open ? 'up' : 'down'} size={16} />
      </Press>
      {open && (
        <>
          {lines.map((line) => (
            <Box key={line.skuId} className="cart-out-line">
              <Box className="cart-out-picture">
                <Thumb product={line.product} size="s" />
              </Box>
              <Box className="cart-out-words">
                {line.product.name}，{troubleText(line)}
              </Box>
              <Press
                className="cart-out-remove"
                label={`删掉${line.product.name}`}
                onPress={() => void putInCart(line, 0)}
              >
                <Icon name="trash" size={18} />
              </Press>
            </Box>
          ))}
          <Button look="soft" size="small" busyText="正在清" onPress={clear}>
            清掉这几样
          </Button>
        </>
      )}
    </Box>
  )
}

/** An empty cart refills from the last basket. */
export function EmptyCart() {
  const member = useCell(memberSession)
  const last = useLoad(member ? `last.${member.who.id}` : null, async () => {
    const { items } = await api('GET /v1/orders', { query: { limit: 1 } })
    const [newest] = items
    return { order: newest ? await api('GET /v1/orders/:orderId', { params: { orderId: newest.id } }) : null }
  })
  const order = last.data?.order ?? null
  if (!order)
    return (
      <Notice drawing="basket" title="购物车还空着" note="挑几样放进来，到店就能取">
        <Button onPress={() => openTab('category')}>去逛逛</Button>
      </Notice>
    )
  return (
    <Notice
      drawing="basket"
      title="购物车还空着"
      note={`上次（${dateOf(order.placedAt)}）买的 ${order.lines.length} 样，可以加回来`}
    >
      <Box className="cart-again">
        {order.lines.slice(0, 4).map((line) => (
          <Box key={line.lineNo} className="cart-again-item">
            <Box className="cart-again-picture">
              {line.picture && <Picture src={mediaUrl(line.picture.s)} alt={line.name} />}
            </Box>
          </Box>
        ))}
      </Box>
      <Button look="line" onPress={() => openTab('category')}>
        去逛逛
      </Button>
      <Button busyText="正在加" onPress={() => buyAgain(order)}>
        {`${order.lines.length} 样加回来`}
      </Button>
    </Notice>
  )
}

const GOOD_HERE_MOST = 6

/** Something to start with, where a cart has nothing in it: the first goods of the store that can be bought now. */
export function GoodHere() {
  const home = useInStore(
    'home',
    (storeId) => api('GET /v1/stores/:storeId/home', { params: { storeId } }),
    true,
  )
  const goods = (home.data?.goods ?? []).filter(({ stock }) => stock !== 'sold_out').slice(0, GOOD_HERE_MOST)
  if (!home.data || goods.length === 0) return null
  return (
    <Box as="section" className="cart-good">
      <Box as="h2" className="cart-good-title">
        {home.data.store.name}好货
      </Box>
      <Box as="ul">
        {goods.map((product) => (
          <GoodsRow key={product.id} product={product} />
        ))}
      </Box>
    </Box>
  )
}
