import type { Ctx } from '#kernel/ctx'
import type { Payments } from '#room/payments'
import type { Staff } from '#room/staff'

/** What the verbs of this room work with. */
export interface Room {
  ctx: Ctx
  staff: Pick<Staff, 'audit'>
  payments: Pick<
    Payments,
    'billing' | 'takeBill' | 'confirmTrade' | 'confirmRefund' | 'raiseAlarm' | 'closeAlarm'
  >
}
