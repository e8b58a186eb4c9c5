-- The store's stock work: documents (receive, waste, count, transfer), lots with expiry, safety by days of cover, the result of every sum
-- check, and who waits for goods to return.

-- Pieces presumed past their date (docs/adr/0012): still on hand, no longer for sale.
alter table stock_level add column expired integer not null default 0 check (expired >= 0);

-- What may still be promised, in one place for every statement; below zero when more is spoken for than there is.
-- `freeOf` in rooms/inventory/level.ts is its twin for the order desk, and a test holds them together.
create function free_of(l stock_level) returns integer language sql immutable parallel safe
  return l.on_hand - l.reserved - l.safety - l.activity_locked - l.expired;

drop trigger stock_level_tell on stock_level;
create trigger stock_level_tell after update of safety, expired on stock_level
  for each row execute function tell_stock();

-- A shortfall is only ever as large as what is missing: goods that arrive or orders that end make it smaller by themselves.
create function settle_shortfall() returns trigger language plpgsql as $$
begin
  new.shortfall := least(new.shortfall, greatest(0, new.reserved - new.on_hand));
  return new;
end $$;
create trigger stock_level_settle before update on stock_level
  for each row when (new.shortfall > 0) execute function settle_shortfall();

-- Safety stock that follows the sales: at least `least`, and as many as `cover_days` days sell.
create table safety_rule (
  store_id text not null,
  sku_id uuid not null,
  least integer not null check (least >= 0),
  cover_days smallint not null check (cover_days between 1 and 60),
  set_by text not null,
  set_at timestamptz not null,
  primary key (store_id, sku_id),
  foreign key (store_id, sku_id) references stock_level
);

create table stock_document (
  id uuid primary key,
  seq bigint generated always as identity unique,
  kind text not null check (kind in ('RECEIVE', 'WASTE', 'COUNT', 'TRANSFER')),
  state text not null,
  store_id text not null references store,
  to_store_id text references store,
  source text check (source in ('SUPPLIER', 'WAREHOUSE')),
  supplier text,
  waste_reason text check (waste_reason in ('BROKEN', 'SPOILT', 'EXPIRED', 'LOST', 'USED', 'OTHER')),
  note text not null default '',
  reverses uuid unique references stock_document,
  idem_key text not null,
  body_hash text not null,
  by text not null,
  at timestamptz not null,
  changed_at timestamptz not null,
  unique (by, idem_key),
  unique (id, kind),
  check (case kind
    when 'COUNT' then state in ('COUNTING', 'POSTED', 'CANCELLED')
    when 'TRANSFER' then state in ('REQUESTED', 'SHIPPED', 'RECEIVED', 'RECALLED', 'CANCELLED')
    else state = 'POSTED' end),
  check ((kind = 'TRANSFER') = (to_store_id is not null) and to_store_id <> store_id),
  check ((kind = 'WASTE') = (waste_reason is not null) and (kind = 'RECEIVE') = (source is not null)),
  check (reverses is null or (kind <> 'TRANSFER' and state = 'POSTED'))
);
create index stock_document_list on stock_document (kind, at desc, id desc);
create index stock_document_on_its_way on stock_document (store_id, to_store_id) where state = 'SHIPPED';
-- No path leads out of an end.
create trigger stock_document_ended before update on stock_document
  for each row when (old.state in ('POSTED', 'RECEIVED', 'RECALLED', 'CANCELLED')) execute function refuse_change();

-- Each verb once per document: shipping, receiving, posting or reversing twice cannot be written down.
create table stock_document_event (
  seq bigint generated always as identity unique,
  document_id uuid not null references stock_document,
  verb text not null check (verb in ('post', 'start', 'request', 'ship', 'receive', 'recall', 'cancel', 'reverse')),
  from_state text,
  to_state text not null,
  idem_key text not null,
  body_hash text not null,
  by text not null,
  at timestamptz not null,
  primary key (document_id, verb)
);
create trigger stock_document_event_append_only before update or delete on stock_document_event
  for each row execute function refuse_change();

