-- Commissions: who promotes, whom they brought, what of an order is theirs, and how it is paid out.
-- What the law forbids has no column: nothing is paid for recruiting, for joining or by team, and nothing is shared deeper than twice.
set local lock_timeout = '5s';

-- Money that waits at WeChat for somebody to look: a transfer that does not go on.
alter table payment_alarm drop constraint payment_alarm_kind_check;
alter table payment_alarm add constraint payment_alarm_kind_check check (kind in ('amount_mismatch', 'merchant_mismatch', 'unknown_trade',
  'double_payment', 'late_payment', 'refund_failed', 'unreadable', 'bill_failed', 'report_failed', 'transfer_stuck'));

-- What promoting is worth, from a moment on. Rows are only added; an order is judged by the row of the moment it was placed.
create table commission_terms (
  id bigint generated always as identity primary key,
  active boolean not null,
  -- 2: whoever was invited by another promoter shares with them. Never more.
  depth smallint not null check (depth in (1, 2)),
  bind_mode text not null check (bind_mode in ('first', 'latest')),
  bind_days smallint not null check (bind_days between 1 and 365),
  -- A promoter earns of their own purchases.
  self_reward boolean not null,
  -- Business days after the day of collecting: not shorter than the seven in which goods may come back.
  hold_days smallint not null check (hold_days between 7 and 60),
  -- code, name, rateBp of what stays paid, upperBp for whoever invited: the first is everybody's at the beginning.
  levels jsonb not null check (jsonb_typeof(levels) = 'array' and jsonb_array_length(levels) between 1 and 5),
  -- WeChat sends no less than 0.1 and no more than 20,000 yuan a day to one person.
  least_fen bigint not null check (least_fen between 10 and 100000),
  daily_fen bigint not null check (daily_fen between 10 and 2000000),
  -- labour: 劳务报酬, withheld as it is paid. none: somebody else withholds. Who confirmed it, in words.
  tax text not null check (tax in ('none', 'labour')),
  tax_note text not null check (tax_note <> ''),
  since timestamptz not null,
  by text not null,
  check (least_fen <= daily_fen)
);
create index commission_terms_since on commission_terms (since desc, id desc);
create trigger commission_terms_append_only before update or delete on commission_terms for each row execute function refuse_change();
create trigger commission_terms_tell after insert on commission_terms for each statement execute function tell('commission_terms');

-- Whose the money is: a member who promotes, or somebody who works here. Sums follow their postings; what may be withdrawn falls below nothing when
-- money of an order goes back after its commission was paid out.
create table commission_account (
  id uuid primary key,
  member_id uuid unique references member,
  staff_id uuid unique references staff,
  pending_fen bigint not null default 0 check (pending_fen >= 0),
  frozen_fen bigint not null default 0 check (frozen_fen >= 0),
  available_fen bigint not null default 0,
  withdrawing_fen bigint not null default 0 check (withdrawing_fen >= 0),
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  check (num_nonnulls(member_id, staff_id) = 1)
);

-- Nothing has to be paid or bought to apply.
create table promoter_application (
  id uuid primary key,
  member_id uuid not null references member,
  -- By whose code; an invitation earns nothing.
  inviter_id uuid references member,
  words text not null,
  state text not null check (state in ('APPLIED', 'APPROVED', 'REFUSED')),
  at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  check (inviter_id <> member_id),
  check ((decided_at is null) = (state = 'APPLIED') and (decided_by is null) = (state = 'APPLIED') and (reason is not null) = (state = 'REFUSED'))
);
create unique index promoter_application_open on promoter_application (member_id) where state = 'APPLIED';
create index promoter_application_mine on promoter_application (member_id, at desc);
create index promoter_application_at on promoter_application (at desc, id desc);

