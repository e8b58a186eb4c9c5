import type { Defect } from './defects.ts'

const SALE = `insert into till_sale (id, partner_id, store_id, pos_txn_id, kind, member_id, benefits, priced, began_at, expires_at`
const FIRST_PARTNER = `(select id from partner order by id limit 1)`
const RECORDED = `receipt_hash, sold_at, recorded_at, paid_fen`

/** What may go wrong with tills, coupons, counts and messages of others; each can be planted whatever a run left behind. */
export const DEFECTS_OF_SYSTEMS: readonly Defect[] = [
  {
    name: 'a receipt that a till remembers and nobody booked',
    seenBy: 'every receipt of a till is in the books once, with its money, and no other is',
    evidence: ({ receipts }) => ({
      receipts: receipts.flatMap((receipt, i) => {
        const { content } = receipt
        return i > 0 ? [receipt] : [receipt, { ...receipt, content: { ...content, posTxnId: 'unheard-of' } }]
      }),
    }),
  },
  {
    name: 'a receipt that is in the books and that no till printed',
    seenBy: 'every receipt of a till is in the books once, with its money, and no other is',
    evidence: ({ receipts }) => ({ receipts: receipts.slice(1) }),
  },
  {
    name: 'a piece that left over a till and is on the shelf',
    seenBy: 'the shelves moved as the receipts of the tills say, and not otherwise',
    sql: [
      `delete from stock_ledger where id = (select min(id) from stock_ledger where reason = 'POS_SALE' and till_id is not null)`,
    ],
  },
  {
    name: 'a return that never met its sale',
    seenBy: 'every return found its sale',
    sql: [
      `insert into till_sale (id, partner_id, store_id, pos_txn_id, kind, benefits, began_at, return_of, ${RECORDED})
         select gen_random_uuid(), ${FIRST_PARTNER}, 'S01', 'defect-' || kind, kind, 'NONE', now(), case when kind = 'return' then 'defect-sale' end,
           '', now(), now(), 0 from unnest(array['sale', 'return']) kind`,
    ],
  },
  {
    name: 'points that a till reserved for ever',
    seenBy: 'what a till reserved was used or came back when its time was over',
    sql: [
      `${SALE}) select gen_random_uuid(), ${FIRST_PARTNER}, 'S01', 'defect', 'sale', (select id from member limit 1), 'RESERVED', '{}', now(), now()`,
    ],
  },
  {
    name: 'a coupon that was used online and at a till',
    seenBy: 'a coupon serves one purchase, online or at a till, and is with it',
    sql: [
      `insert into till_discount (till_id, line_no, rule, label, off_fen, funding)
         select gen_random_uuid(), 1, (select id::text from member_coupon order by id limit 1), 'defect', 1, 'hq' from generate_series(1, 2)`,
    ],
  },
  {
    name: 'a coupon more than the budget allows',
    seenBy: 'of no coupon there are more than its terms and its budget allow',
    sql: [
      `insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key)
         select gen_random_uuid(), t.id, gen_random_uuid(), 'UNUSED', now(), now(), now() + interval '1 day', 'defect ' || n
         from (select id, budget_fen / worth_fen as paid from coupon_template where budget_on = 'granted' limit 1) t, generate_series(0, t.paid) n`,
    ],
  },
  {
    name: 'a code on paper that brought a coupon to somebody else',
    seenBy: 'a code on paper brought one coupon, to whoever said it',
    sql: [
      `update coupon_code set coupon_id = (select id from member_coupon order by id limit 1), member_id = gen_random_uuid(), used_at = now()
         where hash = (select min(hash) from coupon_code)`,
    ],
  },
  {
    name: 'an old card that is bound and brought nothing',
    seenBy: 'an old card is worth to one member at a time what is printed on it',
    sql: [
      `insert into plastic_card select (jsonb_populate_record(c, '{"no": "DEFECT"}')).* from plastic_card c limit 1`,
      `insert into card_binding (id, card_no, member_id, way, points, growth, at, by)
         select gen_random_uuid(), 'DEFECT', id, 'phone', 1, 0, now(), 'defect' from member limit 1`,
    ],
  },
  {
    name: 'growth of a purchase that nobody made',
    seenBy: 'what members collected and did not bring back has grown, and nothing else',
    sql: [
      `insert into growth_purchase (purchase_id, kind, member_id, collected_at, count_at, growth_per_yuan, kept_fen)
         select gen_random_uuid(), 'order', id, now(), now(), 100, 1 from member limit 1`,
    ],
  },
  {
    name: 'a count of the ERP that was not heard',
    seenBy:
      'what the ERP counts is its last count, what it moved since and what went over our counters since',
    evidence: ({ erp }) => ({
      erp: erp && {
        ...erp,
        events: erp.events.map((each, i) => (i === erp.events.length - 1 ? { ...each, change: 1000 } : each)),
      },
    }),
  },
  {
    name: 'a message that never arrived and counts as sent',
    seenBy: 'every message arrived as it was sent, or is listed as one that did not',
    evidence: ({ received }) => ({ received: new Map([...received].slice(1)) }),
  },
  {
    name: 'an entry that nobody was told of',
    seenBy: 'every entry of the books is told once',
    sql: [`delete from webhook_message where no = (select min(no) from webhook_message)`],
  },
]
