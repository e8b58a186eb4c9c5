-- Targeted drops (docs/adr/0043): coupons for an audience, with some of it held back by lot.
create table drop_plan (
  id uuid not null,
  name text not null check (name <> ''),
  audience_id uuid not null,
  template_id uuid not null references coupon_template,
  words text not null check (words <> ''),
  schedule text not null check (schedule in ('once', 'daily')),
  starts_at timestamptz not null,
  last_day date,
  holdout_bp integer not null check (holdout_bp between 500 and 5000),
  window_days integer not null check (window_days between 1 and 60),
  again_after_days integer check (again_after_days between 7 and 365),
  most_messages integer not null check (most_messages > 0),
  most_members integer not null check (most_members > 0),
  budget_fen bigint check (budget_fen > 0),
  most_opt_out_bp integer not null check (most_opt_out_bp between 10 and 10000),
  state text not null check (state in ('DRAFT', 'LIVE', 'PAUSED', 'ENDED', 'STOPPED')),
  -- Grows with every change: who changes what they have not seen is told so.
  version integer not null default 1,
  stop text check (stop in ('by_staff', 'budget', 'opt_outs', 'coupon_over')),
  created_at timestamptz not null,
  by text not null,
  constraint drop_plan_daily check ((schedule = 'daily') = (last_day is not null)),
  constraint drop_plan_stop check ((state = 'STOPPED') = (stop is not null))
);
create function refuse_other_drop_terms() returns trigger language plpgsql as $$
begin
  raise exception 'the terms of drop % stand', old.id using errcode = 'check_violation';
end $$;
-- What ran by some terms is judged by them.
create trigger drop_plan_terms_stand before update on drop_plan for each row
  when (old.state <> 'DRAFT' and (old.audience_id, old.template_id, old.words, old.schedule, old.starts_at, old.holdout_bp, old.window_days, old.most_members)
    is distinct from (new.audience_id, new.template_id, new.words, new.schedule, new.starts_at, new.holdout_bp, new.window_days, new.most_members))
  execute function refuse_other_drop_terms();

create table drop_round (
  id uuid not null,
  drop_id uuid not null,
  -- One a business day, however many servers begin it.
  day date not null,
  snapshot_id uuid not null,
  at timestamptz not null,
  found integer not null,
  left_out jsonb not null check (jsonb_typeof(left_out) = 'object'),
  constraint drop_round_once unique (drop_id, day)
);
create table drop_member (
  -- In the order of giving.
  id bigint generated always as identity,
  round_id uuid not null,
  drop_id uuid not null,
  member_id uuid not null references member,
  arm text not null check (arm in ('send', 'hold')),
  at timestamptz not null,
  -- Of those to be sent it: when it was settled, and how.
  done_at timestamptz,
  coupon_id uuid,
  refusal text,
  told boolean not null default false,
  constraint drop_member_once unique (round_id, member_id),
  constraint drop_member_held check (arm = 'send' or (done_at is null and coupon_id is null and refusal is null and not told)),
  constraint drop_member_done check ((done_at is null) = (num_nonnulls(coupon_id, refusal) = 0) and num_nonnulls(coupon_id, refusal) <= 1)
);
create index drop_member_open on drop_member (drop_id, id) where arm = 'send' and done_at is null;
create index drop_member_of on drop_member (drop_id, member_id, at);
create index drop_member_newest on drop_member (drop_id, id desc);
-- In which arm somebody is of a drop does not change.
create function refuse_other_arm() returns trigger language plpgsql as $$
begin
  raise exception 'member % of drop % changed arms', new.member_id, new.drop_id using errcode = 'check_violation';
end $$;
create trigger drop_member_arm_stands before update on drop_member for each row when (old.arm <> new.arm) execute function refuse_other_arm();

alter table drop_plan add primary key (id);
alter table drop_round add primary key (id), add foreign key (drop_id) references drop_plan;
alter table drop_member add primary key (id), add foreign key (round_id) references drop_round;