create table promoter (
  member_id uuid primary key references member,
  account_id uuid not null unique references commission_account,
  application_id uuid not null unique references promoter_application,
  -- All that a link or a 小程序码 of theirs carries.
  key text not null unique check (key ~ '^[A-Za-z0-9]{12}$'),
  -- Fixed as they join, and a promoter by then: chains have no rings.
  inviter_id uuid references promoter,
  picture bytea,
  since timestamptz not null,
  check (inviter_id <> member_id)
);
create index promoter_invited on promoter (inviter_id) where inviter_id is not null;
create function promoter_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'picture' <> to_jsonb(old) - 'picture' then
    raise exception 'a promoter stays who they are' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger promoter_kept before update or delete on promoter for each row execute function promoter_stays();

-- How a promoter stands, from a moment on: an order asks how they stood as it was placed.
create table promoter_standing (
  id bigint generated always as identity primary key,
  promoter_id uuid not null references promoter,
  active boolean not null,
  level text not null,
  at timestamptz not null,
  by text not null,
  reason text not null default ''
);
create index promoter_standing_at on promoter_standing (promoter_id, id desc);
create trigger promoter_standing_append_only before update or delete on promoter_standing for each row execute function refuse_change();

-- Who brought a member, from when until when. One at a time; who is brought anew by terms that say so ends the one before.
create table promoter_binding (
  id bigint generated always as identity primary key,
  member_id uuid not null references member,
  promoter_id uuid not null references promoter,
  terms_id bigint not null references commission_terms,
  bound_at timestamptz not null,
  bind_expires_at timestamptz not null,
  ended_at timestamptz,
  check (member_id <> promoter_id),
  check (bind_expires_at > bound_at),
  check (ended_at between bound_at and bind_expires_at)
);
create unique index promoter_binding_open on promoter_binding (member_id) where ended_at is null;
create index promoter_binding_member on promoter_binding (member_id, bound_at desc);
create index promoter_binding_promoter on promoter_binding (promoter_id, id desc);
create function promoter_binding_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null or to_jsonb(new) - 'ended_at' <> to_jsonb(old) - 'ended_at' then
    raise exception 'who brought a member is not written anew' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger promoter_binding_kept before update or delete on promoter_binding for each row execute function promoter_binding_moves();

-- An order somebody is to have a part of, as it was when it was placed. Later bindings, levels and terms change nothing of it.
create table commission_order (
  order_id uuid primary key references orders,
  buyer_id uuid not null references member,
  terms_id bigint not null references commission_terms,
  placed_at timestamptz not null,
  hold_days smallint not null,
  state text not null check (state in ('PENDING', 'FROZEN', 'AVAILABLE')),
  -- The end of the after-sales term.
  free_at timestamptz,
  check ((free_at is null) = (state = 'PENDING'))
);
create index commission_order_due on commission_order (free_at) where state = 'FROZEN';
create function commission_order_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - '{state,free_at}'::text[] <> to_jsonb(old) - '{state,free_at}'::text[]
     or (old.free_at is not null and new.free_at <> old.free_at)
     or (new.state <> old.state and (old.state, new.state) not in (('PENDING', 'FROZEN'), ('FROZEN', 'AVAILABLE'))) then
    raise exception 'commission of order % may not become that', old.order_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger commission_order_kept before update or delete on commission_order for each row execute function commission_order_moves();

create table commission_line (
  order_id uuid not null references commission_order,
  line_no smallint not null,
  -- 1: whoever brought the buyer. 2: whoever invited them. There is no third.
  depth smallint not null constraint commission_line_depth check (depth in (1, 2)),
  promoter_id uuid not null references promoter,
  account_id uuid not null references commission_account,
  level text not null,
  rate_bp integer not null check (rate_bp between 1 and 5000),
  -- What was to be paid for the line after all discounts; no freight.
  base_fen bigint not null check (base_fen > 0),
  amount_fen bigint not null check (amount_fen > 0),
  -- What its postings left of it.
  left_fen bigint not null default 0,
  primary key (order_id, line_no, depth),
  foreign key (order_id, line_no) references order_line,
  constraint commission_line_floor check (amount_fen = base_fen * rate_bp / 10000),
  constraint commission_line_left check (left_fen between 0 and amount_fen)
);
create index commission_line_account on commission_line (account_id, order_id desc);

