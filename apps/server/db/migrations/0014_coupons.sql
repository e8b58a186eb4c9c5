-- Coupons: templates, what members hold, and what became of each. A coupon is used once: its state, its round and its events say so three times.
create table coupon_template (
  id uuid not null,
  label text not null check (label <> ''),
  kind text not null check (kind in ('steps', 'exchange', 'freight', 'earn')),
  steps jsonb not null default '[]' check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) <= 8),
  to_fen bigint check (to_fen >= 0),
  times_bp integer check (times_bp between 10001 and 50000),
  max_off_fen bigint check (max_off_fen > 0),
  stack_group text not null check (stack_group <> ''),
  exclusive_with text[] not null default '{}',
  funding text not null check (funding in ('store', 'hq', 'supplier')),
  -- Null: every store, fulfilment, channel and tier. No category and no SKU: all goods.
  store_ids text[] check (cardinality(store_ids) > 0),
  fulfilments text[] check (cardinality(fulfilments) > 0 and fulfilments <@ array['pickup', 'delivery']),
  channels text[] check (cardinality(channels) > 0 and channels <@ array['online', 'till']),
  tiers text[] check (cardinality(tiers) > 0),
  -- For a member who has bought nothing yet. All such coupons are of one stack group, so that one order takes one of them.
  first_order boolean not null default false,
  category_ids text[] not null default '{}',
  sku_ids uuid[] not null default '{}',
  except_category_ids text[] not null default '{}',
  except_sku_ids uuid[] not null default '{}',
  -- Counted in business days from the day it is granted, that day included.
  valid_days integer not null check (valid_days between 1 and 366),
  -- The most that is ever granted, in all and to one member. What was withdrawn does not count.
  most integer not null check (most > 0),
  most_each integer not null check (most_each between 1 and 100),
  most_per_day integer check (most_per_day > 0),
  -- What the chain is willing to spend on it. On what is promised: each coupon out there counts as worth_fen. On what is used: what it took off.
  budget_fen bigint check (budget_fen > 0),
  budget_on text check (budget_on in ('granted', 'used')),
  worth_fen bigint check (worth_fen > 0),
  -- How members come to have it, besides from the hands of staff.
  way text not null default 'grant' check (way in ('grant', 'claim', 'word', 'code', 'points', 'register', 'pay', 'reward')),
  -- The word that all who have read it may say; in capitals.
  word text check (word ~ '^\S{2,20}$' and word = upper(word)),
  price_points integer check (price_points between 1 and 1000000),
  -- An order that is kept and cost so much brings one.
  pay_from_fen bigint check (pay_from_fen > 0),
  opens_at timestamptz,
  closes_at timestamptz,
  -- Only members whose phone is known.
  needs_phone boolean not null default false,
  granted integer not null default 0,
  -- How many of them on the last day on which any were.
  granted_day date,
  granted_today integer not null default 0 check (granted_today >= 0),
  -- What those that were used took off, as last added up.
  used_fen bigint not null default 0 check (used_fen >= 0),
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  ended_by text,
  constraint coupon_template_effect check (
    (kind = 'steps') = (jsonb_array_length(steps) > 0) and (kind = 'exchange') = (to_fen is not null) and (kind = 'earn') = (times_bp is not null)),
  constraint coupon_template_most check (granted between 0 and most),
  constraint coupon_template_most_per_day check (granted_today <= most_per_day),
  constraint coupon_template_budget_sound check ((budget_fen is null) = (budget_on is null)
    and (worth_fen is not null) = (budget_on is not distinct from 'granted')),
  constraint coupon_template_budget check (budget_on is distinct from 'granted' or granted * worth_fen <= budget_fen),
  constraint coupon_template_first_order check (not first_order or stack_group = 'first-order'),
  constraint coupon_template_way check ((way = 'word') = (word is not null) and (way = 'points') = (price_points is not null)
    and (way = 'pay') = (pay_from_fen is not null)),
  check (opens_at < closes_at),
  check ((ended_at is null) = (ended_by is null))
);
create index coupon_template_newest on coupon_template (created_at desc, id desc);
-- A word means one thing at a time.
create unique index coupon_template_word on coupon_template (word) where ended_at is null and word is not null;
create index coupon_template_offered on coupon_template (way) where ended_at is null and way <> 'grant';
-- Last, as with orders: on an empty table the index made last is taken for look-ups by id.
alter table coupon_template add primary key (id);

