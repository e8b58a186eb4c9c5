import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { Bargain } from './states.ts'

/** A bargain as the order desk moves it. */
export interface DeskRally extends Bargain {
  rallyId: string
  campaignId: string
  storeId: string
  skuId: string
  memberId: string
  orderId: string | null
}
export interface RallyStep {
  rallyId: string
  verb: 'order' | 'return' | 'expire'
  orderId: string
  by: string
  at: Date
}
/** Statements that the order desk sends within its own transaction (pipelined client), and only for orders of bargains. */
export interface RalliesDesk {
  /** Bargains that exist, locked in the one order everybody uses: after the goods of campaigns. */
  lock(client: pg.ClientBase, rallyIds: readonly string[]): Promise<DeskRally[]>
  set(client: pg.ClientBase, rallies: readonly DeskRally[]): Promise<unknown>
  insertEvents(client: pg.ClientBase, steps: readonly RallyStep[]): Promise<unknown>
}

const LOCK = `select r.* from unnest($1::uuid[]) k(id) cross join lateral (
  select id as "rallyId", campaign_id as "campaignId", store_id as "storeId", sku_id as "skuId", member_id as "memberId", state, helps, deadline,
    held_until as "heldUntil", order_id as "orderId"
  from rally p where p.id = k.id and p.kind = 'bargain' for update) r`
const SET = `update rally r set state = x.state, order_id = x.order_id
  from unnest($1::uuid[], $2::text[], $3::uuid[]) x(id, state, order_id) where r.id = x.id`
const INSERT_EVENTS = `insert into rally_event (rally_id, verb, order_id, by, at)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[])`

export const ralliesDesk: RalliesDesk = {
  async lock(client, wanted) {
    const ids = [...new Set(wanted)].sort()
    const { rows } = await client.query<DeskRally>({
      name: 'rallies-lock',
      text: LOCK,
      values: [arrayOf(ids, (id) => id)],
    })
    return rows
  },
  set: (client, rallies) =>
    client.query({
      name: 'rallies-set',
      text: SET,
      values: [
        arrayOf(rallies, ({ rallyId }) => rallyId),
        arrayOf(rallies, ({ state }) => state),
        arrayOf(rallies, ({ orderId }) => orderId),
      ],
    }),
  insertEvents: (client, steps) =>
    client.query({
      name: 'rallies-insert-events',
      text: INSERT_EVENTS,
      values: [
        arrayOf(steps, ({ rallyId }) => rallyId),
        arrayOf(steps, ({ verb }) => verb),
        arrayOf(steps, ({ orderId }) => orderId),
        arrayOf(steps, ({ by }) => by),
        arrayOf(steps, ({ at }) => at),
      ],
    }),
}
