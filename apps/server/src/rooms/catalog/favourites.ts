import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Card } from './cards.ts'
import * as sql from './favourites.sql.ts'
import { productMissing, tooManyFavourites } from './problems.ts'
import type { Snapshot } from './snapshot.ts'

const MOST = 200

/** What a member wants to find again. */
export interface Favourites {
  /** As cards of one store; what the store never listed is left out. */
  list(memberId: string, cardOf: (productId: string) => Card | undefined): Promise<Card[]>
  has(memberId: string, productId: string): Promise<boolean>
  keep(memberId: string, productId: string): Promise<void>
  drop(memberId: string, productId: string): Promise<void>
}

export function createFavourites({ clock, db }: Pick<Ctx, 'clock' | 'db'>, snapshot: Snapshot): Favourites {
  return {
    async list(memberId, cardOf) {
      const rows = await sql.listFavourites(db, memberId)
      return rows.map(({ productId }) => cardOf(productId)).filter((card) => card !== undefined)
    },
    has: (memberId, productId) => sql.isFavourite(db, memberId, productId),
    async keep(memberId, productId) {
      if (!snapshot.product(productId)) refuse(productMissing, { productId })
      const favourite = { memberId, productId, at: clock.now(), most: MOST }
      const hadRoom = await inTx(db, async (tx) => {
        await sql.lockFavourites(tx, memberId)
        return sql.keepFavourite(tx, favourite)
      })
      if (!hadRoom) refuse(tooManyFavourites, { most: MOST })
    },
    async drop(memberId, productId) {
      await inTx(db, (tx) => sql.dropFavourite(tx, memberId, productId))
    },
  }
}
