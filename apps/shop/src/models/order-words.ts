import { yuanText } from './money.ts'
import { clockOf, dayOf, momentOf } from './times.ts'
import type { Order, OrderState, OrderSummary } from './wire.ts'

/** The states of an order in a word: on tabs, tags and the timeline, for shoppers and clerks alike. */
export const STATE_WORDS: Record<OrderState, string> = {
  PENDING_PAY: '待付款',
  WAIT_GROUP: '等成团',
  WAIT_BALANCE: '待付尾款',
  WAIT_GOODS: '等到货',
  PAID: '备货中',
  READY: '待自提',
  COMPLETED: '已取走',
  CANCELLED: '已取消',
  CLOSED_REFUND: '已退款',
}

/** The state of one order in a word; money that is still on its way back has not arrived. */
export function stateWord({ state, refundState }: Pick<OrderSummary, 'state' | 'refundState'>): string {
  return state === 'CLOSED_REFUND' && refundState !== 'FULL' ? '退款中' : STATE_WORDS[state]
}

/** True while the code opens the bag at the counter. */
export function isWaiting(order: Pick<OrderSummary, 'state'>): boolean {
  return order.state === 'PAID' || order.state === 'READY'
}

/** True while something of the order may still be asked back; which pieces and until when the next page says. */
export function mayAsk(order: Pick<OrderSummary, 'state'>): boolean {
  return isWaiting(order) || order.state === 'COMPLETED'
}

/** `今天 11:30 至 12:00`, or any opening hour when the store has no slots. */
export function pickupSpan(order: Pick<OrderSummary, 'fulfilment'>, now: number): string {
  const { slotStart, slotEnd } = order.fulfilment
  if (!slotStart) return '营业时间内'
  return slotEnd ? `${momentOf(slotStart, now)} 至 ${clockOf(slotEnd)}` : momentOf(slotStart, now)
}

export interface Headline {
  title: string
  note: string
  /** `go`: the bag can be collected; `wait`: the shopper must act; `rest`: nothing is left to do. */
  tone: 'go' | 'wait' | 'rest'
}

const HEADLINES: Record<OrderState, (order: Order, now: number) => Headline> = {
  PENDING_PAY: ({ expiresAt }, now) => ({
    title: '还没付款',
    note: expiresAt ? `${momentOf(expiresAt, now)} 前付款，货给您留着` : '付款后店里才备货',
    tone: 'wait',
  }),
  WAIT_GROUP: () => ({
    title: '付好了，等成团',
    note: '拼成了店里才备货；没拼成自动全额退回',
    tone: 'wait',
  }),
  WAIT_BALANCE: ({ presale }, now) => ({
    title: presale?.balanceOpen ? '可以付尾款了' : '首款付好了，等付尾款',
    note: presale?.balanceOpen
      ? `${presale.balanceUntil ? momentOf(presale.balanceUntil, now) : ''} 前付清`
      : `尾款 ${presale?.balanceFrom ? momentOf(presale.balanceFrom, now) : ''} 开始付，到时候提醒您`,
    tone: 'wait',
  }),
  WAIT_GOODS: ({ goodsBy, storeName }, now) => ({
    title: '付清了，等到货',
    note: `最晚 ${goodsBy ? momentOf(goodsBy, now) : ''} 到${storeName}，到货就告诉您`,
    tone: 'rest',
  }),
  PAID: (order, now) => ({ title: '店里在备货', note: whereAndWhen(order, now), tone: 'go' }),
  READY: (order, now) => ({ title: '备好了，来取吧', note: whereAndWhen(order, now), tone: 'go' }),
  COMPLETED: ({ completedAt }, now) => ({
    title: '已取走',
    note: completedAt ? `${momentOf(completedAt, now)}，谢谢光临` : '谢谢光临',
    tone: 'rest',
  }),
  CANCELLED: (order) => ({ title: '已取消', note: cancelNote(order), tone: 'rest' }),
  CLOSED_REFUND: ({ refundState, totalFen }) => ({
    title: refundState === 'FULL' ? '已退款' : '正在退款',
    note: totalFen === 0 ? '这一单没有付款，货已放回' : '款按原路退回，到账以付款渠道的通知为准',
    tone: 'rest',
  }),
}

