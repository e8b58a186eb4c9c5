-- Promoters: whose code brought a shopper, what that is worth, and what became of it.
set local lock_timeout = '5s';

-- A code hangs in a store or belongs to somebody who works there. Its key is all that a 小程序码 carries.
create table guide_code (
  id uuid primary key,
  key text not null unique check (key ~ '^[A-Za-z0-9]{12}$'),
  store_id text not null references store,
  -- Null: the store's own.
  staff_id uuid references staff,
  -- What WeChat drew, kept: it draws the same again.
  picture bytea,
  made_at timestamptz not null,
  made_by text not null,
  ended_at timestamptz
);
create unique index guide_code_of_store on guide_code (store_id) where staff_id is null and ended_at is null;
create unique index guide_code_of_staff on guide_code (store_id, staff_id) where staff_id is not null and ended_at is null;

-- What bringing somebody is worth, from a moment on. Rows are only added; a shopper who was brought is judged by the row of that moment.
create table guide_terms (
  id bigint generated always as identity primary key,
  active boolean not null,
  -- A touch is forgotten after so many days, and the first order has as long to come.
  touch_days smallint not null check (touch_days between 1 and 90),
  -- Days between handing over and the reward: the after-sale term.
  hold_days smallint not null check (hold_days between 0 and 60),
  register_fen bigint not null check (register_fen between 0 and 100000),
  order_fen bigint not null check (order_fen between 0 and 100000),
  -- The first order has to have kept so much when it is judged.
  least_fen bigint not null check (least_fen between 1 and 100000000),
  -- Rewards are kept in the ledger of commissions (0030) and paid with wages; otherwise they are figures for whoever pays those.
  in_ledger boolean not null,
  since timestamptz not null,
  by text not null
);
create trigger guide_terms_append_only before update or delete on guide_terms for each row execute function refuse_change();

-- Telephones that staff opened their code on: a random number that the app made for itself, as a keyed hash. Who signs in there was not brought by them.
create table guide_device (
  device_hash bytea not null,
  staff_id uuid not null references staff,
  seen_at timestamptz not null,
  primary key (device_hash, staff_id)
);
create index guide_device_seen on guide_device (seen_at);

create table guidance (
  -- Once, ever.
  member_id uuid primary key references member,
  code_id uuid not null references guide_code,
  store_id text not null,
  staff_id uuid,
  terms_id bigint not null references guide_terms,
  touched_at timestamptz not null,
  at timestamptz not null,
  -- Became a member after the touch; otherwise known, but without an order.
  registered boolean not null,
  -- Of the telephone; forgotten with the touch.
  device_hash bytea,
  order_until timestamptz not null,
  order_id uuid unique references orders,
  state text not null check (state in ('OPEN', 'ORDERED', 'REWARDED', 'REVERSED', 'LAPSED')),
  judged_at timestamptz,
  constraint guidance_first_touch check (touched_at <= at),
  constraint guidance_ordered check (state not in ('ORDERED', 'REWARDED', 'REVERSED') or order_id is not null),
  constraint guidance_judged check ((judged_at is not null) = (state in ('REWARDED', 'REVERSED', 'LAPSED')))
);
create unique index guidance_device on guidance (device_hash) where device_hash is not null;
create index guidance_waiting on guidance (order_until) where state = 'OPEN';
create index guidance_ordered_now on guidance (member_id) where state = 'ORDERED';
create index guidance_store on guidance (store_id, at desc);
create index guidance_staff on guidance (staff_id, at desc) where staff_id is not null;

-- Whom a shopper is credited to never changes, and what was judged is not judged again, but for a reward that goes back.
create function guidance_moves() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{device_hash,order_id,state,judged_at}'::text[] <> to_jsonb(old) - '{device_hash,order_id,state,judged_at}'::text[]
     or (new.device_hash is not null and new.device_hash is distinct from old.device_hash)
     or (old.order_id is not null and new.order_id is distinct from old.order_id)
     or (new.state <> old.state and (old.state, new.state) not in (('OPEN', 'ORDERED'), ('OPEN', 'LAPSED'), ('ORDERED', 'REWARDED'),
       ('ORDERED', 'LAPSED'), ('REWARDED', 'REVERSED'))) then
    raise exception 'guidance of % may not become that', old.member_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger guidance_once before update on guidance for each row execute function guidance_moves();
create trigger guidance_kept before delete on guidance for each row execute function refuse_change();

-- What somebody earned by it. Only added to; what goes back is a row of its own.
create table guide_reward (
  id bigint generated always as identity primary key,
  member_id uuid not null references guidance,
  kind text not null check (kind in ('register', 'order', 'register_back', 'order_back')),
  staff_id uuid not null references staff,
  store_id text not null,
  order_id uuid not null,
  amount_fen bigint not null,
  at timestamptz not null,
  constraint guide_reward_once unique (member_id, kind),
  constraint guide_reward_sign check (case when kind like '%\_back' then amount_fen < 0 else amount_fen > 0 end)
);
create index guide_reward_staff on guide_reward (staff_id, id desc);
create index guide_reward_store on guide_reward (store_id, at);
create trigger guide_reward_append_only before update or delete on guide_reward for each row execute function refuse_change();

-- Nothing goes back that was not given, and no more than that.
create function guide_reward_back() returns trigger language plpgsql as $$
begin
  if new.amount_fen < 0 and new.amount_fen is distinct from (
    select -amount_fen from guide_reward where member_id = new.member_id and kind = replace(new.kind, '_back', '')) then
    raise exception 'a reward that goes back is the one that was given' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger guide_reward_back before insert on guide_reward for each row execute function guide_reward_back();
