import { Type } from 'typebox'
import {
  Cursor,
  Day,
  Fen,
  Instant,
  InstantInput,
  Limit,
  Line,
  Maybe,
  OneOf,
  Page,
  PageNo,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** `ENDED`: the days of its last round are over; `STOPPED`: by head office or by its own rules, before. What was given stays given. */
export const DROP_STATES = ['DRAFT', 'LIVE', 'PAUSED', 'ENDED', 'STOPPED'] as const
export const DROP_SCHEDULES = ['once', 'daily'] as const
/** Why somebody of the audience is in neither arm. In this order; the first that holds counts. */
export const LEFT_OUT = ['blocked', 'no_consent', 'capped', 'recent', 'full'] as const
export const DROP_STOPS = ['by_staff', 'budget', 'opt_outs', 'coupon_over'] as const
export const VERDICTS = ['useful', 'harmful', 'no_evidence', 'few', 'waiting'] as const

const terms = {
  name: Line(40),
  audienceId: Uuid,
  /** A template of the way `reward`. */
  templateId: Uuid,
  /** What is said before the coupon's name, to whoever gets it. */
  words: Line(40),
  schedule: OneOf(DROP_SCHEDULES),
  /** When it runs (`once`), or from when on, every day at that time of day. */
  startsAt: InstantInput,
  /** The last day of `daily`, that day included. */
  lastDay: Maybe(Day),
  /** Of those who could be sent it, so many are held back by lot, in basis points. None is not offered: nobody would know what it did. */
  holdoutBp: Type.Integer({ minimum: 500, maximum: 5000 }),
  /** So long after their round members are watched. */
  windowDays: Type.Integer({ minimum: 1, maximum: 60 }),
  /** Of `daily`: who had it is left in peace for so many days. Null: for ever. */
  againAfterDays: Maybe(Type.Integer({ minimum: 7, maximum: 365 })),
  /** Whoever got so many marketing messages within thirty days gets no more. */
  mostMessages: Type.Integer({ minimum: 1, maximum: 12 }),
  mostMembers: Type.Integer({ minimum: 60, maximum: 1_000_000 }),
  /** It stops once what its coupons took off comes to so much. */
  budgetFen: Maybe(Type.Integer({ minimum: 100, maximum: 9_000_000_000 })),
  /** It stops once so many of those who were told, in basis points and fifty of them at least, have withdrawn their consent since. */
  mostOptOutBp: Type.Integer({ minimum: 10, maximum: 10_000 }),
}
const Terms = Strict(terms)

const Arm = Type.Object({
  members: Type.Integer(),
  bought: Type.Integer(),
  keptFen: Fen,
})
const Between = Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() })
const Result = Type.Object({
  send: Arm,
  hold: Arm,
  /** Shares of one, sent less held, with 95 % intervals; null where an arm has too few. */
  share: Maybe(Between),
  /** Fen paid and kept by a member on average, sent less held. */
  kept: Maybe(Between),
  verdict: OneOf(VERDICTS),
  extraBuyers: Type.Integer(),
  used: Type.Integer(),
  costFen: Fen,
  /** When the days that were announced are over and the verdict is given. */
  readyAt: Maybe(Instant),
  asOf: Instant,
})
const LeftOut = Type.Array(Type.Object({ reason: OneOf(LEFT_OUT), members: Type.Integer() }))
export const Drop = Type.Object({
  id: Uuid,
  ...terms,
  startsAt: Instant,
  audience: Type.String(),
  coupon: Type.String(),
  state: OneOf(DROP_STATES),
  version: Type.Integer(),
  stop: Maybe(OneOf(DROP_STOPS)),
  createdAt: Instant,
  by: Type.String(),
})
const DropRound = Type.Object({
  id: Uuid,
  at: Instant,
  found: Type.Integer({ description: 'members of the audience then' }),
  leftOut: LeftOut,
  send: Type.Integer(),
  hold: Type.Integer(),
  /** Of those to be sent it: still to be given, given, and whose coupon was not to be had any more. */
  waiting: Type.Integer(),
  given: Type.Integer(),
  refused: Type.Integer(),
})
const ByDrop = Strict({ dropId: Uuid })
const Changed = Strict({ version: Type.Integer({ minimum: 1 }) })