/** The headline of an order page and the line beneath it. */
export function headline(order: Order, now: number): Headline {
  return HEADLINES[order.state](order, now)
}

/** `今天 11:30 至 12:00 取`, `营业时间内都能取`. */
export const pickupPhrase = (order: Pick<OrderSummary, 'fulfilment'>, now: number): string =>
  order.fulfilment.slotStart ? `${pickupSpan(order, now)} 取` : `${pickupSpan(order, now)}都能取`

/** `今天 11:30 至 12:00，到襄都旗舰店取`. */
export const whereAndWhen = (order: Pick<OrderSummary, 'fulfilment' | 'storeName'>, now: number): string =>
  `${pickupSpan(order, now)}，到${order.storeName}取`

const cancelNote = (order: Order): string =>
  order.payState === 'DEPOSIT'
    ? '尾款没付，定金按活动规则不退'
    : order.payState === 'PAID'
      ? '付款按原路退回'
      : [order.cancelReason, '没有扣款'].filter(Boolean).join('，')

export interface Step {
  name: string
  at: string | null
  state: 'done' | 'now' | 'later'
}

/** The steps of a pickup order (one more where its goods are yet to come), each with its time once it has happened. Closed orders have no timeline. */
export function timeline(order: Order, now: number): Step[] {
  if (order.state === 'CANCELLED' || order.state === 'CLOSED_REFUND') return []
  const readyAt = order.events.find((event) => event.to === 'READY')?.at ?? null
  const arrivedAt = order.presale?.arrivedAt ?? null
  const moments: [name: string, at: string | null][] = [
    ['已下单', order.placedAt],
    ...(order.presale ? ([['付清', order.paidAt]] as [string, string | null][]) : []),
    ...(order.state === 'WAIT_GROUP'
      ? [[STATE_WORDS.WAIT_GROUP, order.paidAt] as [string, string | null]]
      : []),
    [
      order.presale ? '到货' : STATE_WORDS.PAID,
      order.presale ? arrivedAt : order.state === 'WAIT_GROUP' ? null : order.paidAt,
    ],
    [STATE_WORDS.READY, readyAt ?? order.completedAt],
    [STATE_WORDS.COMPLETED, order.completedAt],
  ]
  const reached = moments.reduce((last, [, at], i) => (at === null ? last : i), 0)
  return moments.map(([name, at], i) => ({
    name,
    at: at && (dayOf(at, now) === '今天' ? clockOf(at) : momentOf(at, now)),
    state: order.state === 'COMPLETED' || i < reached ? 'done' : i === reached ? 'now' : 'later',
  }))
}

/**
 * What to do when a picked line turns out short: the choices of the checkout. The store is told and acts by hand: it can refund whole orders only, and it
 * does not see the shopper's phone number.
 */
export const SHORTAGE_WORDS: Record<Order['ifShort'], { name: string; note: string }> = {
  substitute: { name: '换相近的，不另收钱', note: '差价不补不退；取货时先看，不满意整单退款' },
  refund: { name: '整单退款', note: '店里退这一整单，款按原路退回' },
  call: { name: '到店再商量', note: '店里不会打电话；想先知道，请打给门店' },
}

/** `每套：菠菜 300g 2 把、长粒香米 5kg 1 袋`: what is in one piece of a bundle. */
export const bundleText = (components: readonly { name: string; unit: string; quantity: number }[]): string =>
  `每套：${components.map(({ name, unit, quantity }) => `${name} ${quantity} ${unit}`).join('、')}`

/** `拼团多来了人，差价 ¥6.00 按原路退`: what a line paid above the price that its group came to; null where it did not. */
export const groupBackText = ({
  groupBackFen,
}: Pick<Order['lines'][number], 'groupBackFen'>): string | null =>
  groupBackFen > 0 ? `拼团多来了人，差价 ${yuanText(groupBackFen)} 按原路退` : null

/** Reasons a shopper may pick for cancelling. */
export const CANCEL_REASONS = ['不想要了', '买错了，重新下单', '取货时间不合适', '其他原因'] as const
