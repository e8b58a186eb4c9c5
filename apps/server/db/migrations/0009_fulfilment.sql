-- Fulfilment: the code a shopper shows, the slots a store offers, and every try to read a code.
create table pickup (
  order_id uuid primary key references orders,
  store_id text not null references store,
  digits text not null check (digits ~ '^[0-9]{10}$'),
  secret bytea not null check (length(secret) = 32),
  active boolean not null default true,
  ready_at timestamptz,
  handed_at timestamptz,
  handed_by uuid references staff
);
create unique index pickup_digits on pickup (store_id, digits) where active;
create index pickup_by_digits on pickup (digits);

create table pickup_slot (
  store_id text not null references store,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity integer not null check (capacity > 0),
  taken integer not null default 0 check (taken >= 0 and taken <= capacity),
  primary key (store_id, starts_at),
  check (starts_at < ends_at)
) with (fillfactor = 70);

create table handover_try (
  id bigint generated always as identity primary key,
  staff_id uuid not null references staff,
  store_id text not null,
  at timestamptz not null,
  outcome text not null
);
create index handover_try_recent on handover_try (staff_id, at desc);
