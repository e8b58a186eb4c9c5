import type { In, Out } from '../../api.ts'
import { csvText } from '../../ui/csv.ts'
import { fenToField, formatFen, parseFen } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { firstFault, whole } from '../terms/model.ts'

export type Terms = Out<'GET /console/v1/commission-terms'>['items'][number]
export type TermsInput = In<'POST /console/v1/commission-terms'>['body']
export type Application = Out<'GET /console/v1/promoter-applications'>['items'][number]
export type Promoter = Out<'GET /console/v1/promoters'>['items'][number]
export type Withdrawal = Out<'GET /console/v1/commission-withdrawals'>['items'][number]
export type Posting = Out<'GET /console/v1/commission-accounts/:accountId/postings'>['items'][number]
export type Owner = Withdrawal['owner']

export const VIEWS = {
  applications: '申请',
  promoters: '推广员',
  withdrawals: '提现',
  taxes: '个税',
  staff: '店员账户',
  terms: '规则',
} as const
export type View = keyof typeof VIEWS
/** The view of the address; the applications without one. */
export const viewOf = (typed: string | null): View =>
  typed !== null && Object.hasOwn(VIEWS, typed) ? (typed as View) : 'applications'

export type Declared = Out<'POST /console/v1/commission-taxes/:month/declarations'>['items'][number]
/** The list of payments for labour of one month. */
export const taxText = (month: string, items: readonly Declared[]): string =>
  csvText(
    ['所得月份', '姓名', '证件类型', '证件号码', '所得项目', '次数', '收入额', '代扣税额', '实付'],
    items.map(({ name, document, times, amountFen, taxFen, netFen }) => [
      month,
      name ?? '没有实名',
      document === null ? '' : '居民身份证',
      document ?? '',
      '劳务报酬',
      String(times),
      { fen: amountFen },
      { fen: taxFen },
      { fen: netFen },
    ]),
  )

export const rateWords = (bp: number): string => `${bp / 100}%`
export const ownerWords = ({ member, staffName }: Owner): string =>
  member ? [member.name, member.phoneTail].filter(Boolean).join(' ') : (staffName ?? '–')

export const applicationWords: Record<Application['state'], { word: string; tone: Tone }> = {
  APPLIED: { word: '等答复', tone: 'waiting' },
  APPROVED: { word: '通过', tone: 'done' },
  REFUSED: { word: '没通过', tone: 'over' },
}
export const withdrawalWords: Record<Withdrawal['state'], { word: string; tone: Tone }> = {
  REQUESTED: { word: '没发出去', tone: 'alarm' },
  SENDING: { word: '微信处理中', tone: 'doing' },
  WAIT_CONFIRM: { word: '等本人确认', tone: 'waiting' },
  CANCELLING: { word: '取消中', tone: 'doing' },
  PAID: { word: '已到账', tone: 'done' },
  CANCELLED: { word: '没提成', tone: 'over' },
}
const troubles: Record<string, string> = {
  OVERDUE_CLOSE: '24 小时没确认',
  NOT_CONFIRMED: '没有确认',
  MERCHANT_CANCEL: '本人取消',
  TAKEN_BACK: '本人取消',
  NAME_NOT_CORRECT: '姓名和微信实名不一致',
  NOT_ENOUGH: '商户账户余额不足',
  NO_ANSWER: '微信没有应答',
  MISMATCH: '微信侧金额或收款人不符',
}
export const troubleWords = (trouble: string | null): string =>
  trouble === null ? '–' : (troubles[trouble] ?? trouble)

const reasons: Record<Posting['reason'], string> = {
  earn: '顾客付款，待取货',
  collect: '顾客取货，进售后期',
  free: '过了售后期，可提现',
  refund: '退款扣回',
  guide: '引导奖励',
  guide_back: '引导奖励收回',
  withdraw: '申请提现',
  withdraw_back: '提现没成，退回',
  withdrawn: '提现到账',
  wages: '随工资发放',
}
export const reasonWords = ({ reason }: Pick<Posting, 'reason'>): string => reasons[reason]

/** What explains a row of the ledger. */
export function postingNote({ share, withdrawal, note }: Posting): string {
  if (share) {
    const base =
      share.keptFen === null ? `基数 ${formatFen(share.baseFen)}` : `还剩 ${formatFen(share.keptFen)}`
    return `订单尾号 ${share.orderTail} 第 ${share.lineNo} 行 · ${base} × ${rateWords(share.rateBp)}${share.depth === 2 ? ' · 二级' : ''}`
  }
  if (withdrawal)
    return `申请 ${formatFen(withdrawal.amountFen)} · 代扣 ${formatFen(withdrawal.taxFen)} · 到账 ${formatFen(withdrawal.netFen)}`
  return note ?? ''
}
/** What a row changed, sum by sum. */
export const movesOf = (row: Posting): { name: string; fen: number }[] =>
  [
    { name: '待取货', fen: row.pendingFen },
    { name: '售后期', fen: row.frozenFen },
    { name: '可提现', fen: row.availableFen },
    { name: '提现中', fen: row.withdrawingFen },
    { name: '已到账', fen: row.paidFen },
  ].filter(({ fen }) => fen !== 0)

