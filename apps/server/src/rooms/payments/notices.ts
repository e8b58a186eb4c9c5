import { inOneStatement, inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { raise } from './alarms.ts'
import { attemptByNumber } from './attempts.sql.ts'
import type { AlarmKind } from './facts.ts'
import { keepNotice } from './notices.sql.ts'
import { noticeUnreadable, signatureInvalid } from './problems.ts'
import type { Delivery, Notice, Provider } from './provider.ts'
import { apply, followUp } from './refunds.ts'
import { refundByNumber } from './refunds.sql.ts'
import type { Room } from './room.ts'
import { receive } from './settlement.ts'

/** What became of a notification, for the inbox, and what a person should know about it. */
interface Reading {
  subject: string
  outcome: string
  alarm?: { kind: AlarmKind; detail: string }
}

/**
 * Takes a notification of a provider: believed only when the provider signed it, done in one go, kept in the inbox with its outcome. Returning means
 * that it is not to be sent again, also when what it says does not fit our books (a person is told instead; a repetition would say the same).
 * Throwing means it is to be sent again: not signed, not readable with our keys, or our own fault.
 */
export async function takeNotice(room: Room, provider: Provider, delivery: Delivery): Promise<void> {
  const read = provider.readNotice(delivery)
  if (read.kind === 'distrusted') return refuse(signatureInvalid)
  if (read.kind === 'unreadable') return unreadable(room, provider, read)
  const reading = await done(room, provider, read.notice)
  delivery.log.info({ subject: reading.subject, outcome: reading.outcome }, 'notification taken')
  return keep(room, provider, read.notice, reading)
}

async function done(room: Room, provider: Provider, { about }: Notice): Promise<Reading> {
  if (about.kind === 'payment') return donePayment(room, provider, about)
  if (about.kind === 'refund') return doneRefund(room, provider, about)
  if (about.kind === 'transfer') return doneTransfer(room, about)
  return { subject: about.subject, outcome: 'parked' }
}

type About<K> = Extract<Notice['about'], { kind: K }>

async function donePayment(
  room: Room,
  { name }: Provider,
  { outTradeNo: subject, seen }: About<'payment'>,
): Promise<Reading> {
  const attempt = await attemptByNumber(room.ctx.db, subject)
  if (!attempt || attempt.provider !== name) {
    const detail = `收到单号 ${subject} 的付款通知，本地没有这一单，未入账`
    return { subject, outcome: 'unknown', alarm: { kind: 'unknown_trade', detail } }
  }
  const trade = seen(attempt)
  if (trade.state !== 'paid' && trade.state !== 'mismatch') return { subject, outcome: 'parked' }
  return { subject, outcome: await receive(room, attempt, trade) }
}

async function doneRefund(
  room: Room,
  { name, desk }: Provider,
  { outRefundNo: subject, seen }: About<'refund'>,
): Promise<Reading> {
  const refund = await refundByNumber(room.ctx.db, subject)
  if (!refund || refund.provider !== name) {
    const detail = `收到退款单 ${subject} 的通知，本地没有这笔退款，可能是在${desk}直接操作的`
    return { subject, outcome: 'unknown', alarm: { kind: 'unknown_trade', detail } }
  }
  if (seen === null) return { subject, outcome: await followUp(room, refund) }
  if ('kind' in seen) return { subject, outcome: 'quarantined', alarm: seen }
  // It may be a repetition of why a person sent it elsewhere; the sweep asks what became of that.
  if (seen.state === 'ABNORMAL' && refund.redirectedTo !== null) return { subject, outcome: 'noted' }
  return { subject, outcome: await apply(room, refund, seen) }
}

async function doneTransfer(room: Room, { outBillNo: subject, seen }: About<'transfer'>): Promise<Reading> {
  const outcome = await room.transferTold(subject, seen)
  if (outcome !== 'unknown') return { subject, outcome }
  const detail = `收到商家转账 ${subject} 的通知，本地没有这一笔，可能是在微信商户平台直接操作的`
  return { subject, outcome, alarm: { kind: 'unknown_trade', detail } }
}

async function keep(
  { ctx }: Room,
  { name: provider }: Provider,
  { id: noticeId, eventType, body }: Notice,
  { subject, outcome, alarm }: Reading,
): Promise<void> {
  const receivedAt = ctx.clock.now()
  const notice = { id: newId(), provider, noticeId, eventType, subject, receivedAt, body, outcome }
  if (alarm)
    await inTx(ctx.db, async (tx) => {
      await raise(ctx, tx, { ...alarm, subject, orderId: null })
      await keepNotice(tx, notice)
    })
  else await inOneStatement(ctx.db, (tx) => keepNotice(tx, notice))
}

// Signed by the provider, so it is about our money, and we cannot read it: somebody must mend a key. It keeps being sent for a day meanwhile.
async function unreadable(
  { ctx }: Room,
  { label }: Provider,
  { subject, why }: { subject: string; why: string },
): Promise<never> {
  const detail = `${label}的通知无法读取：${why}`
  await inTx(ctx.db, (tx) => raise(ctx, tx, { kind: 'unreadable', subject, orderId: null, detail }))
  return refuse(noticeUnreadable)
}
