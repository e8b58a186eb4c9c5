-- Reconciliation: what the bills of the providers say about each business day, and every difference from our own books, until somebody explains it.
set local lock_timeout = '5s';

alter table payment_alarm drop constraint payment_alarm_kind_check;
alter table payment_alarm add constraint payment_alarm_kind_check check (kind in ('amount_mismatch', 'merchant_mismatch', 'unknown_trade',
  'double_payment', 'late_payment', 'refund_failed', 'unreadable', 'bill_failed', 'report_failed'));

-- A day's payments and refunds are looked up by when they happened. Partial, so that no statement of the order desk can choose them.
create index payment_attempt_paid on payment_attempt (paid_at) where state = 'PAID';
create index refund_accepted on refund (created_at) where refund_id is not null;

-- One row per provider and business day. Figures are of the last run that went well; `trouble` is of the last one that did not.
create table bill_day (
  provider text not null check (provider in ('wechat', 'alipay')),
  day date not null,
  state text not null default 'DUE' check (state in ('DUE', 'DONE', 'FAILED')),
  tries integer not null default 0 check (tries >= 0),
  next_try_at timestamptz,
  trouble text,
  trouble_detail text,
  reconciled_at timestamptz,
  -- When the bill of that day was taken; null where there was none.
  trade_at timestamptz,
  funds_at timestamptz,
  trade_sha1 text,
  funds_sha1 text,
  bill_rows integer not null default 0 check (bill_rows >= 0),
  fund_rows integer not null default 0 check (fund_rows >= 0),
  ours_paid integer not null default 0,
  ours_paid_fen bigint not null default 0,
  theirs_paid integer not null default 0,
  theirs_paid_fen bigint not null default 0,
  ours_refunded integer not null default 0,
  ours_refunded_fen bigint not null default 0,
  theirs_refunded integer not null default 0,
  theirs_refunded_fen bigint not null default 0,
  -- Due to us before fees: payments less refunds, less what coupons of WeChat do not make good.
  settle_fen bigint not null default 0,
  -- Thousandths of a fen, because bills state fees with five decimals of a yuan.
  fee_millifen bigint not null default 0,
  funds_in_fen bigint not null default 0,
  funds_out_fen bigint not null default 0,
  -- Head office said that this day is done with. Something that was found later reopened it; who had signed it off stays to be seen until it is again.
  signed_off_at timestamptz,
  signed_off_by uuid references staff,
  reopened_at timestamptz,
  reopened_by text,
  primary key (provider, day),
  check (state <> 'DONE' or reconciled_at is not null),
  check (state <> 'FAILED' or trouble is not null),
  check ((signed_off_at is null) = (signed_off_by is null) and (signed_off_at is null or reconciled_at is not null)),
  check ((reopened_at is null) = (reopened_by is null) and (reopened_at is null or signed_off_at is not null))
);
create index bill_day_due on bill_day (next_try_at) where next_try_at is not null;

-- Every row of every trade bill, replaced as a whole when a day is run again.
create table bill_line (
  provider text not null,
  source text not null check (source in ('payment', 'refund', 'transfer')),
  -- The provider's number of the payment or of the refund.
  number text not null,
  day date not null,
  -- Our number: out_trade_no of a payment, out_refund_no of a refund, out_bill_no of a transfer to a person.
  our_no text not null,
  out_trade_no text not null,
  at timestamptz not null,
  state text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  settle_fen bigint not null,
  coupon_fen bigint not null,
  fee_millifen bigint not null,
  rate text not null,
  -- Nothing is counted twice, whatever a bill says.
  primary key (provider, source, number),
  foreign key (provider, day) references bill_day
);
create index bill_line_day on bill_line (provider, day);
create index bill_line_transfer on bill_line (our_no) where source = 'transfer';

create table bill_difference (
  id uuid primary key,
  provider text not null,
  day date not null,
  seq integer not null check (seq > 0),
  source text not null check (source in ('payment', 'refund', 'transfer', 'funds')),
  number text not null,
  kind text not null check (kind in ('local_only', 'remote_only', 'amount_diff', 'status_diff', 'funds_diff')),
  state text not null check (state in ('WAITING', 'OPEN', 'CLOSED', 'RESOLVED')),
  attempt_id uuid references payment_attempt,
  refund_id uuid references refund,
  order_id uuid references orders,
  our_no text,
  ours_fen bigint,
  theirs_fen bigint,
  ours_state text,
  theirs_state text,
  happened_at timestamptz not null,
  found_at timestamptz not null,
  -- Why it is no longer open: a word of ours when CLOSED, of a person when RESOLVED.
  ended_at timestamptz,
  resolution text,
  note text,
  owner_id uuid references staff,
  foreign key (provider, day) references bill_day,
  unique (provider, source, number),
  unique (day, seq),
  check ((state in ('CLOSED', 'RESOLVED')) = (ended_at is not null and resolution is not null)),
  check (state <> 'RESOLVED' or (owner_id is not null and note is not null))
);
create index bill_difference_open on bill_difference (day) where state in ('WAITING', 'OPEN');
create index bill_difference_owner on bill_difference (owner_id) where owner_id is not null;

create table bill_difference_event (
  id bigint generated always as identity primary key,
  difference_id uuid not null references bill_difference,
  verb text not null,
  by text not null,
  at timestamptz not null,
  note text
);
create index bill_difference_event_of on bill_difference_event (difference_id, id);
create trigger bill_difference_event_append_only before update or delete on bill_difference_event
  for each row execute function refuse_change();

-- No day that is signed off has an open difference, whoever writes. Asked when a transaction ends: what opens a difference reopens the day in the same
-- one. The row of the day is taken, so that of a sign-off and a difference at the same moment the later one to end sees the other.
create function bill_day_settled() returns trigger language plpgsql as $$
begin
  perform from bill_day where provider = new.provider and day = new.day for share;
  if exists (select from bill_day where provider = new.provider and day = new.day and signed_off_at is not null and reopened_at is null)
    and exists (select from bill_difference where provider = new.provider and day = new.day and state in ('WAITING', 'OPEN')) then
    raise exception 'an open difference on a day that is signed off' using errcode = 'check_violation', constraint = 'bill_day_settled';
  end if;
  return null;
end $$;
create constraint trigger bill_day_settled after insert or update on bill_day deferrable initially deferred
  for each row when (new.signed_off_at is not null and new.reopened_at is null) execute function bill_day_settled();
create constraint trigger bill_difference_settled after insert or update of state, day on bill_difference deferrable initially deferred
  for each row when (new.state in ('WAITING', 'OPEN')) execute function bill_day_settled();
