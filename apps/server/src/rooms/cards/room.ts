import type { Ctx } from '#kernel/ctx'
import type { Guesses } from '#kernel/guesses'
import type { Ledgers } from '#room/ledgers'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import type { Tiers } from '#room/tiers'
import type { Sealing } from './sealing.ts'

export interface CardsDeps {
  staff: Pick<Staff, 'audit' | 'requireScope'>
  members: Pick<Members, 'atDesk' | 'hasPhone' | 'standingOf'>
  ledgers: Pick<Ledgers, 'bringPoints' | 'takePointsBack'>
  tiers: Pick<Tiers, 'bringGrowth' | 'takeGrowthBack'>
}
/** What the verbs of this room work with. */
export interface Room extends CardsDeps {
  ctx: Pick<Ctx, 'db' | 'clock'>
  sealing: Sealing
  guesses: Guesses
}
