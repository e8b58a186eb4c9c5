import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import { newId } from '#kernel/id'
import { wake } from '#kernel/jobs'
import type {
  DeskAttempt,
  DeskRefund,
  NewAlarm,
  NewRefund,
  NewReport,
  PaidRow,
  RefundRow,
  StoredMove,
  StoredTender,
  Taking,
} from './facts.ts'
import { refundNumber, tradeNumber } from './numbers.ts'
import { firstState, refundSources, type RefundState } from './refund-states.ts'

/**
 * Statements that the order desk sends within its own transaction (pipelined client: none is awaited here). They follow the order row's lock, so
 * attempts and refunds of one order are never decided by two at once.
 */
export interface PaymentsDesk {
  /** Every attempt of these orders, locked; orders in the order given: sort them. */
  lockAttempts(client: pg.ClientBase, orderIds: readonly string[]): Promise<DeskAttempt[]>
  /** Every refund of these orders, locked. */
  lockRefunds(client: pg.ClientBase, orderIds: readonly string[]): Promise<DeskRefund[]>
  markPaid(client: pg.ClientBase, rows: readonly PaidRow[]): Promise<unknown>
  /** Attempts that are paid as they begin. */
  insertTakings(client: pg.ClientBase, rows: readonly Taking[]): Promise<unknown>
  /** Stored value that is set aside, */
  insertStored(client: pg.ClientBase, rows: readonly StoredTender[]): Promise<unknown>
  /** then spent or free again, once. */
  moveStored(client: pg.ClientBase, rows: readonly StoredMove[]): Promise<unknown>
  /** After `markPaid` and `moveStored`: the table refuses refunds of an attempt that is not paid, and more than was paid. */
  insertRefunds(client: pg.ClientBase, rows: readonly NewRefund[]): Promise<unknown>
  /** Guarded by the table of moves: a refund that has ended stays as it is. */
  settleRefunds(client: pg.ClientBase, rows: readonly RefundRow[]): Promise<unknown>
  insertAlarms(client: pg.ClientBase, rows: readonly NewAlarm[]): Promise<unknown>
  /** What WeChat is to be told; the sweep tells it. Reports of one payment and kind come once in `rows`. */
  queueReports(client: pg.ClientBase, rows: readonly NewReport[]): Promise<unknown>
}

/** Sends refunds that are due; named here because the desk wakes it in its own transaction. */
export const REFUNDS_JOB = 'payments.refunds'

const LOCK_ATTEMPTS = `select a.* from unnest($1::uuid[]) k(order_id) cross join lateral (
  select id as "attemptId", order_id as "orderId", provider, state, amount_fen as "amountFen", transaction_id as "transactionId",
    idem_key as "idemKey", tendered_fen as "tenderedFen", slip
  from payment_attempt p where p.order_id = k.order_id order by p.id for update) a`

const LOCK_REFUNDS = `select r.* from unnest($1::uuid[]) k(order_id) cross join lateral (
  select id as "refundId", order_id as "orderId", attempt_id as "attemptId", cause, idem_key as "idemKey", encode(body_hash, 'hex') as "bodyHash",
    amount_fen as "amountFen", reason, our_fault as "ourFault", state, send_at as "sendAt", (select coalesce(json_agg(json_build_object(
      'lineNo', g.line_no, 'quantity', g.quantity, 'amountFen', g.amount_fen, 'pointsBack', g.points_back, 'pointsTaken', g.points_taken) order by g.line_no), '[]') from refund_line g where g.refund_id = f.id) as lines
  from refund f where f.order_id = k.order_id order by f.id for update) r`

const MARK_PAID = `update payment_attempt a set state = 'PAID', transaction_id = x.transaction_id, paid_at = x.paid_at, next_check_at = null, trouble = null
  from unnest($1::uuid[], $2::text[], $3::timestamptz[]) x(id, transaction_id, paid_at) where a.id = x.id and a.state <> 'PAID'`

const INSERT_TAKINGS = `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at, paid_at,
    idem_key, taken_by, tendered_fen, slip)
  select id, order_id, store_id, provider, no, 'counter', fen, 'PAID', at, at, key, taken_by, tendered, slip
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::text[], $9::uuid[], $10::bigint[],
    $11::text[]) x(id, order_id, store_id, provider, no, fen, at, key, taken_by, tendered, slip)`

