-- Rallies: friends who are gathered for a bargain or an assist (docs/adr/0035).
set local lock_timeout = '5s';

create table rally (
  id uuid primary key,
  campaign_id uuid not null,
  kind text not null check (kind in ('bargain', 'assist')),
  store_id text not null references store,
  -- Of a bargain: what is bargained for, and what it is to cost.
  sku_id uuid,
  floor_fen bigint check (floor_fen > 0),
  member_id uuid not null references member,
  -- Keyed hashes of the telephone that it was started on and of its owner's number; forgotten a month after.
  device_hash bytea,
  phone_hash bytea,
  -- Which of the owner's, of the many that the campaign allows. One that expired does not count.
  slot smallint not null,
  per_member smallint not null,
  need smallint not null check (need between 1 and 20),
  helps smallint not null default 0,
  state text not null,
  started_at timestamptz not null,
  deadline timestamptz not null check (deadline > started_at),
  reached_at timestamptz,
  held_until timestamptz,
  order_id uuid references orders,
  -- What an assist brought its owner.
  coupon_id uuid references member_coupon,
  refusal text,
  foreign key (campaign_id, per_member) references campaign (id, per_member),
  foreign key (campaign_id, store_id, sku_id) references campaign_stock,
  constraint rally_limit check (slot between 1 and per_member),
  constraint rally_state check (state in ('REACHED', 'EXPIRED')
    or (kind = 'bargain' and state in ('CUTTING', 'ORDERED')) or (kind = 'assist' and state = 'GATHERING')),
  constraint rally_goods check ((kind = 'bargain') = (sku_id is not null) and (kind = 'bargain') = (floor_fen is not null)),
  -- All friends have helped exactly when it is reached, and nobody helps after that.
  constraint rally_helps check (helps between 0 and need and (helps = need) = (reached_at is not null)),
  constraint rally_open check (state not in ('CUTTING', 'GATHERING') or reached_at is null),
  constraint rally_reached check (state not in ('REACHED', 'ORDERED') or reached_at is not null),
  constraint rally_held check ((held_until is not null) = (kind = 'bargain' and reached_at is not null)),
  constraint rally_ordered check ((state = 'ORDERED') = (order_id is not null)),
  constraint rally_rewarded check ((coupon_id is null and refusal is null) or (kind = 'assist' and state = 'REACHED' and num_nonnulls(coupon_id, refusal) = 1))
);
create unique index rally_slot on rally (campaign_id, member_id, slot) where state <> 'EXPIRED';
-- One at a time. A piece that comes back from an order is no new one.
create unique index rally_under_way on rally (campaign_id, member_id) where state in ('CUTTING', 'GATHERING');
create unique index rally_order on rally (order_id) where order_id is not null;
create index rally_of_member on rally (member_id, started_at desc);
create index rally_open_due on rally (deadline) where state in ('CUTTING', 'GATHERING');
create index rally_held_due on rally (held_until) where state = 'REACHED' and kind = 'bargain';
create index rally_reward_due on rally (reached_at) where state = 'REACHED' and kind = 'assist' and coupon_id is null and refusal is null;
create index rally_known on rally (deadline) where device_hash is not null or phone_hash is not null;

-- One friend's tap. Each person once for each rally, told by account, telephone and number; so often in the campaign, so often a day.
create table rally_help (
  rally_id uuid not null references rally,
  n smallint not null check (n > 0),
  campaign_id uuid not null references campaign,
  member_id uuid not null references member,
  device_hash bytea,
  phone_hash bytea,
  day date not null,
  slot smallint not null,
  helps_each smallint not null check (helps_each between 1 and 50),
  day_slot smallint not null,
  helps_per_day smallint not null check (helps_per_day between 1 and 20),
  at timestamptz not null,
  -- A coupon for helping, where the terms promise one.
  template_id uuid references coupon_template,
  coupon_id uuid references member_coupon,
  refusal text,
  primary key (rally_id, n),
  constraint rally_help_member unique (rally_id, member_id),
  constraint rally_help_device unique (rally_id, device_hash),
  constraint rally_help_phone unique (rally_id, phone_hash),
  constraint rally_help_slot unique (campaign_id, member_id, slot),
  constraint rally_help_day unique (campaign_id, member_id, day, day_slot),
  constraint rally_help_limit check (slot between 1 and helps_each),
  constraint rally_help_limit_today check (day_slot between 1 and helps_per_day),
  constraint rally_help_today check (day = (at at time zone 'Asia/Shanghai')::date),
  constraint rally_help_given check ((coupon_id is null and refusal is null) or (template_id is not null and num_nonnulls(coupon_id, refusal) = 1))
);
create index rally_help_device_of on rally_help (campaign_id, device_hash) where device_hash is not null;
create index rally_help_phone_of on rally_help (campaign_id, phone_hash) where phone_hash is not null;
create index rally_help_due on rally_help (at) where template_id is not null and coupon_id is null and refusal is null;
create index rally_help_known on rally_help (at) where device_hash is not null or phone_hash is not null;

