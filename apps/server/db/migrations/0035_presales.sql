-- Presale: orders whose goods are yet to come (docs/adr/0037).
alter table orders
  -- When they are promised for; null: they are in the store.
  add column goods_by timestamptz,
  -- What of the total is paid first; null: all of it. Always less than the rest, so that a payment tells by its sum which of the two it is.
  add column deposit_fen bigint,
  add constraint orders_deposit check (deposit_fen is null
    or (deposit_fen > 0 and deposit_fen < total_fen - deposit_fen and goods_by is not null and stored_value_fen = 0)),
  add constraint orders_deposit_paid check (pay_state <> 'DEPOSIT' or coalesce(paid_fen = deposit_fen, false)),
  add constraint orders_awaits_balance check (state <> 'WAIT_BALANCE' or pay_state = 'DEPOSIT'),
  add constraint orders_awaits_goods check (state not in ('WAIT_BALANCE', 'WAIT_GOODS') or goods_by is not null);

-- The store says that goods are there: so many pieces, for the orders that wait longest.
create table presale_arrival (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  store_id text not null references store,
  sku_id uuid not null references sku,
  pieces integer not null check (pieces > 0),
  idem_key text not null,
  by uuid not null references staff,
  at timestamptz not null,
  unique (campaign_id, idem_key)
);
create trigger presale_arrival_append_only before update or delete on presale_arrival for each row execute function refuse_change();

-- What was agreed with whoever ordered, as it was when they did.
create table order_presale (
  order_id uuid primary key references orders,
  campaign_id uuid not null references campaign,
  store_id text not null,
  sku_id uuid not null,
  called text check (called in ('advance', 'earnest')),
  cutoff timestamptz not null,
  balance_from timestamptz,
  balance_until timestamptz,
  pickup_from timestamptz not null,
  promised_by timestamptz not null,
  -- Its goods came with this arrival, and are set aside.
  arrival_id uuid references presale_arrival,
  arrived_at timestamptz,
  -- Of an earnest, where it was us who could not keep the deal: the same again, paid by hand (民法典 587).
  owed_fen bigint not null default 0 check (owed_fen >= 0),
  owed_paid_at timestamptz,
  owed_paid_by uuid references staff,
  owed_note text,
  check ((called is null) = (balance_from is null) and (called is null) = (balance_until is null)),
  check ((arrival_id is null) = (arrived_at is null)),
  constraint order_presale_owed check (owed_fen = 0 or called = 'earnest'),
  constraint order_presale_owed_paid check (num_nulls(owed_paid_at, owed_paid_by, owed_note) in (0, 3) and (owed_paid_at is null or owed_fen > 0))
);
create index order_presale_campaign on order_presale (campaign_id, store_id, sku_id);
create index order_presale_owes on order_presale (store_id) where owed_fen > 0 and owed_paid_at is null;

-- Of balances that may be paid now, or not much longer: written once each, and followed by what tells members.
create table presale_reminder (
  id bigint generated always as identity primary key,
  order_id uuid not null references orders,
  kind text not null check (kind in ('balance_open', 'balance_ending')),
  at timestamptz not null,
  unique (order_id, kind)
);
create trigger presale_reminder_append_only before update or delete on presale_reminder for each row execute function refuse_change();
create index order_presale_balance on order_presale (balance_from) where balance_from is not null;
