import type { Defect } from './defects.ts'

const SOMEBODY = `(select id from member order by id limit 1)`
const SOME_ORDER = `(select order_id from campaign_claim order by order_id limit 1)`
/** What a short run need not have: a group, a rally, a presale of nobody's, to spoil. */
const GROUP = `insert into buy_group (id, campaign_id, store_id, sku_id, rungs, size, most, late_payer, quiet_minutes, state, leader_id, opened_at, expires_at,
    ended_at, why, price_fen, seated, paid)
  select gen_random_uuid(), id, 'S01', gen_random_uuid(), '[{"size": 2, "priceFen": 90}]', 2, 2, 'refund', 20`
const LOOSE_GROUPS = `alter table buy_group drop constraint buy_group_seats, drop constraint buy_group_empty`
const SEAT = `insert into group_seat (order_id, group_id, member_id, seat_no, most, state, taken_at, paid_at) select`
const A_GROUP_CAMPAIGN = `from campaign where id = (select id from campaign where kind = 'group' order by id limit 1)`
const RALLY = `insert into rally (id, campaign_id, kind, store_id, sku_id, floor_fen, member_id, slot, per_member, need, helps, state, started_at, deadline,
    reached_at, held_until, order_id) select gen_random_uuid(), id, kind, 'S01'`
const A_BARGAIN = `from campaign where id = (select id from campaign where kind = 'bargain' order by id limit 1)`
const HELP = `insert into rally_help (rally_id, n, campaign_id, member_id, day, slot, helps_each, day_slot, helps_per_day, at)`
const NEEDED = `jsonb_array_length(terms -> 'cuts')`
const FLOOR = `(select price_fen from campaign_item i where i.campaign_id = campaign.id)`
const AGREED = `insert into order_presale (order_id, campaign_id, store_id, sku_id, called, cutoff, pickup_from, promised_by, balance_from, balance_until, arrival_id, arrived_at)`

/** Paid in one piece, collected, and of no campaign. */
const PAID_ORDER = `(select id from orders where completed_at is not null order by id limit 1)`

