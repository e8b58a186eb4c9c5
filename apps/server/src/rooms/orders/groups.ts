import { SYSTEM } from '#kernel/actor'
import { Problem } from '#kernel/problem'
import type { EndedGroup } from '#room/campaigns'
import { sendAgreed } from './agreed.ts'
import { cancelUnpaid } from './cancelling.ts'
import { refundIds } from './commands.ts'
import { withCode } from './paying.ts'
import type { Room } from './room.ts'

/** Read by the shopper in WeChat. */
const NOT_FULL = '没拼成，全额退回'
const TOO_LATE = '团已经结束，没有付款'
const PAID_LATE = '团已经结束才到账，全额退回'

/** An order of a group that is made waits no longer: it is packed like any other, and what it paid above the group's price goes back. */
const gather = (room: Room, orderId: string): Promise<unknown> =>
  withCode(room, (pickup) =>
    room.submit({
      verb: 'gather',
      orderId,
      pickup,
      refundIds: refundIds(),
      by: SYSTEM,
      at: room.ctx.clock.now(),
    }),
  )

/** Money of a group that failed, or that came when it was over. The key is the group's: asked again, it is the same refund, with the same number at its provider. */
const giveBack = (room: Room, groupId: string, orderId: string, reason: string): Promise<unknown> =>
  sendAgreed(room, {
    orderId,
    key: `group:${groupId}`,
    lines: null,
    uncollected: true,
    reason,
    ourFault: true,
  })

const letGo = (room: Room, orderId: string): Promise<void> =>
  cancelUnpaid(room, {
    verb: 'cancel',
    orderId,
    who: 'system',
    reason: TOO_LATE,
    dueAt: null,
    refundIds: refundIds(),
    auditor: null,
    by: SYSTEM,
    at: room.ctx.clock.now(),
  })

/** Brings everybody in a group that is over to their end: goods, money, or nothing owed. */
async function settleGroup(room: Room, { groupId, state, seats }: EndedGroup): Promise<void> {
  for (const { orderId, state: seat } of seats) {
    try {
      if (seat === 'SEATED') await letGo(room, orderId)
      else if (seat === 'LATE') await giveBack(room, groupId, orderId, PAID_LATE)
      else if (seat === 'PAID')
        await (state === 'SUCCESS' ? gather(room, orderId) : giveBack(room, groupId, orderId, NOT_FULL))
    } catch (error) {
      // One that cannot now is looked at again; the others are not kept waiting.
      if (error instanceof Problem) room.ctx.log.info({ problem: error.code, orderId }, 'a seat has to wait')
      else room.ctx.log.error({ err: error, orderId, groupId }, 'a seat of a group could not be settled')
    }
  }
}

/** The sweep: ends groups whose time has come, and settles those that are over. */
export async function turnGroups(room: Room): Promise<void> {
  for (const group of await room.campaigns.groups.takeEnded()) await settleGroup(room, group)
}
