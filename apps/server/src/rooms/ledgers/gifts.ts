import { businessDay } from '#kernel/clock'
import type { Tx } from '#kernel/db'
import { returnGift } from './points.ts'
import { insertPostings, listGifts, lockAccounts } from './points.sql.ts'

/** Coupons that were taken away unused give back the points they were bought with, in the same transaction. */
export async function returnGifts(
  tx: Tx,
  couponIds: readonly string[],
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const paid = await listGifts(tx, couponIds)
  const accounts = await lockAccounts(tx, [...new Set(paid.map(({ memberId }) => memberId))].sort())
  const stamp = { by, at, today: businessDay(at) }
  const postings = accounts.flatMap((account) => {
    const mine = paid.filter(({ memberId }) => memberId === account.memberId)
    return [...Map.groupBy(mine, ({ giftId }) => giftId)].flatMap(([giftId, parts]) =>
      returnGift(account, { giftId, paid: parts }, stamp),
    )
  })
  await insertPostings(tx, postings)
}
