import type { Output } from '@linli/contract'
import type { consoleInviteRoutes, Invite as InviteSchema } from '@linli/contract/invites'
import type { Static } from 'typebox'
import type { MemberActor, StaffActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import type { CampaignRow } from '#room/campaigns'
import * as sql from './invites.sql.ts'
import { broughtBefore, limitReached, noRally, notNew, own, rallyMissing, unseen } from './problems.ts'
import { lockPeople } from './rallies.sql.ts'
import { tryGive } from './rewards.ts'
import { keysOf, personOf, type Room } from './room.ts'
import { hasSeen, signSeen } from './seen.ts'
import { type OpeningRefusal, refuseOpening } from './sharing.ts'
import { campaignOf, labelsOf } from './showing.ts'

export type Invite = Static<typeof InviteSchema>
const DAY_SECONDS = 86_400
const REFUSALS: Record<OpeningRefusal, typeof own> = {
  own,
  brought_before: broughtBefore,
  not_new: notNew,
  enough: limitReached,
}
const termsOf = ({ terms }: CampaignRow) => (terms.kind === 'share_off' ? terms : refuse(noRally))

/** What a member passes on of a campaign; answers its id. */
export async function invite(
  room: Room,
  { memberId }: MemberActor,
  { campaignId, storeId, device }: { campaignId: string; storeId: string; device: string },
): Promise<string> {
  termsOf(await room.campaigns.enter(memberId, { campaignId, storeId }))
  const person = await personOf(room, memberId, device)
  const at = room.ctx.clock.now()
  return inTx(room.ctx.db, (tx) => sql.keepInvite(tx, { ...person, id: newId(), campaignId, storeId, at }))
}

/** A friend says that they came by this. What counts as doing something, if it is this, is due to the sharer. */
export async function open(
  room: Room,
  { memberId }: MemberActor,
  { inviteId, seen, device }: { inviteId: string; seen: string; device: string },
): Promise<string | null> {
  const { ctx } = room
  const at = ctx.clock.now()
  const row = (await sql.findInvite(ctx.db, inviteId)) ?? refuse(rallyMissing)
  const { campaignId, storeId } = row
  const terms = termsOf(await room.campaigns.enter(null, { campaignId, storeId }))
  if (!hasSeen(ctx.secrets, seen, { rallyId: inviteId, memberId }, at)) refuse(unseen)
  const friend = await personOf(room, memberId, device)
  await inTx(ctx.db, async (tx) => {
    await lockPeople(tx, campaignId, keysOf(friend))
    await sql.lockInvite(tx, inviteId)
    const known = await sql.findInvited(tx, campaignId, memberId)
    if (known?.inviteId === inviteId) return
    await room.campaigns.holdRunning(tx, campaignId)
    const { done } = await sql.countInvited(tx, inviteId)
    const no = refuseOpening(
      {
        sharer: row,
        friend,
        boughtBefore: terms.newOnly && (await sql.hasBought(tx, memberId)),
        brought: await sql.listSame(tx, campaignId, friend),
        counted: done,
      },
      terms,
    )
    if (no) refuse(REFUSALS[no])
    await sql.insertInvited(tx, {
      ...friend,
      campaignId,
      inviteId,
      openedAt: at,
      until: secondsAfter(at, terms.days * DAY_SECONDS),
      mostEach: terms.mostEach,
      slot: terms.act === 'claim' ? done + 1 : null,
    })
  })
  return terms.friendTemplateId ? giveFriend(room, { campaignId, memberId }, terms.friendTemplateId) : null
}

/** The coupon of a friend, as far as there are any; what it is called, or null. */
async function giveFriend(
  room: Room,
  friend: { campaignId: string; memberId: string },
  templateId: string,
): Promise<string | null> {
  const { campaignId, memberId } = friend
  const outcome = await tryGive(room, { memberId, templateId, key: `friend:${campaignId}:${memberId}` })
  if (!outcome) return null
  await inTx(room.ctx.db, (tx) => sql.settleFriend(tx, friend, outcome))
  return 'couponId' in outcome ? ((await labelsOf(room, [templateId])).get(templateId) ?? null) : null
}

/** What somebody passed on, as they or a friend see it. */
export async function showInvite(room: Room, { memberId }: MemberActor, inviteId: string): Promise<Invite> {
  const { ctx, members } = room
  const row = (await sql.findInvite(ctx.db, inviteId)) ?? refuse(rallyMissing)
  const campaign = await campaignOf(room, row.campaignId)
  const { act, days, templateId, friendTemplateId } = termsOf(campaign)
  const mine = row.memberId === memberId
  const [labels, cards, joined, friends] = await Promise.all([
    labelsOf(room, [templateId, friendTemplateId]),
    members.cards([row.memberId]),
    mine ? undefined : sql.findInvited(ctx.db, row.campaignId, memberId),
    mine ? sql.countInvited(ctx.db, inviteId) : null,
  ])
  const now = ctx.clock.now()
  return {
    id: row.id,
    campaignId: row.campaignId,
    name: campaign.name,
    storeId: row.storeId,
    owner: maskName(cards.get(row.memberId)?.nickname ?? ''),
    mine,
    act,
    days,
    endsAt: campaign.endsAt.toISOString(),
    now: now.toISOString(),
    reward: labels.get(templateId) ?? null,
    friendCoupon: (friendTemplateId && labels.get(friendTemplateId)) || null,
    friends,
    joined: joined?.inviteId === inviteId ? joined.state : null,
    seen: mine || joined ? null : signSeen(ctx.secrets, { rallyId: inviteId, memberId }, now),
  }
}

/** How far a share reward came, for whoever may see the campaign. */
export async function inviteFigures(
  room: Room,
  actor: StaffActor,
  campaignId: string,
): Promise<Output<(typeof consoleInviteRoutes)['GET /console/v1/campaigns/:campaignId/invites']>> {
  termsOf(await room.campaigns.inScope(actor, campaignId))
  const { db, clock } = room.ctx
  return { asOf: clock.now().toISOString(), ...(await sql.sumInvites(db, campaignId)) }
}
