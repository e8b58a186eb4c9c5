import { useState } from 'react'
import { NotOrdering, orderingHurdle } from '../../../components/advice'
import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { Choice } from '../../../components/check'
import { Area, Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { PayBy } from '../../../components/pay-by'
import { Gate, Notice, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { PROVIDER_WORDS } from '../../../models/provider-words'
import { SHORTAGE_WORDS } from '../../../models/order-words'
import { storedFenOf } from '../../../models/stored-value'
import type { Provider, Quote, ShortageChoice } from '../../../models/wire'
import { useOffers } from '../../../services/offers'
import { usePlace, useStores } from '../../../services/place'
import { goBack, openTab } from '../../../services/routes'
import { useSingle } from './basket'
import { Benefits } from './benefits'
import { useFormerTotal } from './former-total'
import { QuoteLines, NotUsed, Sums } from './parts'
import { PickupBlock } from './pickup'
import { usePickupSlot } from './pickup-slot'
import { usePlacing, type Wish } from './placing'
import { StoredValue } from './stored-value'
import { useBasket } from './use-basket'
import './index.scss'

const ANY_TIME = { slot: null, hurdle: null, lost: null } as const

/** 结算: everything decided already; one button that repeats the amount. */
export default function CheckoutPage() {
  const single = useSingle()
  const here = usePlace()
  const storeId = here?.storeId ?? ''
  const [wish, setWish] = useState<Wish>({ ifShort: 'substitute', remark: '' })
  const offers = useOffers() ?? []
  const [by, setBy] = useState<Provider>('wechat')
  const [useStored, setUseStored] = useState(false)
  const basket = useBasket(storeId, single)
  const { loaded } = basket
  const quote = loaded.data?.quote ?? null
  const storedFen = quote ? storedFenOf(quote, useStored) : 0
  const dueFen = quote ? quote.totalFen - storedFen : 0
  const stores = useStores()
  const pickup = usePickupSlot(storeId)
  const former = useFormerTotal(quote, loaded.data?.deed ?? 0)
  const place = usePlacing({
    storeId,
    single: single !== null,
    campaign: single?.campaign ?? null,
    quote,
    coupons: loaded.data?.coupons ?? [],
    pickup: single?.anyTime ? { ...pickup, choice: ANY_TIME } : pickup,
    stores,
    reload: loaded.reload,
  })
  const pay = () => {
    former.accept()
    return place({ ...wish, storedFen }, offers.length > 1 ? by : null)
  }
  const hurdle =
    orderingHurdle(storeId, stores.data) ??
    (single?.anyTime ? null : pickup.choice.hurdle) ??
    (basket.asking ? '正在算' : null)
  const bar = quote && (
    <PayBar quote={quote} due={dueFen} former={former.total} by={by} hurdle={hurdle} onPay={pay} />
  )
  return (
    <Screen title="确认订单" className="checkout" bar={bar ?? undefined}>
      <NavBar title="确认订单" />
      <NotOrdering storeId={storeId} stores={stores.data} onMoved={() => openTab('home')} />
      <Gate loaded={loaded} skeleton={<RowBones count={4} />} safe="还没有下单，购物车里的东西都在">
        {(data) =>
          data.quote === null ? (
            <NothingToBuy single={single !== null} />
          ) : (
            <>
              {single?.anyTime ? (
                <Panel>
                  <Cell
                    icon="shop"
                    title={`到${here?.name ?? '门店'}自提`}
                    note="拼成以后才备货，备好了营业时间内都能取"
                  />
                </Panel>
              ) : (
                <PickupBlock storeId={storeId} stores={stores.data} pickup={pickup} />
              )}
              <QuoteLines quote={data.quote} goods={data.goods} />
              {!single?.campaign && (
                <Benefits quote={data.quote} options={data.coupons} lost={data.lost} basket={basket} />
              )}
              <StoredValue quote={data.quote} on={useStored} onSwitch={setUseStored} />
              <Wishes wish={wish} onWish={setWish} />
              <Sums quote={data.quote} stored={storedFen} />
              <NotUsed quote={data.quote} />
              {offers.length > 1 && dueFen > 0 && (
                <Panel title="付款方式">
                  <PayBy offers={offers} by={by} onBy={setBy} />
                </Panel>
              )}
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

/** Nothing is chosen in the cart, or the one thing was taken off the shelf meanwhile. */
function NothingToBuy({ single }: { single: boolean }) {
  if (single)
    return (
      <Notice drawing="magnifier" title="这件商品刚刚下架了" note="没有下单，也没有扣款">
        <Button onPress={goBack}>返回</Button>
      </Notice>
    )
  return (
    <Notice drawing="basket" title="没有要结算的商品" note="回购物车选几样吧">
      <Button onPress={() => openTab('cart')}>回购物车</Button>
    </Notice>
  )
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
  quote: Quote
  /** What stored value leaves to pay. */
  due: number
  /** What it was before it changed under the shopper's eyes; null when it did not. */
  former: number | null
  by: Provider
  /** Why the order cannot be placed now; null when it can. */
  hurdle: string | null
  onPay: () => Promise<void>
}

function PayBar({ quote, due, former, by, hurdle, onPay }: PayBarProps) {
  const { totalFen: total, discountFen } = quote
  return (
    <>
      {former !== null && (
        <Box className="checkout-changed" role="alert">
          {`价格变了：原 ${yuanText(former)}，现 ${yuanText(total)}`}
        </Box>
      )}
      <Box>
        <Price fen={due} size="l" />
        {discountFen > 0 && (
          <Box className="checkout-small checkout-green">{`共省 ${yuanText(discountFen)}`}</Box>
        )}
      </Box>
      <Button
        className="checkout-pay"
        size="full"
        disabled={hurdle !== null}
        busyText="正在下单，请别离开"
        onPress={onPay}
      >
        {hurdle ??
          (due > 0
            ? `${PROVIDER_WORDS[by].pay} ${yuanText(due)}`
            : total > 0
              ? `余额支付 ${yuanText(total)}`
              : '不用付款，提交订单')}
      </Button>
    </>
  )
}
