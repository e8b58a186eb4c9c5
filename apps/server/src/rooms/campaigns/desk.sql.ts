import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import { type GroupsDesk, groupsDesk } from './groups.sql.ts'
import {
  type CampaignKey,
  campaignKey,
  type CampaignStock,
  type DeskClaim,
  type DeskFirst,
  type DeskTake,
  takesKey,
} from './claims.ts'

interface TakesOf {
  campaignId: string
  memberId: string
  slots: { slot: number; orderId: string }[]
}
/** Statements that the order desk sends within its own transaction (pipelined client), and only for orders of campaigns. */
export interface CampaignsDesk extends GroupsDesk {
  /** Rows that exist, locked in the one order everybody uses. */
  lockStock(client: pg.ClientBase, keys: readonly CampaignKey[]): Promise<CampaignStock[]>
  readTakes(
    client: pg.ClientBase,
    keys: readonly { campaignId: string; memberId: string }[],
  ): Promise<TakesOf[]>
  /** What these orders have; their own rows are locked already. */
  readClaims(client: pg.ClientBase, orderIds: readonly string[]): Promise<DeskClaim[]>
  setStock(client: pg.ClientBase, rows: readonly CampaignStock[]): Promise<unknown>
  insertTakes(client: pg.ClientBase, takes: readonly DeskTake[]): Promise<unknown>
  freeTakes(client: pg.ClientBase, orderIds: readonly string[]): Promise<unknown>
  readFirsts(client: pg.ClientBase, memberIds: readonly string[]): Promise<DeskFirst[]>
  insertFirsts(client: pg.ClientBase, firsts: readonly DeskFirst[]): Promise<unknown>
  insertClaims(client: pg.ClientBase, claims: readonly DeskClaim[]): Promise<unknown>
  moveClaims(client: pg.ClientBase, claims: readonly DeskClaim[]): Promise<unknown>
}

// LATERAL over the wanted keys, in the order of the array: that is the lock order, and one index probe each.
const LOCK_STOCK = `select s.* from unnest($1::uuid[], $2::text[], $3::uuid[]) k(campaign_id, store_id, sku_id) cross join lateral (
  select campaign_id as "campaignId", store_id as "storeId", sku_id as "skuId", quota, carved, released, taken, lower(during) as "from",
    upper(during) as until, open, paused
  from campaign_stock c where c.campaign_id = k.campaign_id and c.store_id = k.store_id and c.sku_id = k.sku_id for no key update) s`
const READ_TAKES = `select k.campaign_id as "campaignId", k.member_id as "memberId", t.slots
  from unnest($1::uuid[], $2::uuid[]) k(campaign_id, member_id) cross join lateral (
    select coalesce(json_agg(json_build_object('slot', slot, 'orderId', order_id)), '[]') as slots
    from campaign_take c where c.campaign_id = k.campaign_id and c.member_id = k.member_id offset 0) t`
const READ_CLAIMS = `select c.* from unnest($1::uuid[]) k(order_id) cross join lateral (
  select order_id as "orderId", campaign_id as "campaignId", store_id as "storeId", sku_id as "skuId", member_id as "memberId", quantity, state, at,
    rally_id as "rallyId", (select group_id from group_seat s where s.order_id = p.order_id) as "groupId"
  from campaign_claim p where p.order_id = k.order_id offset 0) c`
const SET_STOCK = `update campaign_stock s set carved = x.carved, released = x.released, taken = x.taken
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::int[]) x(campaign_id, store_id, sku_id, carved, released, taken)
  where s.campaign_id = x.campaign_id and s.store_id = x.store_id and s.sku_id = x.sku_id`
const INSERT_TAKES = `insert into campaign_take (campaign_id, member_id, slot, per_member, order_id)
  select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[], $5::uuid[])`
const FREE_TAKES = `with firsts as (delete from campaign_first f using unnest($1::uuid[]) x(order_id) where f.order_id = x.order_id)
  delete from campaign_take t using unnest($1::uuid[]) x(order_id) where t.order_id = x.order_id`
const READ_FIRSTS = `select f.* from unnest($1::uuid[]) k(member_id) cross join lateral (
  select member_id as "memberId", order_id as "orderId" from campaign_first f where f.member_id = k.member_id offset 0) f`
