-- Rewards: what members get for signing in, for their first steps, on their birthday and when they have been away.
set local lock_timeout = '5s';

-- Month and day of somebody's birth, and no year. Sealed; the keyed hash of the day finds whose birthday it is. Taken back at any time (both are null
-- then), and given anew a year after it was given last: nobody has a birthday each month.
create table member_birthday (
  member_id uuid primary key references member,
  cipher bytea,
  day_hash bytea,
  given_at timestamptz not null,
  check ((cipher is null) = (day_hash is null))
);
create index member_birthday_day on member_birthday (day_hash) where day_hash is not null;
create function birthday_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.member_id <> old.member_id
     or (new.given_at = old.given_at and new.day_hash is not null and new.day_hash is distinct from old.day_hash)
     or (new.given_at <> old.given_at and new.given_at < old.given_at + interval '1 year') then
    raise exception 'a birthday changes once a year' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger member_birthday_yearly before update or delete on member_birthday for each row execute function birthday_moves();

-- What signing in and first steps are worth, from a moment on. Rows are only added; the one added last holds.
create table reward_terms (
  id bigint generated always as identity primary key,
  active boolean not null,
  -- Points of each day of a cycle; none: members do not sign in.
  sign_in_points integer[] not null check (cardinality(sign_in_points) between 0 and 31 and 0 <= all (sign_in_points) and 1000 >= all (sign_in_points)),
  -- kind, and either points or the template of a coupon.
  tasks jsonb not null check (jsonb_typeof(tasks) = 'array' and jsonb_array_length(tasks) <= 4),
  since timestamptz not null,
  by text not null
);
create trigger reward_terms_append_only before update or delete on reward_terms for each row execute function refuse_change();

-- Once a business day. How many days in a row is told by the day before, and nothing else.
create table sign_in (
  member_id uuid not null references member,
  day date not null,
  streak integer not null check (streak > 0),
  points integer not null check (points >= 0),
  at timestamptz not null,
  primary key (member_id, day),
  constraint sign_in_today check (day = (at at time zone 'Asia/Shanghai')::date)
);
create trigger sign_in_append_only before update or delete on sign_in for each row execute function refuse_change();
create function sign_in_follows() returns trigger language plpgsql as $$
begin
  if new.streak <> coalesce((select streak from sign_in where member_id = new.member_id and day = new.day - 1), 0) + 1 then
    raise exception 'a streak is one more than that of the day before' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger sign_in_streak before insert on sign_in for each row execute function sign_in_follows();

-- A first step that somebody took, and what became of its reward: once for each member, and once for each phone.
create table reward_task (
  member_id uuid not null references member,
  kind text not null check (kind in ('phone', 'birthday', 'first_order', 'wechat')),
  terms_id bigint not null references reward_terms,
  -- As the terms promised then: one of both.
  points integer not null check (points between 0 and 10000),
  template_id uuid references coupon_template,
  order_id uuid references orders,
  -- Of the phone that it counts for. WAITING: none is known yet.
  phone_hash bytea,
  state text not null check (state in ('WAITING', 'DUE', 'GIVEN', 'REFUSED', 'REVERSED')),
  at timestamptz not null,
  done_at timestamptz,
  coupon_id uuid references member_coupon,
  refusal text,
  primary key (member_id, kind),
  constraint reward_task_worth check ((points > 0) = (template_id is null)),
  constraint reward_task_order check ((kind = 'first_order') = (order_id is not null)),
  constraint reward_task_done check ((done_at is null) = (state in ('WAITING', 'DUE'))),
  constraint reward_task_phone check (state in ('WAITING', 'REFUSED') or phone_hash is not null),
  constraint reward_task_coupon check ((coupon_id is not null) <= (template_id is not null and state in ('GIVEN', 'REVERSED'))),
  constraint reward_task_refused check ((state = 'REFUSED') = (refusal is not null))
);
create unique index reward_task_person on reward_task (kind, phone_hash) where phone_hash is not null;
create index reward_task_due on reward_task (at) where state = 'DUE';
create index reward_task_order on reward_task (done_at) where state = 'GIVEN' and order_id is not null;
create function reward_task_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
     or to_jsonb(new) - '{phone_hash,state,done_at,coupon_id,refusal}'::text[] <> to_jsonb(old) - '{phone_hash,state,done_at,coupon_id,refusal}'::text[]
     or (old.phone_hash is not null and new.phone_hash is distinct from old.phone_hash)
     or (old.state, new.state) not in (('WAITING', 'DUE'), ('WAITING', 'REFUSED'), ('DUE', 'GIVEN'), ('DUE', 'REFUSED'), ('GIVEN', 'REVERSED')) then
    raise exception 'the % of % may not become that', old.kind, old.member_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger reward_task_kept before update or delete on reward_task for each row execute function reward_task_moves();