-- What was promised to a holder stays as it was promised: a template ends, it is never edited.
create function keep_coupon_template() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.ended_at is not null and new.granted > old.granted)
     or to_jsonb(new) - '{ended_at,ended_by,granted,granted_day,granted_today,used_fen}'::text[] <> to_jsonb(old) - '{ended_at,ended_by,granted,granted_day,granted_today,used_fen}'::text[] then
    raise exception 'a coupon template is ended, never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger coupon_template_kept before update or delete on coupon_template for each row execute function keep_coupon_template();

create table member_coupon (
  id uuid not null,
  template_id uuid not null references coupon_template,
  member_id uuid not null references member,
  state text not null check (state in ('UNUSED', 'LOCKED', 'USED', 'EXPIRED', 'VOID')),
  -- Grows by one each time a purchase takes it.
  round integer not null default 0 check (round >= 0),
  -- What has it: an order, or a sale at a till (0023 says which tills there are).
  order_id uuid references orders,
  till_id uuid,
  purchase_id uuid generated always as (coalesce(order_id, till_id)) stored,
  granted_at timestamptz not null,
  starts_at timestamptz not null,
  expires_at timestamptz not null,
  -- What it was granted for: the same grant sent again gives nothing more.
  grant_key text not null,
  -- The keyed hash of the phone its holder had then: limits count people, not accounts.
  phone_hash bytea,
  -- As its template says.
  first_order boolean not null default false,
  constraint member_coupon_order check (num_nonnulls(order_id, till_id) = case when state in ('LOCKED', 'USED') then 1 else 0 end),
  check (starts_at < expires_at)
);
-- Nobody has two first orders, however many servers they ask at once.
create unique index member_coupon_first_order on member_coupon (member_id) where first_order and state in ('LOCKED', 'USED');
create index member_coupon_mine on member_coupon (member_id, expires_at, id);
-- Counts and pages of one template.
create index member_coupon_template on member_coupon (template_id, id desc, state);
create index member_coupon_due on member_coupon (expires_at) where state = 'UNUSED';
create index member_coupon_purchase on member_coupon (purchase_id) where purchase_id is not null;
-- Made last too: what a person has had, and what was granted under a key.
create index member_coupon_holder on member_coupon (template_id, member_id);
create index member_coupon_phone on member_coupon (template_id, phone_hash) where phone_hash is not null;
create unique index member_coupon_grant on member_coupon (grant_key, (template_id::text), (member_id::text));
alter table member_coupon add primary key (id);

-- A coupon goes from purchase to purchase only by being given back in between, and what is over is over, but for a till that had no line and tells late
-- that it accepted the coupon in time. Several steps of one batch arrive as one
-- change, so a new purchase is known by its round; that no round begins twice is the key of coupon_event.
create function coupon_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.id <> old.id or new.template_id <> old.template_id or new.member_id <> old.member_id or new.first_order <> old.first_order or new.round < old.round
     or old.state = 'VOID' or (old.state = 'EXPIRED' and (new.till_id is null or new.round = old.round))
     or (coalesce(new.order_id, new.till_id) is not null and new.round = old.round
       and coalesce(new.order_id, new.till_id) is distinct from coalesce(old.order_id, old.till_id))
     or (new.round = old.round and (old.state, new.state) not in (('LOCKED', 'USED'), ('LOCKED', 'UNUSED'), ('USED', 'UNUSED'), ('USED', 'EXPIRED'),
       ('UNUSED', 'EXPIRED'), ('UNUSED', 'VOID'))) then
    raise exception 'coupon % may not go from % to %', old.id, old.state, new.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger member_coupon_moves before update or delete on member_coupon for each row execute function coupon_moves();

