import { yuanText } from './money.ts'
import { dayOf } from './times.ts'
import type { CommissionPosting, CommissionShare, Promoting, Withdrawal } from './wire.ts'

/** What a promoter's link or code carries. */
export const keyOfPromoter = (scene: string | null): string | null =>
  /^p\.([A-Za-z0-9]{12})$/.exec(scene ?? '')?.[1] ?? null

/** Basis points as people say them: `550` → `5.5%`. */
export const rateText = (bp: number): string => `${bp / 100}%`

/** What one piece would bring, at most: as the server does it, rounded down to the fen. Coupons of the customer make it less. */
export const earnedFen = (priceFen: number, rateBp: number): number =>
  Math.floor((priceFen * rateBp) / 10_000)

export const SHARE_STATES: Record<CommissionShare['state'], string> = {
  PENDING: '待取货',
  FROZEN: '售后期内',
  AVAILABLE: '可提现',
  BACK: '已退回',
}

/** Why a share is what it is, in one line. */
export function shareNote(share: CommissionShare, now: number): string {
  const base = `${yuanText(share.baseFen)} × ${rateText(share.rateBp)}`
  const parts = [share.depth === 2 ? `${base}，邀请来的推广员带来的` : base]
  if (share.leftFen < share.amountFen) parts.push(`退款扣回 ${yuanText(share.amountFen - share.leftFen)}`)
  if (share.state === 'FROZEN' && share.freeAt) parts.push(`${dayOf(share.freeAt, now)}起可提现`)
  return parts.join('，')
}

const REASONS: Record<CommissionPosting['reason'], string> = {
  earn: '顾客付款',
  collect: '顾客取货',
  free: '过了售后期',
  refund: '顾客退款，扣回',
  guide: '引导奖励',
  guide_back: '引导奖励收回',
  withdraw: '申请提现',
  withdraw_back: '提现没成，退回',
  withdrawn: '提现到微信',
  wages: '随工资发放',
}
export const postingTitle = ({ reason }: Pick<CommissionPosting, 'reason'>): string => REASONS[reason]

/** What changed of what is owed, with what explains it. */
export function postingNote({ share, withdrawal, reason }: CommissionPosting): string {
  if (share) {
    const base = share.keptFen === null ? share.baseFen : share.keptFen
    const what = share.keptFen === null ? '' : '还剩 '
    return `订单尾号 ${share.orderTail} 第 ${share.lineNo} 行，${what}${yuanText(base)} × ${rateText(share.rateBp)}`
  }
  if (!withdrawal) return ''
  const { amountFen, taxFen, netFen, trouble } = withdrawal
  if (reason === 'withdraw_back') return troubleText(trouble)
  return taxFen > 0
    ? `${yuanText(amountFen)}，代扣个税 ${yuanText(taxFen)}，到账 ${yuanText(netFen)}`
    : `到账 ${yuanText(netFen)}`
}

const TROUBLES: Record<string, string> = {
  OVERDUE_CLOSE: '24 小时没有确认收款',
  NOT_CONFIRMED: '没有确认收款',
  MERCHANT_CANCEL: '您取消了',
  TAKEN_BACK: '您取消了',
  NAME_NOT_CORRECT: '姓名和微信实名不一致',
}
export const troubleText = (trouble: string | null): string =>
  trouble === null ? '没有转出' : (TROUBLES[trouble] ?? '微信没有转出，请再试一次')

export const WITHDRAWAL_STATES: Record<Withdrawal['state'], string> = {
  REQUESTED: '正在转给微信',
  SENDING: '微信正在处理',
  WAIT_CONFIRM: '等您确认收款',
  CANCELLING: '正在取消',
  PAID: '已到账',
  CANCELLED: '没有提成',
}

/** With its sign: `+¥1.20`, `−¥1.20`. */
export const signedYuan = (fen: number): string => `${fen < 0 ? '−' : '+'}${yuanText(Math.abs(fen))}`

/** Yuan as somebody typed it, in fen; null while it is no sum. */
export function fenOf(typed: string): number | null {
  const text = typed.trim()
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(text)) return null
  const [yuan = '0', fen = ''] = text.split('.')
  return Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
}

/** Everything that is published, in sentences. */
export function promoterRules(terms: NonNullable<Promoting['terms']>): string[] {
  const { levels, depth, bindMode, bindDays, holdDays, selfReward, leastFen, dailyFen, tax } = terms
  return [
    `顾客付款后按商品实付算佣金（不算运费）：${levels.map(({ name, rateBp }) => `${name} ${rateText(rateBp)}`).join('，')}`,
    `顾客点您的链接后 ${bindDays} 天内下单算您的，${bindMode === 'first' ? '先绑定的有效' : '后绑定的有效'}`,
    ...(depth === 2
      ? ['您邀请的推广员卖出商品，您另得一份商品佣金；邀请本身没有奖励，再往下没有了']
      : ['只有一级，邀请别人没有奖励']),
    selfReward ? '自己买也算' : '自己买不算佣金',
    `取货后过完 ${holdDays} 天售后期可提现，退款的部分扣回`,
    `${yuanText(leastFen)} 起提，一天最多 ${yuanText(dailyFen)}；提现后在微信里确认收款，24 小时内有效`,
    ...(tax === 'labour' ? ['按劳务报酬代扣个人所得税'] : []),
    '不收任何费用，也不要求您先买东西',
  ]
}

const SHANGHAI_MS = 8 * 3_600_000
/** The month in Shanghai, `2026-11`. */
export const monthNow = (now: number): string => new Date(now + SHANGHAI_MS).toISOString().slice(0, 7)
export function monthBeside(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + by
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
