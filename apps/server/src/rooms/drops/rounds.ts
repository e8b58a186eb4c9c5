import { SYSTEM } from '#kernel/actor'
import { businessDay, lastDayWords, secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { overloaded, Problem } from '#kernel/problem'
import { inRounds, someAtATime } from '#kernel/turns'
import type { HeldCoupon } from '#room/coupons'
import type { Notice } from '#room/messages'
import { type ArmName, armOf } from './arms.ts'
import * as drops from './drops.sql.ts'
import type { Room } from './room.ts'
import { readProgress } from './results.sql.ts'
import * as sql from './rounds.sql.ts'
import { type DropTerms, lastRoundDay, roundDue, stopFor } from './terms.ts'

const PAGE = 1000
const GIVE_AT_ONCE = 200
/** Coupons of a round have one key: how many are used, and what they cost, is asked by it. */
export const keyOf = (roundId: string): string => `drop:${roundId}`

export interface Drawn {
  found: number
  leftOut: sql.LeftOut
  members: { memberId: string; arm: ArmName }[]
}
export type Drawing = Pick<DropTerms, 'holdoutBp' | 'againAfterDays' | 'mostMessages' | 'mostMembers'> & {
  id: string
}

/**
 * Draws the arms of a round: first whoever may be sent nothing is left out, then the lot is cast among the others, so that the arms differ in nothing but the
 * coupon. `room` of `mostMembers`: how many the drop has already.
 */
export async function draw(
  { ctx: { db, clock } }: Pick<Room, 'ctx'>,
  { id, holdoutBp, againAfterDays, mostMessages, mostMembers }: Drawing,
  { memberIds, already }: { memberIds: readonly string[]; already: number },
): Promise<Drawn> {
  const drawn: Drawn = { found: memberIds.length, leftOut: {}, members: [] }
  const leave = (reason: keyof sql.LeftOut) => {
    drawn.leftOut[reason] = (drawn.leftOut[reason] ?? 0) + 1
  }
  const sifting = { dropId: id, at: clock.now(), againAfterDays, mostMessages }
  for (let from = 0; from < memberIds.length; from += PAGE)
    for (const { memberId, reason } of await sql.sift(db, memberIds.slice(from, from + PAGE), sifting))
      if (reason !== null) leave(reason)
      else if (already + drawn.members.length >= mostMembers) leave('full')
      else drawn.members.push({ memberId, arm: armOf(id, memberId, holdoutBp) })
  return drawn
}

/** All members of a snapshot, in its order. */
export async function membersOf(
  { audiences }: Pick<Room, 'audiences'>,
  snapshotId: string,
): Promise<string[]> {
  const all: string[] = []
  for (let after: string | null = null; ;) {
    const page = await audiences.membersOf(snapshotId, after, PAGE)
    all.push(...page)
    if (page.length < PAGE) return all
    after = page.at(-1) ?? null
  }
}

async function begin(room: Room, drop: drops.DropRow, day: string): Promise<void> {
  const { ctx } = room
  const { snapshotId } = await room.audiences.snapshot(drop.audienceId, SYSTEM)
  const memberIds = await membersOf(room, snapshotId)
  const drawn = await draw(room, drop, { memberIds, already: await sql.countMembers(ctx.db, drop.id) })
  await inTx(ctx.db, async (tx) => {
    const now = await drops.lockDrop(tx, drop.id)
    if (now?.state !== 'LIVE') return
    const { found, leftOut, members } = drawn
    const round = { id: newId(), dropId: drop.id, day, snapshotId, at: ctx.clock.now(), found, leftOut }
    if (!(await sql.insertRound(tx, round))) return
    for (let from = 0; from < members.length; from += PAGE)
      await sql.insertMembers(tx, round, members.slice(from, from + PAGE))
    ctx.log.info({ drop: drop.id, day, members: members.length }, 'a drop began a round')
  })
}

const noticeOf = (at: Date, { id, memberId }: sql.OpenGift, words: string, coupon: HeldCoupon): Notice => ({
  memberId,
  kind: 'drop.coupon',
  ref: String(id),
  at,
  fields: { words, coupon: coupon.label, day: lastDayWords(coupon.expiresAt) },
  pageId: null,
})
async function give(
  { ctx: { db, clock }, coupons, messages }: Room,
  drop: drops.DropRow,
  open: sql.OpenGift,
): Promise<void> {
  const { templateId, words } = drop
  const outcome = await coupons
    .reward({ memberId: open.memberId, templateId, key: keyOf(open.roundId) })
    .then(
      (couponId) => ({ couponId, refusal: null }),
      (error: unknown) => {
        if (error instanceof Problem && error.code !== overloaded.code)
          return { couponId: null, refusal: error.code }
        throw error
      },
    )
  const [coupon] = outcome.couponId === null ? [] : await coupons.held([outcome.couponId])
  await inTx(db, async (tx) => {
    const at = clock.now()
    const settled = await sql.settleGift(tx, open.id, { at, ...outcome, told: coupon !== undefined })
    if (settled && coupon) await messages.tell(tx, [noticeOf(at, open, words, coupon)])
  })
}
/** Gives what a drop still has to give, some at a time, and looks in between whether it has to stop. */
async function giveOut(room: Room, drop: drops.DropRow): Promise<void> {
  await inRounds(async () => {
    if (await stopIfDue(room, drop)) return false
    const now = await drops.findDrop(room.ctx.db, drop.id)
    if (now?.state !== 'LIVE') return false
    const open = await sql.listOpen(room.ctx.db, drop.id, GIVE_AT_ONCE)
    await someAtATime(open, 8, (each) => give(room, drop, each))
    return open.length === GIVE_AT_ONCE
  })
}

/** What the coupons of a drop came to. */
export async function spentOn({ coupons }: Pick<Room, 'coupons'>, roundIds: readonly string[]) {
  const became = await coupons.becameOf(roundIds.map(keyOf))
  const sum = (of: (each: { used: number; costFen: number }) => number) =>
    [...became.values()].reduce((all, each) => all + of(each), 0)
  return { used: sum(({ used }) => used), costFen: sum(({ costFen }) => costFen) }
}

async function stopIfDue(room: Room, drop: drops.DropRow): Promise<boolean> {
  const { ctx, coupons } = room
  const { roundIds, told, optedOut } = await readProgress(ctx.db, drop.id)
  const couponOpen = (await coupons.rewards([drop.templateId])).has(drop.templateId)
  const stop = stopFor({ ...drop, told, optedOut, couponOpen, ...(await spentOn(room, roundIds)) })
  if (!stop) return false
  await inTx(ctx.db, (tx) => drops.moveDrop(tx, drop.id, { from: ['LIVE'], to: 'STOPPED', stop }))
  ctx.log.info({ drop: drop.id, stop }, 'a drop stopped by its rules')
  return true
}

const windowEnd = (lastAt: Date, { windowDays }: Pick<DropTerms, 'windowDays'>): Date =>
  secondsAfter(lastAt, windowDays * 86_400)
/** When the days of a drop's last round are over; null while rounds are to come or nothing was ever drawn. */
export function readyAt(
  drop: Pick<drops.DropRow, 'state' | 'schedule' | 'startsAt' | 'lastDay' | 'windowDays'>,
  lastAt: Date | null,
  now: Date,
): Date | null {
  const more =
    (drop.state === 'LIVE' || drop.state === 'PAUSED') &&
    (lastAt === null || (drop.schedule === 'daily' && businessDay(now) <= lastRoundDay(drop)))
  return lastAt === null || more ? null : windowEnd(lastAt, drop)
}
async function endIfOver({ ctx: { db, clock } }: Room, drop: drops.DropRow): Promise<void> {
  const { lastAt, open } = await readProgress(db, drop.id)
  const noMore = lastAt === null && drop.schedule === 'daily' && businessDay(clock.now()) > lastRoundDay(drop)
  const ready = readyAt(drop, lastAt, clock.now())
  if (noMore || (open === 0 && ready !== null && ready <= clock.now()))
    await inTx(db, (tx) => drops.moveDrop(tx, drop.id, { from: ['LIVE'], to: 'ENDED' }))
}

/** The sweep: rounds that are due, what is to be given, and drops that are over. One drop that fails does not keep the others. */
export async function turn(room: Room): Promise<void> {
  const { ctx } = room
  for (const drop of await drops.listLive(ctx.db))
    try {
      const day = roundDue(drop, ctx.clock.now())
      if (day !== undefined && !(await sql.hasRound(ctx.db, drop.id, day)) && !(await stopIfDue(room, drop)))
        await begin(room, drop, day)
      await giveOut(room, drop)
      await endIfOver(room, drop)
    } catch (error) {
      ctx.log.error({ err: error, drop: drop.id }, 'a drop could not be worked on')
    }
}