create table coupon_event (
  coupon_id uuid not null references member_coupon,
  round integer not null,
  verb text not null check (verb in ('grant', 'lock', 'use', 'give_back', 'expire', 'void')),
  to_state text not null,
  order_id uuid,
  till_id uuid,
  expires_at timestamptz not null,
  -- Why it was withdrawn.
  reason text,
  by text not null,
  at timestamptz not null,
  primary key (coupon_id, round, verb),
  constraint coupon_event_reason check ((verb = 'void') = (reason is not null))
);
create index coupon_event_used on coupon_event (at) where verb = 'use';
create trigger coupon_event_append_only before update or delete on coupon_event
  for each row execute function refuse_change();

-- Codes on paper: each is worth one coupon, once. The code itself is sealed; its keyed hash finds it.
create table coupon_code_batch (
  id uuid primary key,
  template_id uuid not null references coupon_template,
  key text not null,
  count integer not null check (count between 1 and 100000),
  -- Codes are made bit by bit; a batch is whole when both are the same.
  made integer not null default 0 check (made between 0 and count),
  created_at timestamptz not null,
  created_by text not null,
  unique (template_id, key)
);
create index coupon_code_batch_due on coupon_code_batch (created_at) where made < count;
create table coupon_code (
  batch_id uuid not null references coupon_code_batch,
  n integer not null,
  hash bytea not null,
  cipher bytea not null,
  coupon_id uuid references member_coupon,
  member_id uuid references member,
  used_at timestamptz,
  check ((coupon_id is null) = (used_at is null) and (coupon_id is null) = (member_id is null)),
  unique (batch_id, n)
);
alter table coupon_code add primary key (hash);

-- A code is used once, and nothing else about it changes.
create function coupon_code_used_once() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.used_at is not null
     or to_jsonb(new) - '{coupon_id,member_id,used_at}'::text[] <> to_jsonb(old) - '{coupon_id,member_id,used_at}'::text[] then
    raise exception 'a code is used once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger coupon_code_kept before update or delete on coupon_code for each row execute function coupon_code_used_once();

-- Who guesses codes waits: tries of a member within ten minutes that found nothing.
create table coupon_guess (
  member_id uuid primary key references member,
  misses integer not null check (misses >= 0),
  since timestamptz not null
);

-- What head office should look at: one row for a member, a template and a day, however often it happens.
create table coupon_alarm (
  kind text not null check (kind in ('phone_again', 'codes_guessed')),
  member_id uuid not null references member,
  template_id uuid references coupon_template,
  day date not null,
  times integer not null default 1 check (times > 0),
  last_at timestamptz not null
);
create unique index coupon_alarm_once on coupon_alarm (day, kind, member_id, (coalesce(template_id::text, '')));
create index coupon_alarm_newest on coupon_alarm (last_at desc);

-- A phone is welcomed once, whoever has it.
create table coupon_welcome (
  phone_hash bytea primary key,
  member_id uuid not null references member,
  at timestamptz not null
);

-- Coupons that are owed: to a member whose phone became known, and for orders that were collected. What came of each is kept.
create table coupon_due (
  key text not null,
  template_id uuid not null references coupon_template,
  member_id uuid not null references member,
  way text not null check (way in ('register', 'pay')),
  order_id uuid references orders,
  at timestamptz not null,
  done_at timestamptz,
  coupon_id uuid references member_coupon,
  -- Why there was none.
  refusal text,
  -- Of an order's: nothing can become of it any more by a refund of the order.
  settled_at timestamptz,
  primary key (key, template_id),
  check ((way = 'pay') = (order_id is not null)),
  check ((done_at is not null) = (num_nonnulls(coupon_id, refusal) = 1))
);
create index coupon_due_open on coupon_due (at) where done_at is null;
create index coupon_due_unsettled on coupon_due (order_id) where coupon_id is not null and settled_at is null and order_id is not null;

-- Coupons whose end their holder was told of: each once, a member once a day.
create table coupon_told (
  coupon_id uuid primary key references member_coupon,
  member_id uuid not null references member,
  day date not null,
  at timestamptz not null
);
create index coupon_told_day on coupon_told (member_id, day);

-- How far the events of orders were looked at for coupons that they bring (kernel/following).
create table coupon_due_cursor (
  book text primary key,
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);
