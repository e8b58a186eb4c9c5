import { SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Ledgers } from '#room/ledgers'
import { credit, keepAccounts, takeAccounts } from './accounts.ts'
import * as sql from './growth.sql.ts'
import { growthOf } from './ladder.ts'
import type { KeptTerms } from './terms.ts'

/** A place in a feed that is ordered by instant and id. */
export interface Place {
  at: Date
  id: string
}
/** Whoever sells: tells what members collected and what went back, oldest first, and what of a purchase stays paid. */
export interface PurchaseSource {
  kind: sql.PurchaseKind
  collected(after: Place, limit: number): Promise<{ purchaseId: string; memberId: string; at: Date }[]>
  /** Purchases money of which went back; one as often as it happened. `id` is that of the event. */
  returned(after: Place, limit: number): Promise<{ id: string; purchaseId: string; at: Date }[]>
  /** Fen of these purchases that stay paid, goods only. */
  kept(purchaseIds: readonly string[]): Promise<{ purchaseId: string; keptFen: number }[]>
}

export interface Room {
  ctx: Pick<Ctx, 'db' | 'clock'>
  terms: KeptTerms
  ledgers: Pick<Ledgers, 'usableFrom'>
}

const AT_ONCE = 200
const ROUNDS_AT_MOST = 500
/** A transaction may become visible after one that is later: what was read is read again for so long. Whatever is known counts for nothing. */
const LOOK_BACK_SECONDS = 300
/** Before every id. */
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Walks a feed from where it was left, a little before that; says how far it came. */
async function walk<T extends { at: Date }>(
  { db }: Pick<Ctx, 'db'>,
  feed: string,
  read: (after: Place, limit: number) => Promise<T[]>,
  { idOf, take }: { idOf: (item: T) => string; take: (items: readonly T[]) => Promise<void> },
): Promise<void> {
  const cursor = await sql.findCursor(db, feed)
  let place: Place = { at: cursor ? secondsAfter(cursor.at, -LOOK_BACK_SECONDS) : new Date(0), id: NO_ID }
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const items = await read(place, AT_ONCE)
    const last = items.at(-1)
    if (!last) return
    await take(items)
    place = { at: last.at, id: idOf(last) }
    await inTx(db, (tx) => sql.moveCursor(tx, feed, last.at))
    if (items.length < AT_ONCE) return
  }
}

/** Notes what was collected, by the terms that held then. Known purchases stay as they are. */
async function note({ ctx, terms, ledgers }: Room, source: PurchaseSource): Promise<void> {
  await walk(ctx, `${source.kind}.collected`, (after, limit) => source.collected(after, limit), {
    idOf: ({ purchaseId }) => purchaseId,
    async take(items) {
      const rows = items.flatMap(({ purchaseId, memberId, at }) => {
        const row = terms.at(at)
        if (!row) return []
        const { growthPerYuan } = row
        const countAt = ledgers.usableFrom(at)
        return [{ purchaseId, kind: source.kind, memberId, collectedAt: at, countAt, growthPerYuan }]
      })
      await inTx(ctx.db, (tx) => sql.insertPurchases(tx, rows))
    },
  })
}

/**
 * Makes growth of purchases what they are worth now. Not an event but the state is counted, under a lock on the purchase: read twice, by two processes,
 * or out of order, it counts once. What is not over its after-sale term waits.
 */
export async function settle(
  { ctx: { db, clock }, terms }: Room,
  kept: readonly { purchaseId: string; keptFen: number }[],
): Promise<void> {
  const row = terms.latest()
  if (!row || kept.length === 0) return
  const at = clock.now()
  const work = { at, terms: row, rows: terms.rows() }
  const fenOf = new Map(kept.map(({ purchaseId, keptFen }) => [purchaseId, keptFen]))
  await inTx(db, async (tx) => {
    const purchases = await sql.lockPurchases(tx, [...fenOf.keys()], at)
    const due = purchases.flatMap((purchase) => {
      const keptFen = Math.min(fenOf.get(purchase.purchaseId) ?? 0, purchase.keptFen ?? Infinity)
      return keptFen === purchase.keptFen ? [] : [{ ...purchase, keptFen }]
    })
    if (due.length === 0) return
    const moving = due
      .map((each) => ({ ...each, growth: growthOf(each.keptFen, each.growthPerYuan) - each.counted }))
      .filter(({ growth }) => growth !== 0)
    await sql.setKept(tx, due)
    const accounts = await takeAccounts(
      tx,
      moving.map(({ memberId }) => memberId),
      work,
    )
    for (const { memberId, purchaseId, keptFen, growth } of moving) {
      const account = accounts.get(memberId)
      if (!account) throw new Error(`no growth account of member ${memberId}`)
      const reason = growth > 0 ? 'earn' : 'claw'
      const posting = {
        memberId,
        reason,
        growth,
        purchaseId,
        keptFen,
        bindingId: null,
        periodUntil: null,
      } as const
      credit(account, { ...posting, by: SYSTEM, at }, 'growth', work)
    }
    await keepAccounts(tx, accounts.values())
  })
}

async function countDue(room: Room, source: PurchaseSource): Promise<void> {
  const { db, clock } = room.ctx
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const ids = await sql.listDue(db, { kind: source.kind, now: clock.now(), limit: AT_ONCE })
    if (ids.length === 0) return
    await settle(room, await source.kept(ids))
    if (ids.length < AT_ONCE) return
  }
}

/** The sweep over one source: what was collected is noted, what is due is counted, and what went back since is taken back. */
export async function follow(room: Room, source: PurchaseSource): Promise<void> {
  await note(room, source)
  await countDue(room, source)
  await walk(room.ctx, `${source.kind}.returned`, (after, limit) => source.returned(after, limit), {
    idOf: ({ id }) => id,
    take: async (items) =>
      settle(room, await source.kept([...new Set(items.map(({ purchaseId }) => purchaseId))])),
  })
}
