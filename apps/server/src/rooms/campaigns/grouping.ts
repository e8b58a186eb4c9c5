import { inTx, type Reader } from '#kernel/db'
import { newId } from '#kernel/id'
import { type ProblemKind, refuse } from '#kernel/problem'
import { SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { type CampaignRow, hasBought } from './campaigns.sql.ts'
import * as sql from './group-ends.sql.ts'
import { endGroup, type Group, type GroupWish, type JoinFault, members } from './kinds/group/group.ts'
import { openingOf } from './kinds/group/index.ts'
import { WAITS } from './kinds/group/states.ts'
import {
  groupFull,
  groupMemberAlready,
  groupOnlyNew,
  groupOver,
  groupTooLate,
  groupWaits,
} from './problems.ts'
import type { Plan, TermsOf } from './kinds/kind.ts'

const PROBLEMS: Readonly<Record<JoinFault, ProblemKind>> = {
  over: groupOver,
  too_late: groupTooLate,
  waits: groupWaits,
  member_already: groupMemberAlready,
  full: groupFull,
}
/** The refusal that a fault of joining is. */
export const joinProblem = (fault: JoinFault): ProblemKind => PROBLEMS[fault]

type GroupCampaign = CampaignRow & Plan<TermsOf<'group'>>
export const isGroup = (row: CampaignRow): row is GroupCampaign => row.terms.kind === 'group'

/** The seat that an order wants: in the group it names, or in one of its own. Who may sit there only the order desk knows. */
export async function admitSeat(
  db: Reader,
  campaign: GroupCampaign,
  {
    memberId,
    groupId,
    ...where
  }: { memberId: string; groupId: string | undefined; storeId: string; skuId: string; at: Date },
): Promise<GroupWish> {
  if (groupId !== undefined) {
    if (campaign.terms.newOnly && (await hasBought(db, memberId))) refuse(groupOnlyNew)
    return { groupId, opening: null }
  }
  const id = newId()
  const opening = openingOf(campaign, { groupId: id, ...where }) ?? refuse(groupTooLate)
  return { groupId: id, opening }
}

const AT_ONCE = 100
/** To join, at least, when a paused campaign goes on. */
const LEFT_AFTER_PAUSE_MINUTES = 60

/** A group that is over and still has seats to be brought to their end. */
export type EndedGroup = Pick<Group, 'groupId' | 'state' | 'seats'>
export interface Groups {
  /** Ends groups whose time has come, each under its lock, and answers those that are over with somebody in them who waits. */
  takeEnded(): Promise<EndedGroup[]>
}

export const createGroups = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Groups => ({
  async takeEnded() {
    const now = clock.now()
    await inTx(db, (tx) => sql.keepPaused(tx, now, LEFT_AFTER_PAUSE_MINUTES))
    const ids = await inTx(db, (tx) => sql.claimDue(tx, { now, limit: AT_ONCE }))
    const ended: EndedGroup[] = []
    for (const id of ids) {
      const group = await inTx(db, async (tx) => {
        const locked = await sql.lockGroup(tx, id)
        if (locked?.state !== 'OPEN') return locked
        const how = await sql.standing(tx, locked.campaignId, now)
        const why = how === 'stopped' ? 'stop' : 'expire'
        if (why === 'expire' && (how === 'paused' || locked.expiresAt > now)) return undefined
        endGroup(locked, why, now)
        const { groupId } = locked
        await sql.saveEnd(tx, locked, {
          groupId,
          orderId: null,
          verb: locked.why ?? why,
          paid: members(locked).length,
          by: SYSTEM,
          at: now,
        })
        return locked
      })
      if (!group) continue
      if (group.seats.some(({ state }) => WAITS.includes(state))) ended.push(group)
    }
    return ended
  },
})
