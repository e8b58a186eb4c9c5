import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Ticket, ticketSpoken } from '../../../components/coupon'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { Sheet } from '../../../components/sheet'
import { Switch } from '../../../components/switch'
import { Tag } from '../../../components/tag'
import { canDo, couponsLine, couponsOffFen, idleCoupons } from '../../../models/coupons'
import { yuanText } from '../../../models/money'
import { pointsLine } from '../../../models/points'
import type { CouponOption, Quote } from '../../../models/wire'
import type { CheckoutBasket } from './use-basket'

/** Reasons told without opening the list. */
const TOLD = 2

interface Props {
  quote: Quote
  options: readonly CouponOption[]
  /** A coupon that was chosen is gone. */
  lost: boolean
  basket: CheckoutBasket
}

/** What the shopper may use: coupons, the best chosen for them, and points. */
export function Benefits({ quote, options, lost, basket }: Props) {
  const [choosing, setChoosing] = useState(false)
  const { points } = quote
  if (options.length === 0 && quote.couponIds.length === 0 && !points) return null
  return (
    <Panel className="checkout-benefits">
      {options.length > 0 ? (
        <Coupons
          quote={quote}
          options={options}
          lost={lost}
          best={basket.picksBest}
          onOpen={() => setChoosing(true)}
        />
      ) : (
        <Box className="checkout-benefit">
          <Words className="checkout-benefit-words ll-strong">优惠券</Words>
          <Words className="ll-quiet">还没有券</Words>
        </Box>
      )}
      {points && <PointsRow quote={quote} points={points} basket={basket} />}
      {choosing && (
        <CouponSheet quote={quote} options={options} basket={basket} onClose={() => setChoosing(false)} />
      )}
    </Panel>
  )
}

interface CouponsProps {
  quote: Quote
  options: readonly CouponOption[]
  lost: boolean
  best: boolean
  onOpen: () => void
}
function Coupons({ quote, options, lost, best, onOpen }: CouponsProps) {
  const line = couponsLine(quote, options, Date.now())
  const idle = idleCoupons(quote, options)
  return (
    <>
      <Press
        className="checkout-benefit"
        label={['优惠券', line.value, line.note, '选一张'].filter(Boolean).join('，')}
        onPress={onOpen}
      >
        <Box className="checkout-benefit-words">
          <Box className="checkout-benefit-title">
            <Words className="ll-strong">优惠券</Words>
            {line.acts && best && <Tag tone="brand">已选最省的</Tag>}
          </Box>
          {line.note && <Box className="checkout-small ll-quiet">{line.note}</Box>}
        </Box>
        <Words className={line.acts ? 'checkout-off ll-strong' : 'll-quiet'}>{line.value}</Words>
        <Icon name="right" size={18} className="ll-quiet" />
      </Press>
      {lost && (
        <Box className="checkout-told checkout-told-lost" role="status">
          刚才选的券用不了了，已换成最省的
        </Box>
      )}
      {idle.length > 0 && (
        <Box className="checkout-told">
          <Icon name="info" size={16} />
          <Box>
            <Box>{line.acts ? `另外 ${idle.length} 张这单没用上：` : '这单没用上：'}</Box>
            {idle.slice(0, TOLD).map(({ id, label, words }) => (
              <Box key={id}>{`${label}，${words}`}</Box>
            ))}
          </Box>
        </Box>
      )}
    </>
  )
}

function PointsRow({
  quote,
  points,
  basket,
}: {
  quote: Quote
  points: NonNullable<Quote['points']>
  basket: CheckoutBasket
}) {
  const line = pointsLine(points, quote.pointsUsed)
  const offFen = quote.discounts.find((each) => each.points > 0)?.offFen ?? 0
  return (
    <Box className="checkout-benefit checkout-points">
      <Box className="checkout-benefit-words">
        <Words className="ll-strong">{line.title}</Words>
        <Box className="checkout-small ll-quiet">{line.note}</Box>
      </Box>
      {line.on === true && <Words className="checkout-off ll-strong">{`−${yuanText(offFen)}`}</Words>}
      {line.on !== null && (
        <Switch
          on={line.on}
          label={`${line.title}，${line.note}`}
          onSwitch={(on) => void basket.usePoints(on)}
        />
      )}
    </Box>
  )
}

interface SheetProps {
  quote: Quote
  options: readonly CouponOption[]
  basket: CheckoutBasket
  onClose: () => void
}

/** All coupons: those that could act, with what each takes off, then the others with their reasons. */
function CouponSheet({ quote, options, basket, onClose }: SheetProps) {
  const usable = options.filter(({ acts }) => acts)
  const others = options.filter(({ acts }) => !acts)
  const offFen = couponsOffFen(quote)
  const chosen = quote.couponIds.length
  return (
    <Sheet title="选优惠券" onClose={onClose}>
      <Box className="checkout-sheet-head">
        <Words className="ll-quiet">
          {usable.length > 0 ? `能用 ${usable.length} 张` : '这一单没有能用的'}
        </Words>
        {usable.length > 0 && !basket.picksBest && (
          <Press className="checkout-best" onPress={() => void basket.bestCoupons()}>
            帮我选最省的
          </Press>
        )}
      </Box>
      <Box className="checkout-tickets" role="group" label="能用的券">
        {usable.map((coupon) => (
          <Choice
            key={coupon.id}
            coupon={coupon}
            quote={quote}
            onPress={() => basket.pressCoupon(coupon.id)}
          />
        ))}
        {usable.length > 0 && (
          <Press
            className="checkout-none"
            role="checkbox"
            on={chosen === 0}
            label="不使用优惠券"
            onPress={() => void basket.noCoupons()}
          >
            <Words>不使用优惠券</Words>
            <Mark on={chosen === 0} />
          </Press>
        )}
      </Box>
      {others.length > 0 && (
        <>
          <Box as="h3" className="checkout-sheet-title">
            {`不可用 ${others.length} 张`}
          </Box>
          <Box className="checkout-tickets">
            {others.map((coupon) => (
              <Ticket key={coupon.id} coupon={coupon} off said={{ words: coupon.words, tone: 'amber' }} />
            ))}
          </Box>
        </>
      )}
      <Box className="checkout-sheet-bar">
        <Button size="full" disabled={basket.asking} onPress={onClose}>
          {basket.asking
            ? '正在算'
            : chosen === 0
              ? '不用券'
              : offFen > 0
                ? `用 ${chosen} 张，减 ${yuanText(offFen)}`
                : `用 ${chosen} 张`}
        </Button>
      </Box>
    </Sheet>
  )
}

const Mark = ({ on }: { on: boolean }) => (
  <Box className={`ll-check-disc ${on ? 'll-check-on' : ''}`}>{on && <Icon name="check" size={16} />}</Box>
)

function Choice({
  coupon,
  quote,
  onPress,
}: {
  coupon: CouponOption
  quote: Quote
  onPress: () => Promise<void>
}) {
  const on = quote.couponIds.includes(coupon.id)
  const words = on ? '这一单用它' : canDo(coupon)
  return (
    <Press
      className={`checkout-ticket ${on ? 'checkout-ticket-on' : ''}`}
      role="checkbox"
      on={on}
      label={ticketSpoken(coupon, words)}
      onPress={() => void onPress()}
    >
      <Ticket coupon={coupon} said={{ words, tone: 'leaf' }}>
        <Box className="checkout-mark">
          <Mark on={on} />
        </Box>
      </Ticket>
    </Press>
  )
}
