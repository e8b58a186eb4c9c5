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

-- Codes that somebody showed, typed or guessed: of orders, and of members (kernel/guesses). Too many wrong ones lock whoever asks.
create table code_try (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('pickup', 'card', 'old_card')),
  -- Whose hands hold the device: a person of ours, or a partner's key and till.
  asker text not null check (asker <> ''),
  store_id text,
  at timestamptz not null,
  outcome text not null
);
create index code_try_recent on code_try (kind, asker, at desc);
create index code_try_old on code_try (at);
