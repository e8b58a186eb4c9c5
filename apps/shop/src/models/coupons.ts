import { yuanShort, yuanText } from './money.ts'
import { clockOf, dateInYears, dayOf } from './times.ts'
import type { Coupon, CouponOption, Quote } from './wire.ts'

/** What stands on the stub of a coupon: a sum in fen, or words; and what it asks for. */
export interface Stub {
  offFen: number | null
  words: string
  note: string
}

const times = (timesBp: number): string => `${timesBp / 10_000} 倍`
const rate = (offBp: number): string => `${(10_000 - offBp) / 1000} 折`
const asks = ({ atFen, atPieces }: Coupon['steps'][number]): string => {
  const wanted = [...(atFen > 0 ? [yuanShort(atFen)] : []), ...(atPieces > 0 ? [`${atPieces} 件`] : [])]
  return wanted.length > 0 ? `满 ${wanted.join('、')}` : '无门槛'
}

/** The stub speaks of the first step; the terms tell the others. */
export function stubOf({ kind, steps, toFen, timesBp, maxOffFen }: Promised): Stub {
  if (kind === 'exchange')
    return { offFen: null, words: toFen ? `${yuanShort(toFen)} 换` : '免费换', note: '一件商品' }
  if (kind === 'earn') return { offFen: null, words: times(timesBp ?? 10_000), note: '积分' }
  if (kind === 'freight')
    return {
      offFen: null,
      words: '免运费',
      note: maxOffFen === null ? '送货上门' : `最多 ${yuanShort(maxOffFen)}`,
    }
  const [first] = steps
  if (!first) return { offFen: null, words: '优惠', note: '' }
  return first.offFen > 0
    ? { offFen: first.offFen, words: '', note: asks(first) }
    : { offFen: null, words: rate(first.offBp), note: asks(first) }
}

const DAY_MS = 86_400_000
/** A coupon that ends within so many days is worth a word. */
const SOON_DAYS = 3

/** `11 月 30 日 23:59 到期`; within three days it says so: `明天 23:59 到期`. */
export function expiryOf(
  { expiresAt }: Pick<Coupon, 'expiresAt'>,
  now: number,
): { text: string; soon: boolean } {
  // It ends with the minute before: midnight would read as a day more.
  const last = Number(new Date(expiresAt)) - 1
  const soon = last >= now && last - now < SOON_DAYS * DAY_MS
  return { text: `${soon ? dayOf(last, now) : dateInYears(last, now)} ${clockOf(last)} 到期`, soon }
}

const stepText = (step: Coupon['steps'][number]): string =>
  `${asks(step)}，${step.offFen > 0 ? `减 ${yuanShort(step.offFen)}` : `打 ${rate(step.offBp)}`}`