const INSERT_FIRSTS = `insert into campaign_first (member_id, order_id) select * from unnest($1::uuid[], $2::uuid[])`
const INSERT_CLAIMS = `insert into campaign_claim (order_id, campaign_id, store_id, sku_id, member_id, quantity, state, at, rally_id)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::timestamptz[], $9::uuid[])`
const MOVE_CLAIMS = `update campaign_claim c set state = x.state from unnest($1::uuid[], $2::text[]) x(order_id, state) where c.order_id = x.order_id`

const distinct = <T>(rows: readonly T[], keyOf: (row: T) => string): T[] =>
  [...new Map(rows.map((row) => [keyOf(row), row])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)

export const campaignsDesk: CampaignsDesk = {
  ...groupsDesk,
  async lockStock(client, wanted) {
    const keys = distinct(wanted, campaignKey)
    const { rows } = await client.query<CampaignStock>({
      name: 'campaigns-lock-stock',
      text: LOCK_STOCK,
      values: [
        arrayOf(keys, (key) => key.campaignId),
        arrayOf(keys, (key) => key.storeId),
        arrayOf(keys, (key) => key.skuId),
      ],
    })
    return rows
  },
  async readTakes(client, wanted) {
    const keys = distinct(wanted, takesKey)
    const { rows } = await client.query<TakesOf>({
      name: 'campaigns-read-takes',
      text: READ_TAKES,
      values: [arrayOf(keys, (key) => key.campaignId), arrayOf(keys, (key) => key.memberId)],
    })
    return rows
  },
  async readClaims(client, orderIds) {
    const { rows } = await client.query<DeskClaim>({
      name: 'campaigns-read-claims',
      text: READ_CLAIMS,
      values: [arrayOf(orderIds, (id) => id)],
    })
    return rows
  },
  setStock: (client, rows) =>
    client.query({
      name: 'campaigns-set-stock',
      text: SET_STOCK,
      values: [
        arrayOf(rows, (row) => row.campaignId),
        arrayOf(rows, (row) => row.storeId),
        arrayOf(rows, (row) => row.skuId),
        arrayOf(rows, (row) => row.carved),
        arrayOf(rows, (row) => row.released),
        arrayOf(rows, (row) => row.taken),
      ],
    }),
  insertTakes: (client, takes) =>
    client.query({
      name: 'campaigns-insert-takes',
      text: INSERT_TAKES,
      values: [
        arrayOf(takes, (take) => take.campaignId),
        arrayOf(takes, (take) => take.memberId),
        arrayOf(takes, (take) => take.slot),
        arrayOf(takes, (take) => take.perMember),
        arrayOf(takes, (take) => take.orderId),
      ],
    }),
  freeTakes: (client, orderIds) =>
    client.query({
      name: 'campaigns-free-takes',
      text: FREE_TAKES,
      values: [arrayOf(orderIds, (id) => id)],
    }),
  async readFirsts(client, memberIds) {
    const { rows } = await client.query<DeskFirst>({
      name: 'campaigns-read-firsts',
      text: READ_FIRSTS,
      values: [arrayOf([...new Set(memberIds)], (id) => id)],
    })
    return rows
  },
  insertFirsts: (client, firsts) =>
    client.query({
      name: 'campaigns-insert-firsts',
      text: INSERT_FIRSTS,
      values: [arrayOf(firsts, (first) => first.memberId), arrayOf(firsts, (first) => first.orderId)],
    }),
  insertClaims: (client, claims) =>
    client.query({
      name: 'campaigns-insert-claims',
      text: INSERT_CLAIMS,
      values: [
        arrayOf(claims, (claim) => claim.orderId),
        arrayOf(claims, (claim) => claim.campaignId),
        arrayOf(claims, (claim) => claim.storeId),
        arrayOf(claims, (claim) => claim.skuId),
        arrayOf(claims, (claim) => claim.memberId),
        arrayOf(claims, (claim) => claim.quantity),
        arrayOf(claims, (claim) => claim.state),
        arrayOf(claims, (claim) => claim.at),
        arrayOf(claims, (claim) => claim.rallyId),
      ],
    }),
  moveClaims: (client, claims) =>
    client.query({
      name: 'campaigns-move-claims',
      text: MOVE_CLAIMS,
      values: [arrayOf(claims, (claim) => claim.orderId), arrayOf(claims, (claim) => claim.state)],
    }),
}
