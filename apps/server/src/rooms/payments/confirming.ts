import { attemptByNumber } from './attempts.sql.ts'
import { followUp } from './refunds.ts'
import { refundByNumber } from './refunds.sql.ts'
import type { Room } from './room.ts'
import { look } from './settlement.ts'
import { FOR_A_SWEEP } from './trying.ts'

/**
 * Somebody else (a bill) says that this trade was paid. The provider is asked, and what it signs goes the way of every payment: booked, or given back
 * when it came too late or twice. An attempt that is paid here already is left alone.
 */
export async function confirmTrade(room: Room, outTradeNo: string): Promise<void> {
  const attempt = await attemptByNumber(room.ctx.db, outTradeNo)
  if (attempt && attempt.state !== 'PAID') await look(room, attempt, FOR_A_SWEEP)
}

/** Asks the provider what became of a refund, and applies it, as if the notification had come. */
export async function confirmRefund(room: Room, outRefundNo: string): Promise<void> {
  const refund = await refundByNumber(room.ctx.db, outRefundNo)
  if (refund) await followUp(room, refund)
}
