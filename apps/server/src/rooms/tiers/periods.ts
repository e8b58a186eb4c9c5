import { businessDay } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { keepAccounts, takeAccounts } from './accounts.ts'
import type { Room } from './counting.ts'
import * as sql from './growth.sql.ts'

const AT_ONCE = 200
const ROUNDS_AT_MOST = 500

async function bring(room: Pick<Room, 'ctx' | 'terms'>, list: () => Promise<string[]>): Promise<void> {
  const { ctx, terms } = room
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const row = terms.latest()
    const ids = row ? await list() : []
    if (!row || ids.length === 0) return
    await inTx(ctx.db, async (tx) => {
      const accounts = await takeAccounts(tx, ids, { at: ctx.clock.now(), terms: row, rows: terms.rows() })
      await keepAccounts(tx, accounts.values())
    })
  }
}

/** The sweep over accounts: periods that ended, and terms that began since. */
export async function turn(room: Pick<Room, 'ctx' | 'terms'>): Promise<void> {
  const { db, clock } = room.ctx
  await bring(room, () => sql.listEnded(db, businessDay(clock.now()), AT_ONCE))
  await bring(room, () => sql.listUnjudged(db, room.terms.latest()?.id ?? 0, AT_ONCE))
}
