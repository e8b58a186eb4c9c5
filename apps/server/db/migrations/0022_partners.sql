-- Partners: the systems that connect (tills, an ERP), the keys they sign with, and what they asked for.
set local lock_timeout = '5s';

create table partner (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null,
  scopes text[] not null,
  -- Null: every store.
  store_ids text[] check (cardinality(store_ids) > 0),
  per_minute integer not null check (per_minute between 1 and 100000),
  active boolean not null default true,
  created_at timestamptz not null,
  created_by text not null
);

-- Two slots, so that one key can be put in the place of another without an hour in which neither works.
create table partner_key (
  id text primary key check (id ~ '^lk_[A-Za-z0-9_-]{16}$'),
  partner_id uuid not null references partner,
  slot smallint not null check (slot in (1, 2)),
  algorithm text not null check (algorithm in ('ed25519', 'hmac-sha256')),
  public_key text,
  secret_sealed bytea,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null check (expires_at > created_at),
  ended_at timestamptz,
  ended_by text,
  check ((algorithm = 'ed25519') = (public_key is not null)),
  check ((algorithm = 'hmac-sha256') = (secret_sealed is not null)),
  check ((ended_at is null) = (ended_by is null))
);
create unique index partner_key_slot on partner_key (partner_id, slot) where ended_at is null;
create index partner_key_partner on partner_key (partner_id);

-- What a key said once it cannot say again while the clock would still let it through.
create table partner_nonce (
  key_id text not null references partner_key,
  nonce text not null,
  keep_until timestamptz not null,
  primary key (key_id, nonce)
);
create index partner_nonce_old on partner_nonce (keep_until);

create table partner_minute (
  key_id text not null references partner_key,
  minute timestamptz not null,
  calls integer not null check (calls > 0),
  primary key (key_id, minute)
);
create index partner_minute_old on partner_minute (minute);

-- Which key called what and how it ended: never a body, a query or anything about a person.
create table partner_call (
  id uuid primary key,
  at timestamptz not null,
  partner_id uuid not null references partner,
  key_id text not null references partner_key,
  method text not null,
  route text not null,
  store_id text,
  status smallint not null,
  code text,
  ms integer not null check (ms >= 0),
  request_id text not null
);
create index partner_call_at on partner_call (at desc, id desc);
create index partner_call_partner on partner_call (partner_id, at desc, id desc);
create trigger partner_call_kept_as_it_was before update on partner_call
  for each row execute function refuse_change();
