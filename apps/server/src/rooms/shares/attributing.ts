import type { Ctx } from '#kernel/ctx'
import { follow } from '#kernel/following'
import type { Sweep } from '#kernel/jobs'
import { attribute } from './attributing.sql.ts'

/** Follows placed orders: each is put down to the share that its member opened last. Placing one knows nothing of it. */
export function followOrders(ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>): Sweep {
  const placed = follow(ctx, {
    name: 'shares.orders',
    book: 'order_event',
    cursors: 'share_cursor',
    take: attribute,
  })
  return { name: 'shares.orders', seconds: 5, behind: placed.behind, run: placed.run }
}
