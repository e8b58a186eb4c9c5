import type { ErrandSource } from '#room/orders'
import * as sql from './lists.sql.ts'
import type { Room } from './room.ts'

type Errand = Awaited<ReturnType<ErrandSource>>[number]

const late = (overdue: number): string => (overdue > 0 ? `其中 ${overdue} 件超时了` : '都还在时限里')
const unowned = (count: number): string => (count > 0 ? `${count} 件还没人跟` : '都有人在跟')

/** What after-sales has waiting for people, as the workbench lists it. */
export async function listErrands(
  { ctx: { db, clock } }: Pick<Room, 'ctx'>,
  storeIds: readonly string[] | null,
): Promise<Errand[]> {
  const found = await sql.listErrands(db, storeIds, clock.now())
  return found.map(({ storeId, failed, count, since, overdue, unowned: free }) => ({
    kind: failed ? 'aftersale_failed' : 'aftersale_waiting',
    storeId,
    count,
    since: since.toISOString(),
    detail: failed ? unowned(free) : late(overdue),
  }))
}
