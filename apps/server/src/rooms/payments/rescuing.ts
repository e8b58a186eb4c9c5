import { signature } from '#kernel/actor'
import { inOneStatement, inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { insertEvent } from './alarms.sql.ts'
import type { Redirection } from './facts.ts'
import { isRefused, ProviderFault } from './provider-fault.ts'
import { redirectionRefused, redirectionUnclear, refundNotAbnormal, refundNotWaiting } from './problems.ts'
import { refundSends } from './refund-states.ts'
import { apply, followUp, work } from './refunds.ts'
import * as sql from './refunds.sql.ts'
import type { Room } from './room.ts'
import { takeOn, working } from './working.ts'
import type { BankCard } from './wxpay-api.ts'
import { refundSeen } from './wxpay-trade.ts'
import { FOR_A_PERSON } from './trying.ts'

/**
 * Sends the refund of an alarm again at once, always under its own number; one that WeChat has is asked about. What comes of it is in the refund
 * afterwards: no clear answer is no failure, the sweep goes on.
 */
export async function sendAgain(room: Room, call: AuditedCall, alarmId: string): Promise<void> {
  let refund: sql.Refund | undefined
  await working(room, call, alarmId, async (tx, alarm) => {
    await takeOn(tx, call, alarm)
    refund = alarm.refundId === null ? undefined : await sql.refundById(tx, alarm.refundId)
    const now = room.ctx.clock.now()
    if (!refund || !refundSends(refund.state) || refund.sendAt > now)
      return refuse(refundNotWaiting, { refundState: alarm.refundState })
    return {
      verb: refund.state === 'PENDING' ? 'sent_again' : 'asked_again',
      note: null,
      facts: { refund: refund.outRefundNo },
    }
  })
  if (refund) await work(room, refund)
}

/**
 * Sends an abnormal refund on to where it can arrive. The intention is written first, so that a crash or a lost answer leaves a refund whose end
 * the sweep finds. The card goes from the request to WeChat, sealed: it is in no table, no trail and no log, which is why a person has to type it
 * again when WeChat did not answer.
 */
export async function redirect(
  room: Room,
  call: AuditedCall,
  alarmId: string,
  card: BankCard | null,
): Promise<void> {
  const to: Redirection = card ? 'user_card' : 'merchant_account'
  let refund: sql.Refund | undefined
  await working(room, call, alarmId, async (tx, alarm) => {
    await takeOn(tx, call, alarm)
    refund = alarm.refundId === null ? undefined : await sql.refundById(tx, alarm.refundId)
    if (!refund || !(await sql.markRedirected(tx, refund.id, to, room.ctx.clock.now())))
      return refuse(refundNotAbnormal, { refundState: alarm.refundState })
    return {
      verb: card ? 'redirected_to_card' : 'redirected_to_account',
      note: null,
      facts: { refund: refund.outRefundNo, amountFen: refund.amountFen },
    }
  })
  if (refund) await tellWechat(room, call, { alarmId, refund: { ...refund, redirectedTo: to }, card })
}

interface Wanted {
  alarmId: string
  refund: sql.Refund
  card: BankCard | null
}

async function tellWechat(room: Room, call: AuditedCall, { alarmId, refund, card }: Wanted): Promise<void> {
  const { outRefundNo, providerId } = refund
  if (providerId === null) return refuse(refundNotAbnormal, { refundState: refund.state })
  try {
    const reply = await room.wxpay.redirectRefund({ providerId, outRefundNo, card }, FOR_A_PERSON)
    await apply(room, refund, refundSeen(reply))
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault
    room.ctx.log.warn({ err: fault, refund: outRefundNo }, 'refund not redirected')
    // A refusal may answer the repeat of a call that went through unheard: what is there is the truth.
    await followUp(room, refund)
    const there = await sql.refundByNumber(room.ctx.db, outRefundNo)
    if (there?.state !== 'ABNORMAL') return
    const { code } = fault
    await inTx(room.ctx.db, (tx) =>
      insertEvent(tx, alarmId, {
        verb: 'redirection_failed',
        by: signature(call.actor),
        at: room.ctx.clock.now(),
        note: code,
      }),
    )
    await inOneStatement(room.ctx.db, (tx) => sql.noteTrouble(tx, refund.id, code))
    refuse(isRefused(fault) ? redirectionRefused : redirectionUnclear, { wechatCode: code })
  }
}
