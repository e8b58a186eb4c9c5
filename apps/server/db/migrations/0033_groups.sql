-- Group buying (docs/adr/0034): a group is a row with as many seats as it has, and a seat is an order.
create table buy_group (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  store_id text not null references store,
  sku_id uuid not null references sku,
  -- By size: so many who paid, and what one piece then costs.
  rungs jsonb not null,
  size smallint not null check (size >= 2),
  most smallint not null check (most between size and 100),
  late_payer text not null check (late_payer in ('refund', 'new_group')),
  quiet_minutes smallint not null check (quiet_minutes > 0),
  state text not null check (state in ('OPEN', 'SUCCESS', 'FAILED')),
  leader_id uuid references member,
  opened_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > opened_at),
  ended_at timestamptz,
  why text check (why in ('gather', 'expire', 'empty', 'stop')),
  price_fen bigint check (price_fen > 0),
  seated smallint not null,
  paid smallint not null,
  -- When somebody looks at it next: as it expires, and until everybody in it has goods or money.
  due_at timestamptz,
  unique (id, most),
  constraint buy_group_seats check (paid between 0 and seated and seated <= most),
  constraint buy_group_end check ((state = 'OPEN') = (ended_at is null) and (state = 'OPEN') = (why is null)),
  constraint buy_group_price check ((state = 'SUCCESS') = (price_fen is not null) and (state = 'SUCCESS') = (coalesce(why, '') = 'gather')),
  constraint buy_group_empty check (state <> 'OPEN' or seated > 0)
);
create index buy_group_due on buy_group (due_at) where due_at is not null;
create index buy_group_open on buy_group (campaign_id, store_id, expires_at) where state = 'OPEN';
create index buy_group_campaign on buy_group (campaign_id, state);

-- There is no seat without an order, no member twice in a group, nobody on a seat that it does not have, and no two on one.
create table group_seat (
  order_id uuid primary key references orders,
  group_id uuid not null,
  member_id uuid not null references member,
  seat_no smallint not null,
  most smallint not null,
  state text not null check (state in ('SEATED', 'PAID', 'SUCCESS', 'REFUNDING', 'REFUNDED', 'RELEASED')),
  taken_at timestamptz not null,
  paid_at timestamptz,
  foreign key (group_id, most) references buy_group (id, most),
  constraint group_seat_no check (seat_no between 1 and most),
  constraint group_seat_paid check ((state in ('SEATED', 'RELEASED')) = (paid_at is null))
);
create unique index group_seat_one on group_seat (group_id, member_id) where state in ('SEATED', 'PAID', 'SUCCESS');
create unique index group_seat_taken on group_seat (group_id, seat_no) where state in ('SEATED', 'PAID', 'SUCCESS');
create index group_seat_group on group_seat (group_id);
create index group_seat_member on group_seat (member_id, taken_at desc);

create table group_event (
  id bigint generated always as identity primary key,
  group_id uuid not null references buy_group,
  order_id uuid references orders,
  verb text not null check (verb in ('open', 'take', 'pay', 'release', 'give_back', 'gather', 'expire', 'empty', 'stop')),
  -- How many had paid after it.
  paid smallint not null,
  by text not null,
  at timestamptz not null
);
create index group_event_group on group_event (group_id, id);
create trigger group_event_append_only before update or delete on group_event for each row execute function refuse_change();
