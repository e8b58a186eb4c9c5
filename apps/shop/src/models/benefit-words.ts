import { pointsText } from './points.ts'
import { yuanText } from './money.ts'
import { expiryOf } from './coupons.ts'
import type { AftersaleQuote, Order } from './wire.ts'

interface Line {
  name: string
  value: string
}

/** What coupons and points took off an order, and each rule: the lines between the goods and the total. */
export const offLines = ({ discounts }: Pick<Order, 'discounts'>): Line[] =>
  discounts.map(({ label, offFen, points }) => ({
    name: points > 0 ? `${label}（${pointsText(points)} 积分）` : label,
    value: `−${yuanText(offFen)}`,
  }))

type Benefited = Pick<
  Order,
  'state' | 'payState' | 'completedAt' | 'coupons' | 'pointsEarned' | 'pointsBack' | 'pointsTaken'
>
/** Where coupons and points of an order went, and what it earns; nothing for an order that has neither. */
export function benefitLines(order: Benefited, now: number): Line[] {
  const { coupons, pointsBack, pointsTaken } = order
  return [
    ...coupons
      .filter(({ where }) => where !== 'with_order')
      .map((coupon) => ({
        name: `券「${coupon.label}」`,
        value: coupon.where === 'back' ? `退回来了，${expiryOf(coupon, now).text}` : '已过期，没有退回',
      })),
    ...(pointsBack > 0 ? [{ name: '退回积分', value: `+${pointsText(pointsBack)}` }] : []),
    ...(pointsTaken > 0 ? [{ name: '收回这一单得的积分', value: `−${pointsText(pointsTaken)}` }] : []),
    ...earnedLine(order),
  ]
}

function earnedLine({ state, payState, completedAt, pointsEarned, pointsTaken }: Benefited): Line[] {
  const left = pointsEarned - pointsTaken
  if (left <= 0 || state === 'CANCELLED' || state === 'CLOSED_REFUND') return []
  if (payState === 'UNPAID') return [{ name: '付完得积分', value: `+${pointsText(left)}` }]
  return [
    {
      name: '这一单得积分',
      value: `+${pointsText(left)}，${completedAt ? '售后期过后可用' : '取货且售后期过后可用'}`,
    },
  ]
}

/** What cancelling an unpaid order brings back besides its goods; null when it took nothing. */
export function cancelBrings({ coupons, pointsUsed }: Pick<Order, 'coupons' | 'pointsUsed'>): string | null {
  const brings = [
    ...coupons.filter(({ where }) => where === 'with_order').map(({ label }) => `券「${label}」`),
    ...(pointsUsed > 0 ? [` ${pointsText(pointsUsed)} 积分`] : []),
  ]
  return brings.length > 0 ? `取消后退回${brings.join('和')}` : null
}

/** What a refund moves besides money, as the server previews it. */
export function refundBrings(
  quote: Pick<AftersaleQuote, 'pointsBack' | 'pointsTaken' | 'coupons'>,
  now: number,
): Line[] {
  return [
    ...pointsMoved(quote),
    ...quote.coupons.map(({ label, expiresAt }) => ({
      name: `券「${label}」`,
      value: expiresAt === null ? '已过期，不退回' : `退回，${expiryOf({ expiresAt }, now).text}`,
    })),
  ]
}

/** Points that a refund moves. */
export const pointsMoved = ({
  pointsBack,
  pointsTaken,
}: Pick<AftersaleQuote, 'pointsBack' | 'pointsTaken'>): Line[] => [
  ...(pointsBack > 0 ? [{ name: '退回积分', value: `+${pointsText(pointsBack)}` }] : []),
  ...(pointsTaken > 0 ? [{ name: '收回得的积分', value: `−${pointsText(pointsTaken)}` }] : []),
]
