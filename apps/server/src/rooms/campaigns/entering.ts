import type { Input, Output } from '@linli/contract'
import type { flashRoutes } from '@linli/contract/flash'
import type { MemberActor } from '#kernel/actor'
import { Problem, refuse } from '#kernel/problem'
import { requireAudience } from './admitting.ts'
import type { CampaignRow } from './campaigns.sql.ts'
import { isGated, nextRelease, reservedOnly } from './kinds/index.ts'
import type { Session } from './kinds/kind.ts'
import { campaignMissing, limitReached, notReserved, tooFast } from './problems.ts'
import type { Room } from './room.ts'
import { leftOf, requireSession, sessionAt } from './sessions.ts'

type Entry = (typeof flashRoutes)['POST /v1/campaigns/:campaignId/entries']
type Asked = NonNullable<Input<Entry>['body']> & { campaignId: string }

/** Whom the door would send away anyhow: asked of the table for all who stand there together, and only when it is somebody's turn. */
export async function requireEligible(
  room: Room,
  memberId: string,
  campaign: CampaignRow,
  session: Session,
): Promise<void> {
  await requireAudience(room, memberId, campaign)
  const { taken, reservedAt } = await room.atTheDoor({ campaignId: campaign.id, memberId })
  if (taken >= campaign.perMember) refuse(limitReached, { perMember: campaign.perMember, taken })
  if (reservedOnly(campaign) && !(reservedAt && reservedAt < session.from))
    refuse(notReserved, { before: session.from })
}

async function ask(room: Room, { memberId }: MemberActor, asked: Asked): Promise<Output<Entry>> {
  const { campaignId, storeId, skuId, device } = asked
  const { gate, book, ctx, stores } = room
  stores.require(storeId)
  const waitMs = gate.hurry({ campaignId, memberId, device })
  if (waitMs > 0) refuse(tooFast, { waitMs })
  const known = book.find(campaignId)
  const campaign = known && isGated(known) ? known : refuse(campaignMissing, { campaignId })
  const at = ctx.clock.now()
  const session = requireSession(campaign, at)
  const left = leftOf(campaign, { storeId, skuId }, at) ?? refuse(campaignMissing, { campaignId, storeId })
  const next = nextRelease(campaign, at)
  const entry = gate.enter({ campaignId, memberId, session: session.from, device, left, next })
  const now = at.toISOString()
  if (entry.kind === 'refused') return refuse(entry.problem, entry.data)
  if (entry.kind === 'wait')
    return { pass: null, passUntil: null, place: entry.place, waitMs: entry.waitMs, now }
  await requireEligible(room, memberId, campaign, session)
  return { pass: entry.pass, passUntil: entry.expiresAt.toISOString(), place: null, waitMs: null, now }
}

/** Asks at the gate, and counts what came of it. */
export async function enter(room: Room, actor: MemberActor, asked: Asked): Promise<Output<Entry>> {
  const now = () => room.ctx.clock.stamp().getTime()
  const begun = now()
  const { campaignId } = asked
  const { memberId } = actor
  const count = (what: 'pass' | 'wait' | 'refused', code?: string) =>
    room.watch.note({ campaignId, memberId, what, ...(code && { code }), ms: now() - begun })
  try {
    const answer = await ask(room, actor, asked)
    count(answer.pass === null ? 'wait' : 'pass')
    return answer
  } catch (error) {
    if (error instanceof Problem && room.book.find(campaignId)) count('refused', error.code)
    throw error
  }
}

/** A member stands in the hall while it sells; before and after nobody is counted. */
export function visit(room: Room, { memberId }: MemberActor, campaignId: string): null {
  const campaign = room.book.find(campaignId) ?? refuse(campaignMissing, { campaignId })
  if (isGated(campaign) && sessionAt(campaign, room.ctx.clock.now())) room.watch.came(campaignId, memberId)
  return null
}
