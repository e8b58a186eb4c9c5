-- Orders. Order, pay and refund are separate axes; each change of state leaves an event row in the same transaction.
create sequence order_number_seq;

create table orders (
  id uuid not null,
  -- Collated by bytes, so that the index finds the beginning of a number.
  no text collate "C" not null unique,
  store_id text not null references store,
  member_id uuid not null references member,
  idem_key text not null,
  body_hash bytea not null,
  state text not null check (state in ('PENDING_PAY', 'WAIT_BALANCE', 'WAIT_GOODS', 'WAIT_GROUP', 'PAID', 'READY', 'COMPLETED', 'CANCELLED',
    'CLOSED_REFUND')),
  pay_state text not null default 'UNPAID' check (pay_state in ('UNPAID', 'DEPOSIT', 'PAID')),
  refund_state text not null default 'NONE' check (refund_state in ('NONE', 'PENDING', 'PARTIAL', 'FULL', 'FAILED')),
  fulfilment text not null check (fulfilment in ('pickup', 'delivery')),
  slot_start timestamptz,
  slot_end timestamptz,
  goods_fen bigint not null check (goods_fen >= 0),
  discount_fen bigint not null default 0 check (discount_fen >= 0),
  freight_fen bigint not null default 0 check (freight_fen >= 0),
  total_fen bigint not null check (total_fen >= 0),
  -- What of it the member's stored value pays, as it was placed; the rest is asked of another tender.
  stored_value_fen bigint not null default 0,
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  remark text not null default '',
  if_short text not null default 'refund' check (if_short in ('refund', 'substitute', 'call')),
  placed_at timestamptz not null,
  expires_at timestamptz,
  -- When the sweep of unpaid orders looks next: as it expires, later while WeChat does not say whether it was paid.
  timeout_at timestamptz,
  paid_at timestamptz,
  -- Since when it could be packed, where that is later than it was paid: when its group was full.
  packable_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  constraint orders_sum check (total_fen = goods_fen - discount_fen + freight_fen),
  constraint orders_stored_value check (stored_value_fen between 0 and total_fen),
  constraint orders_refund_within_paid check (refunded_fen <= paid_fen),
  constraint orders_paid_state check ((pay_state = 'PAID') = (paid_at is not null)),
  constraint orders_goods_need_money check (state not in ('WAIT_GROUP', 'WAIT_GOODS', 'PAID', 'READY', 'COMPLETED', 'CLOSED_REFUND') or pay_state = 'PAID'
    or (state = 'CLOSED_REFUND' and pay_state = 'DEPOSIT'))
);
-- The member as text, so that no other index can answer the desk's look-up of keys: a plan made on an empty table once took orders_member and read
-- every order of the member.
create unique index orders_idem on orders (idem_key, (member_id::text));
create index orders_member on orders (member_id, placed_at desc, id desc);
create index orders_store on orders (store_id, placed_at desc, id desc);
create index orders_placed on orders (placed_at desc, id desc);
create index orders_unpaid on orders (timeout_at) where state in ('PENDING_PAY', 'WAIT_BALANCE');
create index orders_waiting on orders (store_id, paid_at) where state in ('PAID', 'READY');
create index orders_paid on orders (paid_at) where paid_at is not null;
create index orders_completed on orders (completed_at) where completed_at is not null;
create index orders_refund_state on orders (refund_state, placed_at desc, id desc) where refund_state <> 'NONE';
-- What people know of a number is its end.
create index orders_no_end on orders (reverse(no));
-- Last, because on an empty table every index costs the same and PostgreSQL takes the one made last: a plan kept from then reads one row by its id
-- for ever after, not the whole of an index that has the id as a later column.
alter table orders add primary key (id);

