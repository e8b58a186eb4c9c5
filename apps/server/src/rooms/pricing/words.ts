import type { Outcome } from './terms.ts'

/** `500` → `¥5`, `620` → `¥6.20`: as short as money can be said without losing a fen. */
export const short = (fen: number): string =>
  `¥${fen % 100 === 0 ? fen / 100 : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`}`

/** 150 basis points off → `98.5 折`; 1,000 → `9 折`, as a price tag says it. */
const rate = (offBp: number): string => {
  const left = (10_000 - offBp) / 100
  return `${left % 10 === 0 ? left / 10 : left} 折`
}

const WHY: Readonly<
  Record<Exclude<Outcome['why'], 'applied' | 'below_threshold'>, (outcome: Outcome) => string>
> = {
  excluded: ({ by }) => `和「${by?.label ?? '别的优惠'}」不能同享`,
  beaten: ({ by, stage }) =>
    stage === 'activity' || stage === 'price'
      ? `「${by?.label ?? '门店价'}」更低，按低的算`
      : `同类优惠只用一个，「${by?.label ?? '别的优惠'}」更省`,
  goods_not_eligible: () => '这单没有能参加的商品',
  pickup_only: () => '到店自提才有',
  delivery_only: () => '送货上门才有',
  wrong_store: () => '这家门店不参加',
  wrong_channel: ({ stage }) => (stage === 'coupon' ? '到门店收银台才能用' : '不在这里下单使用'),
  wrong_tier: () => '您的会员等级不参加',
  first_order_only: () => '第一单才能用',
  not_now: () => '不在活动时间内',
  nothing_left: ({ stage }) => (stage === 'freight' ? '按标准收取' : '这单没有可减的金额了'),
}

/** What is still missing, and what it would bring: `还差 ¥6.20 减 ¥5`. */
function ahead({ next, stage, by }: Outcome): string {
  if (!next) return ''
  const missing = [
    ...(next.missingFen > 0 ? [short(next.missingFen)] : []),
    ...(next.missingPieces > 0 ? [`${next.missingPieces} 件`] : []),
  ].join('、')
  if (stage === 'points') return `还差 ${missing}才能用`
  if (stage === 'freight') return `还差 ${missing} 免运费`
  const brings = [
    ...(next.offFen > 0 ? [`减 ${short(next.offFen)}`] : []),
    ...(next.offBp > 0 ? [`打 ${rate(next.offBp)}`] : []),
  ].join('再')
  return `还差 ${missing} ${brings}${by ? `（代替「${by.label}」）` : ''}`
}

function done(outcome: Outcome): string {
  const { stage, offFen } = outcome
  if (stage === 'freight') return `免了运费 ${short(offFen)}`
  const did = offFen > 0 ? `减了 ${short(offFen)}` : '已用上'
  return outcome.next ? `${did}，${ahead(outcome)}` : did
}

/** Says to a shopper, in one short sentence, what a term did or why it did nothing. The only place that does. */
export function wordsOf(outcome: Outcome): string {
  if (outcome.why === 'applied') return done(outcome)
  if (outcome.why === 'below_threshold') return ahead(outcome)
  return WHY[outcome.why](outcome)
}
