import { SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader, type Tx } from '#kernel/db'
import { type Book, follow, type Follower, type Span } from '#kernel/following'
import type { Ledgers } from '#room/ledgers'
import { credit, keepAccounts, takeAccounts } from './accounts.ts'
import * as sql from './growth.sql.ts'
import { growthOf } from './ladder.ts'
import type { KeptTerms } from './terms.ts'

/** Something that happened to a purchase. */
export interface PurchaseNews {
  purchaseId: string
  memberId: string
  /** Collected; or money of it went back. */
  what: 'collected' | 'returned'
  at: Date
}
/** Whoever sells: an append-only book that tells what members collected and what went back, and what of a purchase stays paid. */
export interface PurchaseSource {
  kind: sql.PurchaseKind
  book: Book
  news(db: Reader, span: Span): Promise<readonly PurchaseNews[]>
  /** Fen of these purchases that stay paid, goods only. */
  kept(db: Reader, purchaseIds: readonly string[]): Promise<{ purchaseId: string; keptFen: number }[]>
}

export interface Room {
  ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>
  terms: KeptTerms
  ledgers: Pick<Ledgers, 'usableFrom'>
}

const AT_ONCE = 200
const ROUNDS_AT_MOST = 500

/** Notes what was collected, by the terms that held then. Known purchases stay as they are. */
async function note(tx: Tx, { terms, ledgers }: Room, kind: sql.PurchaseKind, news: readonly PurchaseNews[]) {
  const rows = news.flatMap(({ purchaseId, memberId, at }) => {
    const row = terms.at(at)
    if (!row) return []
    const { growthPerYuan } = row
    return [{ purchaseId, kind, memberId, collectedAt: at, countAt: ledgers.usableFrom(at), growthPerYuan }]
  })
  await sql.insertPurchases(tx, rows)
}

/**
 * Makes growth of purchases what they are worth now. Not an event but the state is counted, under a lock on the purchase: read twice, by two processes,
 * or out of order, it counts once. What is not over its after-sale term waits.
 */
export async function settle(
  tx: Tx,
  { ctx: { clock }, terms }: Pick<Room, 'ctx' | 'terms'>,
  kept: readonly { purchaseId: string; keptFen: number }[],
): Promise<void> {
  const row = terms.latest()
  if (!row || kept.length === 0) return
  const at = clock.now()
  const work = { at, terms: row, rows: terms.rows() }
  const fenOf = new Map(kept.map(({ purchaseId, keptFen }) => [purchaseId, keptFen]))
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
}

/** Counts what is due, and was collected so long ago that nothing comes back without a reason any more. */
export async function countDue(room: Room, source: PurchaseSource): Promise<void> {
  const { db, clock } = room.ctx
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const ids = await sql.listDue(db, { kind: source.kind, now: clock.now(), limit: AT_ONCE })
    if (ids.length === 0) return
    await inTx(db, async (tx) => settle(tx, room, await source.kept(tx, ids)))
    if (ids.length < AT_ONCE) return
  }
}

/** Follows one source: what was collected is noted, and what went back after it counted is taken back. */
export const followSource = (room: Room, source: PurchaseSource): Follower =>
  follow(room.ctx, {
    name: `tiers.${source.kind}`,
    book: source.book,
    cursors: 'growth_cursor',
    async take(tx, span) {
      const news = await source.news(tx, span)
      const about = (which: PurchaseNews['what']) => news.filter(({ what }) => what === which)
      await note(tx, room, source.kind, about('collected'))
      const ids = new Set(about('returned').map(({ purchaseId }) => purchaseId))
      if (ids.size > 0) await settle(tx, room, await source.kept(tx, [...ids]))
    },
  })
