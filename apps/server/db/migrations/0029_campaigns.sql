-- Campaigns: goods at another price, for a while, as many as were set aside for it (docs/adr/0030).
create extension if not exists btree_gist;

create table campaign (
  id uuid primary key,
  kind text not null check (kind in ('flash', 'group', 'bargain', 'assist', 'share_off', 'presale', 'box')),
  name text not null check (name <> ''),
  state text not null check (state in ('DRAFT', 'SCHEDULED', 'LIVE', 'ENDED')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  per_member smallint not null check (per_member between 1 and 20),
  pay_minutes smallint not null check (pay_minutes between 5 and 30),
  arm_minutes integer not null check (arm_minutes between 0 and 20160),
  tiers text[] check (cardinality(tiers) > 0),
  first_order boolean not null,
  funding text not null check (funding in ('store', 'hq', 'supplier')),
  terms jsonb not null check (terms ->> 'kind' = kind),
  paused boolean not null default false,
  stop_reason text,
  revision integer not null default 1 check (revision > 0),
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  check ((state = 'ENDED') = (ended_at is not null)),
  check (stop_reason is null or state = 'ENDED'),
  check (not paused or state in ('SCHEDULED', 'LIVE')),
  unique (id, per_member)
);
create index campaign_newest on campaign (starts_at desc, id desc);
create index campaign_due on campaign (state, starts_at) where state in ('SCHEDULED', 'LIVE');

-- Only a draft is edited: what shoppers were promised stays, but for when it is paused and how it ends.
create function keep_campaign() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'DRAFT' then raise exception 'a campaign is ended, never deleted' using errcode = 'restrict_violation'; end if;
    return old;
  end if;
  if old.state <> 'DRAFT'
     and to_jsonb(new) - '{state,paused,stop_reason,ended_at}'::text[] <> to_jsonb(old) - '{state,paused,stop_reason,ended_at}'::text[] then
    raise exception 'only a draft is edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger campaign_kept before update or delete on campaign for each row execute function keep_campaign();
create trigger campaign_tell after insert or update or delete on campaign for each statement execute function tell('campaigns');

create table campaign_item (
  campaign_id uuid not null references campaign on delete cascade,
  sku_id uuid not null references sku,
  position smallint not null check (position between 1 and 20),
  price_fen bigint not null check (price_fen > 0),
  primary key (campaign_id, sku_id),
  unique (campaign_id, position)
);

-- The row that everybody who wants one waits for: taken is never more than released, released never more than is kept for it.
create table campaign_stock (
  campaign_id uuid not null,
  store_id text not null references store,
  sku_id uuid not null,
  quota integer not null check (quota > 0),
  carved integer not null default 0,
  released integer not null default 0,
  taken integer not null default 0 check (taken >= 0),
  during tstzrange not null,
  -- What one piece takes off the shelves, as it was when it was scheduled.
  parts jsonb not null default '[]' check (jsonb_typeof(parts) = 'array'),
  -- Counts: its days are its own.
  open boolean not null default false,
  paused boolean not null default false,
  primary key (campaign_id, store_id, sku_id),
  foreign key (campaign_id, sku_id) references campaign_item on delete cascade,
  constraint campaign_stock_not_oversold check (taken <= released),
  constraint campaign_stock_released check (released <= carved),
  constraint campaign_stock_carved check (carved <= quota),
  -- One SKU of a store is in one campaign at a time.
  constraint campaign_stock_overlap exclude using gist (store_id with =, sku_id with =, during with &&) where (open)
) with (fillfactor = 70);

-- Likewise what it sells, at which price, how much of it and when. Statements that count what is taken name none of these columns and pay nothing.
create function keep_campaign_goods() returns trigger language plpgsql as $$
begin
  -- A draft that is thrown away takes its goods along: it is gone by then.
  if (select state from campaign where id = old.campaign_id) <> 'DRAFT' then
    raise exception 'only a draft is edited' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger campaign_item_kept before update or delete on campaign_item for each row execute function keep_campaign_goods();
create trigger campaign_stock_kept before delete or update of campaign_id, store_id, sku_id, quota, during, parts on campaign_stock
  for each row execute function keep_campaign_goods();

-- One row for each piece that a member has of a campaign: the limit is a key, and a slot beyond it does not exist.
create table campaign_take (
  campaign_id uuid not null,
  member_id uuid not null references member,
  slot smallint not null,
  per_member smallint not null,
  order_id uuid not null references orders,
  primary key (campaign_id, member_id, slot),
  foreign key (campaign_id, per_member) references campaign (id, per_member),
  constraint campaign_take_limit check (slot between 1 and per_member)
);
create index campaign_take_order on campaign_take (order_id);

-- What an order is of a campaign. Its order's row says that there is one.
create table campaign_claim (
  order_id uuid primary key references orders,
  campaign_id uuid not null,
  store_id text not null,
  sku_id uuid not null,
  member_id uuid not null references member,
  quantity integer not null check (quantity > 0),
  state text not null check (state in ('TAKEN', 'PAID', 'RETURNED')),
  at timestamptz not null,
  foreign key (campaign_id, store_id, sku_id) references campaign_stock
);
create index campaign_claim_campaign on campaign_claim (campaign_id, state);
create index campaign_claim_member on campaign_claim (member_id);

-- A draft that was thrown away leaves its history: no reference.
create table campaign_event (
  id bigint generated always as identity primary key,
  campaign_id uuid not null,
  verb text not null check (verb in ('draft', 'edit', 'discard', 'schedule', 'arm', 'start', 'pause', 'resume', 'stop', 'end')),
  words text not null default '',
  by text not null,
  at timestamptz not null
);
create index campaign_event_of on campaign_event (campaign_id, id);

alter table orders add column campaign_id uuid references campaign;
create index orders_campaign on orders (campaign_id, placed_at) where campaign_id is not null;
create trigger campaign_event_append_only before update or delete on campaign_event for each row execute function refuse_change();
