import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { someAtATime } from '#kernel/turns'
import * as sql from './invites.sql.ts'
import { tryGive } from './rewards.ts'
import type { Room } from './room.ts'

const AT_ONCE = 100
/** What was placed in time may be collected a while after. */
const COLLECT_SECONDS = 30 * 86_400
/** After so long no refund of an order is awaited any more. */
const REFUND_SECONDS = 90 * 86_400
const REFUNDED = '朋友那一单全退了'

/** What friends bought counts for who brought them, is rewarded, and goes back with the money. Found, not written along: orders cost nothing. */
export async function followFriends(room: Room): Promise<void> {
  const { db, clock } = room.ctx
  const at = clock.now()
  await someAtATime(await sql.listBought(db, AT_ONCE), 2, (bought) =>
    inTx(db, async (tx) => {
      await sql.lockInvite(tx, bought.inviteId)
      if (!(await sql.countBought(tx, bought, at))) await sql.lapseOne(tx, bought)
    }),
  )
  await someAtATime(await sql.listOwedShares(db, AT_ONCE), 4, (owed) => giveShare(room, owed))
  const since = secondsAfter(at, -REFUND_SECONDS)
  await someAtATime(await sql.listReturned(db, since, AT_ONCE), 2, (returned) => takeBack(room, returned))
  await inTx(db, (tx) => sql.lapse(tx, secondsAfter(at, -COLLECT_SECONDS)))
}

async function giveShare(room: Room, owed: sql.OwedShare): Promise<void> {
  const { campaignId, friendId, sharerId, templateId } = owed
  const key = `share:${campaignId}:${friendId}`
  const outcome = await tryGive(room, { memberId: sharerId, templateId, key })
  if (outcome) await inTx(room.ctx.db, (tx) => sql.settleShare(tx, owed, outcome))
}

const takeBack = ({ ctx: { db }, coupons }: Room, returned: sql.Returned): Promise<void> =>
  inTx(db, async (tx) => {
    // A coupon that an unpaid order has is looked at again later; what was used stays used (domain handbook §2.8).
    if (await coupons.takeBack(tx, [returned.couponId], REFUNDED)) await sql.reverseShare(tx, returned)
  })
