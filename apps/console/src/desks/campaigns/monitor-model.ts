import type { Out } from '../../api.ts'
import { type Step, stepsOf } from './progress-model.ts'

export type Monitor = Out<'GET /console/v1/campaigns/:campaignId/monitor'>

const reasons: Record<string, string> = {
  'campaigns.sold_out': '这一批抢完了',
  'campaigns.too_fast': '点得太快，拦下了',
  'campaigns.limit_reached': '买满了限购',
  'campaigns.not_now': '还没到时间，或过了',
  'campaigns.paused': '正暂停着',
  'campaigns.not_for_you': '不是给这位的',
  'campaigns.not_reserved': '没有预约',
  'campaigns.device_busy': '同一手机正排着',
  'campaigns.gate_full': '排队满了',
  'campaigns.pass_needed': '没从门口进',
  'campaigns.pass_invalid': '通行证过时了',
  'campaigns.pass_used': '通行证用过了',
  'inventory.stock_short': '货架没货',
  'orders.desk_full': '下单太挤',
  'orders.price_changed': '价格变了',
  'fulfilment.slot_required': '没选取货时段',
  'fulfilment.slot_full': '取货时段满了',
  'fulfilment.slot_invalid': '取货时段过了',
  'catalog.sku_missing': '这家店不卖了',
  'stores.closed': '门店歇业',
}

/** Members step by step, each once. Nobody has to reserve before coming: those two are not one out of the other. */
export const gateSteps = ({ reserved, came, tried, got, paid }: Monitor['funnel']): Step[] =>
  stepsOf(
    [
      ['预约提醒', reserved],
      ['到场', came],
      ['点了抢', tried],
      ['抢到名额', got],
      ['已付款', paid],
    ],
    2,
  )

/** Why people were sent away, the most frequent first. */
export const refusalsOf = (refused: Monitor['refused']): { code: string; words: string; count: number }[] =>
  Object.entries(refused)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({ code, words: reasons[code] ?? `别的（${code}）`, count }))
    .toSorted((a, b) => b.count - a.count)

export const refusedSum = (refused: Monitor['refused']): number =>
  Object.values(refused).reduce((sum, count) => sum + count, 0)

/** The slowest minute. */
export const slowest = ({ minutes }: Monitor): number | null =>
  minutes.reduce<number | null>(
    (most, { p99Ms }) => (p99Ms !== null && (most === null || p99Ms > most) ? p99Ms : most),
    null,
  )
export const msWords = (ms: number | null): string => (ms === null ? '–' : `${ms} ms`)
