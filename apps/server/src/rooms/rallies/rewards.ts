import { SYSTEM } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { overloaded, Problem } from '#kernel/problem'
import { someAtATime } from '#kernel/turns'
import * as helps from './helps.sql.ts'
import { insertEvent } from './rallies.sql.ts'
import type { Room } from './room.ts'

const AT_ONCE = 100
const keyOf = ({ rallyId, n }: helps.Owed): string =>
  n === null ? `assist:${rallyId}` : `help:${rallyId}:${n}`

export type GiveOutcome = { couponId: string } | { refusal: string }
/** A coupon, once for each key, as far as its template goes: a budget that is spent refuses by name. Undefined: too many want coupons just now. */
export const tryGive = (
  { coupons }: Pick<Room, 'coupons'>,
  wanted: { memberId: string; templateId: string; key: string },
): Promise<GiveOutcome | undefined> =>
  coupons.reward(wanted).then(
    (couponId) => ({ couponId }),
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      return error.code === overloaded.code ? undefined : { refusal: error.code }
    },
  )

/** A coupon that somebody is owed; what refused it is kept too. */
export async function giveOwed(room: Room, owed: helps.Owed): Promise<void> {
  const { db, clock } = room.ctx
  const { memberId, templateId } = owed
  const outcome = await tryGive(room, { memberId, templateId, key: keyOf(owed) })
  if (!outcome) return
  await inTx(db, async (tx) => {
    if (!(await helps.settleOwed(tx, owed, outcome)) || owed.n !== null) return
    await insertEvent(tx, owed.rallyId, 'reward', { by: SYSTEM, at: clock.now() })
  })
}

/** Gives what is owed and was not given at once. */
export async function giveAll(room: Room): Promise<void> {
  await someAtATime(await helps.listOwed(room.ctx.db, AT_ONCE), 4, (owed) => giveOwed(room, owed))
}
