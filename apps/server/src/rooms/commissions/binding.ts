import type { Output } from '@linli/contract'
import type { commissionRoutes } from '@linli/contract/commissions'
import { cursorAfter, readCursor } from '#kernel/cursor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import * as sql from './bindings.sql.ts'
import { cursorInvalid, keyUnknown } from './problems.ts'
import { findPromoter } from './promoters.sql.ts'
import { bindingMove, boundUntil } from './rules.ts'
import type { KeptTerms } from './terms.ts'

type Bound = Output<(typeof commissionRoutes)['POST /v1/promoter-bindings']>
type Listed = Output<(typeof commissionRoutes)['GET /v1/promoter/bindings']>

export interface BindingRoom {
  ctx: Pick<Ctx, 'db' | 'clock'>
  terms: KeptTerms
  members: Pick<Members, 'atDesk'>
}
const NOBODY = '顾客'
export const nameIn = (known: ReadonlyMap<string, { name: string }>, memberId: string): string =>
  known.get(memberId)?.name ?? NOBODY

/** Who brought which member. */
export function createBinding({ ctx: { db, clock }, terms, members }: BindingRoom) {
  const nameOf = async (memberId: string) => nameIn(await members.atDesk([memberId]), memberId)
  return {
    /** A member came by somebody's link. As often as it is said, it counts as the terms say. */
    async bind(memberId: string, key: string): Promise<Bound> {
      const at = clock.now()
      const promoter = (await findPromoter(db, { key }, at)) ?? refuse(keyUnknown)
      const { memberId: promoterId } = promoter
      const row = terms.now()
      if (row && promoter.active)
        await inTx(db, async (tx) => {
          const known = await sql.lockBinding(tx, memberId)
          if (bindingMove(known ?? null, { memberId, promoterId, at }, row) === 'nothing') return
          if (known) await sql.endBinding(tx, known.id, at)
          const expiresAt = boundUntil(at, row)
          await sql.insertBinding(tx, { memberId, promoterId, termsId: row.id, at, expiresAt })
        })
      const now = await sql.openBinding(db, memberId)
      return { bound: now?.promoterId === promoterId && now.expiresAt > at, name: await nameOf(promoterId) }
    },

    /** Who brought this member, while it holds. */
    async of(memberId: string): Promise<{ name: string; until: string } | null> {
      const known = await sql.openBinding(db, memberId)
      if (!known || known.expiresAt <= clock.now()) return null
      return { name: await nameOf(known.promoterId), until: known.expiresAt.toISOString() }
    },

    async broughtBy(
      promoterId: string,
      { cursor, limit = 20 }: { cursor?: string; limit?: number },
    ): Promise<Listed> {
      const before = cursor === undefined ? null : readCursor(cursor, cursorInvalid)
      const rows = await sql.listBound(db, promoterId, { before, limit: limit + 1 })
      const items = rows.slice(0, limit)
      const known = await members.atDesk(items.map(({ memberId }) => memberId))
      const now = clock.now()
      return {
        items: items.map(({ id, memberId, boundAt, expiresAt, endedAt }) => ({
          id: String(id),
          name: nameIn(known, memberId),
          boundAt: boundAt.toISOString(),
          until: (endedAt ?? expiresAt).toISOString(),
          ended: (endedAt ?? expiresAt) <= now,
        })),
        nextCursor: rows.length > limit ? cursorAfter(items) : null,
      }
    },
  }
}
export type BindingVerbs = ReturnType<typeof createBinding>
