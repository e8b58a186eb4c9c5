import type { Output } from '@linli/contract'
import type {
  consoleOldCardRoutes,
  oldCardRoutes,
  OldCardRow,
  staffOldCardRoutes,
} from '@linli/contract/old-cards'
import type { Static } from 'typebox'
import { refuse } from '#kernel/problem'
import * as sql from './cards.sql.ts'
import { cardNoOf } from './numbers.ts'
import { memberMissing } from './problems.ts'
import type { Room } from './room.ts'

type Mine = Output<(typeof oldCardRoutes)['POST /v1/me/old-cards']>
type Seen = Output<(typeof staffOldCardRoutes)['POST /staff/v1/old-card-lookups']>
type Page = Output<(typeof consoleOldCardRoutes)['GET /console/v1/old-cards']>
type Shown = Static<typeof OldCardRow>

const historyOf = ({ points, growth, firstBought, lastBought, purchases, spentFen }: sql.CardRow) => ({
  points,
  growth,
  firstBought,
  lastBought,
  purchases,
  spentFen,
})

/** A card as its owner sees it. */
export const mineOf = (row: sql.CardRow): Mine => ({
  no: row.no,
  ...historyOf(row),
  boundAt: row.boundAt?.toISOString() ?? '',
})

const stateOf = ({ bindingId, lostAt }: sql.CardRow): Seen['state'] =>
  bindingId ? 'bound' : lostAt ? 'lost' : 'free'

/** A card as a clerk sees it: enough to compare with who stands before them. */
export const seenOf = ({ sealing }: Room, row: sql.CardRow): Seen => ({
  no: row.no,
  name: sealing.nameOf(row),
  phoneTail: row.phoneTail,
  ...historyOf(row),
  state: stateOf(row),
})

/** Cards as the console lists them, with who bound them. */
export async function shownAll(room: Room, rows: readonly sql.CardRow[]): Promise<Shown[]> {
  const members = await room.members.atDesk(rows.flatMap(({ memberId }) => memberId ?? []))
  return rows.map((row) => {
    const member = row.memberId === null ? undefined : members.get(row.memberId)
    const { bindingId, way, boundAt, boundBy } = row
    const bound = bindingId !== null && way !== null && boundAt !== null && boundBy !== null && member
    return {
      no: row.no,
      name: room.sealing.nameOf(row),
      phoneTail: row.phoneTail,
      ...historyOf(row),
      lostAt: row.lostAt?.toISOString() ?? null,
      importedAt: row.importedAt.toISOString(),
      binding: bound
        ? { id: bindingId, member, way, storeId: row.storeId, at: boundAt.toISOString(), by: boundBy }
        : null,
    }
  })
}
export async function shownOne(room: Room, row: sql.CardRow): Promise<Shown> {
  const [shown] = await shownAll(room, [row])
  if (!shown) throw new Error(`card ${row.no} is not shown`)
  return shown
}

/** A page of the console's list. */
export async function listCards(
  room: Room,
  {
    q,
    state,
    page = 1,
    limit = 20,
  }: { q?: string; state?: sql.Filter['state']; page?: number; limit?: number },
): Promise<Page> {
  const { db } = room.ctx
  const asked = q === undefined ? '' : cardNoOf(q)
  const filter = { state, q: asked === '' ? undefined : asked }
  const [rows, counts] = await Promise.all([
    sql.listCards(db, filter, { limit, offset: (page - 1) * limit }),
    sql.countCards(db, { q: filter.q }),
  ])
  const total = state ? counts[state] : counts.free + counts.lost + counts.bound
  return { items: await shownAll(room, rows), total, counts: { ...counts } }
}

/** The cards of one member, for head office. */
export async function listOfMember(room: Room, memberId: string): Promise<{ items: Shown[] }> {
  if (!(await room.members.atDesk([memberId])).has(memberId)) refuse(memberMissing, { memberId })
  return { items: await shownAll(room, await sql.listOfMember(room.ctx.db, memberId)) }
}
