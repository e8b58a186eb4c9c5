-- Member cards. The number on a card is a keyed shuffle of the serial, so that it tells neither how many members there are nor who came first.
alter table member add column card_serial integer generated always as identity;
create unique index member_card_serial on member (card_serial);

-- Keys that sign what others check without us: member cards, coupons on paper. Published two days before they sign, so that whoever keeps a copy of the
-- public ones (a till that was offline) has it in time; private ones are sealed.
create table chain_key (
  id text primary key check (id ~ '^[0-9a-z]{6}$'),
  public_key text not null check (public_key ~ '^[A-Za-z0-9_-]{43}$'),
  sealed bytea not null,
  created_at timestamptz not null,
  signs_from timestamptz not null,
  -- From then on nothing that it signed is good.
  retired_at timestamptz,
  check (signs_from >= created_at and (retired_at is null or retired_at > signs_from))
);
create trigger chain_key_tell after insert or update on chain_key for each statement execute function tell('chain_keys');
create function keep_chain_key() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.retired_at is not null or to_jsonb(new) - 'retired_at' <> to_jsonb(old) - 'retired_at' then
    raise exception 'a key is retired, never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger chain_key_kept before update or delete on chain_key for each row execute function keep_chain_key();

-- Tiers and growth (docs/adr/0022). Of the rows that have begun the latest holds, of two for one moment the later added; without one there are no tiers.
create table tier_terms (
  id bigint generated always as identity primary key,
  growth_per_yuan integer not null check (growth_per_yuan between 1 and 1000),
  -- A period lasts to the end of the month so many months later.
  period_months integer not null check (period_months between 1 and 36),
  -- Goods of these have no member price.
  except_category_ids text[] not null default '{}',
  -- Lowest first: code, name, growth it begins at, points in basis points, off in basis points.
  tiers jsonb not null check (jsonb_typeof(tiers) = 'array' and jsonb_array_length(tiers) between 1 and 8),
  -- False: from then on nobody has a tier, and nothing is counted.
  active boolean not null,
  since timestamptz not null,
  by text not null
);
create index tier_terms_since on tier_terms (since desc, id desc);
create trigger tier_terms_append_only before update or delete on tier_terms for each row execute function refuse_change();
create trigger tier_terms_tell after insert on tier_terms for each statement execute function tell('tier_terms');

-- Growth of the running period and the tier that was reached. Negative while more was taken back than was earned since the period began.
create table growth_account (
  member_id uuid primary key references member,
  growth bigint not null default 0,
  tier text not null,
  period_from date not null,
  period_until date not null,
  -- By which terms the tier was judged last.
  terms_id bigint not null references tier_terms,
  check (period_until >= period_from)
);
create index growth_account_ends on growth_account (period_until);
create index growth_account_terms on growth_account (terms_id);
create index growth_account_tier on growth_account (tier, growth);

-- What was bought and collected, and what of it counts: once its after-sale term is over, by the terms that held when it was collected.
create table growth_purchase (
  purchase_id uuid primary key,
  kind text not null check (kind in ('order', 'till')),
  member_id uuid not null references member,
  collected_at timestamptz not null,
  count_at timestamptz not null,
  growth_per_yuan integer not null check (growth_per_yuan > 0),
  -- Fen still paid when it was counted last; null until it is counted for the first time.
  kept_fen bigint check (kept_fen >= 0),
  -- What its postings add up to.
  counted bigint not null default 0 check (counted >= 0),
  check (kept_fen is not null or counted = 0)
);
create index growth_purchase_due on growth_purchase (kind, count_at) where kept_fen is null;
create index growth_purchase_member on growth_purchase (member_id, collected_at desc);

create table growth_posting (
  id bigint generated always as identity primary key,
  member_id uuid not null references growth_account,
  reason text not null check (reason in ('earn', 'claw', 'card', 'card_undone', 'period_end')),
  growth bigint not null check (growth <> 0),
  purchase_id uuid references growth_purchase,
  kept_fen bigint,
  binding_id uuid,
  period_until date,
  by text not null,
  at timestamptz not null,
  constraint growth_posting_for check (case reason
    when 'earn' then growth > 0 and purchase_id is not null and kept_fen is not null
    when 'claw' then growth < 0 and purchase_id is not null and kept_fen is not null
    when 'card' then growth > 0 and binding_id is not null
    when 'card_undone' then growth < 0 and binding_id is not null
    else period_until is not null end)
);
create index growth_posting_mine on growth_posting (member_id, id desc);
-- What was posted is not posted again, whoever reads the same purchase, card or period twice: what stays paid of a purchase only falls.
create unique index growth_posting_purchase on growth_posting (purchase_id, kept_fen) where purchase_id is not null;
create unique index growth_posting_binding on growth_posting (binding_id, reason) where binding_id is not null;
create unique index growth_posting_period on growth_posting (member_id, period_until) where reason = 'period_end';
create trigger growth_posting_append_only before update or delete on growth_posting for each row execute function refuse_change();

create function post_growth() returns trigger language plpgsql as $$
declare x record;
begin
  for x in select member_id, sum(growth) as growth from added group by 1 order by 1 loop
    update growth_account set growth = growth + x.growth where member_id = x.member_id;
  end loop;
  for x in select purchase_id, sum(growth) as growth from added where purchase_id is not null group by 1 order by 1 loop
    update growth_purchase set counted = counted + x.growth where purchase_id = x.purchase_id;
  end loop;
  return null;
