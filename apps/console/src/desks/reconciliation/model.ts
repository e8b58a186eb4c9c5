import type { Out } from '../../api.ts'
import { formatFenBare } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { type Withdrawal, withdrawalWords } from '../commissions/model.ts'
import { attemptTag, refundTag } from '../orders/model.ts'

export type Day = Out<'GET /console/v1/reconciliation/days'>['items'][number]
export type Difference = Out<'GET /console/v1/reconciliation/differences'>['items'][number]
export type Detail = Out<'GET /console/v1/reconciliation/differences/:differenceId'>
export type Counts = Out<'GET /console/v1/reconciliation/differences'>['counts']
type Kind = Difference['kind']

export type Biller = Day['provider']

export const pageSize = 20

/** Whose bills they are. */
export const billerWords: Record<Biller, string> = { wechat: '微信', alipay: '支付宝' }
export const billerOf = (params: URLSearchParams): Biller =>
  params.get('bills') === 'alipay' ? 'alipay' : 'wechat'

export const kindWords: Record<Kind, string> = {
  local_only: '我方有，对方无',
  remote_only: '对方有，我方无',
  amount_diff: '金额不同',
  status_diff: '状态不同',
  funds_diff: '两份账单不符',
}
export const sourceWords: Record<Difference['source'], string> = {
  payment: '收款',
  refund: '退款',
  transfer: '转账',
  funds: '资金账单',
}

/** What a person may say that a difference was, in the order of how often it is so. */
export const resolutions = {
  merchant_console: { word: '商户平台手工退的', help: '在微信、支付宝的商户平台直接操作，不是从这里退的' },
  platform_subsidy: { word: '记成平台补贴', help: '微信、支付宝的立减等活动，由平台补给我们' },
  booked_by_hand: { word: '已手工补记', help: '线下或别的系统里已经记过' },
  returned: { word: '已退给顾客', help: '多收的钱退回去了' },
  written_off: { word: '记损益', help: '查不清，金额认下' },
  other: { word: '别的原因', help: '写在说明里' },
} as const
export type Resolution = keyof typeof resolutions
const isResolution = (word: string | null): word is Resolution =>
  word !== null && Object.hasOwn(resolutions, word)

/** What it usually is; nothing where nobody can guess. */
export const usualResolution = ({ source, kind }: Difference): Resolution | undefined => {
  if (source === 'refund' && kind === 'remote_only') return 'merchant_console'
  return kind === 'amount_diff' && source === 'payment' ? 'platform_subsidy' : undefined
}

const closedWords: Record<string, [why: string, how: string]> = {
  booked: ['当时还没入账', '向对方查实，已补上'],
  in_other_bill: ['过了零点', '在次日账单里找到'],
  not_given: ['这笔退款没有退出', '不用再对'],
  bill_changed: ['账单重新生成过', '新账单里没有这处了'],
}

const transferWords = ({ kind, state }: Difference): [why: string, how: string] => {
  if (kind === 'local_only')
    return state === 'WAITING'
      ? ['可能落到次日账单', '等次日的来']
      : ['记了到账，账户没有出钱', '到商户平台按单号查']
  if (kind === 'remote_only') return ['账户转了钱，不是这里的提现', '到商户平台查是谁转的']
  if (kind === 'amount_diff') return ['转出的和该付的不一样', '核对后写明怎么记']
  return state === 'WAITING'
    ? ['没有转成，钱还没退回账户', '等次日的来']
    : ['没有转成，钱没有退回账户', '到商户平台按单号查']
}
const openWords = (difference: Difference): [why: string, how: string] => {
  const { kind, source, state, orderId } = difference
  if (source === 'transfer') return transferWords(difference)
  if (kind === 'local_only')
    return state === 'WAITING'
      ? ['可能落到次日账单', '等次日的来']
      : ['两天的账单里都没有', '到商户平台按单号查']
  if (kind === 'remote_only' && source === 'refund') return ['不是从这里退的', '问问谁在平台退过']
  if (kind === 'remote_only')
    return orderId
      ? ['对方收了钱，我们没记成', '再对一遍会向对方查']
      : ['我们没有这个单号', '到商户平台查来路']
  if (kind === 'amount_diff') return ['两边金额不一样', '核对后写明怎么记']
  if (kind === 'status_diff') return ['两边说的结果不一样', '再对一遍会向对方查']
  return ['两份账单合计不等', '逐笔看资金账单']
}

