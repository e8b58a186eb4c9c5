import { cartRoutes } from '@linli/contract/carts'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import { clearLines, readCart, setLine, type Shelf } from './carts.ts'

export function mountCarts(http: Http, ctx: Ctx, shelf: Shelf): void {
  mount(http, cartRoutes, {
    'GET /v1/cart': ({ actor, query }) => readCart(ctx, shelf, actor.memberId, query.storeId),
    'PUT /v1/cart/lines/:skuId': ({ actor, params, body }) =>
      setLine(ctx, shelf, actor.memberId, { ...body, skuId: params.skuId }),
    'POST /v1/cart/clearance': ({ actor, body }) =>
      clearLines(ctx, shelf, actor.memberId, body.storeId, body.skuIds),
  })
}
