-- Stores: who they are, when they are open, what is switched on in them.
-- The chain is one row, so that a second one cannot appear by accident.
create table chain (
  single boolean primary key default true check (single),
  name text not null check (name <> ''),
  icp text
);

create table store (
  id text primary key check (id ~ '^[A-Z][0-9]{2,4}$'),
  name text not null check (name <> ''),
  district text not null,
  district_code text not null,
  town text not null,
  address text not null,
  phone text,
  lng double precision not null check (lng between -180 and 180),
  lat double precision not null check (lat between -90 and 90),
  opens_at time not null,
  closes_at time not null,
  open boolean not null default true,
  slot_minutes integer not null default 60 check (slot_minutes between 15 and 240),
  slot_capacity integer not null default 30 check (slot_capacity between 1 and 1000),
  pickup_hint text,
  zones jsonb not null,
  floor_plan jsonb not null,
  licences jsonb not null default '[]',
  updated_at timestamptz not null default now(),
  check (opens_at < closes_at)
);

create table store_feature (
  store_id text not null references store,
  feature text not null,
  on_since timestamptz not null default now(),
  primary key (store_id, feature)
);

-- Every process keeps stores, staff and goods in memory. The tables themselves say when those went stale, so that no writer can forget to.
create function tell() returns trigger language plpgsql as $$
begin
  perform pg_notify(tg_argv[0], '');
  return null;
end $$;
create trigger chain_tell after insert or update or delete on chain for each statement execute function tell('stores');
create trigger store_tell after insert or update or delete on store for each statement execute function tell('stores');
create trigger store_feature_tell after insert or update or delete on store_feature
  for each statement execute function tell('stores');
