import { Type } from 'typebox'
import { Cursor, Fen, Instant, Limit, Maybe, OneOf, Page, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/**
 * First steps that are worth something: a phone that becomes known, a birthday that is said, a first order that was paid and collected, a first message
 * that WeChat took for its reader.
 */
export const TASK_KINDS = ['phone', 'birthday', 'first_order', 'wechat'] as const
/** `WAITING`: done, and given as soon as a phone is known; `REVERSED`: the first order was refunded whole. */
export const TASK_STATES = ['TODO', 'WAITING', 'DUE', 'GIVEN', 'REFUSED', 'REVERSED'] as const
export const TRIGGER_KINDS = ['birthday', 'dormant'] as const

const Day = Type.String({ description: 'business day' })
export const rewardRoutes = defineRoutes({
  'GET /v1/rewards': {
    summary:
      'What signing in and first steps are worth to me, and how far I am; empty where the chain has none',
    access: 'member',
    ok: Type.Object({
      signIn: Maybe(
        Type.Object({
          today: Day,
          signed: Type.Boolean(),
          /** Days in a row up to the last one that counts; 0 after a day that was missed. */
          streak: Type.Integer(),
          /** Points of each day of the cycle, and which of them today is, from 0. */
          cycle: Type.Array(Type.Integer()),
          place: Type.Integer(),
        }),
      ),
      /** First steps that are open to me or were rewarded; what I had done before they were offered is left out. */
      tasks: Type.Array(
        Type.Object({
          kind: OneOf(TASK_KINDS),
          state: OneOf(TASK_STATES),
          points: Type.Integer(),
          /** What the coupon is called that it brings instead. */
          coupon: Maybe(Type.String()),
        }),
      ),
    }),
    errors: [],
  },
  'POST /v1/sign-ins': {
    summary: 'Sign in for today: once a business day, whoever taps how often; the same answer again',
    access: 'member',
    ok: Type.Object({
      day: Day,
      streak: Type.Integer(),
      points: Type.Integer(),
      fresh: Type.Boolean({ description: 'false: it was signed before' }),
    }),
    errors: ['rewards.off'],
  },
})

/** Points, or a coupon of a template of the way `reward`. */
const worth = {
  points: Type.Integer({ minimum: 0, maximum: 10_000 }),
  templateId: Maybe(Uuid),
}
const terms = {
  /** False: from then on nobody signs in, and no step is rewarded. */
  active: Type.Boolean(),
  /** Points of each day of a cycle; after the last the first comes again. None: members do not sign in. */
  signInPoints: Type.Array(Type.Integer({ minimum: 0, maximum: 1000 }), { maxItems: 31 }),
  tasks: Type.Array(Strict({ kind: OneOf(TASK_KINDS), ...worth }), { maxItems: TASK_KINDS.length }),
}
export const RewardTerms = Type.Object({ id: Type.String(), ...terms, since: Instant, by: Type.String() })

const trigger = {
  kind: OneOf(TRIGGER_KINDS),
  active: Type.Boolean(),
  /**
   * Of `dormant`: so many days without a purchase, growing, each with its coupon. Of `birthday`: one, so many days before; null: on the first day of its
   * month.
   */
  marks: Type.Array(Strict({ days: Maybe(Type.Integer({ minimum: 0, maximum: 730 })), templateId: Uuid }), {
    minItems: 1,
    maxItems: 5,
  }),
  mostANight: Type.Integer({ minimum: 1, maximum: 20_000 }),
}
export const TriggerTerms = Type.Object({ id: Type.String(), ...trigger, since: Instant, by: Type.String() })
export const TriggerNight = Type.Object({
  id: Type.String(),
  kind: OneOf(TRIGGER_KINDS),
  night: Day,
  at: Instant,
  due: Type.Integer({ description: 'members there were to give to, those over the limit too' }),
  /** Members who got a coupon; some of them were told. */
  reached: Type.Integer(),
  told: Type.Integer({ description: 'in their inbox; the others did not agree to reminders' }),
  refused: Type.Integer({ description: 'their coupon was not to be had any more' }),
  waiting: Type.Integer(),
  used: Type.Integer(),
  costFen: Fen,
})

export const consoleRewardRoutes = defineRoutes({
  'GET /console/v1/reward-terms': {
    summary: 'What signing in and first steps are worth, every version, newest first',
    access: 'console',
    permission: 'rewards.read',
    ok: Type.Object({ items: Type.Array(RewardTerms) }),
    errors: [],
  },
  'POST /console/v1/reward-terms': {
    summary: 'Other terms from now on; steps that were taken before are worth what they were then',
    access: 'console',
    permission: 'rewards.write',
    body: Strict(terms),
    ok: RewardTerms,
    status: 201,
    errors: ['rewards.terms_unsound', 'rewards.points_off', 'coupons.offer_missing'],
  },
  'GET /console/v1/reward-figures': {
    summary: 'The last 30 days: who signed in, which steps were rewarded, and how many points it was',
    access: 'console',
    permission: 'rewards.read',
    ok: Type.Object({
      signIn: Type.Object({ today: Type.Integer(), times: Type.Integer(), points: Type.Integer() }),
      tasks: Type.Array(
        Type.Object({
          kind: OneOf(TASK_KINDS),
          given: Type.Integer(),
          waiting: Type.Integer(),
          refused: Type.Integer(),
          reversed: Type.Integer(),
        }),
      ),
      asOf: Instant,
    }),
    errors: [],
  },
  'GET /console/v1/trigger-terms': {
    summary: 'When members are given something unasked, every version of both triggers, newest first',
    access: 'console',
    permission: 'rewards.read',
    ok: Type.Object({ items: Type.Array(TriggerTerms) }),
    errors: [],
  },
  'POST /console/v1/trigger-terms': {
    summary: 'Other terms of a trigger from the next night on',
    access: 'console',
    permission: 'rewards.write',
    body: Strict(trigger),
    ok: TriggerTerms,
    status: 201,
    errors: ['rewards.terms_unsound', 'coupons.offer_missing'],
  },
  'POST /console/v1/trigger-terms/previews': {
    summary: 'Whom these terms would reach tonight; changes nothing',
    access: 'console',
    permission: 'rewards.write',
    body: Strict(trigger),
    ok: Type.Object({
      due: Type.Integer({ description: 'members there are to give to' }),
      tonight: Type.Integer({ description: 'of them, within the limit of a night' }),
    }),
    errors: ['rewards.terms_unsound', 'coupons.offer_missing'],
  },
  'GET /console/v1/trigger-nights': {
    summary: 'What each night of a trigger did and what came of it, newest first',
    access: 'console',
    permission: 'rewards.read',
    query: Strict({ kind: OneOf(TRIGGER_KINDS), cursor: Cursor, limit: Limit }),
    ok: Page(TriggerNight),
    errors: ['rewards.cursor_invalid'],
  },
})
