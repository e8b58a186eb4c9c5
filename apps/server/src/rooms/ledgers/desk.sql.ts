import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import { type Purchase, purchaseId } from '#kernel/purchase'
import type { PointAccount, PointLot, Posting } from './points.ts'
import type { PurchasePoints } from './purchase-points.ts'
import type { ValueAccount, ValuePosting } from './value.ts'

/** Statements that the order desk sends within its own transaction (pipelined client). */
export interface LedgersDesk {
  /** Accounts that exist with what they hold, locked. Members in the order given: sort them. Whoever has the account has its lots. */
  lockAccounts(client: pg.ClientBase, memberIds: readonly string[]): Promise<PointAccount[]>
  /** What these purchases did with points; ask after the accounts are locked. */
  readPurchases(client: pg.ClientBase, purchases: readonly Purchase[]): Promise<PurchasePoints[]>
  insertPostings(client: pg.ClientBase, postings: readonly Posting[]): Promise<unknown>
  /** The goods were collected: what they earned is usable from then on. */
  setUsable(client: pg.ClientBase, rows: readonly UsableRow[]): Promise<unknown>
  /** Accounts of stored value that exist, locked, after those of points. Members in the order given: sort them. */
  lockValues(client: pg.ClientBase, memberIds: readonly string[]): Promise<ValueAccount[]>
  postValues(client: pg.ClientBase, postings: readonly ValuePosting[]): Promise<unknown>
}
export interface UsableRow {
  purchaseId: string
  usableAt: Date
}

const LOCK_ACCOUNTS = `select a.* from unnest($1::uuid[]) k(id) cross join lateral (
  select member_id as "memberId", debt from points_account p where p.member_id = k.id for no key update) a`
// One row for each day on which points of the member end: a few dozen at most. Not `> 0`, which would let an index of other purpose answer.
const READ_LOTS = `select l.* from unnest($1::uuid[]) k(id) cross join lateral (
  select member_id as "memberId", last_day as day, available from point_lot p where p.member_id = k.id and p.available <> 0
  order by last_day offset 0) l`
const READ_SPENDS = `select s.* from unnest($1::uuid[]) k(id) cross join lateral (
  select purchase_id as "purchaseId", last_day as day, kept from point_spend p where p.purchase_id = k.id order by last_day offset 0) s`
const READ_GRANTS = `select g.* from unnest($1::uuid[]) k(id) cross join lateral (
  select purchase_id as "purchaseId", frozen from point_grant p where p.purchase_id = k.id offset 0) g`
const INSERT_POSTINGS = `insert into point_posting (member_id, order_id, gift_id, reason, last_day, spent_day, available, frozen, held, debt, spent, by, at, till_id)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::date[], $7::bigint[], $8::bigint[], $9::bigint[],
    $10::bigint[], $11::bigint[], $12::text[], $13::timestamptz[], $14::uuid[])`
const SET_USABLE = `update point_grant g set usable_at = x.at from unnest($1::uuid[], $2::timestamptz[]) x(id, at) where g.purchase_id = x.id`

const LOCK_VALUES = `select a.* from unnest($1::uuid[]) k(id) cross join lateral (
  select member_id as "memberId", available_fen as "availableFen", held_fen as "heldFen" from value_account p where p.member_id = k.id
  for no key update) a`
const POST_VALUES = `insert into value_posting (member_id, order_id, refund_id, reason, available_fen, held_fen, by, at)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::timestamptz[])`

const READ_VALUE = `select coalesce(a.fen, 0) as fen from unnest($1::uuid[]) with ordinality k(id, n) left join lateral (
  select available_fen as fen from value_account p where p.member_id = k.id offset 0) a on true order by k.n`

/** Stored value that each of these members may spend, in their order; locks nothing. */
export async function readValue(
  pool: Pick<pg.Pool, 'query'>,
  memberIds: readonly string[],
): Promise<number[]> {
  const { rows } = await pool.query<{ fen: number }>({
    name: 'ledgers-read-value',
    text: READ_VALUE,
    values: [arrayOf(memberIds, (id) => id)],
  })
  return rows.map(({ fen }) => fen)
}

const READ_USABLE = `select l.points from unnest($1::uuid[]) with ordinality k(id, n) cross join lateral (
  select coalesce(sum(available), 0) as points from point_lot p where p.member_id = k.id and p.last_day >= $2::date) l order by k.n`

