/**
 * Webhooks: what partners' systems are told of orders, sales and stock, by the Standard Webhooks scheme.
 *
 * Owns webhook_endpoint, webhook_cursor, webhook_message and webhook_try. Promises that each entry of the append-only books is told once to every endpoint
 * that wants it, that what does not arrive is sent again for days under the same id and can be sent again by hand, that nothing goes to an address
 * inside, and that no message names a person. Nobody tells it anything: it reads what the books say, so selling does nothing for it.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { deliverSweeps, forgetSweep } from './delivering.ts'
import { fillSweep } from './filling.ts'
import { mountWebhooks } from './routes.ts'

export interface Webhooks {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export const createWebhooks = (ctx: Ctx, { staff, stores }: { staff: Staff; stores: Stores }): Webhooks => ({
  routes: (http) => mountWebhooks(http, { ctx, staff, stores }),
  sweeps: [fillSweep(ctx), ...deliverSweeps(ctx), forgetSweep(ctx)],
})