/** Why it is so, and what happens or is to be done next. */
export const reasonOf = (difference: Difference): [why: string, how: string] => {
  const { state, resolution, note } = difference
  if (state === 'CLOSED') return closedWords[resolution ?? ''] ?? ['两边已经一致', '自动平']
  if (state === 'RESOLVED')
    return [isResolution(resolution) ? resolutions[resolution].word : (resolution ?? ''), note ?? '']
  return openWords(difference)
}

export const stateOf = ({ state, owner }: Difference): { word: string; tone: Tone } => {
  if (state === 'CLOSED') return { word: '已自动平', tone: 'done' }
  if (state === 'RESOLVED') return { word: '已说明', tone: 'done' }
  if (state === 'WAITING') return { word: '挂着', tone: 'over' }
  return owner ? { word: '处理中', tone: 'doing' } : { word: '待认领', tone: 'alarm' }
}
export const isOpen = ({ state }: Difference): boolean => state === 'OPEN' || state === 'WAITING'

/** Theirs less ours; what one side does not have counts as nothing. */
export const deltaOf = ({ oursFen, theirsFen }: Pick<Difference, 'oursFen' | 'theirsFen'>): number =>
  (theirsFen ?? 0) - (oursFen ?? 0)

/** `+46.80`, `−1.90`, `0.00` */
export const signedFen = (fen: number): string => `${fen > 0 ? '+' : ''}${formatFenBare(fen)}`

/** Fees are stated in thousandths of a fen; people see fen, half a fen away from zero. */
export const feeFen = (milliFen: number): number =>
  Math.sign(milliFen) * Math.floor((Math.abs(milliFen) + 500) / 1000)

/** `0.60%` of what was taken; nothing to say on a day without takings. */
export const feeRate = ({ feeMilliFen, settleFen }: Day): string | undefined =>
  settleFen > 0 ? `${(feeMilliFen / settleFen / 10).toFixed(2)}%` : undefined

const troubleWords: Record<string, string> = {
  creating: '账单还在生成',
  BILL_HASH: '账单的摘要不符',
  BILL_CUT: '账单没有下载完整',
  TOO_LONG: '账单大得不正常',
  NO_ANSWER: '没有连上对方',
  UNVERIFIED: '对方的应答验签没过',
  UNREADABLE: '对方的应答看不懂',
  UNEXPECTED: '对方的应答不是约定的样子',
  BILL_ODD: '压缩包里没有业务明细',
  NO_AUTH: '商户号没有下载账单的权限',
  SIGN_ERROR: '我们的签名被拒，请查证书',
  truncated: '账单没有写完',
  summary_differs: '账单的合计与明细不等',
  column_missing: '账单少了我们要用的列',
  value_unreadable: '账单里有读不懂的值',
  row_unreadable: '账单里有读不懂的行',
  other_merchant: '账单里有别的商户号',
  other_day: '账单是另一天的',
  header_unreadable: '账单的开头读不懂',
  summary_unreadable: '账单的合计读不懂',
  not_utf8: '账单的文字读不出',
  not_gbk: '账单的文字读不出',
  row_twice: '同一笔在账单里出现两次',
}
/** Why a day's last try did not go well; a code without words is shown as it is. */
export const troubleOf = ({ trouble }: Day): string | undefined =>
  trouble === null ? undefined : (troubleWords[trouble] ?? `没有对成（${trouble}）`)

/** Head office is done with it, and nothing came since. */
export const isSignedOff = ({ signedOff }: Pick<Day, 'signedOff'>): boolean =>
  signedOff !== null && signedOff.reopenedAt === null

/** What still keeps a day from being signed off; undefined: nothing. */
export const keepsOpen = (day: Day): string | undefined => {
  if (day.state !== 'DONE') return '先对成'
  const left = day.open + day.waiting
  return left > 0 ? `先平 ${left} 笔` : undefined
}

