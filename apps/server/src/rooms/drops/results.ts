import type { consoleDropRoutes } from '@linli/contract/drops'
import type { Output } from '@linli/contract'
import type { DropRow } from './drops.sql.ts'
import { readArms, readProgress } from './results.sql.ts'
import type { Room } from './room.ts'
import { readyAt, spentOn } from './rounds.ts'
import { type Arm, upliftOf } from './uplift.ts'

export type Result = Output<(typeof consoleDropRoutes)['GET /console/v1/drops/:dropId']>['result']

const shown = ({ members, bought, keptFen }: Arm) => ({ members, bought, keptFen })

/** What a drop did so far; its verdict once its days are over. */
export async function resultOf(room: Room, drop: DropRow): Promise<Result> {
  const { db, clock } = room.ctx
  const now = clock.now()
  const { lastAt, roundIds } = await readProgress(db, drop.id)
  const [arms, spent] = await Promise.all([
    readArms(db, { dropId: drop.id, windowDays: drop.windowDays }),
    spentOn(room, roundIds),
  ])
  const ready = readyAt(drop, lastAt, now)
  const { share, kept, verdict, extraBuyers } = upliftOf(arms.send, arms.hold, ready !== null && ready <= now)
  return {
    send: shown(arms.send),
    hold: shown(arms.hold),
    share,
    kept,
    verdict,
    extraBuyers,
    ...spent,
    readyAt: ready?.toISOString() ?? null,
    asOf: now.toISOString(),
  }
}
