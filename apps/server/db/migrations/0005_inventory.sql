-- Inventory: a level per store and SKU, and an append-only ledger of every change of it.
-- "Sold is never more than there was" is a constraint: reserved may exceed on_hand only by `shortfall`,
-- which nothing but a count from outside (ERP, till) may raise.
create table stock_level (
  store_id text not null references store,
  sku_id uuid not null references sku,
  on_hand integer not null default 0 check (on_hand >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  safety integer not null default 0 check (safety >= 0),
  activity_locked integer not null default 0 check (activity_locked >= 0),
  shortfall integer not null default 0 check (shortfall >= 0),
  updated_at timestamptz not null default now(),
  primary key (store_id, sku_id),
  constraint stock_level_not_oversold check (reserved <= on_hand + shortfall)
) with (fillfactor = 70);

create table stock_ledger (
  id bigint generated always as identity primary key,
  store_id text not null,
  sku_id uuid not null,
  reason text not null check (reason in ('OPENING', 'RESERVE', 'RELEASE', 'SHIP', 'POS_SALE', 'RECEIVE', 'ADJUST', 'TRANSFER', 'RETURN', 'SYNC',
    'LOCK', 'UNLOCK')),
  order_id uuid,
  till_id uuid,
  on_hand_delta integer not null,
  reserved_delta integer not null,
  -- Of what is kept for campaigns.
  locked_delta integer not null default 0,
  on_hand_after integer not null,
  reserved_after integer not null,
  idem_key text,
  note text,
  by text not null,
  at timestamptz not null,
  check (on_hand_delta <> 0 or reserved_delta <> 0 or locked_delta <> 0)
);
create index stock_ledger_level on stock_ledger (store_id, sku_id, id desc);
create index stock_ledger_order on stock_ledger (order_id) where order_id is not null;
create unique index stock_ledger_key on stock_ledger (store_id, sku_id, idem_key) where idem_key is not null;
create index stock_ledger_at on stock_ledger using brin (at);
create trigger stock_ledger_append_only before update or delete on stock_ledger
  for each row execute function refuse_change();

-- What is shown is read from the ledger; what is kept back from sale has no entry there, so the table says itself when that changed.
create function tell_stock() returns trigger language plpgsql as $$
begin
  perform pg_notify('stock', new.store_id || ' ' || new.sku_id);
  return null;
end $$;
create trigger stock_level_tell after update of safety on stock_level
  for each row execute function tell_stock();

-- Whatever a store lists has a level, from the first moment and whoever lists it: what has none could never be stocked. Bundles have none: their
-- components do.
create function open_stock_level() returns trigger language plpgsql as $$
begin
  insert into stock_level (store_id, sku_id)
    select new.store_id, new.sku_id from sku where id = new.sku_id and not is_bundle on conflict do nothing;
  return null;
end $$;
create trigger listing_has_level after insert on listing for each row execute function open_stock_level();
