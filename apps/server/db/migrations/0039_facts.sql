-- What was bought, wherever it was bought, and the sums that boards and audiences read (docs/adr/0040).
create table purchase (
  -- Of the order, of the sale at a till, or of a receipt of the time before.
  id uuid not null,
  source text not null check (source in ('order', 'till', 'history')),
  store_id text not null references store,
  -- Null: nobody showed a card.
  member_id uuid references member,
  channel text not null check (channel in ('pickup', 'delivery', 'express', 'neighbours', 'till')),
  bought_at timestamptz not null,
  -- The business day of that instant.
  day date not null,
  -- Goods before and after all discounts, freight aside; what of the second went back.
  goods_fen bigint not null,
  pay_fen bigint not null check (pay_fen between 0 and goods_fen),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and pay_fen),
  pieces integer not null check (pieces > 0),
  refunded_pieces integer not null default 0 check (refunded_pieces between 0 and pieces),
  collected_at timestamptz,
  campaign_id uuid
);
create table purchase_line (
  purchase_id uuid not null,
  line_no integer not null,
  -- Null: a barcode of a till that nobody here knows.
  sku_id uuid references sku,
  -- Of its purchase, so that the goods of a store or of a member are found without it.
  store_id text not null,
  member_id uuid,
  day date not null,
  quantity integer not null check (quantity > 0),
  refunded_quantity integer not null default 0 check (refunded_quantity between 0 and quantity),
  pay_fen bigint not null check (pay_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and pay_fen),
  primary key (purchase_id, line_no)
);
create index purchase_line_sku on purchase_line (sku_id, day);
create index purchase_line_member on purchase_line (member_id, day) where member_id is not null;

-- Sums, moved by the difference that each purchase makes, equal to what counting from scratch says.
create table sales_day (
  store_id text not null,
  day date not null,
  channel text not null,
  purchases integer not null,
  goods_fen bigint not null,
  pay_fen bigint not null,
  refunded_fen bigint not null,
  pieces bigint not null,
  refunded_pieces bigint not null,
  primary key (day, store_id, channel)
);
create table sales_sku_day (
  store_id text not null,
  day date not null,
  sku_id uuid not null,
  -- Those that it is in, however often.
  purchases integer not null,
  quantity bigint not null,
  refunded_quantity bigint not null,
  pay_fen bigint not null,
  refunded_fen bigint not null,
  primary key (day, store_id, sku_id)
);
create index sales_sku_day_sku on sales_sku_day (sku_id, day);
create table member_day (
  member_id uuid not null,
  day date not null,
  store_id text not null,
  purchases integer not null,
  pay_fen bigint not null,
  refunded_fen bigint not null,
  pieces bigint not null,
  -- Of the largest purchase of that day.
  most_pieces integer not null,
  primary key (member_id, day, store_id)
);
create index member_day_day on member_day (day, store_id);

create table insight_cursor (
  book text primary key,
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);

-- Last, as in 0007: plans of the empty table read one row by its id.
alter table purchase add primary key (id);
create index purchase_day on purchase (day, store_id);
create index purchase_member on purchase (member_id, bought_at) where member_id is not null;
