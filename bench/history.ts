// Years of trade, made by a few statements: every order with the rows that it would have left behind, so that sums and states are true.
import pg from 'pg'
import { MEMBERS, STAFF_ID, type Step, STORES } from './data.ts'

export interface History {
  orders: number
  /** The newest day is today: more orders mean a longer past, not busier days. */
  perDay: number
  skus: number
}
const ORDERS_OF_A_MEMBER = 50
const MOST_LINES = 3

/**
 * Order `i` (0 is the oldest): of every hundred, four were cancelled unpaid and two refunded as a whole before they were collected; the rest were
 * handed over, but for those of the last hours, which wait. Two lines on average.
 */
const steps = ({ orders, perDay, skus }: History, members: number): Step[] => [
  [
    `create table bench_order as
  select i, (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') || '8' || lpad(to_hex(i), 15, '0'))::uuid as id,
    ($4::text[])[1 + i % cardinality($4::text[])] as store_id, md5('member:' || i * 7 % $3)::uuid as member_id, at,
    case when i % 100 < 4 then 'CANCELLED' when i % 100 < 6 then 'CLOSED_REFUND' when i >= $1 - $2 / 5 then 'PAID' else 'COMPLETED' end as state
  from (select i, now() - make_interval(secs => 60 + ($1 - i) * (86400.0 / $2)) as at from generate_series(0, $1::int - 1) i) x`,
    [orders, perDay, members, STORES],
  ],
  [
    `create table bench_line as
  select o.i, o.id, o.store_id, o.at, o.state, n as line_no, md5('sku:' || sku)::uuid as sku_id, sku, 1 + (o.i + n) % 3 as quantity, 100 + sku % 5000 as unit_fen
  from bench_order o, generate_series(1, ${MOST_LINES}) n, lateral (select 1 + (o.i::bigint * 7919 + n * 104729) % ($1::int - 1) as sku) k
  where n <= 1 + o.i % ${MOST_LINES}`,
    [skus],
  ],
  ['create table bench_sum as select id, sum(quantity * unit_fen) as fen from bench_line group by id'],
  ['create index on bench_sum (id)'],
  ['analyze bench_order, bench_line, bench_sum'],
  [
    `insert into member (id, nickname, joined_at) select md5('member:' || n)::uuid, '量具', now() - interval '10 years' from generate_series($1::int, $2::int - 1) n`,
    [MEMBERS, members],
  ],
  [
    `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, pay_state, refund_state, fulfilment, goods_fen, total_fen, paid_fen, refunded_fen,
     placed_at, expires_at, paid_at, completed_at, cancelled_at)
   select id, to_char(at, 'YYYYMMDD') || lpad(i::text, 8, '0'), store_id, member_id, 'history-' || i, '\\x00', state,
     case when state = 'CANCELLED' then 'UNPAID' else 'PAID' end, case when state = 'CLOSED_REFUND' then 'FULL' else 'NONE' end, 'pickup', fen, fen,
     case when state = 'CANCELLED' then 0 else fen end, case when state = 'CLOSED_REFUND' then fen else 0 end,
     at, at + interval '15 minutes', case when state <> 'CANCELLED' then at + interval '20 seconds' end,
     case when state = 'COMPLETED' then at + interval '3 hours' end, case when state = 'CANCELLED' then at + interval '15 minutes' end
   from bench_order join bench_sum using (id) order by i`,
  ],
  [
    `insert into order_line (order_id, line_no, store_id, sku_id, product_id, name, unit, barcode, quantity, unit_fen, amount_fen, pay_fen, withdrawn_quantity,
     refunded_quantity, refunded_fen)
   select id, line_no, store_id, sku_id, md5('product:' || sku)::uuid, '商品 ' || sku || '号', '份', '2900000000001', quantity, unit_fen,
     quantity * unit_fen, quantity * unit_fen, case when state = 'CLOSED_REFUND' then quantity else 0 end,
     case when state = 'CLOSED_REFUND' then quantity else 0 end, case when state = 'CLOSED_REFUND' then quantity * unit_fen else 0 end
   from bench_line order by i`,
  ],
  [
    `insert into order_event (order_id, verb, from_state, to_state, by, at)
   select id, verb, was, becomes, 'bench', at + after from bench_order join (values
     ('place', null, 'PENDING_PAY', interval '0', '{CANCELLED,CLOSED_REFUND,PAID,COMPLETED}'::text[]),
     ('cancel', 'PENDING_PAY', 'CANCELLED', '15 minutes', '{CANCELLED}'),
     ('pay', 'PENDING_PAY', 'PAID', '20 seconds', '{CLOSED_REFUND,PAID,COMPLETED}'),
     ('refund', 'PAID', 'CLOSED_REFUND', '1 hour', '{CLOSED_REFUND}'),
     ('refunded', 'CLOSED_REFUND', 'CLOSED_REFUND', '2 hours', '{CLOSED_REFUND}'),
     ('hand_over', 'PAID', 'COMPLETED', '3 hours', '{COMPLETED}')) e(verb, was, becomes, after, states) on state = any(states) order by i, after`,
  ],
  [
    `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, prepay_id, transaction_id, created_at, paid_at)
   select id, id, store_id, 'wechat', 'BENCH' || i, 'o', fen, 'PAID', 'wx' || i, '42' || i, at, at + interval '20 seconds'
   from bench_order join bench_sum using (id) where state <> 'CANCELLED' order by i`,
  ],
  [
    `insert into pickup (order_id, store_id, digits, secret, active, handed_at, handed_by)
   select id, store_id, lpad(i::text, 10, '0'), decode(repeat('00', 32), 'hex'), state = 'PAID',
     case when state = 'COMPLETED' then at + interval '3 hours' end, case when state = 'COMPLETED' then $1::uuid end
   from bench_order where state <> 'CANCELLED' order by i`,
    [STAFF_ID],
  ],
  [
    `insert into refund (id, order_id, attempt_id, out_refund_no, amount_fen, reason, cause, state, refund_id, send_at, by, created_at, done_at)
   select id, id, id, 'BENCHR' || i, fen, '量', 'order', 'SUCCESS', '50' || i, at + interval '1 hour', 'bench', at + interval '1 hour', at + interval '2 hours'
   from bench_order join bench_sum using (id) where state = 'CLOSED_REFUND' order by i`,
  ],
  [
    `insert into refund_line (refund_id, order_id, line_no, quantity, amount_fen)
   select id, id, line_no, quantity, quantity * unit_fen from bench_line where state = 'CLOSED_REFUND' order by i`,
  ],
  [
    `insert into stock_ledger (store_id, sku_id, reason, order_id, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
   select store_id, sku_id, reason, id, hand * quantity, reserve * quantity, 0, 0, 'bench', at + after from bench_line join (values
     ('RESERVE', 0, 1, interval '0', '{CANCELLED,CLOSED_REFUND,PAID,COMPLETED}'::text[]),
     ('RELEASE', 0, -1, '1 hour', '{CANCELLED,CLOSED_REFUND}'),
     ('SHIP', -1, -1, '3 hours', '{COMPLETED}')) e(reason, hand, reserve, after, states) on state = any(states) order by i, after`,
  ],
  [
    `update stock_level l set on_hand = l.on_hand - shipped, reserved = waiting from (
     select store_id, sku_id, coalesce(sum(quantity) filter (where state = 'COMPLETED'), 0) as shipped, coalesce(sum(quantity) filter (where state = 'PAID'), 0) as waiting
     from bench_line group by 1, 2) s where s.store_id = l.store_id and s.sku_id = l.sku_id`,
  ],
  [
    `insert into order_tally_news (store_id, day, state, orders, paid_fen)
     select store_id, (placed_at at time zone 'Asia/Shanghai')::date, state, count(*), sum(paid_fen) from orders group by 1, 2, 3`,
  ],
  ['drop table bench_order, bench_line, bench_sum'],
]

/** Plants the past of a chain that `fill` made; answers the seconds it took. */
export async function plantHistory(url: string, history: History): Promise<number> {
  const members = Math.max(MEMBERS, Math.floor(history.orders / ORDERS_OF_A_MEMBER))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const begun = performance.now()
  try {
    // Foreign keys are true by construction; nobody is listening to triggers.
    await client.query(
      "set session_replication_role = replica; set work_mem = '256MB'; set max_parallel_workers_per_gather = 0",
    )
    for (const [text, values] of steps(history, members)) await client.query(text, values)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
  return Math.round((performance.now() - begun) / 100) / 10
}