/** What may go wrong in campaigns and with what promoters earn; each can be planted whatever a run left behind. */
export const DEFECTS_OF_CAMPAIGNS: readonly Defect[] = [
  {
    name: 'a piece that a campaign forgot on the way back to the shelf',
    seenBy: 'what is kept for campaigns is what they still have to sell, and the ledger says so',
    sql: [
      `update stock_level set activity_locked = activity_locked + 1 where (store_id, sku_id) = (select store_id, sku_id from stock_level order by 1, 2 limit 1)`,
    ],
  },
  {
    name: 'a piece of a campaign that nobody has',
    seenBy: 'what is taken of a campaign is what its orders have, and what is set aside for bargains',
    sql: [
      `alter table campaign_stock drop constraint campaign_stock_not_oversold`,
      `update campaign_stock set taken = taken + 1 where ctid = (select ctid from campaign_stock order by campaign_id limit 1)`,
    ],
  },
  {
    name: 'a piece beyond the limit',
    seenBy: 'nobody has more of a campaign than one may, and every piece stands in a slot',
    sql: [
      `update campaign_claim set quantity = quantity + 9, state = 'PAID' where order_id = (select order_id from campaign_claim limit 1)`,
    ],
  },
  {
    name: 'a paid order whose part in a campaign went back',
    seenBy: 'what an order has of a campaign stands as the order does, at the campaign’s price',
    sql: [
      `update campaign_claim set state = case state when 'RETURNED' then 'PAID' else 'RETURNED' end
         where order_id = (select order_id from campaign_claim limit 1)`,
    ],
  },
  {
    name: 'a campaign that ended and kept a piece',
    seenBy: 'a campaign that is over keeps nothing',
    sql: [
      `update campaign_stock set carved = carved + 1 where campaign_id = (select id from campaign where state = 'ENDED' limit 1)`,
    ],
  },
  {
    name: 'a seat beyond the size of a group',
    seenBy: 'no group has more people than seats, nobody sits twice, and it counts them right',
    sql: [
      LOOSE_GROUPS,
      `drop index group_seat_taken`,
      `${GROUP}, 'OPEN', ${SOMEBODY}, now(), now() + interval '1 hour', null, null, null, 0, 77 ${A_GROUP_CAMPAIGN}`,
      `${SEAT} gen_random_uuid(), g.id, gen_random_uuid(), 1 + n % 2, 2, 'PAID', now(), now() from buy_group g, generate_series(1, 3) n
         where g.paid = 77`,
    ],
  },
  {
    name: 'a group that was made by one',
    seenBy: 'a group that is made had as many who paid as it needs, and its price is that of its rung',
    sql: [
      `${GROUP}, 'SUCCESS', ${SOMEBODY}, now(), now() + interval '1 hour', now(), 'gather', 90, 1, 1 ${A_GROUP_CAMPAIGN}`,
    ],
  },
  {
    name: 'somebody in a group that failed who waits for their money',
    seenBy: 'of a group that failed everybody has all of their money back',
    sql: [
      LOOSE_GROUPS,
      `${GROUP}, 'FAILED', ${SOMEBODY}, now(), now() + interval '1 hour', now(), 'expire', null, 99, 1 ${A_GROUP_CAMPAIGN}`,
      `${SEAT} ${SOME_ORDER}, g.id, ${SOMEBODY}, 1, 2, 'PAID', now(), now() from buy_group g where g.seated = 99 on conflict (order_id) do update
         set group_id = excluded.group_id, state = 'PAID', paid_at = now()`,
    ],
  },
  {
    name: 'a difference of a ladder that was never given back',
    seenBy:
      'of a group that is made everybody keeps goods at its price: what was paid above it is back, once, and so is all that was refunded later',
    sql: [
      `update order_line set group_back_fen = group_back_fen + 1 where (order_id, line_no) = (select order_id, line_no from order_line
         where order_id in (select id from orders where completed_at is not null) and group_back_fen + coalesce(weight_back_fen, 0) < pay_fen
         order by order_id, line_no limit 1)`,
    ],
  },
  {
    name: 'a seat that was given back and whose order goes on',
    seenBy: 'a seat stands as its order does',
    sql: [
      `${SEAT} id, gen_random_uuid(), member_id, 1, 2, 'REFUNDED', now(), now() from orders where completed_at is not null and state <> 'CLOSED_REFUND'
         order by id limit 1 on conflict (order_id) do update set state = 'REFUNDED'`,
    ],
  },
  {
    name: 'a bag that was packed while its group was open',
    seenBy: 'nothing is packed before its group is made',
    sql: [
      `delete from order_event where verb = 'gather' or order_id <> (select id from orders where completed_at is not null order by id limit 1)`,
      `${SEAT} id, gen_random_uuid(), member_id, 1, 2, 'SUCCESS', now(), now() from orders where completed_at is not null
         order by id limit 1 on conflict (order_id) do update set state = 'SUCCESS'`,
    ],
  },
  {
    name: 'a friend who helped twice',
    seenBy:
      'each friend helps once, told by account, telephone and number, never themselves, and no more than are asked for',
    sql: [
      `${RALLY}, gen_random_uuid(), 1, gen_random_uuid(), 1, per_member, ${NEEDED}, 2, 'CUTTING', now(), now() + interval '1 hour', null, null, null ${A_BARGAIN}`,
      `alter table rally_help drop constraint rally_help_member, drop constraint rally_help_limit, drop constraint rally_help_limit_today`,
      `${HELP} select r.id, n, r.campaign_id, ${SOMEBODY}, current_date, 100 + n, 50, 100 + n, 20, now() from rally r, generate_series(1, 2) n
         where r.helps = 2 and r.order_id is null and not exists (select from rally_help h where h.rally_id = r.id)`,
    ],
  },
  {
    name: 'somebody who helped all day',
    seenBy: 'nobody helps more often than the terms say',
    sql: [
      `alter table rally_help drop constraint rally_help_limit, drop constraint rally_help_limit_today`,
      `${HELP} select gen_random_uuid(), 1, id, ${SOMEBODY}, current_date, 100 + n, 50, 100 + n, 20, now() from campaign, generate_series(1, 60) n
         where kind = 'bargain'`,
    ],
  },
  {
    name: 'a bargain that a friend cut one fen too deep',
    seenBy: 'what friends take off is the published table, to the fen',
    sql: [
      `${RALLY}, gen_random_uuid(), ${FLOOR} - 1, gen_random_uuid(), 1, per_member, ${NEEDED}, 0, 'EXPIRED', now(), now() + interval '1 hour', null, null, null ${A_BARGAIN}`,
    ],
  },
  {
    name: 'a bargain that is ordered by nobody',
    seenBy: 'a bargain that is ordered has its order, and the order its bargain',
    sql: [
      `${RALLY}, gen_random_uuid(), ${FLOOR}, gen_random_uuid(), 1, per_member, ${NEEDED}, ${NEEDED}, 'ORDERED', now(), now() + interval '1 hour', now(), now(), gen_random_uuid() ${A_BARGAIN}`,
    ],
  },
  {
    name: 'a coupon for help that nobody gave',
    seenBy: 'who is owed a coupon for friends has it, once, and nobody else has one',
    sql: [
      `insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key)
         select gen_random_uuid(), id, ${SOMEBODY}, 'UNUSED', now(), now(), now() + interval '1 day', 'defect' from coupon_template where way = 'reward'`,
    ],
  },
  {
    name: 'a friend of nobody but themselves',
    seenBy:
      'a friend counts for one sharer, who is somebody else, for what they did, and no more friends than the terms say',
    sql: [
      `insert into invite (id, campaign_id, store_id, member_id, at) select '01900000-0000-7000-8000-000000000001', id, 'S01', ${SOMEBODY}, now()
         from campaign where id = (select id from campaign where kind = 'share_off' order by id desc limit 1) on conflict (campaign_id, member_id) do update set at = now()`,
      `insert into invited (campaign_id, member_id, invite_id, opened_at, until, state, most_each) select campaign_id, member_id, id, now(), now() + interval '1 day', 'OPEN', 3
         from invite where member_id = ${SOMEBODY} on conflict (campaign_id, member_id) do update set invite_id = excluded.invite_id`,
    ],
  },
  {
    name: 'a deposit that was paid and is not half of anything',
    seenBy: 'a deposit and its balance are the price, and each was paid once',
    sql: [
      `alter table orders drop constraint orders_deposit`,
      `update orders set deposit_fen = 1, pay_state = 'PAID' where id = ${PAID_ORDER}`,
      `insert into order_event (order_id, verb, from_state, to_state, by, at) select ${PAID_ORDER}, 'pay_deposit', 'PENDING_PAY', 'WAIT_BALANCE', 'defect', now()`,
    ],
  },
  {
    name: 'an arrival of one piece that served many',
    seenBy: 'no arrival served more than came, and who was served waited for these goods',
    sql: [
      `insert into presale_arrival (id, campaign_id, store_id, sku_id, pieces, idem_key, by, at) select '01900000-0000-7000-8000-000000000002', id, 'S01', gen_random_uuid(),
         1, 'defect', gen_random_uuid(), now() from campaign where kind = 'presale' limit 1`,
      `${AGREED} select id, gen_random_uuid(), 'S01', gen_random_uuid(), null, now(), now(), now(), null, null, '01900000-0000-7000-8000-000000000002', now()
         from orders where completed_at is not null on conflict (order_id) do update set arrival_id = excluded.arrival_id, arrived_at = now()`,
    ],
  },
  {
    name: 'a bag of goods that never came',
    seenBy: 'goods that are yet to come are packed once they came',
    sql: [
      `update orders set goods_by = coalesce(goods_by, now()) where state = 'COMPLETED'`,
      `delete from order_event where verb = 'arrive' or order_id is null or id = (select min(id) from order_event)`,
    ],
  },
  {
    name: 'an advance that was kept',
    seenBy: 'a deal that ended without its goods left the money where its terms say',
    sql: [
      `${AGREED} select ${PAID_ORDER}, gen_random_uuid(), 'S01', gen_random_uuid(), 'advance', now(), now(), now(), now(), now(), null, null
         on conflict (order_id) do update set called = 'advance'`,
      `insert into order_event (order_id, verb, from_state, to_state, by, at) select ${PAID_ORDER}, 'lapse', 'WAIT_BALANCE', 'CANCELLED', 'system', now()`,
    ],
  },
  {
    name: 'a promoter who has what nobody posted',
    seenBy: 'the rules of commissions hold',
    sql: [
      `update commission_account set available_fen = available_fen + 1 where id = (select min(id::text)::uuid from commission_account)`,
    ],
  },
  {
    name: 'a transfer that arrived and that we know nothing of',
    seenBy: 'WeChat and we say the same of every withdrawal, to the fen',
    evidence: ({ transfers }) => ({
      transfers: [...transfers, { outBillNo: 'unheardof', amountFen: 10, state: 'SUCCESS' }],
    }),
  },
  {
    name: 'a withdrawal of more than was there',
    seenBy: 'nobody withdrew what they did not have at that moment',
    sql: [
      `insert into commission_posting (account_id, reason, available_fen, paid_fen, note, by, at)
         select id, 'wages', -100000000, 100000000, 'defect', 'defect', now() from commission_account limit 1`,
    ],
  },
  {
    name: 'a purchase whose promoter went empty-handed',
    seenBy: 'what a member who was brought bought and paid for has its share, and nothing else has',
    sql: [`delete from commission_line where depth = 1`],
  },
]
