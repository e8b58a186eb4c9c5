import { DEFECTS_OF_BOXES } from './defects-of-boxes.ts'
import { DEFECTS_OF_CAMPAIGNS } from './defects-of-campaigns.ts'
import { DEFECTS_OF_SYSTEMS } from './defects-of-systems.ts'
import type { Evidence, Notice } from './invariants/evidence.ts'
import { TOLD_FALSELY } from './told-falsely.ts'

/** Something wrong, planted on purpose, and the invariant that must see it. */
export interface Defect {
  name: string
  seenBy: string
  /** Statements for our books; each must change something. Triggers that would refuse them are off. */
  sql?: readonly string[]
  /** Another view of WeChat, or of what people were told. */
  evidence?: (evidence: Evidence) => Partial<Evidence>
}

const LIABILITIES =
  'what members paid ahead less what was paid out and spent is what they have, and head office reads the same'
const SHEETS = 'the sheets of the tills say what went over the counters, by day, store, person and tender'
const A_COMPLETED = `(select id from orders where completed_at is not null limit 1)`
const A_LEVEL = `(store_id, sku_id) = (select store_id, sku_id from stock_ledger where reason = 'SHIP' limit 1)`

/** The first that fits is changed; it must be there. */
function changed<T>(all: readonly T[], fits: (each: T) => boolean, to: (each: T) => T): T[] {
  const at = all.findIndex(fits)
  if (at < 0) throw new Error('nothing to change: the run was too short for this defect')
  return all.map((each, i) => (i === at ? to(each) : each))
}

const turnedAway = (notice: Notice): Notice => ({
  ...notice,
  state: 'exhausted',
  attempts: [{ variant: 'faithful', status: 400 }],
})

