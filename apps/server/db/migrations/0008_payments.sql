-- Payments: attempts, the inbox of what providers told us, refunds, and what needs a person.
create table payment_attempt (
  id uuid primary key,
  order_id uuid not null references orders,
  store_id text not null,
  -- What the money is. WeChat and Alipay take it over the net, staff take cash and cards at the counter.
  provider text not null check (provider in ('wechat', 'alipay', 'stored_value', 'cash', 'card')),
  out_trade_no text not null unique,
  payer text not null,
  amount_fen bigint not null check (amount_fen > 0),
  -- Told to WeChat when it was opened, so that others can have a part of it; kept, because a repeat must say the same. Nobody else is told.
  profit_sharing boolean not null default false,
  -- HELD: stored value that is set aside for an order until the rest of it is paid.
  state text not null check (state in ('OPENING', 'OPEN', 'HELD', 'CLOSED', 'PAID', 'FAILED')),
  prepay_id text,
  prepay_expires_at timestamptz,
  transaction_id text unique,
  created_at timestamptz not null,
  next_check_at timestamptz,
  checks integer not null default 0,
  paid_at timestamptz,
  closed_at timestamptz,
  trouble text,
  -- Taken at the counter: by whom, under the caller's key, what the shopper put down in cash, the number on the slip of the card terminal.
  idem_key text,
  taken_by uuid references staff,
  tendered_fen bigint,
  slip text,
  constraint payment_attempt_counter check ((provider in ('cash', 'card')) = (taken_by is not null) and (taken_by is null) = (idem_key is null)
    and (provider = 'cash') = (tendered_fen is not null) and coalesce(tendered_fen >= amount_fen, true) and (provider = 'card') = (slip is not null)),
  constraint payment_attempt_sharing check (provider = 'wechat' or not profit_sharing),
  constraint payment_attempt_held check (case provider when 'stored_value' then state in ('HELD', 'PAID', 'CLOSED') else state <> 'HELD' end),
  constraint payment_attempt_proof check (provider not in ('wechat', 'alipay') or (state = 'PAID') = (transaction_id is not null))
);
create index payment_attempt_order on payment_attempt (order_id, id);
create unique index payment_attempt_one_open on payment_attempt (order_id) where state in ('OPENING', 'OPEN');
create unique index payment_attempt_one_stored on payment_attempt (order_id) where provider = 'stored_value';
create unique index payment_attempt_key on payment_attempt (order_id, idem_key) where idem_key is not null;
create index payment_attempt_taken on payment_attempt (paid_at) where taken_by is not null;
create index payment_attempt_due on payment_attempt (next_check_at) where next_check_at is not null;

create table payment_notice (
  id uuid primary key,
  provider text not null,
  notice_id text not null,
  event_type text not null,
  subject text not null,
  received_at timestamptz not null,
  body jsonb not null,
  outcome text not null,
  unique (provider, notice_id)
);
create index payment_notice_subject on payment_notice (subject);

create table refund (
  id uuid primary key,
  order_id uuid not null references orders,
  attempt_id uuid not null references payment_attempt,
  out_refund_no text not null unique,
  idem_key text,
  -- SHA-256 of what was asked for under the key.
  body_hash bytea,
  amount_fen bigint not null check (amount_fen >= 0),
  reason text not null,
  cause text not null check (cause in ('order', 'weighing', 'late_payment', 'double_payment')),
  -- The merchant's doing (goods missing, spoiled, wrong): coupons that come back live three days more at least.
  our_fault boolean not null default false,
  state text not null check (state in ('PENDING', 'PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED')),
  refund_id text,
  tries integer not null default 0,
  -- Not before: WeChat wants a minute between refunds of one payment.
  send_at timestamptz not null,
  next_try_at timestamptz,
  trouble text,
  -- Where a person sent money that could not reach the shopper's account. The card itself is never kept.
  redirected_to text check (redirected_to in ('user_card', 'merchant_account')),
  redirected_at timestamptz,
  by text not null,
  created_at timestamptz not null,
  done_at timestamptz,
  -- Who gave the money back at the counter. Until then it waits there: nobody else is asked (`next_try_at` is null).
  handed_by uuid references staff,
  -- Goods that cost nothing go back without money: nobody is asked to send it.
  constraint refund_of_nothing check (amount_fen > 0 or (state = 'SUCCESS' and cause = 'order')),
  check ((redirected_to is null) = (redirected_at is null))
);
create index refund_waits on refund (created_at) where state = 'PENDING' and next_try_at is null;
-- Takings of a day. Partial, so that no statement of the order desk can choose it.
create index refund_arrived on refund (done_at) where state = 'SUCCESS';
create index refund_handed on refund (done_at) where handed_by is not null;
create index refund_order on refund (order_id, id);
create index refund_due on refund (next_try_at) where state in ('PENDING', 'PROCESSING', 'ABNORMAL');
-- One give-back may be split over what the order was paid with: a row for each attempt, all under the caller's key.
create unique index refund_key on refund (order_id, idem_key, attempt_id) where idem_key is not null;

