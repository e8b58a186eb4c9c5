import { useState } from 'react'
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
import { SHORTAGE_WORDS } from '../../../models/order-words'
import type { Cart, Quote, ShortageChoice } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePlace, useStores } from '../../../services/place'
import { openTab, useParam } from '../../../services/routes'
import { QuoteLines, Sums } from './parts'
import { PickupBlock } from './pickup'
import { usePickupSlot } from './pickup-slot'
import { usePlacing, type Wish } from './placing'
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
  const storeId = usePlace()?.storeId ?? ''
  const [wish, setWish] = useState<Wish>({ ifShort: 'substitute', remark: '' })
  const single = singleSku ? [{ skuId: singleSku, quantity: singleQuantity }] : null
  const basket = useLoad(storeId ? `checkout.${storeId}` : null, () => basketOf(storeId, single))
  const quote = basket.data?.quote ?? null
  const stores = useStores()
  const pickup = usePickupSlot(storeId)
  const place = usePlacing({
    storeId,
    single: single !== null,
    quote,
    pickup,
    stores,
    reload: basket.reload,
  })
  const hurdle = orderingHurdle(storeId, stores.data) ?? pickup.choice.hurdle
  const bar = quote && <PayBar total={quote.totalFen} hurdle={hurdle} onPay={() => place(wish)} />
  return (
    <Screen title="确认订单" className="checkout" bar={bar ?? undefined}>
      <NavBar title="确认订单" />
      <NotOrdering storeId={storeId} stores={stores.data} onMoved={() => openTab('home')} />
      <Gate loaded={basket} skeleton={<RowBones count={4} />} safe="还没有下单，购物车里的东西都在">
        {(data) =>
          data.quote === null ? (
            <Notice drawing="basket" title="没有要结算的商品" note="回购物车选几样吧">
              <Button onPress={() => openTab('cart')}>回购物车</Button>
            </Notice>
          ) : (
            <>
              <PickupBlock storeId={storeId} stores={stores.data} pickup={pickup} />
              <QuoteLines quote={data.quote} cards={data.cards} />
              <Wishes wish={wish} onWish={setWish} />
              <Sums quote={data.quote} />
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

/** What would be bought and for how much: one product, or what is chosen in the cart. */
async function basketOf(
  storeId: string,
  single: { skuId: string; quantity: number }[] | null,
): Promise<Basket> {
  const cart = await api('GET /v1/cart', { query: { storeId } })
  const lines = single ?? sortBasket(cart).chosen.map(({ skuId, quantity }) => ({ skuId, quantity }))
  // Nothing chosen is not a refusal of the server: the page says so itself.
  if (lines.length === 0) return { quote: null, cards: cart.lines }
  const quote = await api('POST /v1/quotes', { body: { storeId, fulfilment: { kind: 'pickup' }, lines } })
  return { quote, cards: cart.lines }
}

/** What the shopper wants when something is short, and in their own words. */
function Wishes({ wish, onWish }: { wish: Wish; onWish: (wish: Wish) => void }) {
  return (
    <>
      <Panel title="缺货时怎么办">
        <Box role="radiogroup" label="缺货时怎么办">
          {(Object.keys(SHORTAGE_WORDS) as ShortageChoice[]).map((ifShort) => (
            <Choice
              key={ifShort}
              on={wish.ifShort === ifShort}
              title={SHORTAGE_WORDS[ifShort].name}
              note={SHORTAGE_WORDS[ifShort].note}
              onChoose={() => onWish({ ...wish, ifShort })}
            />
          ))}
        </Box>
      </Panel>
      <Panel title="备注">
        <Area
          label="备注"
          placeholder="比如：香蕉要青一点的"
          value={wish.remark}
          maxLength={120}
          onValue={(remark) => onWish({ ...wish, remark })}
        />
      </Panel>
    </>
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