export const consoleDropRoutes = defineRoutes({
  'GET /console/v1/drops': {
    summary: 'Targeted drops, newest first, each with what it did so far',
    access: 'console',
    permission: 'drops.read',
    query: Strict({ state: Type.Optional(OneOf(DROP_STATES)), page: PageNo, limit: Limit }),
    ok: TablePage(Type.Object({ drop: Drop, result: Result })),
    errors: [],
  },
  'GET /console/v1/drops/:dropId': {
    summary: 'A drop: its terms, its rounds and what it did',
    access: 'console',
    permission: 'drops.read',
    params: ByDrop,
    ok: Type.Object({ drop: Drop, result: Result, rounds: Type.Array(DropRound) }),
    errors: ['drops.missing'],
  },
  'GET /console/v1/drops/:dropId/members': {
    summary: 'Who was sent it and who was held back, the last first',
    access: 'console',
    permission: 'drops.read',
    params: ByDrop,
    query: Strict({ arm: Type.Optional(OneOf(['send', 'hold'] as const)), cursor: Cursor, limit: Limit }),
    ok: Page(
      Type.Object({
        memberId: Uuid,
        nickname: Type.String(),
        phoneTail: Maybe(Type.String()),
        arm: OneOf(['send', 'hold'] as const),
        at: Instant,
        given: Type.Boolean(),
        refusal: Maybe(Type.String()),
        bought: Type.Boolean(),
        keptFen: Fen,
      }),
    ),
    errors: ['drops.missing', 'drops.cursor_invalid'],
  },
  'POST /console/v1/drops': {
    summary: 'A draft; nobody gets anything',
    access: 'console',
    permission: 'drops.write',
    body: Terms,
    ok: Drop,
    status: 201,
    errors: ['drops.terms_unsound', 'drops.coupon_missing', 'audiences.missing'],
  },
  'POST /console/v1/drops/:dropId/terms': {
    summary: 'Other terms of a draft; what runs is never edited',
    access: 'console',
    permission: 'drops.write',
    params: ByDrop,
    body: Strict({ ...terms, version: Type.Integer({ minimum: 1 }) }),
    ok: Drop,
    errors: [
      'drops.missing',
      'drops.not_draft',
      'drops.changed_since',
      'drops.terms_unsound',
      'drops.coupon_missing',
      'audiences.missing',
    ],
  },
  'POST /console/v1/drop-trials': {
    summary: 'Dry run: whom these terms would reach now, and what so many can show; writes nothing',
    access: 'console',
    permission: 'drops.read',
    body: Terms,
    ok: Type.Object({
      found: Type.Integer(),
      leftOut: LeftOut,
      send: Type.Integer(),
      hold: Type.Integer(),
      /** Share of the audience who bought within as many days before now. */
      baseShare: Maybe(Type.Number()),
      /** The smallest difference of shares that would be seen in four of five cases. Null: too few, or nothing to go by. */
      detectable: Maybe(Type.Number()),
      asOf: Instant,
    }),
    errors: ['drops.terms_unsound', 'drops.coupon_missing', 'audiences.missing'],
  },
  'POST /console/v1/drops/:dropId/start': {
    summary: 'From now on it runs by its schedule',
    access: 'console',
    permission: 'drops.write',
    params: ByDrop,
    body: Changed,
    ok: Drop,
    errors: [
      'drops.missing',
      'drops.wrong_state',
      'drops.changed_since',
      'drops.terms_unsound',
      'drops.coupon_missing',
      'audiences.missing',
    ],
  },
  'POST /console/v1/drops/:dropId/pause': {
    summary: 'No round begins and nothing is given while it is paused',
    access: 'console',
    permission: 'drops.write',
    params: ByDrop,
    body: Changed,
    ok: Drop,
    errors: ['drops.missing', 'drops.wrong_state', 'drops.changed_since'],
  },
  'POST /console/v1/drops/:dropId/resume': {
    summary: 'It goes on where it was',
    access: 'console',
    permission: 'drops.write',
    params: ByDrop,
    body: Changed,
    ok: Drop,
    errors: ['drops.missing', 'drops.wrong_state', 'drops.changed_since'],
  },
  'POST /console/v1/drops/:dropId/stop': {
    summary: 'It ends now; what was given stays given',
    access: 'console',
    permission: 'drops.write',
    params: ByDrop,
    body: Strict({ version: Type.Integer({ minimum: 1 }), reason: Text(200, 2) }),
    ok: Drop,
    errors: ['drops.missing', 'drops.wrong_state', 'drops.changed_since'],
  },
  'POST /console/v1/drops/:dropId/deletion': {
    summary: 'A draft that is not wanted goes',
    access: 'console',
    permission: 'drops.write',
    params: ByDrop,
    body: Changed,
    ok: Type.Object({ deleted: Type.Boolean() }),
    errors: ['drops.missing', 'drops.not_draft', 'drops.changed_since'],
  },
})
