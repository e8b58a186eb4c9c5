import type { Output } from '@linli/contract'
import type { tillShopperRoutes } from '@linli/contract/till-shopper'
import { cursorTo, readPlace } from '#kernel/cursor'
import { refuse } from '#kernel/problem'
import { sumDiscounts } from './conflicts.sql.ts'
import { cursorInvalid, receiptMissing } from './problems.ts'
import { findReceipt, listReceipts, listReturns } from './receipts.sql.ts'
import type { Room } from './room.ts'

type Routes = typeof tillShopperRoutes
type Receipts = Output<Routes['GET /v1/till-receipts']>
type Receipt = Output<Routes['GET /v1/till-receipts/:receiptId']>

/** A page of what a member bought at tills, newest first. */
export async function receiptsOf(
  { ctx }: Room,
  memberId: string,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
): Promise<Receipts> {
  const before = cursor === undefined ? undefined : readPlace(cursor, cursorInvalid)
  const rows = await listReceipts(ctx.db, memberId, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...row, soldAt: row.soldAt.toISOString() })),
    nextCursor: rows.length > limit && last ? cursorTo({ at: last.soldAt, id: last.id }) : null,
  }
}

/** One receipt of this member's, with what was taken off and what came back. */
export async function receiptOf({ ctx }: Room, memberId: string, id: string): Promise<Receipt> {
  const row = (await findReceipt(ctx.db, memberId, id)) ?? refuse(receiptMissing)
  const [discounts, returns] = await Promise.all([sumDiscounts(ctx.db, id), listReturns(ctx.db, id)])
  return {
    ...row,
    soldAt: row.soldAt.toISOString(),
    discounts: discounts.map(({ label, offFen, points }) => ({ label, offFen, points })),
    returns: returns.map((each) => ({ ...each, soldAt: each.soldAt.toISOString() })),
  }
}
