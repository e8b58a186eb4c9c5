import { SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inTx, type Tx } from '#kernel/db'
import { someAtATime } from '#kernel/turns'
import { forgetInvited } from './invites.sql.ts'
import { lostNotice } from './notices.ts'
import * as sql from './rallies.sql.ts'
import type { Room } from './room.ts'
import { type Bargain, expireOnce } from './states.ts'

const AT_ONCE = 200
/** What is left at least when a paused campaign goes on; a piece is never held for less than ten minutes anyhow. */
const LEFT_AFTER_PAUSE = { helpMinutes: 60, holdMinutes: 10 }

/** Ends what is due: pieces that were set aside go back to the campaign, or to the shelf when that is over, and their owners are told. */
export async function endDue(room: Room): Promise<void> {
  const at = room.ctx.clock.now()
  await inTx(room.ctx.db, (tx) => sql.keepPaused(tx, at, LEFT_AFTER_PAUSE))
  const due = await sql.listDue(room.ctx.db, at, AT_ONCE)
  await someAtATime(due, 2, ({ id }) => inTx(room.ctx.db, (tx) => endOne(tx, room, id, at)))
}

async function endOne(tx: Tx, room: Room, id: string, at: Date): Promise<void> {
  const seen = await sql.findRally(tx, id)
  if (!seen) return
  const { storeId, skuId, campaignId } = seen
  const campaign = await room.campaigns.find(campaignId)
  if (!campaign) throw new Error(`rally ${id} without its campaign`)
  // Goods before rallies: the order that the order desk keeps.
  if (skuId) await room.campaigns.lockPieces(tx, campaign, { storeId, skuId })
  const rally = await sql.lockRally(tx, id)
  if (!rally) return
  const stamp = { by: SYSTEM, at }
  const next = endOf(rally, at, campaign.state === 'ENDED')
  if (!next || !(await sql.moveRally(tx, rally, { ...rally, state: 'EXPIRED' }, at))) return
  await sql.insertEvent(tx, id, 'expire', stamp)
  if (next.pieces === 0 || !skuId) return
  await room.campaigns.movePieces(tx, campaign, { storeId, skuId, pieces: next.pieces }, stamp)
  await room.messages.tell(tx, [lostNotice(room, rally, at)])
}

/** Whether it ends now, and the pieces that come of it. */
function endOf(rally: sql.RallyRow, at: Date, campaignOver: boolean): { pieces: -1 | 0 | 1 } | undefined {
  if (rally.state === 'GATHERING') return campaignOver || at >= rally.deadline ? { pieces: 0 } : undefined
  if (rally.kind !== 'bargain') return undefined
  const bargain: Bargain = { ...rally, state: rally.state }
  return expireOnce(bargain, at, campaignOver)
}

const FORGET_SECONDS = 30 * 86_400
/** Telephones and numbers of those who took part are forgotten a month after. */
export const forget = ({ ctx: { db, clock } }: Room): Promise<unknown> =>
  inTx(db, async (tx) => {
    const before = secondsAfter(clock.now(), -FORGET_SECONDS)
    await sql.forgetPeople(tx, before)
    await forgetInvited(tx, before)
  })
