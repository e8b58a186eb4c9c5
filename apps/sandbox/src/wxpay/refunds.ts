/** Refunds: application with every limit of the real service, query, and what happens to them with time. */
import { openField } from '../crypto.ts'
import { beijingTime, newRefundId } from '../ids.ts'
import type { Order, Refund, RefundState } from '../records.ts'
import { happeningAt } from '../world.ts'
import type { World } from '../world.ts'
import { abnormalRefundBody, refundBody } from './bodies.ts'
import type { Endpoint, Input } from './endpoint.ts'
import { canonical, isFieldObject } from './fields.ts'
import type { FieldObject } from './fields.ts'
import { sendNow } from './notifications.ts'
import { checkBody, checkNotifyUrl, looseText, textOf } from './orders.ts'
import { refuse, refuseField } from './refusals.ts'
import { refundView, scheduleSettling, settleRefund } from './refunding.ts'

const YEAR_MS = 365 * 86_400_000
const PARTIALS_MAX = 50

export const refund: Endpoint = {
  route: 'refund',
  method: 'POST',
  path: '/v3/refund/domestic/refunds',
  about: (world, { body }) => ({
    outTradeNo: loosely(world, body)?.outTradeNo ?? looseText(body, 'out_trade_no'),
    outRefundNo: looseText(body, 'out_refund_no'),
    shopper: loosely(world, body)?.shopper ?? undefined,
  }),
  answer: async (world, input) => {
    checkBody(input.body, refundBody)
    const order = findOrder(world, input.body)
    const notifyUrl = looseText(input.body, 'notify_url')
    if (notifyUrl !== undefined) checkNotifyUrl(notifyUrl, world.config.notifyAllowHttp, '/notify_url')
    const made = reenter(world, input.body) ?? apply(world, order, input)
    if (input.fault === 'notify-before-reply') {
      const notification = settleRefund(world, made, made.settlesAs)
      if (notification) await sendNow(world, notification)
      return { status: 200, body: refundView(world, made, 'PROCESSING') }
    }
    return { status: 200, body: refundView(world, made) }
  },
}

const loosely = (world: World, body: FieldObject): Order | undefined =>
  world.store.orderByTransactionId.get(looseText(body, 'transaction_id') ?? '') ??
  world.store.orders.get(looseText(body, 'out_trade_no') ?? '')

const findOrder = (world: World, body: FieldObject): Order => {
  if (body.transaction_id === undefined && body.out_trade_no === undefined) {
    refuseField({ field: '/transaction_id', value: null, issue: '与 out_trade_no 二选一，必填其一' })
  }
  const order = loosely(world, body) ?? refuse('refundOrderMissing')
  if (order.state !== 'SUCCESS' && order.state !== 'REFUND') refuse('refundNotPaid')
  return order
}

/** The refund this number already stands for, or null. Another amount or order under it is refused. */
const reenter = (world: World, body: FieldObject): Refund | null => {
  const earlier = world.store.refunds.get(textOf(body, 'out_refund_no'))
  if (!earlier) return null
  if (earlier.fingerprint !== fingerprint(world, body)) refuse('refundChanged')
  return earlier
}

/** What must not change on a repeat: which order, how much of how much. Reason and address may. */
const fingerprint = (world: World, body: FieldObject): string => {
  const amount = isFieldObject(body.amount) ? body.amount : {}
  return canonical({
    order: loosely(world, body)?.outTradeNo ?? null,
    refund: amount.refund ?? null,
    total: amount.total ?? null,
  })
}

const apply = (world: World, order: Order, input: Input): Refund => {
  const amount = isFieldObject(input.body.amount) ? input.body.amount : {}
  if (Number(amount.total) !== order.totalFen) refuse('refundTotalWrong')
  return giveBack(world, order, {
    outRefundNo: textOf(input.body, 'out_refund_no'),
    refundFen: Number(amount.refund),
    reason: looseText(input.body, 'reason') ?? null,
    notifyUrl: looseText(input.body, 'notify_url') ?? null,
    fingerprint: fingerprint(world, input.body),
    held: input.fault === 'refund-hold',
    settlesAs: endOf(input),
  })
}

/** What somebody wants given back, and how it will end. */
export type Wanted = Pick<
  Refund,
  'outRefundNo' | 'refundFen' | 'reason' | 'notifyUrl' | 'fingerprint' | 'settlesAs'
> & {
  /** Never settles by itself. */
  held: boolean
}