end $$;
create trigger growth_posting_post after insert on growth_posting referencing new table as added
  for each statement execute function post_growth();

-- Sums follow their postings and nobody else.
create function growth_follows() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'INSERT' and new.growth <> 0) or (tg_op = 'UPDATE' and new.growth <> old.growth and pg_trigger_depth() < 2) then
    raise exception 'growth follows its postings' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger growth_account_follows before insert or update or delete on growth_account for each row execute function growth_follows();
create function growth_purchase_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'INSERT' and new.counted <> 0) or (tg_op = 'UPDATE' and (
      (new.counted <> old.counted and pg_trigger_depth() < 2) or new.kept_fen > old.kept_fen or (old.kept_fen is not null and new.kept_fen is null)
      or to_jsonb(new) - '{counted,kept_fen}'::text[] <> to_jsonb(old) - '{counted,kept_fen}'::text[])) then
    raise exception 'growth follows its postings, and what stays paid only falls' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger growth_purchase_kept before insert or update or delete on growth_purchase for each row execute function growth_purchase_moves();

create table tier_change (
  id bigint generated always as identity primary key,
  member_id uuid not null references growth_account,
  from_tier text,
  to_tier text not null,
  why text not null check (why in ('begin', 'growth', 'card', 'period_end', 'terms')),
  at timestamptz not null,
  check (from_tier is distinct from to_tier)
);
create index tier_change_mine on tier_change (member_id, id desc);
create trigger tier_change_append_only before update or delete on tier_change for each row execute function refuse_change();

-- Every process keeps tiers of members it met in memory.
create function tell_tier() returns trigger language plpgsql as $$
begin
  perform pg_notify('member_tier', new.member_id::text);
  return null;
end $$;
create trigger growth_account_born after insert on growth_account for each row execute function tell_tier();
create trigger growth_account_tier_tell after update of tier on growth_account
  for each row when (new.tier is distinct from old.tier) execute function tell_tier();

-- How far the events of those who sell were counted (kernel/following). What is read twice counts once all the same.
create table growth_cursor (
  book text primary key,
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);

-- Accounts compared with their postings, nightly and when somebody asks.
create table growth_check (
  id uuid primary key,
  at timestamptz not null,
  night date unique,
  accounts integer not null check (accounts >= 0),
  faults jsonb not null,
  by text not null
);
create index growth_check_at on growth_check (at desc);
create trigger growth_check_append_only before update or delete on growth_check for each row execute function refuse_change();

-- Plastic cards of the time before, as the chain's books had them. Names and phones are sealed; a keyed hash finds a phone.
create table plastic_card (
  no text primary key check (no ~ '^[0-9A-Z]{4,24}$'),
  name_cipher bytea,
  phone_cipher bytea,
  phone_hash bytea,
  phone_tail text check (phone_tail ~ '^[0-9]{4}$'),
  points bigint not null check (points between 0 and 10000000),
  growth bigint not null check (growth between 0 and 10000000),
  first_bought date,
  last_bought date,
  purchases integer check (purchases >= 0),
  spent_fen bigint check (spent_fen >= 0),
  -- Reported lost: nobody who brings it to a counter is believed.
  lost_at timestamptz,
  lost_by text,
  imported_at timestamptz not null,
  imported_by text not null,
  check ((phone_cipher is null) = (phone_hash is null)),
  check ((lost_at is null) = (lost_by is null)),
  check (first_bought is null or last_bought is null or first_bought <= last_bought)
);
create index plastic_card_phone on plastic_card (phone_hash) where phone_hash is not null;
create index plastic_card_tail on plastic_card (phone_tail) where phone_tail is not null;

create table card_binding (
  id uuid primary key,
  card_no text not null references plastic_card,
  member_id uuid not null references member,
  -- By the phone it was registered with, or by staff who saw it.
  way text not null check (way in ('phone', 'staff')),
  store_id text references store,
  -- What it brought.
  points bigint not null check (points >= 0),
  growth bigint not null check (growth >= 0),
  at timestamptz not null,
  by text not null,
  undone_at timestamptz,
  undone_by text,
  undone_reason text check (undone_reason <> ''),
  check ((way = 'staff') = (store_id is not null)),
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null))
);
-- One member at a time, whoever asks at the same moment.
create unique index card_binding_open on card_binding (card_no) where undone_at is null;
create index card_binding_card on card_binding (card_no, at desc);
create index card_binding_member on card_binding (member_id, at desc);
create function keep_card_binding() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.undone_at is not null
     or to_jsonb(new) - '{undone_at,undone_by,undone_reason}'::text[] <> to_jsonb(old) - '{undone_at,undone_by,undone_reason}'::text[] then
    raise exception 'a binding is undone, never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger card_binding_kept before update or delete on card_binding for each row execute function keep_card_binding();
-- What a card brought cannot change while somebody has it.
create function keep_plastic_card() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or ((new.points, new.growth, new.phone_hash) is distinct from (old.points, old.growth, old.phone_hash)
      and exists (select from card_binding b where b.card_no = old.no and b.undone_at is null)) then
    raise exception 'card % is bound', old.no using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger plastic_card_kept before update or delete on plastic_card for each row execute function keep_plastic_card();