create table order_line (
  order_id uuid not null references orders,
  line_no smallint not null check (line_no > 0),
  store_id text not null,
  sku_id uuid not null references sku,
  product_id uuid not null,
  name text not null,
  unit text not null,
  barcode text not null,
  shelf text,
  picture_id uuid,
  quantity integer not null check (quantity > 0),
  unit_fen bigint not null check (unit_fen > 0),
  amount_fen bigint not null,
  pay_fen bigint not null check (pay_fen >= 0),
  -- Taken out of the order before it was handed over: its stock is back on the shelf, whatever became of the money.
  withdrawn_quantity integer not null default 0 check (withdrawn_quantity between 0 and quantity),
  -- Pieces whose money somebody promised back: what of it is not back or on its way is owed, whatever became of the refund that was to bring it.
  promised_quantity integer not null default 0 check (promised_quantity between 0 and quantity),
  refunded_quantity integer not null default 0 check (refunded_quantity between 0 and quantity),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and pay_fen),
  -- Sold by weight, as it was promised when it was ordered: grams of one piece, and how much lighter it may be before money goes back.
  piece_grams integer check (piece_grams > 0),
  tolerance_bp smallint check (tolerance_bp between 0 and 1000),
  -- What the scales said of the pieces in the bag, and what went back for it; the second once and for all as the bag was handed over.
  final_grams integer check (final_grams > 0),
  weight_back_fen bigint check (weight_back_fen between 0 and pay_fen),
  constraint order_line_weighed check ((piece_grams is null) = (tolerance_bp is null)
    and (final_grams is null or piece_grams is not null) and (weight_back_fen is null or final_grams is not null)),
  -- Points that paying for it earns; a refund takes its part of them back.
  earned_points bigint not null default 0 check (earned_points >= 0),
  primary key (order_id, line_no),
  check (amount_fen = unit_fen * quantity and pay_fen <= amount_fen)
);

-- What is in a bundle, as it was when it was ordered: pieces of each component in one bundle, and its part of what was paid for the line.
create table order_line_component (
  order_id uuid not null,
  line_no smallint not null,
  sku_id uuid not null references sku,
  name text not null,
  unit text not null,
  barcode text not null,
  shelf text,
  picture_id uuid,
  quantity integer not null check (quantity > 0),
  pay_fen bigint not null check (pay_fen >= 0),
  primary key (order_id, line_no, sku_id),
  foreign key (order_id, line_no) references order_line
);

-- What each rule took off each line, kept for ever: a refund never recomputes a price.
create table line_discount (
  order_id uuid not null,
  line_no smallint not null,
  rule text not null,
  label text not null,
  off_fen bigint not null check (off_fen > 0),
  -- Points given for it: the line's part of what the order spent.
  points bigint not null default 0 check (points >= 0),
  -- Who bears it.
  funding text not null check (funding in ('store', 'hq', 'supplier')),
  primary key (order_id, line_no, rule),
  foreign key (order_id, line_no) references order_line
);

create table order_event (
  id bigint generated always as identity primary key,
  order_id uuid not null references orders,
  verb text not null,
  from_state text,
  to_state text not null,
  by text not null,
  at timestamptz not null,
  data jsonb
);
create index order_event_order on order_event (order_id, id);
create trigger order_event_append_only before update or delete on order_event
  for each row execute function refuse_change();

-- How many orders of each store and day stand in each state, and what was paid for them: a list says so beside its pages, and counting a million rows
-- each time would not do. The days of a store are summed in the row of day -infinity. What changed since the last sweep waits in the second table, which
-- is only added to, so that no two orders wait for one row; both together are the truth in every moment.
create table order_tally (
  store_id text not null,
  day date not null,
  state text not null,
  orders integer not null,
  paid_fen bigint not null,
  primary key (store_id, day, state)
);
create table order_tally_news (
  store_id text not null,
  day date not null,
  state text not null,
  orders integer not null,
  paid_fen bigint not null
);
-- Money of an order that was closed before it came does not count: it went back. An earnest that was lost does.
create function tally_placed() returns trigger language plpgsql as $$
begin
  insert into order_tally_news
    select store_id, (placed_at at time zone 'Asia/Shanghai')::date, state, count(*), sum(case when state = 'CANCELLED' and pay_state <> 'DEPOSIT' then 0 else paid_fen end)
    from new_rows group by 1, 2, 3;
  return null;
end $$;
create function tally_changed() returns trigger language plpgsql as $$
begin
  insert into order_tally_news
    select store_id, (placed_at at time zone 'Asia/Shanghai')::date, state, sum(way), sum(case when state = 'CANCELLED' and pay_state <> 'DEPOSIT' then 0 else way * paid_fen end)
    from (select store_id, placed_at, state, pay_state, paid_fen, 1 as way from new_rows
      union all select store_id, placed_at, state, pay_state, paid_fen, -1 from old_rows) both_sides
    group by 1, 2, 3 having sum(way) <> 0 or sum(case when state = 'CANCELLED' and pay_state <> 'DEPOSIT' then 0 else way * paid_fen end) <> 0;
  return null;
end $$;
create trigger orders_tally_placed after insert on orders referencing new table as new_rows
  for each statement execute function tally_placed();
create trigger orders_tally_changed after update on orders referencing old table as old_rows new table as new_rows
  for each statement execute function tally_changed();
