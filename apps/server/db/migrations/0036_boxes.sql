-- Subscription boxes: the same goods every week, ordered for whoever subscribed (docs/adr/0038).
set local lock_timeout = '5s';

create table box (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  member_id uuid not null references member,
  store_id text not null references store,
  quantity smallint not null check (quantity between 1 and 20),
  state text not null check (state in ('RUNNING', 'PAUSED', 'ENDED')),
  paused_by text check (paused_by in ('member', 'lapsed')),
  -- Orders in a row that nobody paid.
  lapses smallint not null default 0 check (lapses between 0 and 2),
  -- Orders are placed for weeks from this one on; a week is called by the day that it is collected on.
  from_week date not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  constraint box_paused check ((state = 'PAUSED') = (paused_by is not null)),
  constraint box_ended check ((state = 'ENDED') = (ended_at is not null)),
  constraint box_lapsed check (state <> 'RUNNING' or lapses < 2)
);
create unique index box_one on box (campaign_id, member_id) where state <> 'ENDED';
create index box_of_member on box (member_id, started_at desc);
create index box_running on box (campaign_id, from_week) where state = 'RUNNING';

-- Boxes that one store packs every week, and how many of them have their member.
create table box_place (
  campaign_id uuid not null references campaign,
  store_id text not null references store,
  per_week integer not null check (per_week > 0),
  taken integer not null default 0,
  primary key (campaign_id, store_id),
  constraint box_place_full check (taken between 0 and per_week)
);

-- One week of one box, once it is decided: what was ordered, in which store, and what became of it.
create table box_week (
  box_id uuid not null references box,
  week date not null,
  store_id text not null references store,
  quantity smallint not null check (quantity between 1 and 20),
  state text not null check (state in ('SKIPPED', 'DUE', 'ORDERED', 'PAID', 'LAPSED', 'SHORT')),
  pay_until timestamptz not null,
  order_id uuid references orders,
  -- The refusal that left it without an order.
  why text,
  primary key (box_id, week),
  constraint box_week_order unique (order_id),
  constraint box_week_ordered check (case when state in ('ORDERED', 'PAID', 'LAPSED') then order_id is not null
    when state in ('DUE', 'SHORT') then order_id is null else true end),
  constraint box_week_short check ((state = 'SHORT') = (why is not null))
);
create index box_week_open on box_week (state, pay_until) where state in ('DUE', 'ORDERED');

create table box_event (
  id bigint generated always as identity primary key,
  box_id uuid not null references box,
  week date,
  verb text not null check (verb in ('start', 'skip', 'unskip', 'pause', 'resume', 'store', 'quantity', 'end', 'due', 'order', 'pay', 'lapse', 'short', 'lapsed_out')),
  words text not null default '',
  by text not null,
  at timestamptz not null
);
create index box_event_of on box_event (box_id, id);
create trigger box_event_append_only before update or delete on box_event for each row execute function refuse_change();

-- Messages of boxes lead to one.
alter table message drop constraint message_page;
alter table message add constraint message_page check (page in ('order', 'aftersale', 'product', 'coupons', 'group', 'rally', 'campaigns', 'promoter', 'box'));
