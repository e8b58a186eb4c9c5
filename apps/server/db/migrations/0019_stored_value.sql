-- Stored value (储值余额): money that members paid ahead (docs/adr/0019). Every change is a posting; an account is what its postings add up to, and only
-- they may move it.

-- Whether the chain takes such money. The newest row holds; without one it does not.
create table value_terms (
  id bigint generated always as identity primary key,
  open boolean not null,
  -- What an account may be topped up to. The law's limit for a card in somebody's name is 5,000 yuan.
  max_balance_fen bigint not null check (max_balance_fen between 10000 and 500000),
  -- Number of the filing (备案) with the commerce authority, due within 30 days.
  filing_no text check (filing_no <> ''),
  since timestamptz not null,
  by text not null
);
create trigger value_terms_append_only before update or delete on value_terms for each row execute function refuse_change();
create trigger value_terms_tell after insert on value_terms for each statement execute function tell('value_terms');

-- In whose name an account is, by their identity document: the law wants it recorded. Sealed; only the end of the number can be shown.
create table value_holder (
  member_id uuid primary key references member,
  name_cipher bytea not null,
  document_cipher bytea not null,
  document_tail text not null check (document_tail ~ '^[0-9]{3}[0-9X]$'),
  recorded_at timestamptz not null,
  recorded_by uuid not null references staff
);
create trigger value_holder_append_only before update or delete on value_holder for each row execute function refuse_change();

-- Nobody without a recorded name has one.
create table value_account (
  member_id uuid primary key references value_holder,
  available_fen bigint not null default 0 check (available_fen >= 0),
  -- Set aside for orders that are not paid yet.
  held_fen bigint not null default 0 check (held_fen >= 0)
);

create table value_posting (
  id bigint generated always as identity primary key,
  member_id uuid not null references member,
  reason text not null check (reason in ('top_up', 'hold', 'capture', 'release', 'give_back', 'pay_out')),
  available_fen bigint not null,
  held_fen bigint not null,
  order_id uuid references orders,
  refund_id uuid references refund,
  -- Of what staff took or paid out: where, who, how, under the caller's key.
  store_id text references store,
  staff_id uuid references staff,
  tender text check (tender in ('cash', 'card')),
  tendered_fen bigint,
  slip text,
  note text,
  idem_key text,
  by text not null,
  at timestamptz not null,
  constraint value_posting_moves check (case reason
    when 'top_up' then available_fen > 0 and held_fen = 0
    when 'hold' then available_fen < 0 and held_fen = -available_fen
    when 'capture' then available_fen = 0 and held_fen < 0
    when 'release' then available_fen > 0 and held_fen = -available_fen
    when 'give_back' then available_fen > 0 and held_fen = 0
    else available_fen < 0 and held_fen = 0 end),
  constraint value_posting_of check ((reason in ('hold', 'capture', 'release', 'give_back')) = (order_id is not null)
    and (reason = 'give_back') = (refund_id is not null)),
  constraint value_posting_by_staff check ((reason in ('top_up', 'pay_out')) = (staff_id is not null) and (staff_id is null) = (store_id is null)
    and (staff_id is null) = (tender is null) and (staff_id is null) = (idem_key is null) and (reason <> 'pay_out' or (tender = 'cash' and note is not null))
    and (reason = 'top_up' and tender = 'cash') is not distinct from (tendered_fen is not null) and coalesce(tendered_fen >= available_fen, true)
    and coalesce(tender = 'card', false) = (slip is not null))
);
create index value_posting_mine on value_posting (member_id, id desc);
create index value_posting_order on value_posting (order_id) where order_id is not null;
create index value_posting_counter on value_posting (at) where staff_id is not null;
-- Said twice, moved once.
create unique index value_posting_key on value_posting (member_id, idem_key) where idem_key is not null;
create unique index value_posting_refund on value_posting (refund_id) where refund_id is not null;
create unique index value_posting_hold on value_posting (order_id) where reason = 'hold';
create unique index value_posting_end on value_posting (order_id) where reason in ('capture', 'release');
create trigger value_posting_append_only before update or delete on value_posting for each row execute function refuse_change();

-- One statement of postings, added up, accounts in the order of members: two processes never wait for each other. No top-up above what the law allows;
-- a refund returns to where it came from, whatever is there by then.
create function post_value() returns trigger language plpgsql as $$
declare x record; balance bigint;
begin
  for x in select member_id, sum(available_fen) as available, sum(held_fen) as held, bool_or(reason = 'top_up') as topped_up
      from added group by member_id order by member_id loop
    insert into value_account (member_id) values (x.member_id) on conflict do nothing;
    update value_account set available_fen = available_fen + x.available, held_fen = held_fen + x.held
      where member_id = x.member_id returning available_fen + held_fen into balance;
    if x.topped_up and balance > 500000 then
      raise exception 'more stored value than the law allows' using errcode = 'check_violation';
    end if;
  end loop;
  return null;
end $$;
create trigger value_posting_post after insert on value_posting referencing new table as added
  for each statement execute function post_value();
create trigger value_account_follows before insert or update or delete on value_account for each row execute function only_postings();

-- Every comparison of a ledger with its postings, and what it found: how many figures are not what they add up to, and the first hundred of them.
create table ledger_check (
  id uuid primary key,
  ledger text not null check (ledger in ('points', 'value')),
  at timestamptz not null,
  night date,
  accounts integer not null check (accounts >= 0),
  wrong integer not null check (wrong >= 0),
  faults jsonb not null check (jsonb_array_length(faults) = least(wrong, 100)),
  by text not null,
  unique (ledger, night)
);
create index ledger_check_at on ledger_check (ledger, at desc, id desc);
create trigger ledger_check_append_only before update or delete on ledger_check for each row execute function refuse_change();
