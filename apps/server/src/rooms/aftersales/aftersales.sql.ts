import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Reason } from './options.ts'
import { STANDING, STANDING_STATE } from './standing.sql.ts'
import type { Kind, State, Verb } from './states.ts'

/** What decisions about a request need. */
export interface Case {
  id: string
  orderId: string
  storeId: string
  memberId: string
  kind: Kind
  reason: Reason
  ourFault: boolean
  state: State
  round: number
  amountFen: number
  appealed: boolean
  dueAt: Date | null
  returnStoreId: string | null
  holdStoreId: string | null
  lines: CaseLine[]
}
export interface CaseLine {
  lineNo: number
  quantity: number
  perishable: boolean
  /** What one piece is on the shelf: the SKU itself, or what is in the bundle. */
  parts: { skuId: string; quantity: number }[]
}
const CASE = sql`a.id, a.order_id as "orderId", a.store_id as "storeId", a.member_id as "memberId", a.kind, a.reason, a.our_fault as "ourFault", a.state, a.round, a.amount_fen as "amountFen", a.appealed,
  a.due_at as "dueAt", a.return_store_id as "returnStoreId", a.hold_store_id as "holdStoreId",
  (select jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'quantity', l.quantity, 'perishable', l.perishable, 'parts', coalesce(
       (select jsonb_agg(jsonb_build_object('skuId', c.sku_id, 'quantity', c.quantity)) from order_line_component c
          where c.order_id = o.order_id and c.line_no = o.line_no),
       jsonb_build_array(jsonb_build_object('skuId', o.sku_id, 'quantity', 1)))) order by l.line_no)
   from aftersale_line l join order_line o on o.order_id = l.order_id and o.line_no = l.line_no where l.aftersale_id = a.id) as lines`

export const findCase = async (db: Reader, id: string): Promise<Case | undefined> =>
  (await sql<Case>`select ${CASE} from aftersale a where a.id = ${id}`.execute(db)).rows[0]

/** The request whose goods are awaited, or whose replacement waits, under this code. */
export const findByCode = async (db: Reader, code: string): Promise<Case | undefined> =>
  (
    await sql<Case>`select ${CASE} from aftersale a where a.return_code = ${code} and a.state in ('WAIT_RETURN', 'WAIT_COLLECT')`.execute(
      db,
    )
  ).rows[0]

export interface NewAftersale {
  id: string
  orderId: string
  storeId: string
  memberId: string
  key: string
  bodyHash: string
  kind: Kind
  reason: Reason
  ourFault: boolean
  note: string
  state: State
  verb: Verb
  amountFen: number
  dueAt: Date | null
  by: string
  at: Date
  lines: readonly { lineNo: number; quantity: number; amountFen: number; perishable: boolean }[]
}
/** The request, its lines and its first event. The table refuses a second open request for a line, and a second one under the key. */
export const insertAftersale = async (tx: Tx, row: NewAftersale): Promise<boolean> => {
  const { rows } = await sql`
    with made as (
      insert into aftersale (id, order_id, store_id, member_id, idem_key, body_hash, kind, reason, our_fault, note, state, amount_fen, due_at, since, applied_at)
      values (${row.id}, ${row.orderId}, ${row.storeId}, ${row.memberId}, ${row.key}, decode(${row.bodyHash}, 'hex'), ${row.kind},
        ${row.reason}, ${row.ourFault}, ${row.note}, ${row.state}, ${row.amountFen}, ${row.dueAt}, ${row.at}, ${row.at}) returning id),
    lines as (
      insert into aftersale_line (aftersale_id, order_id, line_no, quantity, amount_fen, perishable)
      select made.id, ${row.orderId}::uuid, x.line_no, x.quantity, x.fen, x.perishable
      from made, unnest(${row.lines.map(({ lineNo }) => lineNo)}::smallint[], ${row.lines.map(({ quantity }) => quantity)}::int[],
        ${row.lines.map(({ amountFen }) => amountFen)}::bigint[], ${row.lines.map(({ perishable }) => perishable)}::boolean[])
        x(line_no, quantity, fen, perishable)),
    noted as (
      insert into aftersale_event (aftersale_id, verb, to_state, by, at, words)
      select made.id, ${row.verb}, ${row.state}, ${row.by}, ${row.at}, nullif(${row.note}, '') from made)
    select id from made`.execute(tx)
  return rows.length === 1
}

