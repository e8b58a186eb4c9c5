import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { keyOfScene } from '#kernel/scenes'
import { inRounds } from '#kernel/turns'
import type { Commissions } from '#room/commissions'
import { codeById, codeByKey } from './codes.sql.ts'
import * as sql from './guidance.sql.ts'
import { codeUnknown, touchInvalid } from './problems.ts'
import { judgeComing, orderUntil, rewardsOf } from './rules.ts'
import { termsNow } from './terms.ts'
import { readTouch, signTouch } from './touches.ts'

type Room = Pick<Ctx, 'db' | 'clock' | 'secrets'>

export const deviceHash = ({ secrets }: Pick<Ctx, 'secrets'>, device: string): Buffer =>
  secrets.hash(`device:${device}`)

/** Somebody scanned a code. Nothing is kept here: the telephone keeps a note that we signed. */
export async function touch(room: Room, scene: string): Promise<{ touch: string; storeId: string }> {
  const key = keyOfScene('g', scene)
  const code = key === undefined ? undefined : await codeByKey(room.db, key)
  if (!code || code.endedAt || !code.staffWorks) return refuse(codeUnknown)
  return {
    touch: signTouch(room.secrets, { codeId: code.id, at: room.clock.now() }),
    storeId: code.storeId,
  }
}

/** A member says by which code they came. Counted once, ever; whoever asks again hears the same. */
export async function come(
  room: Room,
  memberId: string,
  { touch: note, device }: { touch: string; device: string },
): Promise<boolean> {
  const seen = readTouch(room.secrets, note) ?? refuse(touchInvalid)
  const hash = deviceHash(room, device)
  return inTx(room.db, async (tx) => {
    const now = room.clock.now()
    const known = await sql.guidedBy(tx, memberId)
    if (known) return known.codeId === seen.codeId
    const [code, terms, member] = [
      await codeById(tx, seen.codeId),
      await termsNow(tx),
      await sql.newcomer(tx, memberId, seen.at),
    ]
    if (!code || !terms || !member) return false
    const coming = judgeComing({
      touchedAt: seen.at,
      now,
      terms,
      code,
      ...member,
      staffDevice: await sql.isStaffDevice(tx, hash),
    })
    if (!coming) return false
    const counted = await sql.insertGuidance(tx, {
      memberId,
      codeId: code.id,
      storeId: code.storeId,
      staffId: code.staffId,
      termsId: terms.id,
      touchedAt: seen.at,
      at: now,
      registered: coming.registered,
      deviceHash: hash,
      orderUntil: orderUntil(now, terms),
    })
    return counted || (await sql.guidedBy(tx, memberId))?.codeId === seen.codeId
  })
}

const JUDGE_AT_ONCE = 200
/** Orders are looked for as far back as a server may have stood still. */
const LOOK_BACK_SECONDS = 3 * 86_400
/** A payment may become known a while after it was made. */
const LATE_SECONDS = 3600

/** The sweep: first orders are found, judged when their after-sale term is over, and rewards go back with the money. */
export async function judge(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  commissions: Pick<Commissions, 'keepReward'>,
): Promise<void> {
  const now = clock.now()
  await inTx(db, (tx) => sql.linkOrders(tx, secondsAfter(now, -LOOK_BACK_SECONDS)))
  await inTx(db, (tx) => sql.lapseOpen(tx, secondsAfter(now, -LATE_SECONDS), now))
  await inRounds(() =>
    inTx(db, async (tx) => {
      const due = await sql.claimDue(tx, now, JUDGE_AT_ONCE)
      for (const first of due) {
        const rewards = rewardsOf(first, first)
        const state = rewards ? 'REWARDED' : 'LAPSED'
        await sql.settleGuidance(tx, { memberId: first.memberId, state, at: now })
        const { staffId } = first
        if (staffId === null) continue
        for (const { kind, amountFen } of rewards ?? []) {
          const { id: rewardId } = await sql.insertReward(tx, { ...first, staffId, kind, amountFen, at: now })
          if (first.inLedger) await commissions.keepReward(tx, { rewardId, staffId, amountFen, at: now })
        }
      }
      return due.length === JUDGE_AT_ONCE
    }),
  )
  await inTx(db, async (tx) => {
    for (const { inLedger, ...back } of await sql.reverseRefunded(tx, now))
      if (inLedger) await commissions.keepReward(tx, { ...back, at: now })
  })
}

export const forget = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<bigint> =>
  inTx(db, (tx) => sql.forgetDevices(tx, clock.now()))
