/**
 * Carts: what a member has put aside in each store. Owns cart_line.
 *
 * Promises that a cart holds no stock and says so: each line tells whether it can be bought now, and the price is the one checkout will ask.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Shelf } from './carts.ts'
import { mountCarts } from './routes.ts'

export interface Carts {
  routes(http: Http): void
}

export function createCarts(ctx: Ctx, shelf: Shelf): Carts {
  return { routes: (http) => mountCarts(http, ctx, shelf) }
}
