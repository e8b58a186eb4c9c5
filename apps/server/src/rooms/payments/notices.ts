import { inOneStatement, inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import type { Log } from '#kernel/log'
import { refuse } from '#kernel/problem'
import { raise } from './alarms.ts'
import { attemptByNumber } from './attempts.sql.ts'
import type { AlarmKind } from './facts.ts'
import { keepNotice } from './notices.sql.ts'
import { noticeUnreadable, signatureInvalid } from './problems.ts'
import { apply } from './refunds.ts'
import { refundByNumber } from './refunds.sql.ts'
import type { Room } from './room.ts'
import { receive } from './settlement.ts'
import { Envelope, reader, RefundTold, Trade } from './wxpay-bodies.ts'

export interface Delivery {
  headers: Readonly<Record<string, string | string[] | undefined>>
  raw: Buffer | undefined
  log: Log
}
/** What became of a notification, for the inbox, and what a person should know about it. */
interface Reading {
  subject: string
  outcome: string
  alarm?: { kind: AlarmKind; detail: string }
}

const readEnvelope = reader(Envelope)
const readTrade = reader(Trade)
const readRefund = reader(RefundTold)

/**
 * Takes a notification of WeChat Pay: believed only when signed just now, done in one go, kept in the inbox with its outcome. Returning means 204:
 * WeChat is not to send it again, also when what it says does not fit our books (a person is told instead; a repetition would say the same).
 * Throwing means it is to be sent again: not signed, not readable with our keys, or our own fault.
 */
export async function takeNotice(
  room: Room,
  { headers, raw = Buffer.alloc(0), log }: Delivery,
): Promise<void> {
  const { wxpay } = room
  const header = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const reason = wxpay.distrust(header, raw)
  if (reason) {
    log.warn({ reason, serial: header('wechatpay-serial') }, 'notification refused')
    return refuse(signatureInvalid)
  }
  const envelope = readEnvelope(parsed(raw)) ?? (await unreadable(room, 'envelope', '报文不是约定的格式'))
  const read = READERS.get(envelope.event_type)
  // New kinds of event must not fail: kept sealed, for whoever teaches us to read them.
  if (!read) return keep(room, envelope, envelope, { subject: envelope.id, outcome: 'parked' })
  const body = opened(room, envelope) ?? (await unreadable(room, envelope.id, '无法解密，请核对 APIv3 密钥'))
  const reading = (await read(room, body)) ?? (await unreadable(room, envelope.id, '内容缺少约定的字段'))
  log.info({ subject: reading.subject, outcome: reading.outcome }, 'notification taken')
  return keep(room, envelope, body, reading)
}

async function readPayment(room: Room, body: unknown): Promise<Reading | null> {
  const trade = readTrade(body)
  if (!trade) return null
  const subject = trade.out_trade_no
  if (trade.trade_state !== 'SUCCESS') return { subject, outcome: 'parked' }
  const attempt = await attemptByNumber(room.ctx.db, subject)
  if (!attempt) {
    const detail = `收到单号 ${subject} 的付款通知，本地没有这一单，未入账`
    return { subject, outcome: 'unknown', alarm: { kind: 'unknown_trade', detail } }
  }
  return { subject, outcome: await receive(room, attempt, trade) }
}

async function readRefundNotice(room: Room, body: unknown): Promise<Reading | null> {
  const told = readRefund(body)
  if (!told) return null
  const subject = told.out_refund_no
  const refund = await refundByNumber(room.ctx.db, subject)
  if (!refund) {
    const detail = `收到退款单 ${subject} 的通知，本地没有这笔退款，可能是在微信商户平台直接操作的`
    return { subject, outcome: 'unknown', alarm: { kind: 'unknown_trade', detail } }
  }
  if (told.mchid !== room.wxpay.mchId) {
    const detail = `退款单 ${subject} 的通知属于别的商户号 ${told.mchid}，未处理`
    return { subject, outcome: 'quarantined', alarm: { kind: 'merchant_mismatch', detail } }
  }
  // It may be a repetition of why a person sent it elsewhere; the sweep asks what became of that.
  if (told.refund_status === 'ABNORMAL' && refund.redirectedTo !== null) return { subject, outcome: 'noted' }
  return { subject, outcome: await apply(room, refund, { ...told, status: told.refund_status }) }
}

const READERS: ReadonlyMap<string, (room: Room, body: unknown) => Promise<Reading | null>> = new Map([
  ['TRANSACTION.SUCCESS', readPayment],
  ['REFUND.SUCCESS', readRefundNotice],
  ['REFUND.ABNORMAL', readRefundNotice],
  ['REFUND.CLOSED', readRefundNotice],
])

async function keep(
  { ctx }: Room,
  envelope: Envelope,
  body: unknown,
  { subject, outcome, alarm }: Reading,
): Promise<void> {
  const { id: noticeId, event_type: eventType } = envelope
  const notice = { id: newId(), noticeId, eventType, subject, receivedAt: ctx.clock.now(), body, outcome }
  if (alarm)
    await inTx(ctx.db, async (tx) => {
      await raise(ctx, tx, { ...alarm, subject, orderId: null })
      await keepNotice(tx, notice)
    })
  else await inOneStatement(ctx.db, (tx) => keepNotice(tx, notice))
}

// Signed by WeChat, so it is about our money, and we cannot read it: somebody must mend a key. WeChat keeps sending for a day meanwhile.
async function unreadable({ ctx }: Room, subject: string, why: string): Promise<never> {
  const detail = `微信支付的通知无法读取：${why}`
  await inTx(ctx.db, (tx) => raise(ctx, tx, { kind: 'unreadable', subject, orderId: null, detail }))
  return refuse(noticeUnreadable)
}

/** JSON of the bytes; a byte order mark is allowed. Undefined when it is none. */
function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
  } catch {
    return undefined
  }
}

function opened({ wxpay }: Room, { resource }: Envelope): unknown {
  try {
    return JSON.parse(wxpay.unseal(resource))
  } catch {
    return undefined
  }
}
