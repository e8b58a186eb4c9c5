-- Feeds: what other systems (an ERP, tills, a folder that somebody fills) tell us of goods, prices and stock. docs/adr/0025.

-- Pieces kept back while nobody knows how old a store's counts are; no person sets it, and it goes by itself.
alter table stock_level add column buffer integer not null default 0 check (buffer >= 0);
create or replace function free_of(l stock_level) returns integer language sql immutable parallel safe
  return l.on_hand - l.reserved - l.safety - l.activity_locked - l.expired - l.buffer;

-- Stores whose counts are older than the chain allows. A store without a row is as sure of its stock as it can be.
create table stock_doubt (
  store_id text primary key references store,
  standing text not null check (standing in ('stale', 'stopped')),
  since timestamptz not null,
  told_at timestamptz not null
);
create trigger stock_doubt_tell after insert or update or delete on stock_doubt
  for each statement execute function tell('stock_doubt');
-- What a count has to look back at: our own moves since the moment it was taken.
create index stock_ledger_moved on stock_ledger (store_id, sku_id, at)
  where reason in ('SHIP', 'POS_SALE', 'RECEIVE', 'WASTE', 'TRANSFER', 'RETURN', 'ADJUST');

create table feed_source (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('erp', 'till', 'folder')),
  active boolean not null default true,
  -- The partner whose signed requests may speak for it; without one, files alone.
  partner_code text references partner (code),
  -- What it tells us of.
  stock boolean not null,
  prices boolean not null,
  products boolean not null,
  -- Whether a code that nobody mapped may be a barcode of ours.
  by_barcode boolean not null,
  price_unit text not null check (price_unit in ('fen', 'yuan')),
  -- Which facts of a product its word overwrites; all of them when the goods are new.
  product_facts text[] not null check (product_facts <@ array['name', 'unit', 'category', 'barcode']),
  -- When its stock is stale, what is kept back then, and when goods that sell fast stop.
  stale_minutes integer not null check (stale_minutes between 5 and 10080),
  stop_minutes integer not null check (stop_minutes between 5 and 20160),
  widen text not null check (widen in ('pieces', 'percent', 'days')),
  widen_by integer not null check (widen_by between 0 and 1000),
  fast_per_day integer not null check (fast_per_day between 1 and 100000),
  -- The highest number it has used, and when it last said anything.
  top_seq bigint not null default 0 check (top_seq >= 0),
  -- The latest moment that an event of it speaks of.
  top_at timestamptz,
  heard_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  check (stop_minutes > stale_minutes)
);

-- Its stores are our stores. The stock of one store is told by one source: two counts of the same shelf would undo each other.
create table feed_store (
  source_id uuid not null references feed_source,
  code text not null check (code <> ''),
  store_id text not null references store,
  stock boolean not null,
  -- Up to when its stock of this store is known to be true, and what we make of that.
  told_at timestamptz,
  primary key (source_id, code),
  unique (source_id, store_id)
);
create unique index feed_store_stock on feed_store (store_id) where stock;

-- Its codes are our SKUs; `times`/`per` turn its units into our pieces (a case of twelve: 12/1; kilograms of a piece of 500 g: 2/1).
create table feed_goods (
  source_id uuid not null references feed_source,
  code text not null check (code <> ''),
  sku_id uuid not null references sku,
  times integer not null default 1 check (times between 1 and 100000),
  per integer not null default 1 check (per between 1 and 100000),
  set_by text not null,
  set_at timestamptz not null,
  primary key (source_id, code),
  -- One code per SKU, or two counts of it would each claim to be all there is.
  constraint feed_goods_sku unique (source_id, sku_id)
);
create table feed_category (
  source_id uuid not null references feed_source,
  code text not null check (code <> ''),
  category_id text not null references category,
  primary key (source_id, code)
);

