import { until } from './until.ts'
import type { World } from './world.ts'

/** Tells endpoints of everything that stands in the books; what is under way anywhere on this PostgreSQL meanwhile only makes it later. */
export async function tellAll(world: World): Promise<void> {
  const isTold = async (): Promise<boolean> => {
    await world.sweep('webhooks.fill')
    const { rows } = await world.ctx.database.pool.query<{ told: boolean }>(
      `select count(*) = 2 and bool_and(passed >= case book when 'order_event' then (select coalesce(max(id), 0) from order_event)
         else (select coalesce(max(id), 0) from stock_ledger) end) as told from webhook_cursor`,
    )
    return rows[0]?.told === true
  }
  await until(isTold, 'every entry of the books is told of', 30)
  await world.sweep('webhooks.deliver')
}