/** The terms as sentences. */
export const termsSentences = (terms: Omit<TermsInput, 'active' | 'since'>): string[] => [
  `按商品实付（不算运费）提成：${terms.levels.map(({ name, rateBp, upperBp }) => `${name} ${rateWords(rateBp)}${upperBp > 0 ? `（邀请人另得 ${rateWords(upperBp)}）` : ''}`).join('，')}`,
  terms.depth === 2
    ? '两级：推广员卖出商品，邀请他的人分一份商品佣金；邀请本身没有钱，没有第三级'
    : '一级：邀请别人做推广员没有钱',
  `点过链接 ${terms.bindDays} 天内下单算，${terms.bindMode === 'first' ? '先绑定的有效，到期前不换人' : '后绑定的有效'}`,
  terms.selfReward ? '自己买也提成' : '自己买不提成',
  `取货后过完 ${terms.holdDays} 天才能提现，退款按比例扣回`,
  `${formatFen(terms.leastFen)} 起提，一人一天最多 ${formatFen(terms.dailyFen)}`,
  `${terms.tax === 'labour' ? '按劳务报酬代扣个税' : '本系统不代扣个税'}：${terms.taxNote}`,
]

export interface LevelForm {
  code: string
  name: string
  rate: string
  upper: string
}
export interface Form {
  depth: '1' | '2'
  bindMode: TermsInput['bindMode']
  bindDays: string
  selfReward: boolean
  holdDays: string
  levels: LevelForm[]
  leastFen: string
  dailyFen: string
  tax: TermsInput['tax']
  taxNote: string
}
const FIRST: LevelForm = { code: 'new', name: '推广员', rate: '5', upper: '0' }
export const formOf = (terms: Terms | undefined): Form => ({
  depth: terms?.depth === 2 ? '2' : '1',
  bindMode: terms?.bindMode ?? 'first',
  bindDays: String(terms?.bindDays ?? 30),
  selfReward: terms?.selfReward ?? false,
  holdDays: String(terms?.holdDays ?? 7),
  levels: terms?.levels.map(({ code, name, rateBp, upperBp }) => ({
    code,
    name,
    rate: String(rateBp / 100),
    upper: String(upperBp / 100),
  })) ?? [FIRST],
  leastFen: fenToField(terms?.leastFen ?? 100),
  dailyFen: fenToField(terms?.dailyFen ?? 2_000_000),
  tax: terms?.tax ?? 'labour',
  taxNote: terms?.taxNote ?? '',
})

/** Per cent as it was typed, in basis points; undefined where it is none or out of bounds. */
const rateOf = (typed: string, least: number, most: number): number | undefined => {
  const fen = parseFen(typed)
  return fen !== undefined && fen >= least && fen <= most ? fen : undefined
}
const levelsOf = ({ levels, depth }: Form) =>
  levels.map(({ code, name, rate, upper }) => ({
    code,
    name: name.trim(),
    rateBp: rateOf(rate, 1, 3000),
    upperBp: depth === '2' ? rateOf(upper, 0, 2000) : 0,
  }))
const within = (typed: string, least: number, most: number) => {
  const fen = parseFen(typed)
  return fen !== undefined && fen >= least && fen <= most
}
/** What is still wrong, in the order of the form; undefined when nothing is. */
export function formFault(form: Form): string | undefined {
  const levels = levelsOf(form)
  return firstFault([
    [levels.every(({ name }) => name !== ''), '每个等级都要有名字'],
    [new Set(form.levels.map(({ code }) => code)).size === form.levels.length, '等级代号不能重'],
    [form.levels.every(({ code }) => /^[a-z0-9]{1,12}$/.test(code)), '等级代号用小写字母和数字，12 个以内'],
    [levels.every(({ rateBp }) => rateBp !== undefined), '佣金比例 0.01% 到 30%'],
    [levels.every(({ upperBp }) => upperBp !== undefined), '邀请人的比例 0 到 20%'],
    [
      form.depth === '1' || levels.some(({ upperBp }) => (upperBp ?? 0) > 0),
      '两级的话，至少有一个等级给邀请人比例',
    ],
    [whole(form.bindDays, 1, 365), '绑定 1 到 365 天'],
    [whole(form.holdDays, 7, 60), '售后期 7 到 60 天，不能比七天退货短'],
    [within(form.leastFen, 10, 100_000), '起提金额 0.1 到 1,000 元'],
    [within(form.dailyFen, 10, 2_000_000), '一天最多 20,000 元（微信的上限）'],
    [(parseFen(form.leastFen) ?? 0) <= (parseFen(form.dailyFen) ?? 0), '起提金额不能高过一天最多'],
    [form.taxNote.trim() !== '', '写下个税怎么办、谁确认的'],
  ])
}
/** The terms as the server takes them; undefined while something is wrong. */
export function inputOf(form: Form): TermsInput | undefined {
  if (formFault(form) !== undefined) return undefined
  return {
    active: true,
    depth: Number(form.depth),
    bindMode: form.bindMode,
    bindDays: Number(form.bindDays),
    selfReward: form.selfReward,
    holdDays: Number(form.holdDays),
    levels: levelsOf(form).map((level) => ({
      ...level,
      rateBp: level.rateBp ?? 1,
      upperBp: level.upperBp ?? 0,
    })),
    leastFen: parseFen(form.leastFen) ?? 10,
    dailyFen: parseFen(form.dailyFen) ?? 10,
    tax: form.tax,
    taxNote: form.taxNote.trim(),
    since: null,
  }
}
/** The same terms, switched off or on from now. */
export const switched = ({ id: _id, by: _by, ...terms }: Terms): TermsInput => ({
  ...terms,
  active: !terms.active,
  since: null,
})
