import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { greeting, weekdayOf } from '../../ui/time.ts'

export type Workbench = Out<'GET /console/v1/workbench'>
export type TodoItem = Workbench['todo'][number]
export type StoreRow = Workbench['stores'][number]

/** Change in tenths of a percent, or undefined when there is nothing to compare with. */
export const growth = (now: number | null, before: number | null): number | undefined =>
  now === null || before === null || before === 0 ? undefined : Math.round(((now - before) / before) * 1000)

/** `8.4%` from tenths of a percent, without its sign. */
export const tenths = (value: number): string => `${(Math.abs(value) / 10).toFixed(1)}%`

/** `上周日`, from the day compared with. */
export const compareName = (compareDay: string): string => `上${weekdayOf(`${compareDay}T12:00:00+08:00`)}`

/** The first line of the workbench: what a manager reads before opening the doors. */
export const headline = (name: string, bench: Workbench): string => {
  const hello = `${greeting(bench.asOf)}，${name}。`
  if (bench.today.orders === 0) return `${hello}今天还没有付款的订单`
  const sold = `${hello}今天已卖 ${formatFen(bench.today.paidFen)}`
  const change = growth(bench.today.paidFen, bench.compare.paidFen)
  if (change === undefined) return sold
  if (change === 0) return `${sold}，和${compareName(bench.compareDay)}此时持平`
  return `${sold}，比${compareName(bench.compareDay)}此时${change > 0 ? '多' : '少'} ${tenths(change)}`
}

/** Average basket in fen; undefined without orders. */
export const sharePercent = (basisPoints: number): string => (basisPoints / 100).toFixed(1)

/** The hours worth drawing: the shops' own day, stretched when something was sold outside it. */
export const shownHours = (hours: Workbench['hours']): Workbench['hours'] => {
  const busy = hours.filter((each) => each.paidFen > 0 || each.compareFen > 0).map((each) => each.hour)
  const first = Math.min(7, ...busy)
  const last = Math.max(21, ...busy)
  return hours.filter((each) => each.hour >= first && each.hour <= last)
}

/** One table row's sums; the total row under the stores must equal the figures above it. */
export const storeTotals = (stores: readonly StoreRow[]) => {
  const totals = { orders: 0, paidFen: 0, toPack: 0, ready: 0, handed: 0, soldOut: 0 }
  for (const store of stores)
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += store[key]
  return totals
}

/** Sold-out goods of several stores are one errand, not one per store; everything else stays as it came. */
export const mergeTodo = (todo: readonly TodoItem[]): TodoItem[] => {
  const soldOut = todo.filter((item) => item.kind === 'sold_out')
  if (soldOut.length < 2) return [...todo]
  const count = soldOut.reduce((sum, item) => sum + item.count, 0)
  const merged: TodoItem = {
    kind: 'sold_out',
    count,
    storeId: null,
    since: null,
    detail: `${soldOut.length} 家店`,
  }
  return [...todo.filter((item) => item.kind !== 'sold_out'), merged]
}

interface TodoWords {
  title: string
  /** What it means for somebody, where the title does not say it. */
  detail: string
  /** The one verb that ends it, and the list behind it; absent when the console cannot end it. */
  act?: { verb: string; to: string }
}

const sumsWrong =
  (book: string, to: string) =>
  ({ count, detail }: TodoItem): TodoWords => ({
    title: `${book}有 ${count} 个数${detail}`,
    detail: '先别改数，看看差在哪里',
    act: { verb: '去看看', to },
  })

const todoTable: Record<TodoItem['kind'], (item: TodoItem, scope: string) => TodoWords> = {
  pickup_overdue: ({ count, detail }, scope) => ({
    title: `${count} 单到点还没备好`,
    detail,
    act: { verb: '去看看', to: `/orders?state=PAID${scope}` },
  }),
  payment_alarm: ({ count }) => ({
    title: `${count} 笔收付款要人核对`,
    detail: '对不上的没有记成已付',
    act: { verb: '去处理', to: '/alarms' },
  }),
  refund_failed: ({ count }, scope) => ({
    title: `${count} 单退款没退成`,
    detail: '钱还没回到顾客手里',
    act: { verb: '去处理', to: `/orders?refund=FAILED${scope}` },
  }),
  aftersale_waiting: ({ count, detail }, scope) => ({
    title: `${count} 件售后等答复或验收`,
    detail,
    act: { verb: '去处理', to: `/aftersales${scope.replace('&', '?')}` },
  }),
  aftersale_failed: ({ count, detail }, scope) => ({
    title: `${count} 件售后退款没成`,
    detail,
    act: { verb: '去处理', to: `/aftersales?tab=failed${scope}` },
  }),
  sold_out: ({ count, storeId, detail }, scope) => ({
    title: `${count} 个在架商品卖完了`,
    detail: storeId ? '顾客看得到，买不了' : `${detail}，顾客看得到，买不了`,
    act: { verb: '看库存', to: `/stock?only=sold_out${scope}` },
  }),
  stock_sums: sumsWrong('库存', '/stock/checks'),
  points_sums: sumsWrong('积分', '/points'),
  value_sums: sumsWrong('储值', '/stored-value'),
  commission_sums: sumsWrong('佣金', '/guidance/promoters?view=terms'),
  commission_application: ({ count, detail }) => ({
    title: `${count} 位想当推广员`,
    detail,
    act: { verb: '去答复', to: '/guidance/promoters' },
  }),
  commission_withdrawal: ({ count, detail }) => ({
    title: `${count} 笔佣金提现没有走完`,
    detail,
    act: { verb: '去看看', to: '/guidance/promoters?view=withdrawals' },
  }),
  campaign_short: ({ count, detail }) => ({
    title: `${count} 场活动没备足货`,
    detail,
    act: { verb: '去看看', to: '/campaigns?view=list' },
  }),
  presale_due: ({ count, detail }) => ({
    title: `${count} 单预售该到货了`,
    detail,
    act: { verb: '去到货', to: '/presales' },
  }),
  feed_stale: ({ detail }) => ({
    title: '门店库存仅供参考',
    detail,
    act: { verb: '去看看', to: '/feeds' },
  }),
  feed_refused: ({ count }) => ({
    title: `${count} 行同步数据没收进来`,
    detail: '改好对照，再收一次',
    act: { verb: '去处理', to: '/feeds/runs?only=refused' },
  }),
  job_failing: ({ count, detail }) => ({ title: `${count} 件后台任务没办成，在重试`, detail }),
}

/** What a to-do row says and where its verb leads: the list behind it, within its store. */
export const todoWords = (item: TodoItem): TodoWords =>
  todoTable[item.kind](item, item.storeId ? `&store=${item.storeId}` : '')