const list = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 6).join('、')} 等 ${names.length} 种` : names.join('、')

/** What a coupon promises, whether somebody holds it or may still claim it. */
export type Promised = Omit<Coupon, 'id' | 'state' | 'startsAt' | 'expiresAt' | 'orderId' | 'receiptId'>

/** How, where and by whom it may be used, where that is not everywhere and by everybody. */
function whereTo({ fulfilments, channels, tiers, firstOrder }: Promised): string[] {
  return [
    ...(fulfilments?.length === 1 ? [fulfilments[0] === 'pickup' ? '到店自提才能用' : '送货上门才能用'] : []),
    ...(channels?.length === 1 ? [channels[0] === 'online' ? '线上下单才能用' : '到门店收银台才能用'] : []),
    ...(tiers ? ['指定等级的会员才能用'] : []),
    ...(firstOrder ? ['在我们这里的第一单才能用'] : []),
  ]
}

/** The terms of a coupon, a sentence each. `storeName` knows stores by id. */
export function termsOf(coupon: Promised, storeName: (id: string) => string): string[] {
  const { kind, steps, toFen, timesBp, maxOffFen, storeIds, onlyFor, notFor, someGoods } = coupon
  const effect =
    kind === 'exchange'
      ? [`能用的商品里，最贵的一件${toFen ? `只要 ${yuanShort(toFen)}` : '不要钱'}`]
      : kind === 'earn'
        ? [`付完得的积分变成 ${times(timesBp ?? 10_000)}`]
        : kind === 'freight'
          ? ['送货上门，不收运费']
          : steps.map(stepText)
  return [
    ...effect,
    ...(maxOffFen === null ? [] : [`最多减 ${yuanShort(maxOffFen)}`]),
    ...(onlyFor.length > 0 ? [`适用：${list(onlyFor)}`] : []),
    ...(notFor.length > 0 ? [`不含：${list(notFor)}`] : []),
    ...(someGoods && onlyFor.length + notFor.length === 0 ? ['只限部分商品'] : []),
    storeIds === null ? '所有门店都能用' : `门店：${list(storeIds.map(storeName))}`,
    ...whereTo(coupon),
    '同类券一单用一张；整单退款时退回，已过期的不退',
  ]
}

/** `券号 0B3F 7A21`: what to read out to the store; the end of its id is enough to find it. */
export const couponNumber = ({ id }: Pick<Coupon, 'id'>): string => {
  const tail = id.replace(/-/g, '').slice(-8).toUpperCase()
  return `${tail.slice(0, 4)} ${tail.slice(4)}`
}

const PAST: Record<Exclude<Coupon['state'], 'UNUSED' | 'EXPIRED'>, string> = {
  LOCKED: '订单占用中，没付款就退回',
  USED: '已使用',
  VOID: '已作废',
}
/** What became of a coupon that cannot be used any more, or not now: `已使用`, `11 月 20 日 23:59 过期`; null while it can. */
export function pastText(coupon: Pick<Coupon, 'state' | 'expiresAt'>, now: number): string | null {
  const { state } = coupon
  if (state === 'UNUSED') return null
  return state === 'EXPIRED' ? expiryOf(coupon, now).text.replace('到期', '过期') : PAST[state]
}

/** Which coupons are asked for after one was pressed: taken back, or in the place of those of its group. */
export function wishAfter(
  options: readonly CouponOption[],
  acting: readonly string[],
  pressed: string,
): string[] {
  if (acting.includes(pressed)) return acting.filter((id) => id !== pressed)
  const groupOf = (id: string) => options.find((each) => each.id === id)?.stackGroup
  return [...acting.filter((id) => groupOf(id) !== groupOf(pressed)), pressed]
}

type Priced = Pick<Quote, 'couponIds' | 'discounts' | 'explanation'>

/** What the coupons of a quote take off together. */
export const couponsOffFen = ({ couponIds, discounts }: Pick<Quote, 'couponIds' | 'discounts'>): number =>
  discounts.reduce((sum, { rule, offFen }) => (couponIds.includes(rule) ? sum + offFen : sum), 0)

export interface CouponsLine {
  /** `−¥5.00`, `可用 2 张`. */
  value: string
  /** Which ones act, and until when they are good. */
  note: string | null
  acts: boolean
}
/** The line of the checkout about coupons. */
export function couponsLine(quote: Priced, options: readonly CouponOption[], now: number): CouponsLine {
  const acting = options.filter(({ id }) => quote.couponIds.includes(id))
  const usable = options.filter(({ acts }) => acts).length
  const offFen = couponsOffFen(quote)
  if (quote.couponIds.length === 0)
    return { value: usable > 0 ? `可用 ${usable} 张` : '没有可用的', note: null, acts: false }
  const [first] = acting
  return {
    value: offFen > 0 ? `−${yuanText(offFen)}` : '已用上',
    note:
      acting.length === 1 && first
        ? `${first.label}，${expiryOf(first, now).text}`
        : acting.map(({ label }) => label).join('、'),
    acts: true,
  }
}

/** The coupons that do nothing here, each with its reason; those that only were not chosen say what they could do. */
export function idleCoupons(
  { couponIds, explanation }: Priced,
  options: readonly CouponOption[],
): { id: string; label: string; words: string }[] {
  return options
    .filter(({ id }) => !couponIds.includes(id))
    .map((option) => ({ id: option.id, label: option.label, words: whyIdle(option, explanation) }))
}
function whyIdle(option: CouponOption, explanation: Quote['explanation']): string {
  const said = explanation.find(({ rule }) => rule === option.id)
  if (said && said.why !== 'applied') return said.words
  return option.acts ? `没选，${canDo(option)}` : option.words
}

/** `能减 ¥3`, said of a coupon that could be used. */
export const canDo = ({ kind, offFen, timesBp }: CouponOption): string =>
  kind === 'earn' ? `积分变成 ${times(timesBp ?? 10_000)}` : `能减 ${yuanShort(offFen)}`
