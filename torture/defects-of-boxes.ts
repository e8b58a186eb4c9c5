import type { Defect } from './defects.ts'

/** What shoppers subscribed to before the doors opened. */
const A_BOX = `(select id from box order by id limit 1)`
const A_WEEK = `'2020-01-04'`
/** Paid in one piece, collected, and of no campaign. */
const PAID_ORDER = `(select id from orders where completed_at is not null and campaign_id is null order by id limit 1)`

/** What may go wrong with boxes; each can be planted whatever a run left behind. */
export const DEFECTS_OF_BOXES: readonly Defect[] = [
  {
    name: 'a week that was ordered while its box was over',
    seenBy:
      'a week of a box is decided once: none is ordered that was skipped, or while its box is paused or over',
    sql: [
      `insert into box_event (box_id, week, verb, by, at) values (${A_BOX}, ${A_WEEK}, 'due', 'system', now())`,
      `insert into box_week (box_id, week, store_id, quantity, state, pay_until) values (${A_BOX}, ${A_WEEK}, 'S01', 1, 'DUE', now())`,
    ],
  },
  {
    name: 'an order that nobody paid and that nobody counted',
    seenBy:
      'a box is what was done to it, and two weeks in a row that nobody paid pause it, and nothing less',
    sql: [`update box set lapses = (lapses + 1) % 3 where id = ${A_BOX}`],
  },
  {
    name: 'a box that is packed for nobody',
    seenBy: 'what a store packs for a week are the pieces of its orders that stand, each once',
    evidence: ({ packed }) => ({
      packed: [
        ...packed,
        { campaignId: 'unheard-of', week: '2020-01-04', storeId: 'S01', orderId: 'unheard-of', quantity: 1 },
      ],
    }),
  },
  {
    name: 'a second order of a week',
    seenBy:
      'a week of a box has one order at most: its member’s, of its pieces, in its store, at the price of the campaign',
    sql: [
      `update orders set campaign_id = (select campaign_id from box where id = ${A_BOX}) where id = ${PAID_ORDER}`,
    ],
  },
  {
    name: 'a week that was ordered a month ahead',
    seenBy:
      'no box is ordered before its hour, nor for a week that was ordered when it was subscribed; and none is paid ahead',
    sql: [
      `insert into box_event (box_id, week, verb, by, at) values (${A_BOX}, ${A_WEEK}, 'due', 'system', date ${A_WEEK} - interval '30 days')`,
    ],
  },
  {
    name: 'a week that was paid and counts as a lapse',
    seenBy: 'what became of a week is what became of its order',
    sql: [
      `insert into box_week (box_id, week, store_id, quantity, state, pay_until, order_id) values (${A_BOX}, ${A_WEEK}, 'S01', 1, 'LAPSED', now(), ${PAID_ORDER})`,
    ],
  },
  {
    name: 'a place that nobody has',
    seenBy: 'the places of a store are those of its running boxes, and no more than it packs',
    sql: [
      `alter table box_place drop constraint box_place_full`,
      `update box_place set taken = taken + 1 where campaign_id = (select campaign_id from box where id = ${A_BOX})`,
    ],
  },
  {
    name: 'a box that outlived its campaign',
    seenBy: 'a box is over with its campaign',
    sql: [
      `update box set state = 'RUNNING', paused_by = null, lapses = 0, ended_at = null where ctid = (select b.ctid from box b join campaign c on c.id = b.campaign_id
         where c.state = 'ENDED' order by b.started_at desc, b.id limit 1)`,
    ],
  },
]