-- One full list, or what came as events on one business day: how far it is, and what became of its rows.
create table feed_run (
  id uuid primary key,
  no bigint generated always as identity unique,
  source_id uuid not null references feed_source,
  kind text not null check (kind in ('events', 'snapshot')),
  topic text not null check (topic in ('stock', 'prices', 'products', 'all')),
  state text not null check (state in ('OPEN', 'WAITING', 'WORKING', 'DONE', 'FAILED', 'CANCELLED')),
  day date not null,
  as_of timestamptz,
  -- The last of our stock entries that the other side had heard of when it counted.
  known_through bigint check (known_through >= 0),
  -- What goods that are not on the list mean: nothing, or none left.
  absent text not null default 'keep' check (absent in ('keep', 'none')),
  key text not null,
  file_name text,
  file_sha256 bytea,
  rows integer not null default 0 check (rows >= 0),
  seen integer not null default 0 check (seen >= 0),
  applied integer not null default 0 check (applied >= 0),
  same integer not null default 0 check (same >= 0),
  superseded integer not null default 0 check (superseded >= 0),
  duplicate integer not null default 0 check (duplicate >= 0),
  refused integer not null default 0 check (refused >= 0),
  short integer not null default 0 check (short >= 0),
  fault text,
  -- The last row that was applied, in the order of levels.
  cursor_store text,
  cursor_sku uuid,
  cursor_row integer,
  opened_at timestamptz not null,
  closed_at timestamptz,
  ended_at timestamptz,
  by text not null,
  unique (source_id, key),
  check ((kind = 'snapshot') = (topic <> 'all')),
  check (topic <> 'stock' or as_of is not null)
);
create index feed_run_list on feed_run (opened_at desc, no desc);
create index feed_run_due on feed_run (closed_at) where state in ('WAITING', 'WORKING');
-- The same file is never taken in twice.
create unique index feed_run_file on feed_run (source_id, file_sha256) where file_sha256 is not null and state <> 'FAILED';

-- Events by their number: each once, whatever order they come in.
create table feed_event (
  source_id uuid not null references feed_source,
  seq bigint not null check (seq > 0),
  run_id uuid not null references feed_run,
  topic text not null check (topic in ('stock', 'prices', 'products')),
  body jsonb not null,
  body_hash bytea not null,
  at timestamptz not null,
  heard_at timestamptz not null,
  state text not null check (state in ('APPLIED', 'SUPERSEDED', 'REFUSED')),
  store_id text,
  sku_id uuid,
  -- Stock: a count in our pieces, or a change.
  counted integer,
  delta integer,
  known_through bigint,
  primary key (source_id, seq),
  check (topic <> 'stock' or state = 'REFUSED' or (store_id is not null and sku_id is not null and num_nonnulls(counted, delta) = 1))
);
create index feed_event_level on feed_event (source_id, store_id, sku_id, seq desc) where topic = 'stock' and sku_id is not null;
create index feed_event_refused on feed_event (source_id, seq) where state = 'REFUSED';
create index feed_event_run on feed_event (run_id);

-- Numbers that were jumped over and have not come yet.
create table feed_gap (
  source_id uuid not null references feed_source,
  from_seq bigint not null,
  to_seq bigint not null,
  seen_at timestamptz not null,
  primary key (source_id, from_seq),
  check (from_seq between 1 and to_seq)
);

-- Rows of a full list, until it has been applied and some days have passed.
create table feed_row (
  run_id uuid not null references feed_run,
  row_no integer not null check (row_no > 0),
  body jsonb not null,
  store_id text,
  sku_id uuid,
  counted integer,
  primary key (run_id, row_no)
);
create index feed_row_level on feed_row (run_id, store_id, sku_id, row_no) where sku_id is not null;

-- What a row could not do, and why. Nothing of such a row was done.
create table feed_fault (
  run_id uuid not null references feed_run,
  -- The row of a list, the number of an event.
  row_no bigint not null,
  code text not null,
  reason text not null,
  store_code text,
  goods_code text,
  store_id text,
  at timestamptz not null,
  mended_at timestamptz,
  primary key (run_id, row_no, code)
);
create index feed_fault_open on feed_fault (run_id, row_no) where mended_at is null;

-- What a source last counted of a level in a full list. `owed`: how far its word is below nothing, so that the order of events never matters.
create table feed_level (
  source_id uuid not null references feed_source,
  store_id text not null,
  sku_id uuid not null,
  counted_at timestamptz,
  counted integer,
  known_through bigint,
  owed integer not null default 0 check (owed >= 0),
  primary key (source_id, store_id, sku_id),
  check ((counted_at is null) = (counted is null))
);
-- The newest word on one fact of goods: a price (by store), a name (store ''). Facts go each its own way: a word may say some of them.
create table feed_word (
  source_id uuid not null references feed_source,
  fact text not null check (fact in ('price', 'online', 'name', 'unit', 'category', 'barcode')),
  store_id text not null,
  sku_id uuid not null,
  -- The moment of the last full list, and number and moment of the newest event.
  listed_at timestamptz,
  seq bigint,
  at timestamptz,
  primary key (source_id, fact, store_id, sku_id),
  check ((store_id <> '') = (fact in ('price', 'online'))),
  check ((seq is null) = (at is null))
);
