import { consoleRedemptionRoutes, staffRedemptionRoutes } from '@linli/contract/coupon-redemptions'
import { consoleTillRoutes } from '@linli/contract/console-tills'
import { tillShopperRoutes } from '@linli/contract/till-shopper'
import { type Http, mount } from '#kernel/http'
import { listConflicts, showConflict, workOn } from './conflicts.ts'
import { findHolder, quoteAtCounter, redeemAtCounter } from './counter.ts'
import { tillCodeOf } from './day-pack.ts'
import { receiptOf, receiptsOf } from './receipts.ts'
import { listRedemptions, reverseRedemption } from './redemptions.ts'
import type { Room } from './room.ts'

export function mountConsole(http: Http, room: Room): void {
  mount(http, consoleTillRoutes, {
    'GET /console/v1/till-conflicts': ({ actor, query }) => listConflicts(room, actor, query),
    'GET /console/v1/till-conflicts/:conflictId': ({ actor, params }) =>
      showConflict(room, actor, params.conflictId),
    'POST /console/v1/till-conflicts/:conflictId/owner': ({ actor, requestId, params }) =>
      workOn(room, { actor, requestId }, params.conflictId, { verb: 'take' }),
    'DELETE /console/v1/till-conflicts/:conflictId/owner': ({ actor, requestId, params }) =>
      workOn(room, { actor, requestId }, params.conflictId, { verb: 'release' }),
    'POST /console/v1/till-conflicts/:conflictId/resolution': ({ actor, requestId, params, body }) =>
      workOn(room, { actor, requestId }, params.conflictId, { verb: 'resolve', ...body }),
  })
}

export function mountRedemptions(http: Http, room: Room): void {
  mount(http, staffRedemptionRoutes, {
    'POST /staff/v1/coupon-holders': ({ actor, body }) => findHolder(room, actor, body),
    'POST /staff/v1/coupon-redemption-quotes': ({ actor, body }) => quoteAtCounter(room, actor, body),
    'POST /staff/v1/coupon-redemptions': ({ actor, requestId, body }) =>
      redeemAtCounter(room, { actor, requestId }, body),
  })
  mount(http, consoleRedemptionRoutes, {
    'GET /console/v1/coupon-redemptions': ({ actor, query }) => listRedemptions(room, actor, query),
    'POST /console/v1/coupon-redemptions/:redemptionId/reversal': ({ actor, requestId, params, body }) =>
      reverseRedemption(room, { actor, requestId }, { ...params, ...body }),
  })
}

export function mountShopper(http: Http, room: Room): void {
  mount(http, tillShopperRoutes, {
    'GET /v1/coupons/:couponId/till-code': ({ actor, params }) =>
      tillCodeOf(room, actor.memberId, params.couponId),
    'GET /v1/till-receipts': ({ actor, query }) => receiptsOf(room, actor.memberId, query),
    'GET /v1/till-receipts/:receiptId': ({ actor, params }) =>
      receiptOf(room, actor.memberId, params.receiptId),
  })
}