/** One for every invariant, at least. */
export const DEFECTS: readonly Defect[] = [
  ...DEFECTS_OF_SYSTEMS,
  ...DEFECTS_OF_CAMPAIGNS,
  ...DEFECTS_OF_BOXES,
  ...TOLD_FALSELY.map(({ name, seenBy, promise }): Defect => ({
    name,
    seenBy,
    evidence: ({ promises }) => ({ promises: [...promises, promise] }),
  })),
  {
    name: 'a payment that WeChat took and we never booked',
    seenBy: 'the providers and we say the same of every payment, to the fen',
    evidence: ({ trades }) => ({
      // One more than there were: not every short run leaves a trade unpaid that could have been paid.
      trades: [
        ...trades,
        ...trades
          .slice(0, 1)
          .map((trade) => ({ ...trade, outTradeNo: 'unheard-of', state: 'SUCCESS' as const })),
      ],
    }),
  },
  {
    name: 'a refund that we forgot',
    seenBy: 'the providers and we say the same of every refund, to the fen',
    evidence: ({ refunds }) => ({
      // One more than there were, as above.
      refunds: [
        ...refunds,
        { outRefundNo: 'unheard-of', outTradeNo: 'unheard-of', refundFen: 1, state: 'SUCCESS' as const },
      ],
    }),
  },
  {
    name: 'a payment that is one fen more at WeChat',
    seenBy: 'what the providers took less what they gave back is what we booked, in total',
    evidence: ({ trades }) => ({
      trades: changed(
        trades,
        ({ state }) => state === 'SUCCESS',
        (trade) => ({ ...trade, totalFen: trade.totalFen + 1 }),
      ),
    }),
  },
  {
    name: 'a closed order whose refund is gone',
    seenBy: 'an order that is closed kept nothing',
    sql: [
      `delete from refund_line where order_id = (select id from orders where state = 'CLOSED_REFUND' limit 1)`,
      `delete from refund where order_id = (select id from orders where state = 'CLOSED_REFUND' limit 1)`,
    ],
  },
  {
    name: 'an order that believes in a refund it never had',
    seenBy: 'an order that stands kept its total less what was refunded of it',
    sql: [
      `update orders set refunded_fen = refunded_fen + 1 where id = (select id from orders
         where state in ('PAID', 'READY', 'COMPLETED') and refunded_fen < paid_fen limit 1)`,
    ],
  },
  {
    name: 'a bag that went out unpaid',
    seenBy: 'nothing was handed over unpaid',
    sql: [
      `update payment_attempt set state = 'CLOSED', transaction_id = null where order_id = ${A_COMPLETED}`,
    ],
  },
  {
    name: 'a piece that appeared on a level',
    seenBy: 'every level is the sum of its ledger',
    sql: [`update stock_level set on_hand = on_hand + 1 where ${A_LEVEL}`],
  },
  {
    name: 'a reservation that no order holds',
    seenBy: 'what is reserved belongs to a live order or an exchange',
    sql: [
      `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
         select store_id, sku_id, 'RESERVE', 0, 1, on_hand, reserved + 1, 'defect', now() from stock_level where ${A_LEVEL}`,
      `update stock_level set reserved = reserved + 1, shortfall = shortfall + 1 where ${A_LEVEL}`,
    ],
  },
  {
    name: 'a bag that left without an entry',
    seenBy: 'the ledger says of every piece handed over that it left',
    sql: [`delete from stock_ledger where id = (select id from stock_ledger where reason = 'SHIP' limit 1)`],
  },
  {
    name: 'goods that were sold and never came in',
    seenBy: 'nothing was sold twice: handed over and promised is no more than came in',
    sql: [`delete from stock_ledger where ${A_LEVEL} and reason not in ('SHIP', 'RESERVE', 'RELEASE')`],
  },
  {
    name: 'a level that was below zero for a moment',
    seenBy: 'no level was ever below zero',
    sql: [`update stock_ledger set on_hand_after = -1 where id = (select max(id) from stock_ledger)`],
  },
  {
    name: 'a cancelled order that was paid after all',
    seenBy: 'orders move by their table alone',
    sql: [
      `insert into order_event (order_id, verb, from_state, to_state, by, at)
         select id, 'pay', 'CANCELLED', 'PAID', 'defect', now() from orders where state = 'CANCELLED' limit 1`,
    ],
  },
  {
    name: 'a request that ended without its money',
    seenBy: 'after-sales move by their table alone',
    sql: [
      `insert into aftersale_event (aftersale_id, verb, from_state, to_state, by, at)
         select id, 'finish', state, 'DONE', 'defect', now() from aftersale where state in ('CANCELLED', 'REJECTED', 'DONE') limit 1`,
    ],
  },
  {
    name: 'a document that was posted after its end',
    seenBy: 'stock documents move by their table alone',
    sql: [
      `insert into stock_document_event (document_id, verb, from_state, to_state, idem_key, body_hash, by, at)
         select id, 'cancel', 'POSTED', 'CANCELLED', 'defect', '', 'defect', now() from stock_document where state = 'POSTED' limit 1`,
    ],
  },
  {
    name: 'a top-up of another sum than was acknowledged',
    seenBy: 'every top-up and every pay-out that was acknowledged is posted, once under its key',
    sql: [
      `update value_posting set available_fen = available_fen - 1 where id = (select id from value_posting where reason = 'top_up' limit 1)`,
    ],
  },
  {
    name: 'a fen that appeared in an account',
    seenBy: LIABILITIES,
    sql: [
      `update value_account set available_fen = available_fen + 1 where member_id = (select member_id from value_account limit 1)`,
    ],
  },
  {
    name: 'a debt that head office does not read',
    seenBy: LIABILITIES,
    evidence: ({ owed }) => ({ owed: { ...owed, availableFen: owed.availableFen - 1 } }),
  },
  {
    name: 'stored value of an order that was never taken nor freed',
    seenBy: 'when everything is over, nothing of it is set aside any more',
    sql: [
      `insert into payment_attempt (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, state, created_at)
         select gen_random_uuid(), id, store_id, 'stored_value', 'defect', 'defect', 1, 'HELD', now() from orders where stored_value_fen = 0 limit 1`,
    ],
  },
  {
    name: 'stored value that was freed for an order that had set none aside',
    seenBy: 'the rules of the books hold',
    sql: [
      `insert into value_posting (member_id, reason, available_fen, held_fen, order_id, by, at)
         select member_id, 'release', 1, -1, id, 'defect', now() from orders where stored_value_fen = 0 limit 1`,
    ],
  },
  {
    name: 'a top-up that is on no sheet',
    seenBy: SHEETS,
    evidence: ({ sheets }) => ({
      sheets: changed(
        sheets,
        ({ cashIn }) => cashIn.count > 0,
        (sheet) => ({ ...sheet, cashIn: { count: 0, fen: 0 } }),
      ),
    }),
  },
  {
    name: 'a top-up that is on the sheet of another store',
    seenBy: SHEETS,
    sql: [
      `update value_posting set store_id = 'S02' where id = (select id from value_posting where reason = 'top_up' and store_id = 'S01' limit 1)`,
    ],
  },
  {
    name: 'a notification that was turned away for a day',
    seenBy: 'every notification was acknowledged',
    evidence: ({ notices }) => ({ notices: changed(notices, () => true, turnedAway) }),
  },
  {
    name: 'a notification that was answered and thrown away',
    seenBy: 'every notification of WeChat that we took is in the inbox',
    sql: [`delete from payment_notice where event_type = 'TRANSACTION.SUCCESS'`],
  },
  {
    name: 'a day whose bills were never compared',
    seenBy: 'the bills of every day were fetched and compared',
    sql: [`update bill_day set state = 'FAILED', trouble = 'defect'`],
  },
  {
    name: 'a difference that nobody explained',
    seenBy: 'bills and books agree, or somebody said why not',
    sql: [
      `insert into bill_difference (id, provider, day, seq, source, number, kind, state, happened_at, found_at)
         select gen_random_uuid(), provider, day, 999999, 'payment', 'defect', 'remote_only', 'OPEN', now(), now() from bill_day limit 1`,
    ],
  },
  {
    name: 'an event that was rewritten',
    seenBy: 'what was written once in an append-only table is there, unchanged',
    sql: [`update order_event set by = 'defect' where id = (select min(id) from order_event)`],
  },
  {
    name: 'a code that opens a bag that is gone',
    seenBy: 'the rules of the books hold',
    sql: [`update pickup set active = true where order_id = ${A_COMPLETED}`],
  },
  {
    name: 'pieces that went back for a request once more than it has',
    seenBy: 'the rules of after-sales hold',
    sql: [
      `insert into refund (id, order_id, attempt_id, out_refund_no, idem_key, amount_fen, reason, cause, state, send_at, by, created_at)
         select gen_random_uuid(), order_id, gen_random_uuid(), 'defect', 'aftersale:' || id || ':' || round, 0, '', 'order', 'SUCCESS', now(), '', now()
         from aftersale where state in ('DONE', 'CANCELLED', 'REJECTED') order by id desc limit 1`,
      `insert into refund_line (refund_id, order_id, line_no, quantity, amount_fen)
         select r.id, r.order_id, l.line_no, l.quantity + 1, 0 from refund r join aftersale_line l on starts_with(r.idem_key, 'aftersale:' || l.aftersale_id)
         where r.out_refund_no = 'defect' limit 1`,
    ],
  },
  {
    name: 'a line that waits for a request that has ended',
    seenBy: 'the rules of after-sales hold',
    sql: [
      `update aftersale_line set open = true where aftersale_id = (
         select id from aftersale where state in ('DONE', 'CANCELLED', 'REJECTED') order by id desc limit 1)`,
    ],
  },
]