-- The last business day on which a member bought something, in the shop or at a till: who is asleep is found by it, not by reading all orders.
create table member_visit (
  member_id uuid primary key references member,
  last_day date not null
);
create index member_visit_asleep on member_visit (last_day);
-- Until when each feed of purchases was read.
create table reward_cursor (
  feed text primary key,
  at timestamptz not null
);

-- When members are given something without asking. Rows are only added; of each kind the one added last holds.
create table trigger_terms (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('birthday', 'dormant')),
  active boolean not null,
  -- Of a birthday: one, with its days before (null: on the first of its month). Of the sleepers: days away, growing.
  marks jsonb not null check (jsonb_typeof(marks) = 'array' and jsonb_array_length(marks) between 1 and 5),
  most_a_night integer not null check (most_a_night between 1 and 20000),
  since timestamptz not null,
  by text not null
);
create index trigger_terms_latest on trigger_terms (kind, id desc);
create trigger trigger_terms_append_only before update or delete on trigger_terms for each row execute function refuse_change();

-- One night's work of one trigger, by the terms of its beginning.
create table trigger_night (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('birthday', 'dormant')),
  night date not null,
  terms_id bigint not null references trigger_terms,
  at timestamptz not null,
  -- How many there were to give to, those over the limit too.
  due integer not null check (due >= 0),
  constraint trigger_night_once unique (kind, night)
);
create trigger trigger_night_append_only before update or delete on trigger_night for each row execute function refuse_change();

-- What a trigger gives: once for a birthday of a year, once for each mark of a time away, whatever the settings become and however often a night is run.
create table present (
  member_id uuid not null references member,
  kind text not null check (kind in ('birthday', 'dormant')),
  -- The year of the birthday; the day of the last purchase.
  occasion text not null check (occasion ~ '^20\d\d(-\d\d-\d\d)?$'),
  mark smallint not null check (mark between 1 and 5),
  -- Days away; 0 for a birthday.
  days integer not null check (days >= 0),
  night_id bigint not null references trigger_night,
  template_id uuid not null references coupon_template,
  phone_hash bytea,
  at timestamptz not null,
  done_at timestamptz,
  coupon_id uuid references member_coupon,
  refusal text,
  primary key (member_id, kind, occasion, mark),
  constraint present_done check ((done_at is not null) = (num_nonnulls(coupon_id, refusal) = 1))
);
-- However the marks are numbered: the same number of days once in one time away.
create unique index present_days on present (member_id, occasion, days) where kind = 'dormant';
create unique index present_birthday on present (occasion, phone_hash) where kind = 'birthday' and phone_hash is not null;
create index present_open on present (at) where done_at is null;
create index present_night on present (night_id);
create function present_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.done_at is not null
     or to_jsonb(new) - '{done_at,coupon_id,refusal}'::text[] <> to_jsonb(old) - '{done_at,coupon_id,refusal}'::text[] then
    raise exception 'a present is given once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger present_once before update or delete on present for each row execute function present_moves();