/** Makes a refund of a paid order, within every limit of the real service. */
export const giveBack = (world: World, order: Order, { held, ...wanted }: Wanted): Refund => {
  const { refundFen } = wanted
  // The documents disagree on frozen money that nobody shared yet; here it is refused, which is the harder case.
  if (order.sharing === 'frozen') refuse('refundFrozen')
  const earlier = order.outRefundNos.flatMap((number) => world.store.refunds.get(number) ?? [])
  const counted = earlier.filter((one) => one.state !== 'CLOSED')
  const already = counted.reduce((sum, one) => sum + one.refundFen, 0)
  if (already + refundFen > order.totalFen) refuse('refundTooMuch')
  if (counted.length >= PARTIALS_MAX) refuse('refundTooOften')
  const now = world.clock.now()
  if (order.paidAt !== null && now - order.paidAt > YEAR_MS) refuse('refundTooLate')
  if (order.lastRefundAt !== null && now - order.lastRefundAt < world.settings.refundGapSeconds * 1_000) {
    refuse('refundTooSoon')
  }
  const acceptedAt = happeningAt(world)
  const made: Refund = {
    ...wanted,
    refundId: newRefundId(acceptedAt),
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId ?? '',
    payerRefundFen: payerShare(order, already + refundFen) - payerShare(order, already),
    totalFen: order.totalFen,
    state: 'PROCESSING',
    channel: 'ORIGINAL',
    createTime: beijingTime(acceptedAt),
    successTime: null,
    settlesAt: held ? null : now + world.config.refundDelayMs,
    previousState: null,
    redirectedTo: null,
  }
  order.outRefundNos.push(made.outRefundNo)
  order.lastRefundAt = now
  order.state = 'REFUND'
  world.store.keepOrder(order)
  world.store.keepRefund(made)
  scheduleSettling(world, made)
  return made
}

/** Cash goes back in proportion to cash paid; rounding the running total keeps the parts equal to the whole. */
const payerShare = (order: Order, fen: number): number =>
  Math.round((fen * (order.totalFen - order.couponFen)) / order.totalFen)

const endOf = (input: Input): Exclude<RefundState, 'PROCESSING'> => {
  if (input.fault === 'refund-abnormal') return 'ABNORMAL'
  return input.fault === 'refund-closed' ? 'CLOSED' : 'SUCCESS'
}

export const refundQuery: Endpoint = {
  route: 'refund-query',
  method: 'GET',
  path: '/v3/refund/domestic/refunds/:number',
  about: (world, { params }) => {
    const found = world.store.refunds.get(params.number ?? '')
    return { outRefundNo: params.number, outTradeNo: found?.outTradeNo }
  },
  answer: (world, input) => {
    const found = world.store.refunds.get(input.params.number ?? '')
    if (!found) return refuse('refundMissing')
    const older = input.fault === 'stale-view' ? (found.previousState ?? found.state) : found.state
    return { status: 200, body: refundView(world, found, older) }
  },
}

/** An ABNORMAL refund sent on to a bank card; encrypted fields must really decrypt. */
export const abnormalRefund: Endpoint = {
  route: 'abnormal-refund',
  method: 'POST',
  path: '/v3/refund/domestic/refunds/:id/apply-abnormal-refund',
  about: (world, { params, body }) => ({
    outRefundNo: looseText(body, 'out_refund_no'),
    outTradeNo: world.store.refundById.get(params.id ?? '')?.outTradeNo,
  }),
  answer: (world, input) => {
    checkBody(input.body, abnormalRefundBody)
    const found = world.store.refundById.get(input.params.id ?? '')
    if (!found || found.outRefundNo !== textOf(input.body, 'out_refund_no')) return refuse('refundMissing')
    if (found.state !== 'ABNORMAL') refuse('refundNotAbnormal')
    if (textOf(input.body, 'type') === 'USER_BANK_CARD') checkBankCard(world, input)
    found.channel = 'OTHER_BANKCARD'
    found.redirectedTo = textOf(input.body, 'type') === 'USER_BANK_CARD' ? 'user_card' : 'merchant_account'
    found.previousState = found.state
    found.state = 'PROCESSING'
    found.settlesAs = endOf(input)
    found.settlesAt = world.clock.now() + world.config.refundDelayMs
    world.store.keepRefund(found)
    scheduleSettling(world, found)
    return { status: 200, body: refundView(world, found) }
  },
}

const checkBankCard = (world: World, input: Input): void => {
  const key = [world.keys.publicKey, world.keys.certificate].find(({ id }) => id === input.serial)
  for (const name of ['bank_type', 'bank_account', 'real_name']) {
    if (looseText(input.body, name) === undefined) {
      refuseField({ field: `/${name}`, value: null, issue: 'USER_BANK_CARD 时必填' })
    }
  }
  if (!DEBIT_CARDS.has(textOf(input.body, 'bank_type')))
    refuseField({
      field: '/bank_type',
      value: textOf(input.body, 'bank_type'),
      issue: '仅支持这些银行的借记卡',
    })
  const opened = (name: string) => {
    try {
      if (!key) throw new RangeError('no such key')
      return openField(textOf(input.body, name), key.privateKey)
    } catch {
      return refuse('fieldUnreadable')
    }
  }
  if (!/^\d{12,22}$/.test(opened('bank_account')) || opened('real_name').trim() === '')
    refuse('bankCardWrong')
}

/** 招行、交通、农行、建行、工商、中行、平安、浦发、中信、光大、民生、兴业、广发、邮储、宁波: debit cards only. */
const DEBIT_CARDS: ReadonlySet<string> = new Set(
  'CMB COMM ABC CCB ICBC BOC PAB SPDB CITIC CEB CMBC CIB GDB PSBC NBCB'
    .split(' ')
    .map((bank) => `${bank}_DEBIT`),
)
