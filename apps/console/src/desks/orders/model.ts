import type { Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import type { Tone } from '../../ui/state-tag.tsx'
import { hourMinute } from '../../ui/time.ts'
import { backStep, type Parts } from './tenders.ts'

export type OrderRow = Out<'GET /console/v1/orders'>['items'][number]
export const pageSize = 20
export type OrderDetail = Out<'GET /console/v1/orders/:orderId'>
type State = OrderRow['state']
type RefundState = OrderRow['refundState']

/** What each order state is called here, and how its tag is drawn. */
export const stateWords: Record<State, { word: string; tone: Tone }> = {
  PENDING_PAY: { word: '待付款', tone: 'waiting' },
  WAIT_GROUP: { word: '等成团', tone: 'waiting' },
  WAIT_BALANCE: { word: '待付尾款', tone: 'waiting' },
  WAIT_GOODS: { word: '等到货', tone: 'waiting' },
  PAID: { word: '备货中', tone: 'doing' },
  READY: { word: '待自提', tone: 'doing' },
  COMPLETED: { word: '已完成', tone: 'done' },
  CANCELLED: { word: '已取消', tone: 'over' },
  CLOSED_REFUND: { word: '已退款', tone: 'over' },
}

/** Refund state as a tag; nothing to say when nothing was refunded. */
export const refundWords: Record<RefundState, { word: string; tone: Tone } | undefined> = {
  NONE: undefined,
  PENDING: { word: '退款中', tone: 'doing' },
  PARTIAL: { word: '退了一部分', tone: 'done' },
  FULL: { word: '已退款', tone: 'done' },
  FAILED: { word: '退款没成', tone: 'alarm' },
}

const isState = (word: string | null): word is State => word !== null && Object.hasOwn(stateWords, word)
const isRefundState = (word: string | null): word is RefundState =>
  word !== null && Object.hasOwn(refundWords, word)

/** A state from the wire as a tag, even one this build does not know yet. */
export const stateTag = (state: string): { word: string; tone: Tone } =>
  isState(state) ? stateWords[state] : { word: state, tone: 'waiting' }

/** What an order shows: its state, and how a refund goes. Money that is still on its way back has not arrived, so it is not 已退款 yet. */
export const orderTags = ({
  state,
  refundState,
}: Pick<OrderRow, 'state' | 'refundState'>): { word: string; tone: Tone }[] => {
  const refund = refundWords[refundState]
  if (state === 'CLOSED_REFUND') return [refundState === 'FULL' || !refund ? stateTag(state) : refund]
  return refund ? [stateTag(state), refund] : [stateTag(state)]
}

const day = /^\d{4}-\d\d-\d\d$/

export interface OrderFilters {
  state?: State
  refundState?: RefundState
  q?: string
  from?: string
  to?: string
}

/** Reads the list's filters out of the address; anything that cannot be a filter is left out. */
export const orderFilters = (params: URLSearchParams): OrderFilters => {
  const filters: OrderFilters = {}
  const state = params.get('state')
  const refund = params.get('refund')
  const q = params.get('q')?.trim().slice(0, 40)
  const from = params.get('from')
  const to = params.get('to')
  if (isState(state)) filters.state = state
  if (isRefundState(refund)) filters.refundState = refund
  if (q) filters.q = q
  if (from && day.test(from)) filters.from = from
  if (to && day.test(to)) filters.to = to
  return filters
}

export const refundChoices = (
  Object.entries(refundWords) as [RefundState, { word: string } | undefined][]
).flatMap(([value, said]) => (said ? [{ value, label: said.word }] : []))

/** The filters in force as chips. The state is a tab; the two days are one chip. */
export const orderChips = (filters: OrderFilters): Chip[] => {
  const chips: Chip[] = []
  if (filters.refundState)
    chips.push({ key: 'refund', label: '退款', value: refundWords[filters.refundState]?.word ?? '没退过' })
  if (filters.from || filters.to)
    chips.push({
      key: 'day',
      label: '下单',
      value:
        filters.from === filters.to
          ? (filters.from ?? '')
          : `${filters.from ?? '最早'} 到 ${filters.to ?? '今天'}`,
    })
  return chips
}

/** `自提 11:00–11:30`, `自提 随时`, `配送`. */
export const fulfilmentWords = ({ kind, slotStart, slotEnd }: OrderRow['fulfilment']): string => {
  if (kind === 'delivery') return '配送'
  if (!slotStart) return '自提 营业时间内'
  return `自提 ${hourMinute(slotStart)}${slotEnd ? `–${hourMinute(slotEnd)}` : ''}`
}

/** The tabs above the list with their counts; `counts` is per state under the other filters. */
export const orderTabs = (
  counts: Readonly<Record<string, number>> | undefined,
  chosen: State | undefined,
) => [
  {
    key: '',
    label: '全部',
    count: counts && Object.values(counts).reduce((sum, each) => sum + each, 0),
    change: { state: undefined },
    on: chosen === undefined,
  },
  ...(Object.keys(stateWords) as State[]).map((state) => ({
    key: state,
    label: stateWords[state].word,
    count: counts && (counts[state] ?? 0),
    change: { state },
    on: chosen === state,
  })),
]

/** One column per discount, with the sum of its lines: the parts add up to the total. */
export const discountColumns = ({ discounts, lines }: Pick<OrderDetail, 'discounts' | 'lines'>) =>
  discounts.map(({ rule, label, funding }) => ({
    rule,
    label,
    funding,
    offFen: lines.reduce((sum, line) => sum + offBy(line, rule), 0),
  }))

/** What a line of the given order got off by one rule. */
export const offBy = (line: OrderDetail['lines'][number], rule: string): number =>
  line.discounts.filter((each) => each.rule === rule).reduce((sum, each) => sum + each.offFen, 0)

/**
 * Whether the order's own figures agree: lines add up to goods, goods less discounts plus freight is the total.
 * Shown on the page, because a person who refunds should know that the sums were checked.
 */
export const sumsAgree = (order: OrderDetail): boolean => {
  const goods = order.lines.reduce((sum, line) => sum + line.amountFen, 0)
  const paid = order.lines.reduce((sum, line) => sum + line.payFen, 0)
  const off = order.lines.reduce(
    (sum, line) => sum + line.discounts.reduce((part, each) => part + each.offFen, 0),
    0,
  )
  return (
    goods === order.goodsFen &&
    off === order.discountFen &&
    paid === order.goodsFen - order.discountFen &&
    order.totalFen === paid + order.freightFen
  )
}

/** What will happen, in order, when the refund button is pressed. */
export const refundSteps = (order: OrderDetail, parts: Parts): string[] => {
  const handed = order.state === 'COMPLETED'
  return [
    backStep(parts),
    handed ? '货已经取走，库存不动' : '货还在店里，预占的件数放回可售',
    handed ? '订单变成已退款' : '订单变成已退款，提货码马上作废',
  ]
}

/** States of payment attempts, in words. */
const attemptWords: Record<string, { word: string; tone: Tone }> = {
  OPENING: { word: '正在开单', tone: 'waiting' },
  HELD: { word: '下单占用', tone: 'waiting' },
  OPEN: { word: '等付款', tone: 'waiting' },
  PAID: { word: '成功', tone: 'done' },
  CLOSED: { word: '已关单', tone: 'over' },
  FAILED: { word: '没成', tone: 'alarm' },
}

/** States of single refunds, in words. */
const refundStateWords: Record<string, { word: string; tone: Tone }> = {
  PENDING: { word: '等提交', tone: 'waiting' },
  PROCESSING: { word: '处理中', tone: 'doing' },
  SUCCESS: { word: '到账', tone: 'done' },
  ABNORMAL: { word: '退不进原卡', tone: 'alarm' },
  CLOSED: { word: '被关闭', tone: 'alarm' },
  FAILED: { word: '没成', tone: 'alarm' },
}

/** A payment attempt's state as a tag. */
export const attemptTag = (state: string) => attemptWords[state] ?? { word: state, tone: 'waiting' as const }

/** A refund's state as a tag. */
export const refundTag = (state: string) =>
  refundStateWords[state] ?? { word: state, tone: 'waiting' as const }

export const shortageWords: Record<OrderDetail['ifShort'], string> = {
  refund: '整单退款',
  substitute: '换相近的，不另收钱',
  call: '到店再商量',
}

/** Whether cancel and refund apply; the server decides again. What cost nothing can be given back too: its goods return. */
export const mayCancelNow = (order: OrderDetail): boolean => order.state === 'PENDING_PAY'
export const mayRefundNow = (order: OrderDetail): boolean => order.refundableFen !== null

type Report = OrderDetail['payments'][number]['reports'][number]

const reportKinds: Record<Report['kind'], string> = {
  shipping: '发货信息',
  card: '微信里的订单卡片',
  delay: '延期发货',
}
const reportTroubles: Record<string, string> = {
  NO_ANSWER: '微信没有回应',
  OFF: '没有开通',
  '10060001': '微信还没有这笔支付',
  '10060004': '这笔支付不能发货，多半已退款',
  '10060031': '付款人对不上',
}

/** Whether WeChat knows what became of the goods of a payment. */
export const reportWords = ({ kind, state, trouble }: Pick<Report, 'kind' | 'state' | 'trouble'>): string => {
  const why = trouble === null ? '' : `（${reportTroubles[trouble] ?? `微信错误 ${trouble}`}）`
  if (state === 'UPLOADED') return `${reportKinds[kind]}已报给微信`
  return state === 'FAILED' ? `${reportKinds[kind]}没报上${why}` : `${reportKinds[kind]}等着报给微信${why}`
}
