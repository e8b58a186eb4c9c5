/** Orders: `POST …/jsapi`, the two queries and close, with the re-entry rules of the real service. */
import { newPrepayId } from '../ids.ts'
import type { Order, TradeState } from '../records.ts'
import type { World } from '../world.ts'
import { closeBody, jsapiBody } from './bodies.ts'
import type { Answer, Endpoint, Input } from './endpoint.ts'
import { canonical, checkFields, isFieldObject } from './fields.ts'
import type { FieldObject, FieldValue, Rule } from './fields.ts'
import { sendNow } from './notifications.ts'
import { expirePassed, orderView, payOrder, PREPAY_LIFE_MS } from './paying.ts'
import { refuse, refuseField } from './refusals.ts'

const ORDER_LIFE_MS = 7 * 86_400_000
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Text at `name`, or undefined: for reading input that has not been checked. */
export const looseText = (value: FieldValue | undefined, name: string): string | undefined => {
  const found = isFieldObject(value) ? value[name] : undefined
  return typeof found === 'string' ? found : undefined
}

/** Text of a field whose rule made it required. */
export const textOf = (body: FieldObject, name: string): string => looseText(body, name) ?? ''

/** Refuses the first thing wrong with the body. */
export const checkBody = (body: FieldObject, rule: Rule): void => {
  const violation = checkFields(body, rule)
  if (violation) refuseField(violation)
}

export const jsapi: Endpoint = {
  route: 'jsapi',
  method: 'POST',
  path: '/v3/pay/transactions/jsapi',
  about: (world, { body }) => ({
    outTradeNo: looseText(body, 'out_trade_no'),
    shopper: world.store.shopperByOpenid.get(looseText(body.payer, 'openid') ?? ''),
  }),
  answer: async (world, input) => {
    checkBody(input.body, jsapiBody)
    checkMerchant(world, textOf(input.body, 'mchid'))
    if (textOf(input.body, 'appid') !== world.keys.appId) refuse('appMismatch')
    checkNotifyUrl(textOf(input.body, 'notify_url'), world.config.notifyAllowHttp, '/notify_url')
    const order = reenter(world, input.body) ?? placeOrder(world, input.body)
    if (input.fault === 'pay-before-reply') await payAndTell(world, order)
    return { status: 200, body: { prepay_id: order.prepayId } }
  },
}

/** The same order for the same parameters; a refusal for others. Null when the number is new. */
const reenter = (world: World, body: FieldObject): Order | null => {
  const order = world.store.orders.get(textOf(body, 'out_trade_no'))
  if (!order) return null
  expirePassed(world, order)
  if (order.state === 'SUCCESS' || order.state === 'REFUND') refuse('orderPaid')
  if (order.state === 'CLOSED') refuse('orderClosed')
  if (order.fingerprint !== canonical(body)) refuse('changedOnReentry')
  if (world.clock.now() - order.prepayIssuedAt >= PREPAY_LIFE_MS) {
    order.prepayId = newPrepayId(world.clock.stamp())
    order.prepayIssuedAt = world.clock.now()
    world.store.keepOrder(order)
  }
  return order
}

const placeOrder = (world: World, body: FieldObject): Order => {
  const openid = looseText(body.payer, 'openid') ?? ''
  const shopper = world.store.shopperByOpenid.get(openid) ?? null
  if (shopper === null) refuse('openidMismatch')
  const now = world.clock.now()
  const amount = isFieldObject(body.amount) ? body.amount : {}
  const order: Order = {
    outTradeNo: textOf(body, 'out_trade_no'),
    description: textOf(body, 'description'),
    attach: looseText(body, 'attach') ?? null,
    openid,
    shopper,
    notifyUrl: textOf(body, 'notify_url'),
    totalFen: Number(amount.total),
    fingerprint: canonical(body),
    prepayId: newPrepayId(world.clock.stamp()),
    prepayIssuedAt: now,
    createdAt: now,
    expiresAt: now + lifeOf(body, world.clock.stamp()),
    state: 'NOTPAY',
    transactionId: null,
    paidAt: null,
    successTime: null,
    couponFen: 0,
    sharing: isFieldObject(body.settle_info) && body.settle_info.profit_sharing === true ? 'frozen' : 'none',
    shipping: null,
    delayedTo: null,
    card: null,
    outRefundNos: [],
    lastRefundAt: null,
  }
  world.store.keepOrder(order)
  return order
}

