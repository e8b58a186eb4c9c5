-- Price rules: what is taken off orders, where and when. A rule is kept as it was when orders were placed under it: it can be ended, never edited.
create table price_rule (
  id uuid primary key,
  stage text not null check (stage in ('step', 'pickup')),
  label text not null check (label <> ''),
  steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) between 1 and 8),
  max_off_fen bigint check (max_off_fen > 0),
  stack_group text not null check (stack_group <> ''),
  exclusive_with text[] not null default '{}',
  funding text not null check (funding in ('store', 'hq', 'supplier')),
  -- Null: every store. No category and no SKU: all goods.
  store_ids text[] check (cardinality(store_ids) > 0),
  category_ids text[] not null default '{}',
  sku_ids uuid[] not null default '{}',
  except_category_ids text[] not null default '{}',
  except_sku_ids uuid[] not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at > starts_at),
  replaces uuid references price_rule,
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
create index price_rule_newest on price_rule (created_at desc, id desc);
create index price_rule_open on price_rule (ends_at) where ended_at is null;
-- A rule is replaced once.
create unique index price_rule_replaced on price_rule (replaces) where replaces is not null;

create function keep_price_rule() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null
     or to_jsonb(new) - '{ended_at,ended_by}'::text[] <> to_jsonb(old) - '{ended_at,ended_by}'::text[] then
    raise exception 'a price rule is ended and replaced, never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger price_rule_kept before update or delete on price_rule for each row execute function keep_price_rule();
create trigger price_rule_tell after insert or update on price_rule
  for each statement execute function tell('price_rules');
