import { SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { follow, type Follower, type Span } from '#kernel/following'
import { inRounds } from '#kernel/turns'
import { type NewPosting, post } from './ledger.sql.ts'
import * as sql from './orders.sql.ts'
import { type Candidate, freeFrom, type Placed, sharesOf, type Standing, takenBack } from './rules.ts'
import { listTerms } from './terms.sql.ts'

export interface Room {
  ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>
}

/** Terms change a few times a year. */
const TERMS_READ = 100

const upperOf = (row: sql.CandidateRow): Standing | null =>
  row.upperId === null || row.upperAccountId === null
    ? null
    : {
        promoterId: row.upperId,
        accountId: row.upperAccountId,
        active: row.upperActive === true,
        level: row.upperLevel ?? '',
      }
const candidateOf = (row: sql.CandidateRow | undefined): Candidate | null =>
  row ? { ...row, upper: upperOf(row) } : null

/** The same order again is nothing new: it was judged as of its placing, and that does not change. */
async function attribute(tx: Tx, { ctx: { clock } }: Room, span: Span): Promise<void> {
  const orders = Map.groupBy(await sql.listCandidates(tx, span), ({ orderId }) => orderId)
  if (orders.size === 0) return
  // From the table: what is at hand may be a moment old, and an order is judged once.
  const terms = await listTerms(tx, TERMS_READ)
  const lines = Map.groupBy(await sql.listLines(tx, [...orders.keys()]), ({ orderId }) => orderId)
  for (const [orderId, rows] of orders) {
    const [first] = rows
    const row = first && terms.find(({ since }) => since <= first.placedAt)
    if (!first || !row?.active) continue
    const via = (which: sql.CandidateRow['via']) => candidateOf(rows.find((each) => each.via === which))
    const placed: Placed = { buyerId: first.buyerId, bound: via('bound'), self: via('self') }
    const shares = sharesOf(placed, lines.get(orderId) ?? [], row)
    if (shares.length === 0) continue
    const { holdDays } = row
    const order = { orderId, buyerId: first.buyerId, termsId: row.id, placedAt: first.placedAt, holdDays }
    if (!(await sql.insertOrder(tx, order))) continue
    await sql.insertShares(tx, orderId, shares)
    await post(
      tx,
      shares.map(({ accountId, lineNo, depth, amountFen }) => ({
        accountId,
        reason: 'earn',
        pendingFen: amountFen,
        orderId,
        lineNo,
        depth,
        by: SYSTEM,
        at: clock.now(),
      })),
    )
  }
}

const BUCKETS = { PENDING: 'pendingFen', FROZEN: 'frozenFen', AVAILABLE: 'availableFen' } as const

/** Not what happened but how the order stands is booked, under a lock on it: read twice, by two processes or out of order, it is booked once. */
async function bookOrder(
  tx: Tx,
  { ctx: { clock } }: Pick<Room, 'ctx'>,
  order: sql.LockedOrder,
  frees: boolean,
) {
  const { orderId } = order
  const at = clock.now()
  const about = ({ accountId, lineNo, depth }: sql.ShareLeft) => ({
    accountId,
    orderId,
    lineNo,
    depth,
    by: SYSTEM,
    at,
  })
  const gone: NewPosting[] = []
  const stays: { share: sql.ShareLeft; fen: number }[] = []
  for (const share of await sql.listLeft(tx, orderId)) {
    const back = takenBack(share.leftFen, share.keptFen, share.rateBp)
    if (back > 0)
      gone.push({ ...about(share), reason: 'refund', [BUCKETS[order.state]]: -back, keptFen: share.keptFen })
    if (share.leftFen > back) stays.push({ share, fen: share.leftFen - back })
  }
  await post(tx, gone)
  if (order.state === 'PENDING' && order.completedAt) {
    await sql.setState(tx, orderId, { state: 'FROZEN', freeAt: freeFrom(order.completedAt, order.holdDays) })
    await post(
      tx,
      stays.map(({ share, fen }) => ({
        ...about(share),
        reason: 'collect',
        pendingFen: -fen,
        frozenFen: fen,
      })),
    )
  }
  if (order.state === 'FROZEN' && frees) {
    await sql.setState(tx, orderId, { state: 'AVAILABLE' })
    await post(
      tx,
      stays.map(({ share, fen }) => ({
        ...about(share),
        reason: 'free',
        frozenFen: -fen,
        availableFen: fen,
      })),
    )
  }
}

/** Follows what happened to orders: paid, collected, money back. The order desk knows nothing of it and pays nothing for it. */
export const followOrders = (room: Room): Follower =>
  follow(room.ctx, {
    name: 'commissions.orders',
    book: 'order_event',
    cursors: 'commission_cursor',
    async take(tx, span) {
      await attribute(tx, room, span)
      const moved = await sql.listMoved(tx, span)
      if (moved.length === 0) return
      const ids = moved.map(({ orderId }) => orderId)
      for (const order of await sql.lockOrders(tx, ids)) await bookOrder(tx, room, order, false)
    },
  })

const AT_ONCE = 50
/** What may be withdrawn from now on: the after-sales term of its order is over, and nothing is asked for any more. */
export const freeDue = (room: Room): Promise<void> =>
  inRounds(async () => {
    for (let i = 0; i < AT_ONCE; i++) {
      const found = await inTx(room.ctx.db, async (tx) => {
        const order = await sql.lockFree(tx, room.ctx.clock.now())
        if (order) await bookOrder(tx, room, order, true)
        return order !== undefined
      })
      if (!found) return false
    }
    return true
  })