-- Money given back can never exceed money taken, per attempt, whatever the code believes.
create function refund_within_attempt() returns trigger language plpgsql as $$
declare taken bigint; given bigint;
begin
  select amount_fen into taken from payment_attempt where id = new.attempt_id and state = 'PAID' for update;
  if taken is null then
    raise exception 'refund of an attempt that is not paid' using errcode = 'check_violation';
  end if;
  select coalesce(sum(amount_fen), 0) into given from refund
    where attempt_id = new.attempt_id and state not in ('CLOSED', 'FAILED') and id <> new.id;
  if given + new.amount_fen > taken then
    raise exception 'refunds of attempt % would exceed what was paid', new.attempt_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refund_cap before insert on refund for each row execute function refund_within_attempt();

-- What a refund gives back of each line. A payment that came twice belongs to no line.
create table refund_line (
  refund_id uuid not null references refund,
  order_id uuid not null,
  line_no smallint not null,
  -- 0 where the pieces stand in another row (money of a line that was paid with two tenders comes back from both), and for the difference of a weighed
  -- line: it stays sold, and weighs less than was paid.
  quantity integer not null check (quantity >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  check (quantity > 0 or amount_fen > 0),
  -- Points spent on it that come back, and points earned by it that are taken back.
  points_back bigint not null default 0 check (points_back >= 0),
  points_taken bigint not null default 0 check (points_taken >= 0),
  primary key (refund_id, line_no),
  foreign key (order_id, line_no) references order_line
);
create index refund_line_of on refund_line (order_id, line_no);

-- Per line too: neither more pieces nor more money than it had, refunds that came to nothing aside.
create function refund_within_line() returns trigger language plpgsql as $$
declare had record; given record;
begin
  select quantity, pay_fen, earned_points into had from order_line where order_id = new.order_id and line_no = new.line_no for update;
  select coalesce(sum(g.quantity), 0) as quantity, coalesce(sum(g.amount_fen), 0) as fen, coalesce(sum(g.points_taken), 0) as taken into given
    from refund_line g join refund r on r.id = g.refund_id
    where g.order_id = new.order_id and g.line_no = new.line_no and r.state not in ('CLOSED', 'FAILED') and g.refund_id <> new.refund_id;
  if given.quantity + new.quantity > had.quantity or given.fen + new.amount_fen > had.pay_fen
     or given.taken + new.points_taken > had.earned_points then
    raise exception 'refunds of line % of order % would exceed what was bought', new.line_no, new.order_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refund_line_cap before insert on refund_line for each row execute function refund_within_line();

create table payment_alarm (
  id uuid primary key,
  kind text not null check (kind in ('amount_mismatch', 'merchant_mismatch', 'unknown_trade', 'double_payment', 'late_payment', 'refund_failed', 'unreadable')),
  subject text not null,
  order_id uuid references orders,
  refund_id uuid references refund,
  detail text not null,
  at timestamptz not null,
  -- Who looks after it.
  owner_id uuid references staff,
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  unique (kind, subject)
);
create index payment_alarm_open on payment_alarm (at desc) where resolved_at is null;
create index payment_alarm_refund on payment_alarm (refund_id) where refund_id is not null;
create index payment_alarm_owner on payment_alarm (owner_id) where owner_id is not null;

-- Who did what about an alarm. Never a card number, never a name of a shopper.
create table payment_alarm_event (
  id bigint generated always as identity primary key,
  alarm_id uuid not null references payment_alarm,
  verb text not null,
  by text not null,
  at timestamptz not null,
  note text
);
create index payment_alarm_event_of on payment_alarm_event (alarm_id, id);
create trigger payment_alarm_event_append_only before update or delete on payment_alarm_event
  for each row execute function refuse_change();

-- One access token for all processes (stable_token), and whatever else a provider lends us for a while.
create table provider_token (
  name text primary key,
  value bytea not null,
  expires_at timestamptz not null
);
