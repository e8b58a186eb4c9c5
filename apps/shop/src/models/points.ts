import { yuanText } from './money.ts'
import { dateInYears } from './times.ts'
import type { Points, PointsOffer, Posting } from './wire.ts'

/** `1,286`. */
export const pointsText = (points: number): string => String(points).replace(/\B(?=(\d{3})+$)/g, ',')

/** What so many points are worth at the most, in fen; null where the chain has none. */
export const worthFen = ({ terms }: Pick<Points, 'terms'>, points: number): number | null =>
  terms && Math.floor((points * 100) / terms.pointsPerYuan)

const noonOf = (day: string): string => `${day}T12:00:00+08:00`
const SOON_MS = 31 * 86_400_000

/** `120 积分 11 月 30 日到期，值 ¥1.20`, and whether that is within a month; null while nothing ends. */
export function endingOf(points: Points, now: number): { text: string; soon: boolean } | null {
  if (!points.nextEnd) return null
  const { lastDay, points: ending } = points.nextEnd
  const fen = worthFen(points, ending)
  const at = noonOf(lastDay)
  const worth = fen ? `，值 ${yuanText(fen)}` : ''
  return {
    text: `${pointsText(ending)} 积分 ${dateInYears(at, now)}到期${worth}`,
    soon: Number(new Date(at)) - now < SOON_MS,
  }
}

/** How points come and go, in sentences. */
export function pointsRules({ terms }: Pick<Points, 'terms'>): string[] {
  if (!terms) return []
  const { pointsPerYuan, fenPerPoint, capBp, minOrderFen, frozenDays, validMonths } = terms
  return [
    `每实付 ${yuanText(fenPerPoint)} 得 1 积分，用券和积分抵掉的不算`,
    `${pointsPerYuan} 积分抵 ¥1${capBp < 10_000 ? `，一单最多抵能抵商品的 ${capBp / 100}%` : ''}`,
    ...(minOrderFen > 0 ? [`一单满 ${yuanText(minOrderFen)} 才能用`] : []),
    `取货后 ${frozenDays} 天售后期过了才能用，之后 ${validMonths} 个月内有效，到当月最后一天`,
    '退款时：抵掉的积分退回，这几件得的积分收回；已经花掉的先记欠，下次得的先还',
  ]
}

const REASONS: Record<Posting['reason'], string> = {
  grant: '门店赠送',
  hold: '下单抵扣',
  capture: '付款用掉',
  release: '订单没付，退回',
  give_back: '退款，退回',
  earn: '购物得积分',
  unfreeze: '积分可以用了',
  claw: '退款，收回得的积分',
  expire: '过期',
  card: '老会员卡带来',
  card_undone: '老会员卡解绑，收回',
  gift: '换礼品',
  gift_back: '礼品收回，积分退回',
  reward: '签到和任务',
  reward_back: '任务的首单全退，收回',
}

export interface PointsMove {
  id: string
  title: string
  /** What can be spent more or less; of points that wait, how many wait. */
  points: number
  /** What the number does not say. */
  note: string | null
  orderId: string | null
  at: string
}

/** Several lots of one deed are one move for a shopper. */
const isSameDeed = (a: Posting, b: Posting): boolean =>
  a.reason === b.reason && a.at === b.at && a.orderId !== null && a.orderId === b.orderId
const added = (a: Posting, b: Posting): Posting => ({
  ...a,
  available: a.available + b.available,
  frozen: a.frozen + b.frozen,
  debt: a.debt + b.debt,
})

function noteOf({ reason, frozen, debt, lastDay }: Posting, now: number): string | null {
  if (reason === 'earn') return '售后期过后可用'
  if (debt > 0) return `欠 ${pointsText(debt)}，下次得的先还`
  if (debt < 0) return `先还了欠的 ${pointsText(-debt)}`
  if (reason === 'claw' && frozen < 0) return '从待生效里扣'
  return reason === 'unfreeze' && lastDay ? `${dateInYears(noonOf(lastDay), now)}前有效` : null
}

/** Postings as a shopper reads them, newest first. */
export function movesOf(postings: readonly Posting[], now: number): PointsMove[] {
  const deeds: Posting[] = []
  for (const posting of postings) {
    const last = deeds[deeds.length - 1]
    if (last && isSameDeed(last, posting)) deeds[deeds.length - 1] = added(last, posting)
    else deeds.push(posting)
  }
  return deeds.map((posting) => {
    const spendable = posting.available - posting.debt
    return {
      id: posting.id,
      title: REASONS[posting.reason],
      points: spendable === 0 ? posting.frozen : spendable,
      note: noteOf(posting, now),
      orderId: posting.orderId,
      at: posting.at,
    }
  })
}

export interface PointsLine {
  title: string
  note: string
  /** Null where there is nothing to switch. */
  on: boolean | null
}
/** The line of the checkout about points; `on`: they are used. */
export function pointsLine({ balance, usable, offFen, why }: PointsOffer, used: number): PointsLine {
  const whole = `共 ${pointsText(balance)} 积分`
  if (used > 0) return { title: `用 ${pointsText(used)} 积分`, note: whole, on: true }
  if (usable > 0)
    return { title: '积分抵扣', note: `可用 ${pointsText(usable)} 积分抵 ${yuanText(offFen)}`, on: false }
  if (balance > 0) return { title: '积分抵扣', note: `${whole}，${why || '这一单用不上'}`, on: null }
  return { title: '积分抵扣', note: '还没有能用的积分', on: null }
}