-- The second is nobody but who invited the first; and nobody earns of what they buy unless the terms of then say so.
create function commission_line_chain() returns trigger language plpgsql as $$
begin
  if new.depth = 2 and not exists (
    select from commission_line l join promoter p on p.member_id = l.promoter_id join commission_order o on o.order_id = l.order_id
      join commission_terms t on t.id = o.terms_id
    where l.order_id = new.order_id and l.line_no = new.line_no and l.depth = 1 and p.inviter_id = new.promoter_id and t.depth = 2) then
    raise exception 'the second share of order % is whoever invited the first', new.order_id using errcode = 'check_violation';
  end if;
  if exists (select from commission_order o join commission_terms t on t.id = o.terms_id
      where o.order_id = new.order_id and o.buyer_id = new.promoter_id and not t.self_reward) then
    raise exception 'nobody earns of their own purchase' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger commission_line_drawn before insert on commission_line for each row execute function commission_line_chain();

-- Real name and identity card, for transfers that WeChat wants a name for and for taxes that are withheld. Sealed.
create table commission_identity (
  account_id uuid primary key references commission_account,
  name_cipher bytea not null,
  document_cipher bytea not null,
  document_tail text not null check (document_tail ~ '^[0-9]{3}[0-9X]$'),
  at timestamptz not null
);

create table commission_withdrawal (
  id uuid primary key,
  account_id uuid not null references commission_account,
  idem_key text not null,
  -- WeChat's rule for numbers of transfers. Never another for the same withdrawal.
  out_bill_no text not null unique check (out_bill_no ~ '^[0-9A-Za-z]{8,32}$'),
  amount_fen bigint not null check (amount_fen > 0),
  tax text not null check (tax in ('none', 'labour')),
  -- Of the month before this one, for taxes that are counted by month: what was earned and withheld.
  month text not null check (month ~ '^20\d\d-(0[1-9]|1[0-2])$'),
  month_before_fen bigint not null check (month_before_fen >= 0),
  tax_before_fen bigint not null check (tax_before_fen >= 0),
  tax_fen bigint not null check (tax_fen >= 0),
  net_fen bigint not null check (net_fen >= 10),
  openid text not null,
  name_cipher bytea,
  state text not null check (state in ('REQUESTED', 'SENDING', 'WAIT_CONFIRM', 'CANCELLING', 'PAID', 'CANCELLED')),
  package_info text,
  transfer_bill_no text,
  trouble text,
  tries integer not null default 0,
  checked_at timestamptz,
  next_check_at timestamptz,
  requested_at timestamptz not null,
  done_at timestamptz,
  constraint commission_withdrawal_key unique (account_id, idem_key),
  constraint commission_withdrawal_net check (net_fen = amount_fen - tax_fen and (tax = 'labour' or tax_fen = 0)),
  -- WeChat asks for the name from 2,000 yuan.
  constraint commission_withdrawal_name check (net_fen < 200000 or name_cipher is not null),
  constraint commission_withdrawal_done check ((done_at is not null) = (state in ('PAID', 'CANCELLED'))),
  constraint commission_withdrawal_checked check ((next_check_at is null) = (state in ('PAID', 'CANCELLED')))
);
-- No second transfer before the first has ended.
create unique index commission_withdrawal_open on commission_withdrawal (account_id) where state not in ('PAID', 'CANCELLED');
create index commission_withdrawal_due on commission_withdrawal (next_check_at) where next_check_at is not null;
create index commission_withdrawal_mine on commission_withdrawal (account_id, requested_at desc);
create index commission_withdrawal_at on commission_withdrawal (requested_at desc, id desc);
create index commission_withdrawal_paid on commission_withdrawal (done_at) where state = 'PAID';
create index commission_withdrawal_month on commission_withdrawal (month, account_id) where state = 'PAID';
create function commission_withdrawal_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('PAID', 'CANCELLED')
     or to_jsonb(new) - '{state,package_info,transfer_bill_no,trouble,tries,checked_at,next_check_at,done_at}'::text[]
       <> to_jsonb(old) - '{state,package_info,transfer_bill_no,trouble,tries,checked_at,next_check_at,done_at}'::text[]
     or (new.state <> old.state and new.state = 'REQUESTED') then
    raise exception 'withdrawal % may not become that', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger commission_withdrawal_kept before update or delete on commission_withdrawal
  for each row execute function commission_withdrawal_moves();

