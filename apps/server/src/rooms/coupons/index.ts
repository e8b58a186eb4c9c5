/**
 * Coupons: what is promised to whom, and what became of each promise.
 *
 * Owns coupon_template, member_coupon, coupon_event, coupon_code_batch, coupon_code, coupon_guess, coupon_alarm,
 * coupon_welcome, coupon_due, coupon_told and coupon_due_cursor. Promises that a coupon is used once however many orders ask for it at the same moment, that
 * a template is never edited, that nobody is granted more than the template says, and that each step of a coupon leaves an event in the same
 * transaction. Orders take and give back coupons on the order desk, through `desk`; what a coupon takes off is decided by pricing.
 */
import { SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { gather } from '#kernel/gather'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { inRounds } from '#kernel/turns'
import { type CouponRow, expire } from './coupons.sql.ts'
import {
  type CouponsDesk,
  couponsDesk,
  type HeldCoupon,
  type OfOrder,
  type OrderCoupon,
  readOfOrders,
} from './desk.sql.ts'
import { expiringSweep } from './expiring.ts'
import { mountConsole, mountCoupons } from './routes.ts'
import { createAlarms } from './alarms.ts'
import { createClaiming } from './claiming.ts'
import { createCodes } from './codes.ts'
import { createDue } from './due.ts'
import { createGranted } from './granted.ts'
import { createTemplates, type TemplateDeps, type TemplateInput } from './templates.ts'
import { createUses } from './uses.ts'
import { type Became, listLabels, listRewards, sumUnder } from './rewards.sql.ts'
import { lockGranted, withdrawCoupons } from './granted.sql.ts'
import { listTillOffers, type TemplateRow } from './templates.sql.ts'
import { createWallet, type ShownCoupon } from './wallet.ts'

export * from './coupons.ts'
export { type CouponsDesk, couponsDesk, type HeldCoupon } from './desk.sql.ts'
export { couponsUnusable } from './problems.ts'
export { isForTills } from './terms.ts'
export type { CouponRow } from './coupons.sql.ts'
export type { ShownCoupon } from './wallet.ts'

export interface Coupons {
  /** These coupons, if they are this member's and may be used now; refuses with `coupons.unusable`. */
  require(memberId: string, ids: readonly string[]): Promise<HeldCoupon[]>
  /** What this member may use now, soonest to expire first. */
  usable(memberId: string): Promise<CouponRow[]>
  /** A coupon as its holder sees it. */
  shown(coupon: CouponRow): ShownCoupon
  /** These coupons, whoever has them and however they stand. */
  held(ids: readonly string[]): Promise<HeldCoupon[]>
  /** Coupons that a till of this store may accept without asking: fen or a rate off all goods, from a step on. */
  tillOffers(storeId: string): Promise<TemplateRow[]>
  /** The coupons that an order has; and those among `ids`, wherever they are now. */
  ofOrder(orderId: string, ids?: readonly string[]): Promise<OrderCoupon[]>
  /** A coupon of terms that are only thought of, as if somebody held it; refuses terms that are unsound. */
  draft(input: TemplateInput): HeldCoupon
  /** A coupon of a template of the way `reward`, once for each key; refuses like a claim. */
  reward(wanted: { memberId: string; templateId: string; key: string }): Promise<string>
  /** What templates are called, by id, whatever became of them. */
  labels(templateIds: readonly string[]): Promise<Map<string, string>>
  /** What templates are called that may be rewards now, by id; one that may not is not in it. */
  rewards(templateIds: readonly string[]): Promise<Map<string, string>>
  /** Takes these coupons away while nobody has used them, in the caller's transaction; false, and nothing done, while an unpaid purchase has one. */
  takeBack(tx: Tx, ids: readonly string[], reason: string): Promise<boolean>
  /** What became of the coupons that were given under these keys. */
  becameOf(keys: readonly string[]): Promise<Map<string, Became>>
  desk: CouponsDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

const EXPIRE_AT_ONCE = 500

export function createCoupons(ctx: Ctx, deps: TemplateDeps): Coupons {
  const wallet = createWallet(ctx, deps)
  const templates = createTemplates(ctx, deps)
  const claiming = createClaiming(ctx, deps, wallet)
  const due = createDue(ctx, claiming)
  deps.members.connect({ phoneBound: due.phoneBound })
  const uses = createUses(ctx, deps)
  const codes = createCodes(ctx, deps, { templates, claiming })
  const read = gather((asked: readonly OfOrder[]) => readOfOrders(ctx.database.deskPool, asked))
  const expireAll = () =>
    inRounds(async () => {
      const stamp = { at: ctx.clock.now(), by: SYSTEM, limit: EXPIRE_AT_ONCE }
      return (await inTx(ctx.db, (tx) => expire(tx, stamp))) === EXPIRE_AT_ONCE
    })
  return {
    require: wallet.require,
    usable: wallet.usable,
    shown: wallet.shown,
    held: wallet.held,
    tillOffers: (storeId) => listTillOffers(ctx.db, storeId),
    ofOrder: (orderId, ids = []) => read({ orderId, ids }),
    draft: templates.draft,
    reward: (wanted) => claiming.give({ ...wanted, way: 'reward' }),
    rewards: async (ids) =>
      new Map((await listRewards(ctx.db, ids, ctx.clock.now())).map(({ id, label }) => [id, label])),
    labels: async (ids) => new Map((await listLabels(ctx.db, ids)).map(({ id, label }) => [id, label])),
    async takeBack(tx, ids, reason) {
      if ((await lockGranted(tx, ids)).some(({ state }) => state === 'LOCKED')) return false
      await withdrawCoupons(tx, { ids, reason, by: SYSTEM, at: ctx.clock.now() })
      return true
    },
    becameOf: async (keys) => new Map((await sumUnder(ctx.db, keys)).map((each) => [each.key, each])),
    desk: couponsDesk,
    routes(http) {
      mountCoupons(http, { wallet, claiming, codes })
      const [granted, alarms] = [createGranted(ctx, deps), createAlarms(ctx, deps)]
      mountConsole(http, { templates, granted, codes, alarms, uses })
    },
    sweeps: [
      { name: 'coupons.expiry', seconds: 60, run: expireAll },
      expiringSweep(ctx, deps.messages),
      { name: 'coupons.codes', seconds: 2, run: codes.make },
      due.sweep,
      { name: 'coupons.budgets', seconds: 60, run: uses.addUp },
    ],
  }
}
