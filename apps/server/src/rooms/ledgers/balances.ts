import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { gather } from '#kernel/gather'
import { readUsable, readValue } from './desk.sql.ts'

/** What a member may spend today, points and stored value; all who ask at the same moment are answered by one statement. */
export function createBalances({ database: { deskPool }, clock }: Pick<Ctx, 'database' | 'clock'>): {
  points(memberId: string): Promise<number>
  value(memberId: string): Promise<number>
} {
  return {
    points: gather((memberIds: readonly string[]) =>
      readUsable(deskPool, memberIds, businessDay(clock.now())),
    ),
    value: gather((memberIds: readonly string[]) => readValue(deskPool, memberIds)),
  }
}
