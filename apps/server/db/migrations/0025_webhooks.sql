-- Webhooks: what partners' systems are told of orders, sales and stock. docs/adr/0025.
set local lock_timeout = '5s';

create table webhook_endpoint (
  id uuid primary key,
  name text not null check (name <> ''),
  url text not null check (url ~ '^https?://'),
  topics text[] not null check (cardinality(topics) > 0 and topics <@ array['orders', 'sales', 'stock']),
  -- Null: every store.
  store_ids text[] check (cardinality(store_ids) > 0),
  active boolean not null default true,
  -- Two while one is put in the place of the other: messages are signed with both until then.
  secret_sealed bytea not null,
  before_sealed bytea,
  before_until timestamptz,
  -- Since when nothing arrives there; stopped after some days of that.
  failing_since timestamptz,
  stopped_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  check ((before_sealed is null) = (before_until is null)),
  check (stopped_at is null or not active)
);

-- Up to which entry the append-only books were told of (kernel/following).
create table webhook_cursor (
  book text primary key check (book in ('order_event', 'stock_ledger')),
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);

create table webhook_message (
  id uuid primary key,
  no bigint generated always as identity unique,
  endpoint_id uuid not null references webhook_endpoint,
  topic text not null check (topic in ('orders', 'sales', 'stock')),
  -- The last entry of the book that it tells of.
  ref bigint not null,
  kind text not null,
  body jsonb not null,
  at timestamptz not null,
  state text not null default 'DUE' check (state in ('DUE', 'SENT', 'DEAD')),
  tries integer not null default 0 check (tries >= 0),
  next_at timestamptz not null,
  ended_at timestamptz,
  -- Each entry is told of once per endpoint.
  unique (endpoint_id, topic, ref),
  check ((state = 'DUE') = (ended_at is null))
);
create index webhook_message_due on webhook_message (endpoint_id, next_at, no) where state = 'DUE';
create index webhook_message_list on webhook_message (endpoint_id, no desc);

-- Every try, for the log.
create table webhook_try (
  id bigint generated always as identity primary key,
  message_id uuid not null references webhook_message,
  at timestamptz not null,
  status integer,
  ms integer not null check (ms >= 0),
  fault text
);
create index webhook_try_message on webhook_try (message_id, id);
create index webhook_message_at on webhook_message (at);