-- Nobody helps themselves, and the count of a rally is that of its friends.
create function rally_help_fits() returns trigger language plpgsql as $$
declare r rally;
begin
  select * into r from rally where id = new.rally_id;
  if r.member_id = new.member_id or r.device_hash = new.device_hash or r.phone_hash = new.phone_hash then
    raise exception 'nobody helps themselves' using errcode = 'check_violation', constraint = 'rally_help_own';
  end if;
  if r.campaign_id <> new.campaign_id or new.n <> r.helps then
    raise exception 'a help is the next one of its rally' using errcode = 'check_violation', constraint = 'rally_help_next';
  end if;
  return new;
end $$;
create trigger rally_help_fitting before insert on rally_help for each row execute function rally_help_fits();

create table rally_event (
  id bigint generated always as identity primary key,
  rally_id uuid not null references rally,
  verb text not null check (verb in ('start', 'help', 'reach', 'order', 'return', 'expire', 'reward')),
  order_id uuid references orders,
  by text not null,
  at timestamptz not null
);
create index rally_event_of on rally_event (rally_id, id);
create trigger rally_event_append_only before update or delete on rally_event for each row execute function refuse_change();

-- What a member passes on of a campaign that rewards it: one of each.
create table invite (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  store_id text not null references store,
  member_id uuid not null references member,
  device_hash bytea,
  phone_hash bytea,
  at timestamptz not null,
  constraint invite_once unique (campaign_id, member_id)
);
-- A friend who opened one and said so. In one campaign a person counts once, for whom they opened first.
create table invited (
  campaign_id uuid not null references campaign,
  member_id uuid not null references member,
  invite_id uuid not null references invite,
  device_hash bytea,
  phone_hash bytea,
  opened_at timestamptz not null,
  until timestamptz not null check (until > opened_at),
  state text not null check (state in ('OPEN', 'DUE', 'GIVEN', 'REFUSED', 'LAPSED', 'REVERSED')),
  -- Of the sharer's many: only who did something has one.
  slot smallint,
  most_each smallint not null check (most_each between 1 and 50),
  order_id uuid references orders,
  done_at timestamptz,
  coupon_id uuid references member_coupon,
  refusal text,
  -- What the friend got.
  friend_coupon_id uuid references member_coupon,
  friend_refusal text,
  primary key (campaign_id, member_id),
  constraint invited_device unique (campaign_id, device_hash),
  constraint invited_phone unique (campaign_id, phone_hash),
  constraint invited_slot unique (invite_id, slot),
  constraint invited_limit check (slot between 1 and most_each),
  constraint invited_done check ((done_at is not null) = (slot is not null) and (done_at is null) = (state in ('OPEN', 'LAPSED'))),
  constraint invited_given check ((coupon_id is not null) = (state in ('GIVEN', 'REVERSED'))),
  constraint invited_refused check ((refusal is not null) = (state = 'REFUSED'))
);
create index invited_of on invited (invite_id);
create index invited_open on invited (member_id, opened_at) where state = 'OPEN';
create index invited_lapsing on invited (until) where state = 'OPEN';
create index invited_due on invited (done_at) where state = 'DUE';
create index invited_order on invited (order_id) where order_id is not null;
create index invited_known on invited (until) where device_hash is not null or phone_hash is not null;
create index invite_known on invite (at) where device_hash is not null or phone_hash is not null;

-- Nobody brings themselves.
create function invited_fits() returns trigger language plpgsql as $$
declare i invite;
begin
  select * into i from invite where id = new.invite_id;
  if i.campaign_id <> new.campaign_id or i.member_id = new.member_id or i.device_hash = new.device_hash or i.phone_hash = new.phone_hash then
    raise exception 'nobody brings themselves' using errcode = 'check_violation', constraint = 'invited_own';
  end if;
  return new;
end $$;
create trigger invited_fitting before insert on invited for each row execute function invited_fits();

-- Of an order of a bargain: which one.
alter table campaign_claim add column rally_id uuid references rally;
create index campaign_claim_rally on campaign_claim (rally_id) where rally_id is not null;