const INSERT_STORED = `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at)
  select id, order_id, store_id, 'stored_value', no, member, fen, 'HELD', at
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[]) x(id, order_id, store_id, no, member, fen, at)`
const MOVE_STORED = `update payment_attempt a set state = x.state, paid_at = case x.state when 'PAID' then x.at end, closed_at = case x.state when 'CLOSED' then x.at end
  from unnest($1::uuid[], $2::text[], $3::timestamptz[]) x(id, state, at) where a.id = x.id and a.state = 'HELD'`

const INSERT_REFUNDS = `insert into refund (id, order_id, attempt_id, out_refund_no, idem_key, body_hash, amount_fen, reason, cause, state, by, created_at,
    send_at, next_try_at, done_at, our_fault)
  select id, order_id, attempt_id, no, key, decode(hash, 'hex'), fen, reason, cause, state, by, at, send_at,
    case when by_hand or state = 'SUCCESS' then null else send_at end, case when state = 'SUCCESS' then at end, our_fault
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::timestamptz[],
    $11::text[], $12::timestamptz[], $13::bool[], $14::bool[], $15::text[])
  x(id, order_id, attempt_id, no, key, fen, reason, cause, by, at, hash, send_at, our_fault, by_hand, state)`
const INSERT_LINES = `insert into refund_line (refund_id, order_id, line_no, quantity, amount_fen, points_back, points_taken)
  select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[])`

const SETTLE_REFUNDS = `update refund r set state = x.state, refund_id = coalesce(x.provider_id, r.refund_id), trouble = x.trouble,
    handed_by = coalesce(x.handed_by, r.handed_by), done_at = case when x.state in ('ABNORMAL', 'PROCESSING') then null else x.at end,
    next_try_at = case when x.state in ('ABNORMAL', 'PROCESSING') then r.next_try_at end
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $8::uuid[]) x(id, state, provider_id, trouble, at, handed_by),
    unnest($6::text[], $7::text[]) m(source, target)
  where r.id = x.id and m.target = x.state and m.source = r.state`

const INSERT_ALARMS = `insert into payment_alarm (id, kind, subject, order_id, detail, at)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[]) on conflict (kind, subject) do nothing`

const QUEUE_REPORTS = `insert into wechat_report as w (attempt_id, order_id, kind, wanted, wanted_at, next_try_at, delay_to)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::timestamptz[], $5::timestamptz[], $6::timestamptz[])
  on conflict (attempt_id, kind) do update set wanted = excluded.wanted, wanted_at = excluded.wanted_at, state = 'PENDING', tries = 0,
    next_try_at = excluded.next_try_at where excluded.wanted > w.wanted`

const OUTCOMES: readonly RefundState[] = ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED']
const ALLOWED = OUTCOMES.flatMap((target) => refundSources(target).map((source) => ({ source, target })))

function insertLines(client: pg.ClientBase, rows: readonly NewRefund[]): Promise<unknown> {
  const lines = rows.flatMap(({ refundId, orderId, lines: each }) =>
    each.map((line) => ({ refundId, orderId, ...line })),
  )
  return client.query({
    name: 'payments-insert-refund-lines',
    text: INSERT_LINES,
    values: [
      arrayOf(lines, (line) => line.refundId),
      arrayOf(lines, (line) => line.orderId),
      arrayOf(lines, (line) => line.lineNo),
      arrayOf(lines, (line) => line.quantity),
      arrayOf(lines, (line) => line.amountFen),
      arrayOf(lines, (line) => line.pointsBack),
      arrayOf(lines, (line) => line.pointsTaken),
    ],
  })
}

