import { Type } from 'typebox'
import {
  ClaimKey,
  COUPON_KINDS,
  COUPON_STATES,
  CouponTemplate,
  CouponTemplateInput,
  TEMPLATE_STATES,
} from './coupons.ts'
import { MemberAtDesk } from './members.ts'
import {
  Day,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { FUNDINGS } from './pricing.ts'
import { defineRoutes } from './route.ts'

/** A coupon as head office sees it in somebody's hands. */
export const GrantedCoupon = Type.Object({
  id: Uuid,
  templateId: Uuid,
  label: Type.String(),
  member: MemberAtDesk,
  state: OneOf(COUPON_STATES),
  grantedAt: Instant,
  expiresAt: Instant,
  orderId: Maybe(Uuid),
})
/** Where coupons are used: an order; a till that tells us; a store where staff tell us. */
export const COUPON_USE_SOURCES = ['online', 'till', 'staff'] as const
const UsesAsked = {
  from: Day,
  to: Day,
  storeId: Type.Optional(StoreId),
  templateId: Type.Optional(Uuid),
}
const Used = {
  storeId: StoreId,
  source: OneOf(COUPON_USE_SOURCES),
  templateId: Uuid,
  label: Type.String(),
  funding: OneOf(FUNDINGS),
  offFen: Fen,
  /** Of that, what belongs to pieces that went back since: nobody bears it. */
  backFen: Fen,
}
export const COUPON_VERBS = ['grant', 'lock', 'use', 'give_back', 'expire', 'void'] as const
const CouponEvent = Type.Object({
  round: Type.Integer(),
  verb: OneOf(COUPON_VERBS),
  to: OneOf(COUPON_STATES),
  orderId: Maybe(Uuid),
  expiresAt: Instant,
  /** Why it was withdrawn. */
  reason: Maybe(Type.String()),
  by: Type.String(),
  at: Instant,
})

/** `phone_again`: another account with the same phone had as many as one may have; `codes_guessed`: too many codes that do not exist. */
export const ALARM_KINDS = ['phone_again', 'codes_guessed'] as const
export const CouponAlarm = Type.Object({
  kind: OneOf(ALARM_KINDS),
  member: MemberAtDesk,
  templateId: Maybe(Uuid),
  label: Maybe(Type.String()),
  day: Day,
  /** That day. */
  times: Type.Integer(),
  lastAt: Instant,
})
/** Codes that are made together: the batch is whole when `made` is `count`. */
const CodeBatch = Type.Object({
  id: Uuid,
  templateId: Uuid,
  count: Type.Integer(),
  made: Type.Integer(),
  used: Type.Integer(),
  createdAt: Instant,
  createdBy: Type.String(),
})
const ByTemplate = Strict({ templateId: Uuid })
const CouponIds = Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true })
export const consoleCouponRoutes = defineRoutes({
  'GET /console/v1/coupon-templates': {
    summary: 'Coupon templates that touch my stores, newest first',
    access: 'console',
    permission: 'coupons.read',
    query: Strict({
      state: Type.Optional(OneOf(TEMPLATE_STATES)),
      kind: Type.Optional(OneOf(COUPON_KINDS)),
      storeId: Type.Optional(StoreId),
      /** A part of the name. */
      q: Type.Optional(Text(20)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(CouponTemplate).properties,
      /** Templates by state under the other filters. */
      counts: Type.Object({ open: Type.Integer(), over: Type.Integer() }),
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/coupon-templates/:templateId': {
    summary: 'One template',
    access: 'console',
    permission: 'coupons.read',
    params: ByTemplate,
    ok: CouponTemplate,
    errors: ['coupons.template_missing'],
  },
  'GET /console/v1/coupon-templates/:templateId/coupons': {
    summary: 'The coupons of a template and whose they are, last granted first',
    access: 'console',
    permission: 'members.read',
    params: ByTemplate,
    query: Strict({
      state: Type.Optional(OneOf(COUPON_STATES)),
      /** Of members found by this: the last four digits of a phone, or a part of a name. */
      q: Type.Optional(Line(40)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(GrantedCoupon),
    errors: ['coupons.template_missing'],
  },
  'GET /console/v1/coupons/:couponId': {
    summary: 'One coupon and what became of it, step by step',
    access: 'console',
    permission: 'members.read',
    params: Strict({ couponId: Uuid }),
    ok: Type.Object({ ...GrantedCoupon.properties, events: Type.Array(CouponEvent) }),
    errors: ['coupons.missing'],
  },
  'POST /console/v1/coupon-templates': {
    summary: 'Make a coupon template: it can be ended, never edited',
    access: 'console',
    permission: 'coupons.write',
    body: CouponTemplateInput,
    ok: CouponTemplate,
    status: 201,
    errors: [
      'coupons.template_unsound',
      'coupons.word_taken',
      'stores.missing',
      'catalog.sku_missing',
      'catalog.category_missing',
      'staff.out_of_scope',
    ],
  },
  'POST /console/v1/coupon-templates/:templateId/ending': {
    summary: 'Grant no more of it; what members hold stays theirs',
    access: 'console',
    permission: 'coupons.write',
    params: ByTemplate,
    ok: CouponTemplate,
    errors: ['coupons.template_missing', 'coupons.template_over', 'staff.out_of_scope'],
  },
  'POST /console/v1/coupon-templates/:templateId/grants': {
    summary:
      'Grant one coupon to each of these members. Safe to repeat with the same key: nobody gets a second one',
    access: 'console',
    permission: 'coupons.write',
    params: ByTemplate,
    body: Strict({
      idempotencyKey: ClaimKey,
      memberIds: Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true }),
    }),
    ok: Type.Object({
      /** Who has one under this key, and which. */
      granted: Type.Array(Type.Object({ memberId: Uuid, couponId: Uuid })),
      /** Members who have as many as one may have. */
      full: Type.Array(Uuid),
    }),
    status: 201,
    errors: [
      'coupons.template_missing',
      'coupons.template_over',
      'coupons.granted_out',
      'coupons.member_missing',
      'staff.out_of_scope',
    ],
  },
  'GET /console/v1/coupon-templates/:templateId/code-batches': {
    summary: 'Batches of codes of a template, newest first: how many are made, and how many used',
    access: 'console',
    permission: 'coupons.read',
    params: ByTemplate,
    ok: Type.Object({ items: Type.Array(CodeBatch) }),
    errors: ['coupons.template_missing'],
  },
  'POST /console/v1/coupon-templates/:templateId/code-batches': {
    summary:
      'Have codes made, each worth one coupon, once. They are made bit by bit; the same key again makes no more',
    access: 'console',
    permission: 'coupons.write',
    params: ByTemplate,
    body: Strict({ idempotencyKey: ClaimKey, count: Type.Integer({ minimum: 1, maximum: 50_000 }) }),
    ok: CodeBatch,
    status: 202,
    errors: [
      'coupons.template_missing',
      'coupons.template_over',
      'coupons.template_without_codes',
      'coupons.granted_out',
      'staff.out_of_scope',
    ],
  },
  'POST /console/v1/coupon-code-batches/:batchId/reveals': {
    summary:
      'Codes of a batch in clear, for the printer, from a number on. Who reads them stands in the audit trail',
    access: 'console',
    permission: 'coupons.write',
    params: Strict({ batchId: Uuid }),
    body: Strict({ after: Type.Integer({ minimum: 0, maximum: 100_000 }) }),
    ok: Type.Object({
      items: Type.Array(Type.Object({ n: Type.Integer(), code: Type.String(), usedAt: Maybe(Instant) })),
      /** Ask again from here; null: that was all. */
      next: Maybe(Type.Integer()),
    }),
    errors: ['coupons.batch_missing', 'staff.out_of_scope'],
  },
  'GET /console/v1/coupon-uses': {
    summary:
      'What used coupons took off online and over the counter, by business day, store, coupon and who bears it, the last day first; 92 days at most',
    access: 'console',
    permission: 'coupons.read',
    query: Strict(UsesAsked),
    ok: Type.Object({
      rows: Type.Array(
        Type.Object({
          day: Day,
          ...Used,
          /** Coupons that were used that day. */
          count: Type.Integer(),
        }),
      ),
    }),
    errors: ['staff.out_of_scope', 'request.invalid'],
  },
  'GET /console/v1/coupon-uses/purchases': {
    summary: 'The same use by use, with the number of the order or receipt, the last first; 92 days at most',
    access: 'console',
    permission: 'coupons.read',
    query: Strict({ ...UsesAsked, page: PageNo, limit: Limit }),
    ok: TablePage(Type.Object({ at: Instant, purchaseNo: Type.String(), ...Used })),
    errors: ['staff.out_of_scope', 'request.invalid'],
  },
  'GET /console/v1/coupon-alarms': {
    summary:
      'Who was kept from a coupon that another account with the same phone had, and who guesses codes; the latest 100',
    access: 'console',
    permission: 'members.read',
    ok: Type.Object({ items: Type.Array(CouponAlarm) }),
    errors: [],
  },
  'POST /console/v1/coupon-withdrawals': {
    summary:
      'Take coupons away that nobody has used; what an order has meanwhile stays, and the answer says so',
    access: 'console',
    permission: 'coupons.write',
    body: Strict({ couponIds: CouponIds, reason: Line(60) }),
    ok: Type.Object({
      withdrawn: Type.Array(Uuid),
      kept: Type.Array(Type.Object({ couponId: Uuid, state: OneOf(COUPON_STATES) })),
    }),
    errors: ['coupons.missing', 'staff.out_of_scope'],
  },
})
