import { type MemberActor, signature } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import { inTx, type Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { campaignSoldOut, type CampaignRow } from '#room/campaigns'
import { assistOnce } from './assisting.ts'
import { type HelpRefusal, type Person, refuseHelp } from './helping.ts'
import * as helps from './helps.sql.ts'
import { reachedNotice } from './notices.ts'
import {
  helpedBefore,
  limitReached,
  limitToday,
  noRally,
  over,
  own,
  rallyMissing,
  unseen,
} from './problems.ts'
import * as sql from './rallies.sql.ts'
import { giveOwed } from './rewards.ts'
import { keysOf, personOf, type Room } from './room.ts'
import { hasSeen } from './seen.ts'
import { type RallyTerms, termsOf } from './starting.ts'
import { helpOnce } from './states.ts'

const REFUSALS: Record<HelpRefusal, typeof own> = {
  own,
  helped_before: helpedBefore,
  limit_reached: limitReached,
  limit_today: limitToday,
}

/** A friend's tap. It counts once; tapping again changes nothing. */
export async function help(
  room: Room,
  actor: MemberActor,
  { rallyId, seen, device }: { rallyId: string; seen: string; device: string },
): Promise<void> {
  const { ctx } = room
  const { memberId } = actor
  const at = ctx.clock.now()
  const rally = (await sql.findRally(ctx.db, rallyId)) ?? refuse(rallyMissing)
  if (!hasSeen(ctx.secrets, seen, { rallyId, memberId }, at)) refuse(unseen)
  const helper = await personOf(room, memberId, device)
  await inTx(ctx.db, (tx) => helpIn(tx, room, rally, helper, { by: signature(actor), at }))
  const owed = await helps.findOwed(ctx.db, rallyId, memberId)
  if (owed) await giveOwed(room, owed)
}

async function helpIn(
  tx: Tx,
  room: Room,
  { id, campaignId, storeId, skuId }: sql.RallyRow,
  helper: Person,
  stamp: sql.Stamp,
): Promise<void> {
  const { at } = stamp
  await sql.lockPeople(tx, campaignId, keysOf(helper))
  if (await helps.hasHelped(tx, id, helper.memberId)) return
  const campaign = await room.campaigns.enter(null, { campaignId, storeId })
  const terms = termsOf(campaign) ?? refuse(noRally)
  await room.campaigns.holdRunning(tx, campaignId)
  const pieces = skuId ? await room.campaigns.lockPieces(tx, campaign, { storeId, skuId }) : undefined
  const rally = (await sql.lockRally(tx, id)) ?? refuse(rallyMissing)
  const slots = await mayHelp(tx, rally, helper, terms, businessDay(at))
  const next = stepOf(rally, terms, { at, free: pieces?.free ?? 0 })
  if (!(await sql.moveRally(tx, rally, next, at))) throw new Error(`rally ${id} changed under its lock`)
  await helps.insertHelp(tx, {
    ...helper,
    ...slots,
    rallyId: id,
    n: next.helps,
    campaignId,
    day: businessDay(at),
    helpsEach: terms.helpsEach,
    helpsPerDay: terms.helpsPerDay,
    at,
    templateId: terms.helperTemplateId,
  })
  await sql.insertEvent(tx, id, 'help', stamp)
  if (next.state === 'REACHED') await reach(tx, room, { rally: { ...rally, ...next }, campaign }, stamp)
}

/** The slots of the helper's limits that this help stands in, or a refusal. */
async function mayHelp(
  tx: Tx,
  rally: sql.RallyRow,
  helper: Person,
  limits: RallyTerms,
  day: string,
): Promise<{ slot: number; daySlot: number }> {
  const helped = await helps.listHelpers(tx, rally.id)
  const given = await helps.countGiven(tx, rally.campaignId, helper, day)
  const no = refuseHelp({ owner: rally, helper, helped, given, limits })
  if (no) refuse(REFUSALS[no])
  return { slot: given.mine + 1, daySlot: given.mineToday + 1 }
}

type Next = Pick<sql.RallyRow, 'state' | 'helps' | 'heldUntil'>
function stepOf(rally: sql.RallyRow, terms: RallyTerms, { at, free }: { at: Date; free: number }): Next {
  const { state, helps: before, deadline, heldUntil } = rally
  if (state !== 'CUTTING' && state !== 'GATHERING') return refuse(over, { state })
  if (state === 'GATHERING') {
    const next = assistOnce({ state, helps: before, deadline }, { at, helpers: terms.need })
    return next === 'over' ? refuse(over) : { ...next, heldUntil: null }
  }
  const step = helpOnce(
    { state, helps: before, deadline, heldUntil },
    { at, free, helpers: terms.need, holdMinutes: terms.holdMinutes },
  )
  if (step === 'sold_out') return refuse(campaignSoldOut)
  return typeof step === 'string' ? refuse(over) : step.bargain
}

/** All friends have helped: of a bargain a piece is set aside, and its owner hears of it. */
async function reach(
  tx: Tx,
  room: Room,
  { rally, campaign }: { rally: sql.RallyRow; campaign: CampaignRow },
  stamp: sql.Stamp,
): Promise<void> {
  await sql.insertEvent(tx, rally.id, 'reach', stamp)
  const { storeId, skuId } = rally
  if (!skuId) return
  await room.campaigns.movePieces(tx, campaign, { storeId, skuId, pieces: 1 }, stamp)
  await room.messages.tell(tx, [reachedNotice(room, rally, stamp.at)])
}
