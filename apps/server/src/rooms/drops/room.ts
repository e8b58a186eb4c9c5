import type { Ctx } from '#kernel/ctx'
import type { AudienceRoom } from '#room/audiences'
import type { Coupons } from '#room/coupons'
import type { Messages } from '#room/messages'
import type { Staff } from '#room/staff'

export interface DropsDeps {
  staff: Pick<Staff, 'audit'>
  audiences: Pick<AudienceRoom, 'snapshot' | 'membersOf' | 'names' | 'now'>
  coupons: Pick<Coupons, 'reward' | 'rewards' | 'labels' | 'held' | 'becameOf'>
  messages: Pick<Messages, 'tell'>
}
/** What the parts of this room share. */
export interface Room extends DropsDeps {
  ctx: Pick<Ctx, 'db' | 'clock' | 'log'>
}