-- The ledger. Only added to: what goes back is a row with a minus, what moves on is taken from one sum and put into the next.
create table commission_posting (
  id bigint generated always as identity primary key,
  account_id uuid not null references commission_account,
  reason text not null check (reason in ('earn', 'collect', 'free', 'refund', 'guide', 'guide_back', 'withdraw', 'withdraw_back', 'withdrawn', 'wages')),
  pending_fen bigint not null default 0,
  frozen_fen bigint not null default 0,
  available_fen bigint not null default 0,
  withdrawing_fen bigint not null default 0,
  paid_fen bigint not null default 0,
  order_id uuid,
  line_no smallint,
  depth smallint,
  -- What of the line stayed paid as this was posted: the reason of a refund.
  kept_fen bigint,
  withdrawal_id uuid references commission_withdrawal,
  guide_reward_id bigint,
  note text,
  by text not null,
  at timestamptz not null,
  foreign key (order_id, line_no, depth) references commission_line,
  constraint commission_posting_about check (case
    when reason in ('earn', 'collect', 'free', 'refund') then num_nonnulls(order_id, line_no, depth) = 3 and num_nonnulls(withdrawal_id, guide_reward_id) = 0
    when reason in ('withdraw', 'withdraw_back', 'withdrawn') then withdrawal_id is not null and num_nonnulls(order_id, guide_reward_id) = 0
    when reason in ('guide', 'guide_back') then guide_reward_id is not null and num_nonnulls(order_id, withdrawal_id) = 0
    else note is not null and num_nonnulls(order_id, withdrawal_id, guide_reward_id) = 0 end),
  constraint commission_posting_kept check ((reason = 'refund') = (kept_fen is not null)),
  -- Each reason moves what it says and nothing else.
  constraint commission_posting_moves check (case reason
    when 'earn' then pending_fen > 0 and (frozen_fen, available_fen, withdrawing_fen, paid_fen) = (0, 0, 0, 0)
    when 'collect' then pending_fen < 0 and (frozen_fen, available_fen, withdrawing_fen, paid_fen) = (-pending_fen, 0, 0, 0)
    when 'free' then frozen_fen < 0 and (pending_fen, available_fen, withdrawing_fen, paid_fen) = (0, -frozen_fen, 0, 0)
    when 'refund' then least(pending_fen, frozen_fen, available_fen) < 0 and greatest(pending_fen, frozen_fen, available_fen) = 0
      and num_nonnulls(nullif(pending_fen, 0), nullif(frozen_fen, 0), nullif(available_fen, 0)) = 1 and (withdrawing_fen, paid_fen) = (0, 0)
    when 'guide' then available_fen > 0 and (pending_fen, frozen_fen, withdrawing_fen, paid_fen) = (0, 0, 0, 0)
    when 'guide_back' then available_fen < 0 and (pending_fen, frozen_fen, withdrawing_fen, paid_fen) = (0, 0, 0, 0)
    when 'withdraw' then available_fen < 0 and (pending_fen, frozen_fen, withdrawing_fen, paid_fen) = (0, 0, -available_fen, 0)
    when 'withdraw_back' then withdrawing_fen < 0 and (pending_fen, frozen_fen, available_fen, paid_fen) = (0, 0, -withdrawing_fen, 0)
    when 'withdrawn' then withdrawing_fen < 0 and (pending_fen, frozen_fen, available_fen, paid_fen) = (0, 0, 0, -withdrawing_fen)
    else available_fen < 0 and (pending_fen, frozen_fen, withdrawing_fen, paid_fen) = (0, 0, 0, -available_fen) end)
);
create index commission_posting_mine on commission_posting (account_id, id desc);
-- Earned once, moved on once, and for each sum that stays paid taken back once, whoever reads an order twice.
create unique index commission_posting_line on commission_posting (order_id, line_no, depth, reason) where reason in ('earn', 'collect', 'free');
create unique index commission_posting_refund on commission_posting (order_id, line_no, depth, kept_fen) where reason = 'refund';
-- Set aside once, and either paid out or given back, once.
create unique index commission_posting_withdraw on commission_posting (withdrawal_id) where reason = 'withdraw';
create unique index commission_posting_end on commission_posting (withdrawal_id) where reason in ('withdraw_back', 'withdrawn');
create unique index commission_posting_guide on commission_posting (guide_reward_id) where guide_reward_id is not null;
create trigger commission_posting_append_only before update or delete on commission_posting for each row execute function refuse_change();

