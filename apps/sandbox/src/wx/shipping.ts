/** 发货信息管理: what the product reports of goods that were handed over, with the checks and codes of the real service. */
import type { Order } from '../records.ts'
import type { World } from '../world.ts'

type Given = Record<string, unknown>
type Refused = { errcode: number; errmsg: string }

const RFC_3339_MS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(Z|[+-]\d{2}:\d{2})$/
const DESCRIPTION_MAX = 120
const LIST_MAX = 15
const UPLOADS_MAX = 2
const EXPRESS = 1
const SPLIT = 2
const PRESALE = 1
const TEST_ORDER = 2
const DAY_SECONDS = 86_400
const DELAY_DAYS = { least: 15, most: 330 }

const refusals = {
  format: { errcode: 47001, errmsg: 'data format error' },
  unknown: { errcode: 10060001, errmsg: '支付单不存在' },
  shipped: { errcode: 10060002, errmsg: '支付单已完成发货，无法继续发货' },
  reshipped: { errcode: 10060003, errmsg: '该支付单已使用重新发货机会' },
  notShippable: { errcode: 10060004, errmsg: '该支付单处于不可发货的状态' },
  unchanged: { errcode: 10060023, errmsg: '发货信息未更新' },
  notTheirs: { errcode: 10060031, errmsg: '该笔支付单不属于 openid 所指定的用户' },
} satisfies Record<string, Refused>

const asGiven = (value: unknown): Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : {}

/** The order that a report is about, by either kind of number; undefined also while it is not paid. */
export const reportedOrder = (world: World, body: Given): Order | undefined => {
  const key = asGiven(body.order_key)
  const order =
    key.order_number_type === 2
      ? world.store.orderByTransactionId.get(String(key.transaction_id))
      : key.order_number_type === 1 && key.mchid === world.keys.mchId
        ? world.store.orders.get(String(key.out_trade_no))
        : undefined
  return order?.transactionId ? order : undefined
}

const isWellFormed = (body: Given): boolean => {
  const list = body.shipping_list
  if (!Array.isArray(list) || list.length < 1 || list.length > LIST_MAX) return false
  const described = list.every((each) => {
    const text = asGiven(each).item_desc
    return typeof text === 'string' && text !== '' && Array.from(text).length <= DESCRIPTION_MAX
  })
  const { logistics_type: type, delivery_mode: mode, upload_time: time } = body
  if (![1, 2, 3, 4].includes(Number(type)) || ![1, 2].includes(Number(mode))) return false
  if (mode === SPLIT ? type !== EXPRESS || typeof body.is_all_delivered !== 'boolean' : list.length > 1)
    return false
  return described && typeof time === 'string' && RFC_3339_MS.test(time) && !Number.isNaN(Date.parse(time))
}

/** Takes a report, or says with the real code why not. */
export const uploadShipping = (world: World, body: Given): Refused => {
  if (!isWellFormed(body)) return refusals.format
  const order = reportedOrder(world, body)
  if (!order) return refusals.unknown
  if (asGiven(body.payer).openid !== order.openid) return refusals.notTheirs
  if (isGivenBack(world, order)) return refusals.notShippable
  const before = order.shipping
  const itemDesc = (body.shipping_list as unknown[]).map((each) => String(asGiven(each).item_desc)).join('；')
  const uploadTime = String(body.upload_time)
  const logisticsType = Number(body.logistics_type)
  if (before) {
    if (before.itemDesc === itemDesc && before.logisticsType === logisticsType) return refusals.unchanged
    if (before.times >= UPLOADS_MAX) return refusals.reshipped
    if (Date.parse(uploadTime) <= Date.parse(before.uploadTime)) return refusals.format
  }
  order.shipping = { logisticsType, itemDesc, uploadTime, times: (before?.times ?? 0) + 1 }
  world.store.keepOrder(order)
  return { errcode: 0, errmsg: 'ok' }
}

const isGivenBack = ({ store }: World, order: Order): boolean => {
  const back = order.outRefundNos.reduce((sum, number) => {
    const refund = store.refunds.get(number)
    return refund?.state === 'SUCCESS' ? sum + refund.refundFen : sum
  }, 0)
  return back >= order.totalFen
}

/** The order of a special report, by WeChat's number or the merchant's. */
export const specialOrder = ({ store }: World, { order_id: id }: Given): Order | undefined => {
  const order = store.orderByTransactionId.get(String(id)) ?? store.orders.get(String(id))
  return order?.transactionId ? order : undefined
}

/** 特殊发货报备: a presale asks WeChat to wait for its goods, between 15 and 330 days after it was paid; a test order asks for nothing. */
export const reportSpecial = (world: World, body: Given): Refused => {
  const { type, delay_to: until } = body
  if (type !== PRESALE && type !== TEST_ORDER) return refusals.format
  const order = specialOrder(world, body)
  if (!order || order.paidAt === null || order.successTime === null) return refusals.unknown
  if (isGivenBack(world, order)) return refusals.notShippable
  if (order.shipping) return refusals.shipped
  if (type === PRESALE) {
    if (typeof until !== 'number' || !Number.isInteger(until)) return refusals.format
    const days = (until - Math.floor(Date.parse(order.successTime) / 1000)) / DAY_SECONDS
    if (days < DELAY_DAYS.least || days > DELAY_DAYS.most) return refusals.format
    order.delayedTo = until
    world.store.keepOrder(order)
  }
  return { errcode: 0, errmsg: 'ok' }
}