export interface Step {
  id: string
  verb: Verb
  from: State
  to: State
  kind: Kind
  /** Where the replacement is put aside from now on. */
  holdStoreId: string | null
  open: boolean
  dueAt: Date | null
  by: string
  at: Date
  /** Said to the shopper, or by the shopper. */
  words?: string | undefined
  trouble?: string | null
  returnCode?: string
  returnStoreId?: string
  nextRound?: boolean
  ourFault?: boolean | undefined
  appeals?: boolean
}
/** Compare-and-set with its event: one statement. False when the request is not in `from` any more. */
export const takeStep = async (tx: Tx, step: Step): Promise<boolean> => {
  const { rows } = await sql`
    with moved as (
      update aftersale set state = ${step.to}, kind = ${step.kind}, hold_store_id = ${step.holdStoreId}, since = ${step.at}, due_at = ${step.dueAt}, trouble = ${step.trouble ?? null},
        words = case when ${step.by.startsWith('member:')} then words else coalesce(${step.words ?? null}, words) end,
        our_fault = coalesce(${step.ourFault ?? null}, our_fault),
        return_code = coalesce(${step.returnCode ?? null}, return_code),
        return_store_id = coalesce(${step.returnStoreId ?? null}, return_store_id),
        round = round + ${step.nextRound ? 1 : 0}, appealed = appealed or ${step.appeals ?? false}
      where id = ${step.id} and state = ${step.from} returning id),
    lines as (
      update aftersale_line l set open = ${step.open} from moved where l.aftersale_id = moved.id and l.open <> ${step.open}),
    noted as (
      insert into aftersale_event (aftersale_id, verb, from_state, to_state, by, at, words, data)
      select moved.id, ${step.verb}, ${step.from}, ${step.to}, ${step.by}, ${step.at}, ${step.words ?? null},
        ${step.trouble ? JSON.stringify({ trouble: step.trouble }) : null}::jsonb
      from moved)
    select id from moved`.execute(tx)
  return rows.length === 1
}

/** Where the goods went after inspection. */
export const setGoods = async (tx: Tx, id: string, toShelf: readonly number[]): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    update aftersale_line set goods_to = case when line_no = any(${toShelf}::smallint[]) then 'shelf' else 'waste' end
    where aftersale_id = ${id}`.execute(tx)
  return numAffectedRows
}

/** Whoever takes a failed refund into their hands; false when it is no failed refund any more. */
export const setOwner = async (tx: Tx, id: string, staffId: string): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('aftersale')
    .set({ owner_id: staffId })
    .where('id', '=', id)
    .where('state', '=', 'REFUND_FAILED')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const findByKey = async (
  db: Reader,
  memberId: string,
  key: string,
): Promise<{ id: string; bodyHash: string } | undefined> =>
  (
    await sql<{ id: string; bodyHash: string }>`
      select id, encode(body_hash, 'hex') as "bodyHash" from aftersale where member_id = ${memberId} and idem_key = ${key}`.execute(
      db,
    )
  ).rows[0]

/** The request that is open on each line that has one. */
export const openLines = async (db: Reader, orderId: string): Promise<{ lineNo: number; openId: string }[]> =>
  db
    .selectFrom('aftersale_line')
    .select(['line_no as lineNo', 'aftersale_id as openId'])
    .where('order_id', '=', orderId)
    .where('open', '=', true)
    .execute()
export const countOfOrder = (db: Reader, orderId: string): Promise<{ count: number }> =>
  db
    .selectFrom('aftersale')
    .select((each) => each.fn.countAll<number>().as('count'))
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()

export type RefundStanding = Case & { refundState: string | null; refundTrouble: string | null }
/** Refunds that need a hand: not made yet, ended, or come through after they had failed. */
export const listToWork = async (db: Reader, limit: number): Promise<RefundStanding[]> =>
  (
    await sql<RefundStanding>`
      select ${CASE}, ${STANDING_STATE} as "refundState", r.trouble as "refundTrouble"
      from aftersale a cross join lateral ${STANDING} r
      where (a.state = 'REFUNDING' and ${STANDING_STATE} is distinct from 'PENDING') or (a.state = 'REFUND_FAILED' and r.done)
      order by a.since limit ${limit}`.execute(db)
  ).rows
/** How the refund of this round stands; null before it is made. */
export const refundOf = async (db: Reader, id: string): Promise<{ state: string | null } | undefined> =>
  (
    await sql<{
      state: string | null
    }>`select ${STANDING_STATE} as state from aftersale a cross join lateral ${STANDING} r where a.id = ${id}`.execute(
      db,
    )
  ).rows[0]

/** Requests whose time has come, and those that a hand-over has overtaken. */
export const listDue = async (
  db: Reader,
  now: Date,
  limit: number,
): Promise<(Case & { collected: boolean })[]> =>
  (
    await sql<Case & { collected: boolean }>`
      select ${CASE}, o.completed_at is not null as collected from aftersale a join orders o on o.id = a.order_id
      where (a.state in ('WAIT_RETURN', 'WAIT_COLLECT') and a.due_at <= ${now})
        or (a.kind = 'uncollected' and a.state = 'APPLIED' and (a.due_at <= ${now} or o.completed_at is not null))
        or (a.kind = 'uncollected' and a.state = 'APPEALED' and o.completed_at is not null)
      order by a.due_at limit ${limit}`.execute(db)
  ).rows
