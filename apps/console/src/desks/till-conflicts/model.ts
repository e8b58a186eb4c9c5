import type { In, Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'

export type ConflictDetail = Out<'GET /console/v1/till-conflicts/:conflictId'>
export type Conflict = ConflictDetail['conflict']
export type Resolution = In<'POST /console/v1/till-conflicts/:conflictId/resolution'>['body']['resolution']

export const kinds: Record<Conflict['kind'], string> = {
  barcode_unknown: '条码不认识',
  stock_short: '卖了线上订的',
  benefit_missing: '优惠对不上',
  basket_changed: '改过商品',
  return_unmatched: '退货对不上',
  coupon_refused: '离线收的券不成',
  sale_missing: '退货等不到原单',
}
const advice: Record<Conflict['kind'], string> = {
  barcode_unknown: '小票已收下，这一行没减库存。给商品建档或改条码，再到库存里补一笔',
  stock_short: '店里把线上订单预占的也卖了，预占还留着。去找货、调拨，或联系顾客退款',
  benefit_missing: '收银机按优惠少收了钱，我们没有核销到。查是占用过时了还是没占用',
  basket_changed: '占用之后又改了商品，按实收入了账。看看少收得对不对',
  return_unmatched: '退的比卖的多，退了小票上没有的，或退的钱比收的多。核对实物和原小票',
  coupon_refused: '断网时收了券，联网后发现用不成。顾客已经拿走货，看由谁承担',
  sale_missing:
    '退货报来一天了，原来那张小票还没来，用掉的券和积分还没退。查卖货的收银机是不是没补传；小票来了这里自己办好',
}
export const adviceOf = ({ kind }: Pick<Conflict, 'kind'>): string => advice[kind]

const whys: Record<string, string> = {
  LOCKED: '线上订单正占着',
  USED: '已经在别处用掉',
  EXPIRED: '已经过期',
  VOID: '已经撤回',
  over: '收下时已经过期',
  unknown: '没有这张券',
  code_forged: '券码不是我们发的',
  code_old: '收下时券码已过 5 分钟',
  another_member: '不是这位会员的券',
  first_order: '首单券已经用过一张',
  terms: '这单不在券的范围里',
}
interface Facts {
  name?: string
  barcode?: string
  label?: string
  pieces?: number
  why?: string
  reason?: string | null
  returnOf?: string
  barcodes?: string[]
  overFen?: number
}
/** What exactly, in one line. */
export const factsOf = ({ kind, detail, amountFen }: Conflict): string => {
  const facts = (detail ?? {}) as Facts
  const money = amountFen > 0 ? formatFen(amountFen) : ''
  const parts: Record<Conflict['kind'], (string | undefined)[]> = {
    barcode_unknown: [facts.name, facts.barcode, money],
    stock_short: [facts.name, `欠 ${facts.pieces ?? 0} 件`],
    benefit_missing: [`少收 ${money}`, facts.reason ?? undefined],
    basket_changed: ['占用的和实收的不一样'],
    return_unmatched: facts.barcodes?.length ? [facts.barcodes.join('、'), money] : [`多退 ${money}`],
    coupon_refused: [facts.label, money, whys[facts.why ?? ''] ?? facts.why],
    sale_missing: [`原单 ${facts.returnOf ?? ''}`, money],
  }
  return parts[kind].filter((part) => part !== undefined && part !== '').join(' · ')
}

export const resolutions: Record<Resolution, string> = {
  store_bears: '门店承担',
  hq_bears: '总部承担',
  claimed: '找对方要回来了',
  corrected: '已经改正',
  no_loss: '没有损失',
}
/** What a conflict ended with. */
export const ends: Record<NonNullable<Conflict['resolution']>, string> = {
  ...resolutions,
  sale_came: '原单来了',
}
export const fundings = { store: '门店出', hq: '总部出', supplier: '供应商出' } as const

const verbs: Record<string, string> = {
  open: '系统列出来',
  take: '接了过来',
  release: '放了回去',
  resolve: '处理好了',
}
export const eventWords = ({ verb, note }: { verb: string; note: string | null }): string =>
  note === null ? (verbs[verb] ?? verb) : `${verbs[verb] ?? verb}：${note}`
