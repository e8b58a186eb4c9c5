import { yuanText } from './money.ts'
import { dateOf, momentOf } from './times.ts'
import type { BoxWeek, Subscription } from './wire.ts'

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** A week as people call it, by the day of collecting: `12 月 5 日 周六`. */
export const weekTitle = ({ week }: Pick<BoxWeek, 'week'>): string => {
  const at = Date.parse(`${week}T00:00:00+08:00`)
  return `${dateOf(at)} ${WEEKDAYS[new Date(`${week}T00:00:00Z`).getUTCDay()] ?? ''}`
}

/** How a week stands, in one sentence; of the server's clock. */
export function weekNote(
  week: BoxWeek,
  { now, goods, storeName }: Pick<Subscription, 'now' | 'goods' | 'storeName'>,
): string {
  const at = Date.parse(now)
  switch (week.state) {
    case 'PLANNED': {
      const sum = goods ? `，${yuanText(goods.priceFen * week.quantity)}` : ''
      return `${momentOf(week.ordersAt, at)} 替您下单，${week.quantity} 份${sum}，到${storeName}取`
    }
    case 'SKIPPED':
      return '这一周不要'
    case 'DUE':
      return '正在下单'
    case 'ORDERED':
      return `下好单了，${momentOf(week.payUntil, at)} 前付款才备货`
    case 'PAID':
      return '付好了'
    case 'LAPSED':
      return '没付款，作废了，没有收钱'
    case 'SHORT':
      return '没订上，没有收钱'
  }
}

/** What can be done about a week now; null: nothing. */
export function weekAct(
  week: BoxWeek,
  box: Pick<Subscription, 'state' | 'now'>,
): 'skip' | 'unskip' | 'pay' | 'order' | null {
  if (week.state === 'ORDERED') return 'pay'
  if (week.orderId !== null) return 'order'
  const open = box.state !== 'ENDED' && Date.parse(box.now) < Date.parse(week.payUntil)
  if (!open) return null
  if (week.state === 'PLANNED') return 'skip'
  return week.state === 'SKIPPED' ? 'unskip' : null
}

/** How the whole of it stands. */
export function boxStanding({
  state,
  pausedBy,
  quantity,
  storeName,
  lapses,
}: Pick<Subscription, 'state' | 'pausedBy' | 'quantity' | 'storeName' | 'lapses'>): {
  title: string
  note: string
} {
  if (state === 'ENDED') return { title: '不订了', note: '想要可以重新订' }
  if (state === 'PAUSED')
    return pausedBy === 'lapsed'
      ? { title: '暂停了', note: '连续两周没付款，先替您停了；恢复后从下一周起' }
      : { title: '暂停了', note: '名额让给了别人；恢复后从下一周起' }
  const warned = lapses > 0 ? '；上一周没付，再有一周没付就暂停' : ''
  return { title: `每周 ${quantity} 份`, note: `到${storeName}取${warned}` }
}

/** What is in one of them, in a line; empty where it is no bundle. */
export const contentsText = (contents: NonNullable<Subscription['goods']>['contents']): string =>
  contents.map(({ name, quantity }) => (quantity > 1 ? `${name}×${quantity}` : name)).join('、')