/** Usable points of each of these members, in their order; locks nothing. */
export async function readUsable(
  pool: Pick<pg.Pool, 'query'>,
  memberIds: readonly string[],
  today: string,
): Promise<number[]> {
  const { rows } = await pool.query<{ points: string }>({
    name: 'ledgers-read-usable',
    text: READ_USABLE,
    values: [arrayOf(memberIds, (id) => id), today],
  })
  return rows.map(({ points }) => Number(points))
}

const ask = async <T extends pg.QueryResultRow>(
  client: pg.ClientBase,
  name: string,
  text: string,
  ids: readonly string[],
): Promise<T[]> => (await client.query<T>({ name, text, values: [arrayOf(ids, (id) => id)] })).rows

export const ledgersDesk: LedgersDesk = {
  async lockAccounts(client, memberIds) {
    const [accounts, lots] = await Promise.all([
      ask<{ memberId: string; debt: number }>(client, 'ledgers-lock-accounts', LOCK_ACCOUNTS, memberIds),
      ask<PointLot & { memberId: string }>(client, 'ledgers-read-lots', READ_LOTS, memberIds),
    ])
    const byMember = Map.groupBy(lots, ({ memberId }) => memberId)
    return accounts.map(({ memberId, debt }) => ({
      memberId,
      debt,
      lots: (byMember.get(memberId) ?? []).map(({ day, available }) => ({ day, available })),
    }))
  },
  async readPurchases(client, purchases) {
    const ids = purchases.map(purchaseId)
    const [spends, grants] = await Promise.all([
      ask<{ purchaseId: string; day: string; kept: number }>(client, 'ledgers-read-spends', READ_SPENDS, ids),
      ask<{ purchaseId: string; frozen: number }>(client, 'ledgers-read-grants', READ_GRANTS, ids),
    ])
    const spent = Map.groupBy(spends, (spend) => spend.purchaseId)
    const frozen = new Map(grants.map((grant) => [grant.purchaseId, grant.frozen]))
    return purchases.map((purchase) => ({
      purchase,
      spent: (spent.get(purchaseId(purchase)) ?? []).map(({ day, kept }) => ({ day, kept })),
      frozen: frozen.get(purchaseId(purchase)) ?? 0,
    }))
  },
  insertPostings: (client, postings) =>
    client.query({ name: 'ledgers-post', text: INSERT_POSTINGS, values: postingColumns(postings) }),
  setUsable: (client, rows) =>
    client.query({
      name: 'ledgers-usable',
      text: SET_USABLE,
      values: [arrayOf(rows, (row) => row.purchaseId), arrayOf(rows, (row) => row.usableAt)],
    }),
  lockValues: (client, memberIds) => ask(client, 'ledgers-lock-values', LOCK_VALUES, memberIds),
  postValues: (client, postings) =>
    client.query({
      name: 'ledgers-post-values',
      text: POST_VALUES,
      values: [
        arrayOf(postings, (each) => each.memberId),
        arrayOf(postings, (each) => each.orderId),
        arrayOf(postings, (each) => each.refundId),
        arrayOf(postings, (each) => each.reason),
        arrayOf(postings, (each) => each.availableFen),
        arrayOf(postings, (each) => each.heldFen),
        arrayOf(postings, (each) => each.by),
        arrayOf(postings, (each) => each.at),
      ],
    }),
}

/** Postings as the columns of one insert. */
const postingColumns = (postings: readonly Posting[]): string[] => [
  arrayOf(postings, (each) => each.memberId),
  arrayOf(postings, (each) => each.purchase?.orderId),
  arrayOf(postings, (each) => each.giftId),
  arrayOf(postings, (each) => each.reason),
  arrayOf(postings, (each) => each.lastDay),
  arrayOf(postings, (each) => each.spentDay),
  arrayOf(postings, (each) => each.available),
  arrayOf(postings, (each) => each.frozen),
  arrayOf(postings, (each) => each.held),
  arrayOf(postings, (each) => each.debt),
  arrayOf(postings, (each) => each.spent),
  arrayOf(postings, (each) => each.by),
  arrayOf(postings, (each) => each.at),
  arrayOf(postings, (each) => each.purchase?.tillId),
]
