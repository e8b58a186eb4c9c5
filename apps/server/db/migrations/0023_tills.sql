-- Tills: sales that somebody else's tills made, what of coupons and points they took, and what did not fit our books. A sale at a till is no order:
-- what coupons and points refer to is a purchase, either of the two.
set local lock_timeout = '5s';

create table till_sale (
  id uuid not null,
  -- Whose till it was; null: staff told us of a coupon, in a store whose register does not speak with us.
  partner_id uuid references partner,
  store_id text not null references store,
  -- The till's own number of the transaction; of staff, ours.
  pos_txn_id text not null check (pos_txn_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
  kind text not null check (kind in ('sale', 'return')),
  member_id uuid references member,
  -- What became of the coupons and points it asked for. REVERSED too where nothing had been asked for yet: what comes late is refused.
  benefits text not null check (benefits in ('NONE', 'RESERVED', 'REDEEMED', 'REVERSED')),
  -- What was asked for, the answer that repeats get, and until when it is kept.
  reserve_hash bytea,
  priced jsonb,
  used_points bigint not null default 0 check (used_points >= 0),
  expires_at timestamptz,
  began_at timestamptz not null,
  redeemed_at timestamptz,
  reversed_at timestamptz,
  reverse_reason text,
  -- The receipt, once the till has told us of it.
  receipt_hash bytea,
  sold_at timestamptz,
  recorded_at timestamptz,
  paid_fen bigint check (paid_fen >= 0),
  -- Of a return: the till's number of the sale; and that sale, as soon as we know it.
  return_of text,
  returned_id uuid,
  constraint till_sale_priced check (reserve_hash is null or (priced is not null and expires_at is not null)),
  constraint till_sale_reserved check (benefits not in ('RESERVED', 'REDEEMED') or (priced is not null and member_id is not null)),
  check (benefits <> 'RESERVED' or expires_at is not null),
  constraint till_sale_redeemed check ((benefits = 'REDEEMED') <= (redeemed_at is not null)),
  constraint till_sale_reversed check ((benefits = 'REVERSED') = (reversed_at is not null)),
  constraint till_sale_receipt check (num_nonnulls(receipt_hash, sold_at, recorded_at, paid_fen) in (0, 4)),
  -- What staff tell is used at once, and always on file.
  constraint till_sale_staff_whole check (partner_id is not null or recorded_at is not null),
  constraint till_sale_return check ((kind = 'return') = (return_of is not null) and (returned_id is null or kind = 'return'))
);
create index till_sale_due on till_sale (expires_at) where benefits = 'RESERVED';
create index till_sale_mine on till_sale (member_id, sold_at desc, id desc) where recorded_at is not null;
create index till_sale_newest on till_sale (recorded_at desc, id desc) where recorded_at is not null;
create unique index till_sale_txn on till_sale (pos_txn_id, (coalesce(partner_id::text, 'staff')));
create index till_sale_staff on till_sale (recorded_at desc, id desc) where partner_id is null and kind = 'sale';
-- Returns that wait for their sale.
create index till_sale_waiting on till_sale (recorded_at) where kind = 'return' and returned_id is null;
-- Last, as with orders: on an empty table the index made last is taken for look-ups by id.
alter table till_sale add primary key (id);
create index till_sale_returns on till_sale (return_of, (coalesce(partner_id::text, 'staff'))) where return_of is not null;
alter table till_sale add foreign key (returned_id) references till_sale;

create table till_line (
  till_id uuid not null references till_sale,
  line_no smallint not null check (line_no > 0),
  barcode text not null,
  name text not null,
  -- Null: a barcode that nobody here knows. It is kept, and listed.
  sku_id uuid references sku,
  quantity integer not null check (quantity > 0),
  unit_fen bigint not null check (unit_fen >= 0),
  pay_fen bigint not null check (pay_fen >= 0),
  used_points bigint not null default 0 check (used_points >= 0),
  earned_points bigint not null default 0 check (earned_points >= 0),
  returned_quantity integer not null default 0 check (returned_quantity between 0 and quantity),
  primary key (till_id, line_no)
);

-- What coupons and points took off a sale at a till, and who bears it.
create table till_discount (
  till_id uuid not null references till_sale,
  line_no smallint not null,
  rule text not null,
  label text not null,
  off_fen bigint not null check (off_fen >= 0),
  points bigint not null default 0 check (points >= 0),
  funding text not null check (funding in ('store', 'hq', 'supplier')),
  primary key (till_id, line_no, rule)
);

create table till_event (
  id bigint generated always as identity primary key,
  till_id uuid not null references till_sale,
  verb text not null check (verb in ('reserve', 'redeem', 'reverse', 'record', 'take_back')),
  by text not null,
  at timestamptz not null,
  data jsonb
);
create index till_event_sale on till_event (till_id, id);
create trigger till_event_append_only before update or delete on till_event for each row execute function refuse_change();

-- What a till told us and our books did not bear out: somebody looks at it, and says who bears it.
create table till_conflict (
  id uuid primary key,
  till_id uuid not null references till_sale,
  store_id text not null references store,
  kind text not null check (kind in ('barcode_unknown', 'stock_short', 'benefit_missing', 'basket_changed', 'return_unmatched', 'coupon_refused', 'sale_missing')),
  -- Once for each thing that is wrong: the same news twice makes one row.
  detail_key text not null,
  detail jsonb not null,
  -- Money in question.
  amount_fen bigint not null default 0 check (amount_fen >= 0),
  opened_at timestamptz not null,
  owner_id uuid references staff,
  resolved_at timestamptz,
  resolution text check (resolution in ('store_bears', 'hq_bears', 'claimed', 'corrected', 'no_loss', 'sale_came')),
  note text,
  check ((resolved_at is null) = (resolution is null)),
  -- Somebody said so; or the sale came that a return had waited for.
  constraint till_conflict_decided check (resolved_at is null or owner_id is not null or resolution = 'sale_came'),
  check (resolution is distinct from 'sale_came' or kind = 'sale_missing')
);
create unique index till_conflict_once on till_conflict (till_id, kind, detail_key);
create index till_conflict_open on till_conflict (opened_at, id) where resolved_at is null;
create index till_conflict_newest on till_conflict (opened_at desc, id desc);

create table till_conflict_event (
  id bigint generated always as identity primary key,
  conflict_id uuid not null references till_conflict,
  verb text not null check (verb in ('open', 'take', 'release', 'resolve')),
  by text not null,
  at timestamptz not null,
  note text
);
create index till_conflict_event_conflict on till_conflict_event (conflict_id, id);
create trigger till_conflict_event_append_only before update or delete on till_conflict_event
  for each row execute function refuse_change();

alter table member_coupon add foreign key (till_id) references till_sale;
alter table point_spend add foreign key (till_id) references till_sale;
alter table point_grant add foreign key (till_id) references till_sale;
alter table point_posting add foreign key (till_id) references till_sale;
