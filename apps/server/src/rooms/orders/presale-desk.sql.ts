import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { Deal } from '#room/campaigns'

/** What the desk keeps of an order whose goods are yet to come. */
export interface DeskPresale extends Deal {
  orderId: string
  campaignId: string
  storeId: string
  skuId: string
  arrivalId: string | null
  arrivedAt: Date | null
  owedFen: number
}

// Sent only for orders of presales; their own rows are locked already.
const READ_PRESALES = `select p.* from unnest($1::uuid[]) k(order_id) cross join lateral (
  select order_id as "orderId", campaign_id as "campaignId", store_id as "storeId", sku_id as "skuId", called, cutoff, balance_from as "balanceFrom",
    balance_until as "balanceUntil", pickup_from as "pickupFrom", promised_by as "promisedBy", arrival_id as "arrivalId", arrived_at as "arrivedAt",
    owed_fen as "owedFen"
  from order_presale q where q.order_id = k.order_id offset 0) p`
const INSERT_PRESALES = `insert into order_presale (order_id, campaign_id, store_id, sku_id, called, cutoff, balance_from, balance_until, pickup_from, promised_by)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
    $9::timestamptz[], $10::timestamptz[])`
const MOVE_PRESALES = `update order_presale p set arrival_id = x.arrival, arrived_at = x.at, owed_fen = x.owed
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bigint[]) x(order_id, arrival, at, owed) where p.order_id = x.order_id`

export async function readPresales(
  client: pg.ClientBase,
  orderIds: readonly string[],
): Promise<DeskPresale[]> {
  const { rows } = await client.query<DeskPresale>({
    name: 'orders-read-presales',
    text: READ_PRESALES,
    values: [arrayOf(orderIds, (id) => id)],
  })
  return rows
}

export const insertPresales = (client: pg.ClientBase, rows: readonly DeskPresale[]): Promise<unknown> =>
  client.query({
    name: 'orders-insert-presales',
    text: INSERT_PRESALES,
    values: [
      arrayOf(rows, (row) => row.orderId),
      arrayOf(rows, (row) => row.campaignId),
      arrayOf(rows, (row) => row.storeId),
      arrayOf(rows, (row) => row.skuId),
      arrayOf(rows, (row) => row.called),
      arrayOf(rows, (row) => row.cutoff),
      arrayOf(rows, (row) => row.balanceFrom),
      arrayOf(rows, (row) => row.balanceUntil),
      arrayOf(rows, (row) => row.pickupFrom),
      arrayOf(rows, (row) => row.promisedBy),
    ],
  })

export const movePresales = (client: pg.ClientBase, rows: readonly DeskPresale[]): Promise<unknown> =>
  client.query({
    name: 'orders-move-presales',
    text: MOVE_PRESALES,
    values: [
      arrayOf(rows, (row) => row.orderId),
      arrayOf(rows, (row) => row.arrivalId),
      arrayOf(rows, (row) => row.arrivedAt),
      arrayOf(rows, (row) => row.owedFen),
    ],
  })
