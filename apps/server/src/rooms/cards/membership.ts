import type { Input, Output } from '@linli/contract'
import type { consoleOldCardRoutes } from '@linli/contract/old-cards'
import { maskName } from '#kernel/mask'
import * as sql from './members.sql.ts'
import { cardNoOf } from './numbers.ts'
import type { Room } from './room.ts'

type Route = (typeof consoleOldCardRoutes)['GET /console/v1/membership']

/** A page of the members' desk. */
export async function listMembership(
  { ctx: { db }, tiers }: Room,
  { q, tier, sort = 'joined', page = 1, limit = 20 }: NonNullable<Input<Route>['query']>,
): Promise<Output<Route>> {
  const lowest = tiers.lowest()
  const text = q?.trim() ?? ''
  const compact = cardNoOf(text)
  const filter = { q: text === '' ? undefined : /^\d+$/.test(compact) ? compact : text, tier, lowest }
  const [rows, total, counts] = await Promise.all([
    sql.listMembership(db, filter, { sort, limit, offset: (page - 1) * limit }),
    sql.countMembership(db, filter),
    lowest === null ? [] : sql.countTiers(db, lowest),
  ])
  const items = rows.map(({ id, nickname, phoneTail, joinedAt, ...row }) => ({
    ...row,
    tier: lowest === null ? null : row.tier,
    member: { id, name: maskName(nickname), phoneTail },
    joinedAt: joinedAt.toISOString(),
  }))
  return { items, total, counts }
}