create function post_commission() returns trigger language plpgsql as $$
declare x record;
begin
  for x in select account_id, sum(pending_fen) as pending, sum(frozen_fen) as frozen, sum(available_fen) as available,
      sum(withdrawing_fen) as withdrawing, sum(paid_fen) as paid from added group by 1 order by 1 loop
    update commission_account set pending_fen = pending_fen + x.pending, frozen_fen = frozen_fen + x.frozen,
      available_fen = available_fen + x.available, withdrawing_fen = withdrawing_fen + x.withdrawing, paid_fen = paid_fen + x.paid
      where id = x.account_id;
  end loop;
  for x in select order_id, line_no, depth, sum(pending_fen + frozen_fen + available_fen) as fen from added
      where reason in ('earn', 'refund') group by 1, 2, 3 order by 1, 2, 3 loop
    update commission_line set left_fen = left_fen + x.fen where order_id = x.order_id and line_no = x.line_no and depth = x.depth;
  end loop;
  -- Nobody is paid what they do not have.
  if exists (select from added a join commission_account c on c.id = a.account_id where a.reason in ('withdraw', 'wages') and c.available_fen < 0) then
    raise exception 'more is paid out than there is' using errcode = 'check_violation', constraint = 'commission_account_covers';
  end if;
  return null;
end $$;
create trigger commission_posting_post after insert on commission_posting referencing new table as added
  for each statement execute function post_commission();

-- Sums follow their postings and nobody else.
create function commission_follows() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'INSERT' and (new.pending_fen, new.frozen_fen, new.available_fen, new.withdrawing_fen, new.paid_fen) <> (0, 0, 0, 0, 0))
     or (tg_op = 'UPDATE' and pg_trigger_depth() < 2) then
    raise exception 'commission follows its postings' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger commission_account_follows before insert or update or delete on commission_account for each row execute function commission_follows();
create function commission_line_follows() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (pg_trigger_depth() < 2 or to_jsonb(new) - 'left_fen' <> to_jsonb(old) - 'left_fen'))
     or (tg_op = 'INSERT' and new.left_fen <> 0) then
    raise exception 'commission follows its postings' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger commission_line_kept before insert or update or delete on commission_line for each row execute function commission_line_follows();

create table commission_cursor (
  book text primary key,
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);

-- Accounts and lines compared with their postings, nightly and when somebody asks.
create table commission_check (
  id uuid primary key,
  at timestamptz not null,
  night date unique,
  accounts integer not null check (accounts >= 0),
  faults jsonb not null,
  by text not null
);
create index commission_check_at on commission_check (at desc);
create trigger commission_check_append_only before update or delete on commission_check for each row execute function refuse_change();
