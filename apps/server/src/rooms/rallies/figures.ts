import type { Output } from '@linli/contract'
import type { consoleRallyRoutes } from '@linli/contract/rallies'
import type { StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import { countByHelps, sumRallies } from './figures.sql.ts'
import { noRally } from './problems.ts'
import type { Room } from './room.ts'
import { termsOf } from './starting.ts'

type Figures = Output<(typeof consoleRallyRoutes)['GET /console/v1/campaigns/:campaignId/rallies']>

/** How far a bargain or an assist came, for whoever may see the campaign. */
export async function figures(room: Room, actor: StaffActor, campaignId: string): Promise<Figures> {
  const { db, clock } = room.ctx
  const terms = termsOf(await room.campaigns.inScope(actor, campaignId)) ?? refuse(noRally)
  const [sums, rows] = await Promise.all([sumRallies(db, campaignId), countByHelps(db, campaignId)])
  const byHelps = Array.from(
    { length: terms.need + 1 },
    (_, helps) => rows.find((row) => row.helps === helps)?.count ?? 0,
  )
  return { asOf: clock.now().toISOString(), ...sums, byHelps }
}
