import { type MemberActor, signature } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { campaignLimit, campaignNotNow, campaignSoldOut, type CampaignRow, floorOf } from '#room/campaigns'
import { deadlineOf } from './helping.ts'
import { noRally } from './problems.ts'
import * as sql from './rallies.sql.ts'
import { keysOf, personOf, type Room } from './room.ts'

/** What a campaign says of rallies; null where friends have no part in it. */
export function termsOf(campaign: Pick<CampaignRow, 'terms'>) {
  const { terms } = campaign
  if (terms.kind === 'bargain')
    return { ...terms, need: terms.cuts.length, keepMinutes: terms.holdMinutes, templateId: null }
  if (terms.kind === 'assist') return { ...terms, need: terms.helpers, keepMinutes: 0, holdMinutes: 0 }
  return null
}
export type RallyTerms = NonNullable<ReturnType<typeof termsOf>>

/** Starts a bargain or an assist, or finds the one that is under way; answers its id. */
export async function start(
  room: Room,
  actor: MemberActor,
  { campaignId, storeId, device }: { campaignId: string; storeId: string; device: string },
): Promise<string> {
  const { ctx, campaigns } = room
  const { memberId } = actor
  const campaign = await campaigns.enter(memberId, { campaignId, storeId })
  const terms = termsOf(campaign) ?? refuse(noRally)
  const at = ctx.clock.now()
  const deadline = deadlineOf(at, { ...terms, endsAt: campaign.endsAt })
  const person = await personOf(room, memberId, device)
  return inTx(ctx.db, async (tx) => {
    await sql.lockPeople(tx, campaignId, keysOf(person))
    const known = await sql.findUnderWay(tx, { campaignId, memberId })
    if (known) return known.id
    await campaigns.holdRunning(tx, campaignId)
    if (deadline <= at) refuse(campaignNotNow, { endsAt: campaign.endsAt })
    const { perMember } = campaign
    const taken = await sql.takenSlots(tx, { campaignId, memberId })
    const slot = Array.from({ length: perMember }, (_, i) => i + 1).find((each) => !taken.includes(each))
    if (slot === undefined) return refuse(campaignLimit, { perMember, taken: taken.length })
    const skuId = campaign.items[0]?.skuId ?? null
    if (skuId && (await campaigns.lockPieces(tx, campaign, { storeId, skuId })).free < 1)
      refuse(campaignSoldOut)
    const id = newId()
    await sql.insertRally(tx, {
      id,
      campaignId,
      kind: terms.kind,
      storeId,
      skuId,
      slot,
      perMember,
      deadline,
      floorFen: terms.kind === 'bargain' ? floorOf(terms) : null,
      ...person,
      need: terms.need,
      startedAt: at,
    })
    await sql.insertEvent(tx, id, 'start', { by: signature(actor), at })
    return id
  })
}
