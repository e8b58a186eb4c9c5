import { consoleCouponRoutes } from '@linli/contract/console-coupons'
import { couponRoutes, type CouponTemplate } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { type Http, mount } from '#kernel/http'
import type { Alarms } from './alarms.ts'
import type { Claiming } from './claiming.ts'
import type { Codes } from './codes.ts'
import type { BatchRow } from './codes.sql.ts'
import type { GrantedCoupons } from './granted.ts'
import type { CountedTemplate, Templates } from './templates.ts'
import type { Uses } from './uses.ts'
import type { Wallet } from './wallet.ts'

function shown(row: CountedTemplate): Static<typeof CouponTemplate> {
  const { grantedDay, grantedToday, ...rest } = row
  return {
    ...rest,
    opensAt: row.opensAt?.toISOString() ?? null,
    closesAt: row.closesAt?.toISOString() ?? null,
    lastGranted: grantedDay === null ? null : { day: grantedDay, count: grantedToday },
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

export function mountCoupons(
  http: Http,
  { wallet, claiming, codes }: { wallet: Wallet; claiming: Claiming; codes: Codes },
): void {
  mount(http, couponRoutes, {
    'GET /v1/coupons': ({ actor, query }) => wallet.list(actor.memberId, query),
    'GET /v1/coupons/:couponId': ({ actor, params }) => wallet.one(actor.memberId, params.couponId),
    'GET /v1/coupon-offers': async ({ actor, query }) => ({
      items: await claiming.offers(actor, query.storeId),
    }),
    'POST /v1/coupon-offers/:templateId/claims': ({ actor, params, body }) =>
      claiming.claim(actor, params.templateId, body.idempotencyKey),
    'POST /v1/coupon-offers/:templateId/purchases': ({ actor, params, body }) =>
      claiming.buy(actor, params.templateId, body.idempotencyKey),
    'POST /v1/coupon-codes': ({ actor, body }) => codes.say(actor, body),
  })
}

const shownBatch = (row: BatchRow) => ({ ...row, createdAt: row.createdAt.toISOString() })

interface Desk {
  templates: Templates
  granted: GrantedCoupons
  codes: Codes
  alarms: Alarms
  uses: Uses
}
export function mountConsole(http: Http, { templates, granted, codes, alarms, uses }: Desk): void {
  mount(http, consoleCouponRoutes, {
    'GET /console/v1/coupon-templates': async ({ actor, query }) => {
      const { items, total, counts } = await templates.list(actor, query)
      return { items: items.map(shown), total, counts }
    },
    'GET /console/v1/coupon-templates/:templateId': async ({ actor, params }) =>
      shown(await templates.find(actor, params.templateId)),
    'GET /console/v1/coupon-templates/:templateId/coupons': async ({ actor, params, query }) => {
      const { id } = await templates.find(actor, params.templateId)
      return granted.list(id, query)
    },
    'GET /console/v1/coupons/:couponId': ({ actor, params }) => granted.show(actor, params.couponId),
    'POST /console/v1/coupon-templates': async ({ actor, requestId, body }) =>
      shown(await templates.add({ actor, requestId }, body)),
    'POST /console/v1/coupon-templates/:templateId/ending': async ({ actor, requestId, params }) =>
      shown(await templates.end({ actor, requestId }, params.templateId)),
    'POST /console/v1/coupon-templates/:templateId/grants': ({ actor, requestId, params, body }) =>
      templates.grant({ actor, requestId }, params.templateId, body),
    'GET /console/v1/coupon-templates/:templateId/code-batches': async ({ actor, params }) => ({
      items: (await codes.batches(actor, params.templateId)).map(shownBatch),
    }),
    'POST /console/v1/coupon-templates/:templateId/code-batches': async ({
      actor,
      requestId,
      params,
      body,
    }) => shownBatch(await codes.order({ actor, requestId }, params.templateId, body)),
    'POST /console/v1/coupon-code-batches/:batchId/reveals': ({ actor, requestId, params, body }) =>
      codes.reveal({ actor, requestId }, params.batchId, body.after),
    'GET /console/v1/coupon-uses': ({ actor, query }) => uses.list(actor, query),
    'GET /console/v1/coupon-uses/purchases': ({ actor, query }) => uses.singles(actor, query),
    'GET /console/v1/coupon-alarms': async () => ({ items: await alarms() }),
    'POST /console/v1/coupon-withdrawals': ({ actor, requestId, body }) =>
      granted.withdraw({ actor, requestId }, body),
  })
}
