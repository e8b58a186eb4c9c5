import { useMemo, useState } from 'react'
import { NotOrdering, orderingHurdle } from '../../../components/advice'
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
import { slotChoice, type SlotChoice } from '../../../models/slots'
import type { Cart, Quote, ShortageChoice } from '../../../models/wire'
import { api, codeOf, troubleFrom } from '../../../services/api'
import { clearFromCart } from '../../../services/cart'
import { useLoad } from '../../../services/load'
import { usePlace, useStores } from '../../../services/place'
import { goBack, openTab, replacePage, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import { QuoteLines, Sums } from './parts'
import { PickupBlock } from './pickup'
import './index.scss'

interface Basket {
  /** Null when nothing is chosen. */
  quote: Quote | null
  cards: Cart['lines']
}

const NOT_KNOWN: SlotChoice = { slot: null, hurdle: '正在看取货时段', lost: null }

/** 结算: everything decided already; one button that repeats the amount. */
export default function CheckoutPage() {
  const singleSku = useParam('skuId')
  const singleQuantity = Number(useParam('quantity') ?? 1)
  const storeId = usePlace()?.storeId ?? ''
  const [wanted, setWanted] = useState<{ storeId: string; startsAt: string } | null>(null)
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

  const stores = useStores()
  const slots = useLoad(storeId ? `slots.${storeId}` : null, () =>
    api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId } }),
  )
  // A slot belongs to its store: the next one has slots of its own.
  const wantedHere = wanted?.storeId === storeId ? wanted.startsAt : null
  const choice = slots.data ? slotChoice(slots.data, wantedHere) : NOT_KNOWN
  const { slot } = choice

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
      if (code === 'stores.closed') await stores.reload()
      if (code.startsWith('fulfilment.slot')) {
        // The slot that was refused stays the wanted one: the page says what became of it, and waits for another choice.
        if (slot) setWanted({ storeId, startsAt: slot.startsAt })
        await slots.reload()
      }
      if (code === 'inventory.stock_short' || code === 'catalog.sku_missing')
        if (singleSku) goBack()
        else openTab('cart')
    }
  }
  const total = basket.data?.quote?.totalFen
  const hurdle = orderingHurdle(storeId, stores.data) ?? choice.hurdle
  return (
    <Screen
      title="确认订单"
      className="checkout"
      bar={total === undefined ? undefined : <PayBar total={total} hurdle={hurdle} onPay={placeOrder} />}
    >
      <NavBar title="确认订单" />
      <NotOrdering storeId={storeId} stores={stores.data} onMoved={() => openTab('home')} />
      <Gate loaded={basket} skeleton={<RowBones count={4} />} safe="还没有下单，购物车里的东西都在">
        {({ quote, cards }) =>
          quote === null ? (
            <Notice drawing="basket" title="没有要结算的商品" note="回购物车选几样吧">
              <Button onPress={() => openTab('cart')}>回购物车</Button>
            </Notice>
          ) : (
            <>
              <PickupBlock
                storeId={storeId}
                stores={stores.data}
                slots={slots}
                choice={choice}
                onSlot={({ startsAt }) => setWanted({ storeId, startsAt })}
              />
              <QuoteLines quote={quote} cards={cards} />
              <Panel title="缺货时怎么办">
                <Box role="radiogroup" label="缺货时怎么办">
                  {(Object.keys(SHORTAGE_WORDS) as ShortageChoice[]).map((choice) => (
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
                付款前可以自己取消；付款后货给您留着，要退款请找门店
              </Box>
            </>
          )
        }
      </Gate>
    </Screen>
  )
}

interface PayBarProps {
  total: number
  /** Why the order cannot be placed now; null when it can. */
  hurdle: string | null
  onPay: () => Promise<void>
}

function PayBar({ total, hurdle, onPay }: PayBarProps) {
  return (
    <>
      <Price fen={total} size="l" />
      <Button
        className="checkout-pay"
        size="full"
        disabled={hurdle !== null}
        busyText="正在下单，请别离开"
        onPress={onPay}
      >
        {hurdle ?? `微信支付 ${yuanText(total)}`}
      </Button>
    </>
  )
}
