import type { Ctx } from '#kernel/ctx'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import type { PaymentEvents } from './facts.ts'
import type { Wxpay } from './wxpay-api.ts'

/** What the verbs of this room work with. */
export interface Room {
  ctx: Ctx
  wxpay: Wxpay
  members: Pick<Members, 'openidOf'>
  staff: Pick<Staff, 'audit' | 'scopeOf'>
  /** Throws until `connect` was called: a start without orders is a fault of ours. */
  events(): PaymentEvents
}