/** `time_expire` is the client's real time; what is kept is how long from now, so the virtual clock can follow it. */
const lifeOf = (body: FieldObject, now: Date): number => {
  const value = looseText(body, 'time_expire')
  if (value === undefined) return ORDER_LIFE_MS
  const field = '/time_expire'
  if (!RFC_3339.test(value) || Number.isNaN(Date.parse(value))) {
    refuseField({ field, value, issue: '时间格式应为 rfc3339，如 2018-06-08T10:34:56+08:00' })
  }
  const life = Date.parse(value) - now.getTime()
  if (life <= 0) refuseField({ field, value, issue: '支付结束时间不能早于当前时间' })
  return Math.min(life, ORDER_LIFE_MS)
}

const payAndTell = async (world: World, order: Order): Promise<void> => {
  const { notification } = payOrder(world, order.prepayId, 'success')
  if (notification) await sendNow(world, notification)
}

/** Only this sandbox's merchant exists. */
export const checkMerchant = (world: World, mchid: string): void => {
  if (mchid !== world.keys.mchId) refuse('merchantMissing')
}

/** Public HTTPS without a query; plain HTTP on loopback, where a development server lives. */
export const checkNotifyUrl = (value: string, allowHttp: boolean, field: string): void => {
  const bad = (issue: string) => refuseField({ field, value, issue })
  if (!URL.canParse(value)) bad('不是合法的 URL')
  const url = new URL(value)
  const plainAllowed = allowHttp || LOOPBACK.has(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainAllowed)) bad('必须为 https 地址')
  if (url.search !== '' || value.includes('?')) bad('不能携带参数')
  if (url.hash !== '' || url.username !== '') bad('不能携带锚点或账号')
}

const queryMerchant = (world: World, input: Input): void => {
  const { mchid } = input.query
  if (typeof mchid !== 'string') refuseField({ field: 'mchid', value: null, issue: '必填项缺失' }, 'query')
  checkMerchant(world, String(mchid))
}

const viewAnswer = (world: World, order: Order | undefined): Answer => {
  if (!order) return refuse('orderMissing')
  expirePassed(world, order)
  return { status: 200, body: orderView(world, order) }
}

export const queryByNumber: Endpoint = {
  route: 'query',
  method: 'GET',
  path: '/v3/pay/transactions/out-trade-no/:number',
  about: (_world, { params }) => ({ outTradeNo: params.number }),
  answer: (world, input) => {
    queryMerchant(world, input)
    return viewAnswer(world, world.store.orders.get(input.params.number ?? ''))
  },
}

export const queryById: Endpoint = {
  route: 'query-by-id',
  method: 'GET',
  path: '/v3/pay/transactions/id/:id',
  about: (world, { params }) => ({
    outTradeNo: world.store.orderByTransactionId.get(params.id ?? '')?.outTradeNo,
  }),
  answer: (world, input) => {
    queryMerchant(world, input)
    return viewAnswer(world, world.store.orderByTransactionId.get(input.params.id ?? ''))
  },
}

const NOT_OPEN: TradeState[] = ['SUCCESS', 'REFUND']

export const close: Endpoint = {
  route: 'close',
  method: 'POST',
  path: '/v3/pay/transactions/out-trade-no/:number/close',
  about: (_world, { params }) => ({ outTradeNo: params.number }),
  answer: (world, input) => {
    checkBody(input.body, closeBody)
    checkMerchant(world, textOf(input.body, 'mchid'))
    const order = world.store.orders.get(input.params.number ?? '')
    if (!order) return refuse('orderMissing')
    expirePassed(world, order)
    if (NOT_OPEN.includes(order.state)) refuse('orderPaid')
    if (world.clock.now() - order.createdAt < world.settings.closeAfterSeconds * 1_000) refuse('closeTooSoon')
    if (order.state === 'NOTPAY') {
      order.state = 'CLOSED'
      world.store.keepOrder(order)
    }
    return { status: 204, body: null }
  },
}
