import { type MemberActor, signature } from '#kernel/actor'
import { inTx, type Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { type Week, weeksOf } from '#room/campaigns'
import { insertEvent } from './boxes.sql.ts'
import type { BoxRow } from './boxes.sql.ts'
import { boxEnded, weekPlaced, weekUnknown } from './problems.ts'
import type { Room } from './room.ts'
import { campaignOf, findMine, lockMine } from './subscribing.ts'
import { deleteSkip, findWeek, insertWeek } from './weeks.sql.ts'

async function change(
  room: Room,
  actor: MemberActor,
  { boxId, week: day }: { boxId: string; week: string },
  work: (tx: Tx, box: BoxRow, week: Week) => Promise<'skip' | 'unskip' | undefined>,
): Promise<void> {
  const { ctx } = room
  const at = ctx.clock.now()
  const { campaignId } = await findMine(room, actor, boxId)
  const weeks = weeksOf(await campaignOf(room, campaignId))
  await inTx(ctx.db, async (tx) => {
    const box = await lockMine(tx, actor, boxId)
    if (box.state === 'ENDED') refuse(boxEnded)
    const week = weeks.find((each) => each.week === day && day >= box.fromWeek && at < each.payUntil)
    if (!week) return refuse(weekUnknown, { week: day })
    const verb = await work(tx, box, week)
    if (verb) await insertEvent(tx, { boxId, week: day, verb, by: signature(actor), at })
    return undefined
  })
}

/** Not this week. */
export const skip = (room: Room, actor: MemberActor, key: { boxId: string; week: string }): Promise<void> =>
  change(room, actor, key, async (tx, { id, storeId, quantity }, { week, payUntil }) => {
    if (await insertWeek(tx, { boxId: id, week, storeId, quantity, payUntil, state: 'SKIPPED' }))
      return 'skip'
    const known = await findWeek(tx, id, week)
    return known?.state === 'SKIPPED' ? undefined : refuse(weekPlaced)
  })

/** This week after all. */
export const unskip = (room: Room, actor: MemberActor, key: { boxId: string; week: string }): Promise<void> =>
  change(room, actor, key, async (tx, { id }, { week }) => {
    if (await deleteSkip(tx, id, week)) return 'unskip'
    return (await findWeek(tx, id, week)) ? refuse(weekPlaced) : undefined
  })
