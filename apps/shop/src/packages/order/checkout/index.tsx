import { useMemo, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Choice } from '../../../components/check'
import { Area, Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { sortBasket } from '../../../models/basket'
import { yuanText } from '../../../models/money'
import { createOrderKey, randomKey } from '../../../models/order-key'
import { SHORTAGE_WORDS } from '../../../models/order-words'
import type { Slot } from '../../../models/slots'
import type { Cart, Quote, ShortageChoice } from '../../../models/wire'
import { api, codeOf, troubleFrom } from '../../../services/api'
import { clearFromCart } from '../../../services/cart'
import { useLoad } from '../../../services/load'
import { place } from '../../../services/place'
import { openTab, replacePage, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { PickupBlock, QuoteLines, Sums } from './parts'
import './index.scss'

interface Basket {
  /** Null when nothing is chosen. */
  quote: Quote | null
  cards: Cart['lines']
}

/** 结算: everything decided already; one button that repeats the amount. */
export default function CheckoutPage() {
  const singleSku = useParam('skuId')
  const singleQuantity = Number(useParam('quantity') ?? 1)
  const storeId = useCell(place)?.storeId ?? ''
  const [slot, setSlot] = useState<Slot | null | undefined>(undefined)
  const [ifShort, setIfShort] = useState<ShortageChoice>('substitute')
  const [remark, setRemark] = useState('')
  const keyOf = useMemo(() => createOrderKey(() => randomKey(Date.now())), [])

  const basket = useLoad(`checkout.${storeId}`, async (): Promise<Basket> => {
    const cart = await api('GET /v1/cart', { query: { storeId } })
    const single = singleSku ? [{ skuId: singleSku, quantity: singleQuantity }] : null
    const lines = single ?? sortBasket(cart).chosen.map(({ skuId, quantity }) => ({ skuId, quantity }))
    // Nothing chosen is not a refusal of the server: the page says so itself.
    if (lines.length === 0) return { quote: null, cards: cart.lines }
    const quote = await api('POST /v1/quotes', { body: { storeId, fulfilment: { kind: 'pickup' }, lines } })
    return { quote, cards: cart.lines }
  })

  const placeOrder = async () => {
    const quote = basket.data?.quote
    if (!quote) return
    const wish = {
      storeId,
      fulfilment: { kind: 'pickup' as const, ...(slot ? { slotStart: slot.startsAt } : {}) },
      lines: quote.lines.map(({ skuId, quantity }) => ({ skuId, quantity })),
      expectFen: quote.totalFen,
      ifShort,
      ...(remark.trim() === '' ? {} : { remark: remark.trim() }),
    }
    try {
      const order = await api('POST /v1/orders', { body: { idempotencyKey: keyOf(wish), ...wish } })
      // What was ordered leaves the cart; a cart that could not be told so is no reason to hold up the payment.
      if (!singleSku) void clearFromCart(wish.lines.map(({ skuId }) => skuId)).catch(() => undefined)
      replacePage('pay', { id: order.id })
    } catch (error) {
      say(troubleFrom(error).text)
      const code = codeOf(error) ?? ''
      if (code === 'orders.price_changed') await basket.reload()
      if (code.startsWith('fulfilment.slot')) setSlot(undefined)
      if (code === 'inventory.stock_short' || code === 'catalog.sku_missing') openTab('cart')
    }
  }
  const total = basket.data?.quote?.totalFen
  return (
    <Screen
      title="确认订单"
      className="checkout"
      bar={total === undefined ? undefined : <PayBar total={total} onPay={placeOrder} />}
    >
      <NavBar title="确认订单" />
      <Gate loaded={basket} skeleton={<RowBones count={4} />} safe="还没有下单，购物车里的东西都在">
        {({ quote, cards }) =>
          quote === null ? (
            <Notice drawing="basket" title="没有要结算的商品" note="回购物车选几样吧">
              <Button onPress={() => openTab('cart')}>回购物车</Button>
            </Notice>
          ) : (
            <>
              <PickupBlock storeId={storeId} slot={slot} onSlot={setSlot} />
              <QuoteLines quote={quote} cards={cards} />
              <Panel title="缺货时怎么办">
                <Box role="radiogroup" label="缺货时怎么办">
                  {(['substitute', 'refund', 'call'] as const).map((choice) => (
                    <Choice
                      key={choice}
                      on={ifShort === choice}
                      title={SHORTAGE_WORDS[choice].name}
                      note={SHORTAGE_WORDS[choice].note}
                      onChoose={() => setIfShort(choice)}
                    />
                  ))}
                </Box>
              </Panel>
              <Panel title="备注">
                <Area
                  label="备注"
                  placeholder="比如：香蕉要青一点的"
                  value={remark}
                  maxLength={120}
                  onValue={setRemark}
                />
              </Panel>
              <Sums quote={quote} />
              <Box as="p" className="checkout-note">
                付款前可随时取消；付款后货给您留着，到店报提货码就能取
              </Box>
            </>
          )
        }
      </Gate>
    </Screen>
  )
}

function PayBar({ total, onPay }: { total: number; onPay: () => Promise<void> }) {
  return (
    <>
      <Price fen={total} size="l" />
      <Button className="checkout-pay" size="full" busyText="正在下单，请别离开" onPress={onPay}>
        {`微信支付 ${yuanText(total)}`}
      </Button>
    </>
  )
}