-- One delivery of one SKU with a date or a batch number. `remaining` follows the sales by presumption: first expired, first out.
create table stock_lot (
  id uuid primary key,
  store_id text not null,
  sku_id uuid not null,
  document_id uuid not null references stock_document,
  batch_no text,
  made_on date,
  expires_on date,
  near_on date,
  received integer not null check (received > 0),
  remaining integer not null check (remaining between 0 and received),
  at timestamptz not null,
  foreign key (store_id, sku_id) references stock_level,
  check (batch_no is not null or expires_on is not null),
  check (made_on <= expires_on),
  check ((near_on is null) = (expires_on is null) and near_on <= expires_on)
);
create index stock_lot_level on stock_lot (store_id, sku_id) where remaining > 0;
create index stock_lot_dates on stock_lot (expires_on, store_id) where remaining > 0;
create index stock_lot_document on stock_lot (document_id);

-- Up to which entry of the ledger the lots of a level have followed.
create table stock_lot_cursor (
  store_id text not null,
  sku_id uuid not null,
  ledger_id bigint not null,
  primary key (store_id, sku_id),
  foreign key (store_id, sku_id) references stock_level
);

create table stock_document_line (
  document_id uuid not null,
  line_no integer not null check (line_no > 0),
  kind text not null,
  store_id text not null,
  sku_id uuid not null,
  -- RECEIVE, WASTE: pieces, negative in a counter-document. TRANSFER: pieces asked for.
  quantity integer,
  batch_no text,
  made_on date,
  expires_on date,
  lot_id uuid references stock_lot,
  -- COUNT: what was counted, and what the book said at that moment.
  counted integer check (counted >= 0),
  on_hand_then integer check (on_hand_then >= 0),
  ledger_then bigint,
  counted_by text,
  counted_at timestamptz,
  open boolean not null default false,
  -- TRANSFER: what left, what arrived, and which lots travel.
  shipped integer check (shipped >= 0),
  received integer check (received >= 0),
  lots jsonb,
  primary key (document_id, line_no),
  foreign key (document_id, kind) references stock_document (id, kind),
  foreign key (store_id, sku_id) references stock_level,
  check (case kind
    when 'COUNT' then counted is not null and on_hand_then is not null and counted_at is not null and quantity is null and shipped is null
    when 'TRANSFER' then quantity > 0 and counted is null and (received is null or received <= shipped)
    else quantity <> 0 and counted is null and shipped is null and received is null end),
  check (kind = 'COUNT' or not open)
);
create unique index stock_document_line_sku on stock_document_line (document_id, sku_id) where kind in ('COUNT', 'TRANSFER');
-- A SKU is counted by one count at a time: two would correct the same difference twice.
create unique index stock_document_line_counting on stock_document_line (store_id, sku_id) where open;

alter table stock_ledger add column document_id uuid references stock_document;
alter table stock_ledger drop constraint stock_ledger_reason_check;
alter table stock_ledger add constraint stock_ledger_reason_check check (reason in
  ('OPENING', 'RESERVE', 'RELEASE', 'SHIP', 'POS_SALE', 'RECEIVE', 'WASTE', 'ADJUST', 'TRANSFER', 'RETURN', 'SYNC', 'LOCK', 'UNLOCK'));
-- A document books a level once each way (out, and back after a recall), however often it is sent.
create unique index stock_ledger_document on stock_ledger (document_id, store_id, sku_id, (on_hand_delta > 0))
  where document_id is not null;

-- Every comparison of levels with their ledger, and what it found.
create table stock_check (
  id uuid primary key,
  at timestamptz not null,
  night date unique,
  levels integer not null check (levels >= 0),
  faults jsonb not null,
  by text not null
);
create index stock_check_at on stock_check (at desc);
create trigger stock_check_append_only before update or delete on stock_check
  for each row execute function refuse_change();

-- Who waits for a SKU to return to a store. The numbered place is the limit per member.
create table restock_notice (
  member_id uuid not null references member,
  store_id text not null,
  sku_id uuid not null,
  place smallint not null check (place between 1 and 50),
  asked_at timestamptz not null,
  due_at timestamptz,
  primary key (member_id, store_id, sku_id),
  unique (member_id, place),
  foreign key (store_id, sku_id) references stock_level
);
create index restock_notice_waiting on restock_notice (store_id, sku_id) where due_at is null;
