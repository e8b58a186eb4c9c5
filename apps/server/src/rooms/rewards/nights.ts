import type { Output } from '@linli/contract'
import { type consoleRewardRoutes, TRIGGER_KINDS } from '@linli/contract/rewards'
import { businessDay, lastDayWords, timeOfDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { cursorAfter, readCursor } from '#kernel/cursor'
import { inTx } from '#kernel/db'
import { overloaded, Problem } from '#kernel/problem'
import { inRounds, someAtATime } from '#kernel/turns'
import type { Coupons, HeldCoupon } from '#room/coupons'
import type { Members } from '#room/members'
import type { Messages, Notice } from '#room/messages'
import * as sql from './nights.sql.ts'
import { asleepSince, birthdaysDue, type Mark } from './occasions.ts'
import { cursorInvalid } from './problems.ts'
import { findTriggerTerms, type TriggerKind, type TriggerTermsRow } from './terms.sql.ts'
import type { NewTriggerTerms } from './terms.ts'
import { followVisits } from './visits.ts'

type Nights = Output<(typeof consoleRewardRoutes)['GET /console/v1/trigger-nights']>

/** After the books of the night were compared, and before people get up. */
const NOT_BEFORE = '04:00'
const GIVE_AT_ONCE = 200

export interface NightDeps {
  members: Pick<Members, 'birthdayHashes'>
  messages: Pick<Messages, 'tell'>
  coupons: Pick<Coupons, 'reward' | 'held' | 'becameOf'>
}
const keyOf = (nightId: number): string => `trigger:${nightId}`
const refOf = ({ memberId, occasion, mark }: sql.OpenPresent): string => `${memberId} ${occasion} ${mark}`

/**
 * What members are given without asking: each night once, by the terms of then. Whom it reaches is noted first, in one transaction with the night; the
 * coupons follow, and whoever starts again in between goes on where it was.
 */
export function createNights(
  ctx: Pick<Ctx, 'db' | 'clock' | 'log'>,
  { members, messages, coupons }: NightDeps,
) {
  const { db, clock, log } = ctx

  function dueBy({ kind, marks }: Pick<TriggerTermsRow, 'kind' | 'marks'>, today: string): sql.Due {
    if (kind === 'dormant') {
      const growing = marks.flatMap(({ days, templateId }): Mark[] =>
        days === null ? [] : [{ days, templateId }],
      )
      return { kind, of: asleepSince(growing, today) }
    }
    const [mark] = marks
    const days = birthdaysDue(today, mark?.days ?? null)
    const hashes = members.birthdayHashes(days.map(({ monthDay }) => monthDay))
    return { kind, of: { hashes, years: days.map(({ year }) => year), templateId: mark?.templateId ?? '' } }
  }

  async function begin(kind: TriggerKind, night: string): Promise<void> {
    if (await sql.wasNight(db, kind, night)) return
    const terms = await findTriggerTerms(db, kind)
    if (!terms?.active) return
    await followVisits(ctx)
    const owed = await inTx(db, async (tx) => {
      const at = clock.now()
      const due = dueBy(terms, night)
      const begun = await sql.beginNight(tx, {
        kind,
        night,
        termsId: terms.id,
        at,
        due: await sql.countDue(tx, due),
      })
      return begun && sql.owePresents(tx, due, { nightId: begun.id, at, most: terms.mostANight })
    })
    log.info({ trigger: kind, night, owed }, 'a trigger ran')
  }

  const noticeOf = (open: sql.OpenPresent, coupon: HeldCoupon): Notice => ({
    memberId: open.memberId,
    kind: `present.${open.kind}`,
    ref: refOf(open),
    at: clock.now(),
    fields: { coupon: coupon.label, day: lastDayWords(coupon.expiresAt) },
    pageId: null,
  })
  async function give(open: sql.OpenPresent): Promise<void> {
    const { memberId, templateId, nightId } = open
    const outcome = await coupons.reward({ memberId, templateId, key: keyOf(nightId) }).then(
      (couponId) => ({ couponId, refusal: null }),
      (error: unknown) => {
        if (error instanceof Problem && error.code !== overloaded.code)
          return { couponId: null, refusal: error.code }
        throw error
      },
    )
    const [coupon] = outcome.couponId === null ? [] : await coupons.held([outcome.couponId])
    await inTx(db, async (tx) => {
      const settled = await sql.settlePresent(tx, open, { at: clock.now(), ...outcome })
      if (settled && coupon) await messages.tell(tx, [noticeOf(open, coupon)])
    })
  }

  return {
    /** The sweep of the night: each trigger once, then what is to be given. */
    async run(): Promise<void> {
      const now = clock.now()
      if (timeOfDay(now) >= NOT_BEFORE) for (const kind of TRIGGER_KINDS) await begin(kind, businessDay(now))
      await inRounds(async () => {
        const open = await sql.listOpen(db, GIVE_AT_ONCE)
        await someAtATime(open, 8, give)
        return open.length === GIVE_AT_ONCE
      })
    },

    /** Whom these terms would reach tonight, by what is known now. */
    async preview(terms: NewTriggerTerms): Promise<{ due: number; tonight: number }> {
      await followVisits(ctx)
      const due = await sql.countDue(db, dueBy(terms, businessDay(clock.now())))
      return { due, tonight: Math.min(due, terms.mostANight) }
    },

    async list(
      kind: TriggerKind,
      { cursor, limit = 20 }: { cursor?: string; limit?: number },
    ): Promise<Nights> {
      const before = cursor === undefined ? null : readCursor(cursor, cursorInvalid)
      const rows = await sql.listNights(db, kind, { before, limit: limit + 1 })
      const page = rows.slice(0, limit)
      const became = await coupons.becameOf(page.map(({ id }) => keyOf(id)))
      return {
        items: page.map(({ id, at, ...row }) => ({
          ...row,
          id: String(id),
          at: at.toISOString(),
          used: became.get(keyOf(id))?.used ?? 0,
          costFen: became.get(keyOf(id))?.costFen ?? 0,
        })),
        nextCursor: rows.length > limit ? cursorAfter(page) : null,
      }
    },
  }
}
export type NightlyTriggers = ReturnType<typeof createNights>
