import { SYSTEM } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { purchaseId } from '#kernel/purchase'
import * as sql from './points.sql.ts'
import { expirePoints, monthEndAfter, type PostingStamp } from './points.ts'
import { unfreezePoints } from './purchase-points.ts'
import type { PointsTerms } from './points-terms.ts'

const AT_ONCE = 100
const ROUNDS_AT_MOST = 50

type Kept = Pick<Ctx, 'db' | 'clock'>
const stampOf = ({ clock }: Kept): PostingStamp => {
  const at = clock.now()
  return { by: SYSTEM, at, today: businessDay(at) }
}
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)]

/** Points whose after-sales term is over become usable. Answers whether there may be more. */
async function unfreezeSome(ctx: Kept, { validMonths }: PointsTerms): Promise<boolean> {
  const stamp = stampOf(ctx)
  const due = await sql.listDueGrants(ctx.db, stamp.at, AT_ONCE)
  if (due.length === 0) return false
  const until = monthEndAfter(stamp.today, validMonths)
  await inTx(ctx.db, async (tx) => {
    const accounts = await sql.lockAccounts(tx, distinct(due.map(({ memberId }) => memberId)))
    const grants = await sql.readGrants(
      tx,
      due.map(({ purchase }) => purchaseId(purchase)),
    )
    const postings = grants.flatMap((grant) => {
      const account = accounts.find(({ memberId }) => memberId === grant.memberId)
      return account ? unfreezePoints(account, grant, until, stamp) : []
    })
    await sql.insertPostings(tx, postings)
  })
  return due.length === AT_ONCE
}

/** Lots whose last day is over are emptied, with a posting that says so. */
async function expireSome(ctx: Kept): Promise<boolean> {
  const stamp = stampOf(ctx)
  const memberIds = await sql.listExpired(ctx.db, stamp.today, AT_ONCE)
  if (memberIds.length === 0) return false
  await inTx(ctx.db, async (tx) => {
    const accounts = await sql.lockAccounts(tx, memberIds)
    await sql.insertPostings(
      tx,
      accounts.flatMap((account) => expirePoints(account, stamp)),
    )
  })
  return true
}

/** The sweep: what became usable, and what came to its end. Points that were switched off go on so, by the terms that held last. */
export async function ripen(ctx: Kept, terms: PointsTerms | null): Promise<void> {
  for (let round = 0; round < ROUNDS_AT_MOST; round++) if (!(await expireSome(ctx))) break
  if (!terms) return
  for (let round = 0; round < ROUNDS_AT_MOST; round++) if (!(await unfreezeSome(ctx, terms))) break
}