/** How a day stands, in the fewest words. */
export const standing = (day: Day): { word: string; tone: Tone } => {
  if (day.state === 'FAILED') return { word: '没有对成', tone: 'alarm' }
  if (day.state === 'DUE') return { word: '等账单', tone: 'over' }
  if (day.open > 0) return { word: `${day.open} 笔没平`, tone: 'waiting' }
  if (isSignedOff(day)) return { word: '已关账', tone: 'done' }
  return day.waiting > 0 ? { word: `${day.waiting} 笔挂着`, tone: 'over' } : { word: '对平', tone: 'done' }
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
/** `11-21` and `周六` of a business day. */
export const dayWords = (day: string): { date: string; weekday: string } => ({
  date: day.slice(5),
  weekday: weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '',
})

export type View = 'open' | 'mine' | 'closed' | 'resolved'
const isView = (word: string | null): word is View =>
  word === 'open' || word === 'mine' || word === 'closed' || word === 'resolved'
const isKind = (word: string | null): word is Kind => word !== null && Object.hasOwn(kindWords, word)

export interface Filters {
  provider: Biller
  day?: string
  view?: View
  kind?: Kind
}
/** The filters with the day that is shown; none before the first day was compared. */
export type Shown = Omit<Filters, 'day'> & { day: string | undefined }

/** Reads the desk's filters out of the address; anything that cannot be a filter is left out. */
export const filtersOf = (params: URLSearchParams): Filters => {
  const [day, view, kind] = [params.get('day'), params.get('view'), params.get('kind')]
  return {
    provider: billerOf(params),
    ...(day && /^20\d\d-\d\d-\d\d$/.test(day) ? { day } : {}),
    ...(isView(view) ? { view } : {}),
    ...(isKind(kind) ? { kind } : {}),
  }
}

export const tabsOf = (counts: Counts | undefined, view: View | undefined) =>
  (
    [
      [undefined, '差异', counts?.all],
      ['open', '没平', counts?.open],
      ['mine', '归我', counts?.mine],
      ['closed', '已自动平', counts?.closed],
      ['resolved', '已说明', counts?.resolved],
    ] as const
  ).map(([key, label, count]) => ({
    key: key ?? '',
    label,
    count,
    change: { view: key },
    on: view === key,
  }))

const billStates: Record<string, string> = {
  SUCCESS: '成功',
  PROCESSING: '处理中',
  FAIL: '没退成',
  OUT: '转出',
  BACK: '退回',
  REFUND: '已退款',
}
const isWithdrawal = (state: string): state is Withdrawal['state'] => Object.hasOwn(withdrawalWords, state)
const withdrawalWord = (state: string): string => (isWithdrawal(state) ? withdrawalWords[state].word : state)
const ourState = ({ source }: Difference, state: string): string => {
  if (source === 'transfer') return withdrawalWord(state)
  return source === 'refund' ? refundTag(state).word : attemptTag(state).word
}

export interface SideRow {
  name: string
  ours: string
  theirs: string
  /** The two do not say the same. */
  differs: boolean
}
const row = (
  name: string,
  ours: string | undefined,
  theirs: string | undefined,
  compared = true,
): SideRow => ({
  name,
  ours: ours ?? '—',
  theirs: theirs ?? '—',
  differs: compared && ours !== theirs,
})

const amountNames = { payment: '订单金额', refund: '退款金额', transfer: '转账金额', funds: '合计' } as const

/** Both sides as a table: what each says of the same money. */
export const sidesOf = ({ difference, ours, theirs }: Detail): SideRow[] => {
  if (difference.source === 'funds')
    return [row('收款减退款', money(difference.oursFen), money(difference.theirsFen))]
  const state = ours ? ourState(difference, ours.state) : undefined
  const theirState = theirs ? (billStates[theirs.state] ?? theirs.state) : undefined
  return [
    row(amountNames[difference.source], money(ours?.amountFen), money(theirs?.amountFen)),
    ...(theirs && difference.source !== 'transfer'
      ? [
          row(
            difference.source === 'refund' ? '退的代金券' : '代金券',
            undefined,
            money(theirs.couponFen),
            false,
          ),
          row(
            '结算给我们',
            undefined,
            money(difference.source === 'refund' ? -theirs.settleFen : theirs.settleFen),
            false,
          ),
          row(
            `手续费${theirs.rate ? ` ${theirs.rate}` : ''}`,
            undefined,
            money(-feeFen(theirs.feeMilliFen)),
            false,
          ),
        ]
      : []),
    row('状态', state, theirState, difference.kind === 'status_diff' || !ours || !theirs),
  ]
}
const money = (fen: number | null | undefined): string | undefined =>
  fen === null || fen === undefined ? undefined : formatFenBare(fen)

const verbWords: Record<string, string> = {
  found: '比对出差异',
  changed: '差异变了，重新打开',
  opened: '次日账单里也没有，要人看',
  asked: '向对方查了一次',
  closed: '两边一致，自动平',
  assigned: '接手',
  released: '放回去',
  resolved: '说明',
  reopened: '重新打开',
  noted: '记一笔',
}
/** One line of a difference's history. */
export const eventWords = ({ verb, note }: Detail['events'][number]): string => {
  const said = verbWords[verb] ?? verb
  if (note === null) return said
  const [code = '', ...rest] = note.split(': ')
  return verb === 'resolved' && isResolution(code)
    ? `${said}：${resolutions[code].word}，${rest.join(': ')}`
    : `${said}：${note}`
}
