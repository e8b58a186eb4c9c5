-- After-sales: what a shopper asks for after paying, and what became of it (domain handbook §2.12).
create table aftersale (
  id uuid primary key,
  order_id uuid not null references orders,
  -- The store that sold it; goods may come back to another one.
  store_id text not null references store,
  member_id uuid not null references member,
  idem_key text not null,
  body_hash bytea not null,
  kind text not null check (kind in ('uncollected', 'claim', 'return', 'exchange')),
  reason text not null check (reason in ('changed_mind', 'mistake', 'too_slow', 'spoiled', 'damaged', 'short', 'not_as_described',
    'no_reason', 'defect', 'wrong_item')),
  note text not null default '',
  -- The merchant's doing: coupons that come back live three days at least. Begins with what the reason says; who decides may know better.
  our_fault boolean not null,
  state text not null check (state in ('APPLIED', 'WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT', 'REFUNDING', 'REFUND_FAILED', 'DONE', 'REJECTED',
    'INSPECT_REJECTED', 'APPEALED', 'CANCELLED')),
  -- What the shopper was shown before sending it.
  amount_fen bigint not null check (amount_fen >= 0),
  -- The refund of this request has a key made of its id and this number: it grows when a failed refund is sent again.
  round integer not null default 1 check (round > 0),
  -- When the next step is due: the store's answer, the goods, the shopper's appeal.
  due_at timestamptz,
  since timestamptz not null,
  appealed boolean not null default false,
  owner_id uuid references staff,
  return_code text check (return_code ~ '^[0-9]{10}$'),
  return_store_id text references store,
  -- Where the replacement of an exchange is put aside.
  hold_store_id text references store,
  words text,
  trouble text,
  applied_at timestamptz not null,
  constraint aftersale_return_has_code check (state not in ('WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT')
    or (kind in ('return', 'exchange') and return_code is not null)),
  constraint aftersale_exchange_is_held check
    ((hold_store_id is not null) = (kind = 'exchange' and state in ('WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT'))),
  constraint aftersale_returned_somewhere check (state <> 'RETURNED' or return_store_id is not null),
  constraint aftersale_appeal_once check (state <> 'APPEALED' or appealed)
);
create unique index aftersale_key on aftersale (member_id, idem_key);
create unique index aftersale_return_code on aftersale (return_code) where state in ('WAIT_RETURN', 'WAIT_COLLECT');
create index aftersale_order on aftersale (order_id, id);
create index aftersale_member on aftersale (member_id, applied_at desc, id desc);
create index aftersale_store on aftersale (store_id, applied_at desc, id desc);
create index aftersale_returned_to on aftersale (return_store_id, since) where return_store_id is not null;
create index aftersale_due on aftersale (due_at) where state in ('APPLIED', 'APPEALED', 'WAIT_RETURN', 'WAIT_COLLECT');
create index aftersale_refunding on aftersale (since) where state in ('REFUNDING', 'REFUND_FAILED');

-- An end is an end, whatever the code believes; who appealed once has appealed; and only an exchange becomes something else, a return.
create function aftersale_keeps_its_end() returns trigger language plpgsql as $$
begin
  if old.state in ('DONE', 'CANCELLED') and new.state <> old.state then
    raise exception 'after-sale % has ended', old.id using errcode = 'restrict_violation';
  end if;
  if old.appealed and (not new.appealed or (new.state = 'APPEALED' and old.state <> 'APPEALED')) then
    raise exception 'after-sale % was appealed before', old.id using errcode = 'restrict_violation';
  end if;
  if new.kind <> old.kind and not (old.kind = 'exchange' and new.kind = 'return') then
    raise exception 'after-sale % is no %', old.id, new.kind using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger aftersale_end before update on aftersale for each row execute function aftersale_keeps_its_end();

create table aftersale_line (
  aftersale_id uuid not null references aftersale,
  order_id uuid not null,
  line_no smallint not null,
  quantity integer not null check (quantity > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  perishable boolean not null,
  -- While the request is under way; one such request per line.
  open boolean not null default true,
  goods_to text check (goods_to in ('shelf', 'waste')),
  primary key (aftersale_id, line_no),
  foreign key (order_id, line_no) references order_line,
  constraint aftersale_line_fresh_is_waste check (not (perishable and goods_to is not distinct from 'shelf'))
);
create unique index aftersale_line_open on aftersale_line (order_id, line_no) where open;

create table aftersale_event (
  id bigint generated always as identity primary key,
  aftersale_id uuid not null references aftersale,
  verb text not null,
  from_state text,
  to_state text not null,
  by text not null,
  at timestamptz not null,
  words text,
  data jsonb
);
create index aftersale_event_of on aftersale_event (aftersale_id, id);
create trigger aftersale_event_append_only before update or delete on aftersale_event
  for each row execute function refuse_change();

-- Private: shown to the member and to staff who may see the request, under an address that ends by itself. Without a request for a day: deleted.
create table aftersale_photo (
  id uuid primary key,
  member_id uuid not null references member,
  aftersale_id uuid references aftersale,
  position smallint,
  webp bytea not null,
  created_at timestamptz not null,
  check ((aftersale_id is null) = (position is null)),
  unique (aftersale_id, position)
);
create index aftersale_photo_loose on aftersale_photo (member_id, created_at) where aftersale_id is null;

-- Goods of one store's order that another store took in and can sell again, or gave out for it: what they owe each other. Shoppers see nothing of it.
create table store_due (
  id bigint generated always as identity primary key,
  aftersale_id uuid not null,
  line_no smallint not null,
  debtor_store_id text not null references store,
  creditor_store_id text not null references store,
  -- Goods taken onto the debtor's shelf, or a replacement given away by the creditor.
  reason text not null check (reason in ('returned', 'replaced')),
  quantity integer not null check (quantity > 0),
  -- What the shopper paid for these pieces.
  amount_fen bigint not null check (amount_fen >= 0),
  at timestamptz not null,
  unique (aftersale_id, line_no, reason),
  foreign key (aftersale_id, line_no) references aftersale_line,
  check (debtor_store_id <> creditor_store_id)
);
create index store_due_at on store_due (at desc, id desc);
create trigger store_due_append_only before update or delete on store_due
  for each row execute function refuse_change();
