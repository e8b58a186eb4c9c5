import { consoleCouponRoutes, couponRoutes, type CouponTemplate } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { type Http, mount } from '#kernel/http'
import type { TemplateRow } from './templates.sql.ts'
import type { Templates } from './templates.ts'
import type { Wallet } from './wallet.ts'

const shown = (row: TemplateRow): Static<typeof CouponTemplate> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
})

export function mountCoupons(http: Http, wallet: Wallet): void {
  mount(http, couponRoutes, {
    'GET /v1/coupons': async ({ actor, query }) => ({
      items: await wallet.list(actor.memberId, query.which),
    }),
  })
}

export function mountConsole(http: Http, templates: Templates): void {
  mount(http, consoleCouponRoutes, {
    'GET /console/v1/coupon-templates': async ({ actor, query }) => {
      const { items, total } = await templates.list(actor, query)
      return { items: items.map(shown), total }
    },
    'POST /console/v1/coupon-templates': async ({ actor, requestId, body }) =>
      shown(await templates.add({ actor, requestId }, body)),
    'POST /console/v1/coupon-templates/:templateId/ending': async ({ actor, requestId, params }) =>
      shown(await templates.end({ actor, requestId }, params.templateId)),
    'POST /console/v1/coupon-templates/:templateId/grants': ({ actor, requestId, params, body }) =>
      templates.grant({ actor, requestId }, params.templateId, body),
    'GET /console/v1/coupon-members': async ({ query }) => ({
      items: await templates.findMembers(query.phoneTail),
    }),
  })
}