export const paymentsDesk: PaymentsDesk = {
  async lockAttempts(client, orderIds) {
    const { rows } = await client.query<DeskAttempt>({
      name: 'payments-lock-attempts',
      text: LOCK_ATTEMPTS,
      values: [arrayOf(orderIds, (id) => id)],
    })
    return rows
  },
  async lockRefunds(client, orderIds) {
    const { rows } = await client.query<DeskRefund>({
      name: 'payments-lock-refunds',
      text: LOCK_REFUNDS,
      values: [arrayOf(orderIds, (id) => id)],
    })
    return rows
  },
  markPaid: (client, rows) =>
    client.query({
      name: 'payments-mark-paid',
      text: MARK_PAID,
      values: [
        arrayOf(rows, (row) => row.attemptId),
        rows.map((row) => row.transactionId),
        arrayOf(rows, (row) => row.paidAt),
      ],
    }),
  insertTakings: (client, rows) =>
    client.query({
      name: 'payments-insert-takings',
      text: INSERT_TAKINGS,
      values: [
        arrayOf(rows, (row) => row.attemptId),
        arrayOf(rows, (row) => row.orderId),
        arrayOf(rows, (row) => row.storeId),
        arrayOf(rows, (row) => row.provider),
        arrayOf(rows, (row) => tradeNumber(row.attemptId)),
        arrayOf(rows, (row) => row.amountFen),
        arrayOf(rows, (row) => row.at),
        arrayOf(rows, (row) => row.idemKey),
        arrayOf(rows, (row) => row.takenBy),
        arrayOf(rows, (row) => row.tenderedFen),
        rows.map((row) => row.slip),
      ],
    }),
  insertStored: (client, rows) =>
    client.query({
      name: 'payments-insert-stored',
      text: INSERT_STORED,
      values: [
        arrayOf(rows, (row) => row.attemptId),
        arrayOf(rows, (row) => row.orderId),
        arrayOf(rows, (row) => row.storeId),
        arrayOf(rows, (row) => tradeNumber(row.attemptId)),
        arrayOf(rows, (row) => row.memberId),
        arrayOf(rows, (row) => row.amountFen),
        arrayOf(rows, (row) => row.at),
      ],
    }),
  moveStored: (client, rows) =>
    client.query({
      name: 'payments-move-stored',
      text: MOVE_STORED,
      values: [
        arrayOf(rows, (row) => row.attemptId),
        arrayOf(rows, (row) => row.state),
        arrayOf(rows, (row) => row.at),
      ],
    }),
  insertRefunds: (client, rows) =>
    Promise.all([
      client.query({
        name: 'payments-insert-refunds',
        text: INSERT_REFUNDS,
        values: [
          arrayOf(rows, (row) => row.refundId),
          arrayOf(rows, (row) => row.orderId),
          arrayOf(rows, (row) => row.attemptId),
          arrayOf(rows, refundNumber),
          rows.map((row) => row.idemKey),
          arrayOf(rows, (row) => row.amountFen),
          rows.map((row) => row.reason),
          arrayOf(rows, (row) => row.cause),
          rows.map((row) => row.by),
          arrayOf(rows, (row) => row.at),
          arrayOf(rows, (row) => row.bodyHash),
          arrayOf(rows, (row) => row.sendAt),
          arrayOf(rows, (row) => String(row.ourFault)),
          arrayOf(rows, (row) => String(row.byHand)),
          arrayOf(rows, firstState),
        ],
      }),
      insertLines(client, rows),
      wake(client, REFUNDS_JOB),
    ]),
  settleRefunds: (client, rows) =>
    client.query({
      name: 'payments-settle-refunds',
      text: SETTLE_REFUNDS,
      values: [
        arrayOf(rows, (row) => row.refundId),
        arrayOf(rows, (row) => row.outcome),
        rows.map((row) => row.providerId),
        rows.map((row) => row.trouble),
        arrayOf(rows, (row) => row.at),
        arrayOf(ALLOWED, (move) => move.source),
        arrayOf(ALLOWED, (move) => move.target),
        arrayOf(rows, (row) => row.handedBy),
      ],
    }),
  queueReports: (client, rows) =>
    client.query({
      name: 'payments-queue-reports',
      text: QUEUE_REPORTS,
      values: [
        arrayOf(rows, (row) => row.attemptId),
        arrayOf(rows, (row) => row.orderId),
        arrayOf(rows, (row) => row.kind),
        arrayOf(rows, (row) => row.wanted),
        arrayOf(rows, (row) => row.at),
        arrayOf(rows, (row) => row.delayTo),
      ],
    }),
  insertAlarms: (client, rows) =>
    client.query({
      name: 'payments-insert-alarms',
      text: INSERT_ALARMS,
      values: [
        arrayOf(rows, () => newId()),
        arrayOf(rows, (row) => row.kind),
        rows.map((row) => row.subject),
        arrayOf(rows, (row) => row.orderId),
        rows.map((row) => row.detail),
        arrayOf(rows, (row) => row.at),
      ],
    }),
}
