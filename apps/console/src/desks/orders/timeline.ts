import { formatFen } from '../../ui/fen.ts'
import { hourMinute, longDay } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { fulfilmentWords, type OrderDetail } from './model.ts'
import { TENDER_WORDS } from './tenders.ts'

/** Verbs of the order's history as people say them; an unknown verb is shown as it came. */
const verbWords: Record<string, string> = {
  place: '下单',
  pay: '支付成功',
  pay_seat: '支付成功，等成团',
  gather: '成团了，可以备货',
  pay_deposit: '首款支付成功',
  arrive: '预售的货到店，给这一单留好',
  lapse: '尾款没付，定金不退，关闭',
  cancel: '取消',
  weigh: '称重',
  ready: '备好，等顾客来取',
  hand_over: '顾客取走',
  refund: '退款',
  refunded: '退款到账',
  refund_failed: '退款没退成',
  refund_redirected: '改了退款去处，重新退',
  late_payment: '关单后才到账，自动退回',
  double_payment: '重复付款，多的一笔自动退回',
}

export interface Moment {
  at?: string
  title: string
  detail: string
  /** `past` happened, `now` is the latest, `next` is what is expected. */
  kind: 'past' | 'now' | 'next'
}

/** Who, and what it moved where that is known: a refund is told by the moment it has in common with its event. */
const momentWords = (order: OrderDetail, { verb, at, by }: OrderDetail['events'][number]): string => {
  const who = whoWords(by)
  const fen = (refunds: OrderDetail['refunds']) => refunds.reduce((sum, each) => sum + each.amountFen, 0)
  const refunds = order.refunds.filter(
    ({ createdAt, doneAt }) => (verb === 'refunded' ? doneAt : createdAt) === at,
  )
  if (verb === 'place')
    return `${who} · ${order.lines.length} 样 ${order.pieces} 件，${formatFen(order.totalFen)}`
  if ((verb === 'pay' || verb === 'pay_seat') && order.tenders.length > 0)
    return order.tenders
      .map(({ provider, paidFen }) => `${TENDER_WORDS[provider]} ${formatFen(paidFen)}`)
      .join('，')
  if ((verb === 'refund' || verb === 'refunded') && refunds.length > 0)
    return [who, formatFen(fen(refunds)), verb === 'refund' && refunds[0]?.reason].filter(Boolean).join(' · ')
  return who
}

/** The order's life so far, and the one step that comes next. */
export const timeline = (order: OrderDetail): Moment[] => {
  const past = order.events.map((event, index): Moment => ({
    at: event.at,
    title:
      event.verb === 'cancel' && event.by === 'system'
        ? '超时没付，自动取消'
        : (verbWords[event.verb] ?? event.verb),
    detail: momentWords(order, event),
    kind: index === order.events.length - 1 ? 'now' : 'past',
  }))
  const next = nextMoment(order)
  return next ? [...past, next] : past
}

const dayAndTime = (at: string): string => `${longDay(at)} ${hourMinute(at)}`

const nextMoment = (order: OrderDetail): Moment | undefined => {
  if (order.state === 'PENDING_PAY')
    return {
      title: '等顾客付款',
      detail: order.expiresAt ? `${hourMinute(order.expiresAt)} 没付就自动取消` : '',
      kind: 'next',
    }
  if (order.state === 'WAIT_GROUP')
    return { title: '等成团', detail: '拼成了才备货，没拼成自动全额退回', kind: 'next' }
  if (order.state === 'WAIT_BALANCE')
    return {
      title: '等顾客付尾款',
      detail: order.expiresAt ? `${dayAndTime(order.expiresAt)} 没付就按规则关闭` : '',
      kind: 'next',
    }
  if (order.state === 'WAIT_GOODS')
    return {
      title: '等货到店',
      detail: order.goodsBy ? `最晚 ${dayAndTime(order.goodsBy)}` : '',
      kind: 'next',
    }
  if (order.state === 'PAID')
    return { title: '等门店备货', detail: fulfilmentWords(order.fulfilment), kind: 'next' }
  if (order.state === 'READY') return { title: '等顾客来取', detail: '出示提货码，店员交接', kind: 'next' }
  return undefined
}
