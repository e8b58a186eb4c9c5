import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { gather } from '#kernel/gather'
import { readUsable } from './desk.sql.ts'

/** How many points a member may spend today; all who ask at the same moment are answered by one statement. */
export function createBalances({
  database: { deskPool },
  clock,
}: Pick<Ctx, 'database' | 'clock'>): (memberId: string) => Promise<number> {
  return gather((memberIds: readonly string[]) => readUsable(deskPool, memberIds, businessDay(clock.now())))
}
