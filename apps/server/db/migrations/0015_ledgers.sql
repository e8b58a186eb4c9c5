-- Ledgers: points. Every change is a posting; accounts, lots, spends and grants are what the postings add up to, and only the postings may move them.

-- What points are worth and how they are earned. Of the rows that have begun the latest holds, of two for one moment the later added; without one there
-- are no points.
create table points_terms (
  id bigint generated always as identity primary key,
  points_per_yuan integer not null check (points_per_yuan between 1 and 10000),
  -- Of what the goods that take part still cost.
  cap_bp integer not null check (cap_bp between 0 and 10000),
  cap_points integer check (cap_points > 0),
  min_order_fen bigint not null check (min_order_fen >= 0),
  except_category_ids text[] not null default '{}',
  -- One point for so many fen really paid.
  fen_per_point integer not null check (fen_per_point between 1 and 1000000),
  -- Frozen until so many business days after the day of collecting: the after-sales term.
  frozen_days integer not null check (frozen_days between 0 and 60),
  -- Usable to the end of the month so many months later.
  valid_months integer not null check (valid_months between 1 and 60),
  -- False: from then on nothing is earned and nothing spent.
  active boolean not null default true,
  since timestamptz not null,
  by text not null
);
create index points_terms_since on points_terms (since desc, id desc);
create trigger points_terms_append_only before update or delete on points_terms for each row execute function refuse_change();
create trigger points_terms_tell after insert on points_terms for each statement execute function tell('points_terms');

create table points_account (
  member_id uuid primary key references member,
  available bigint not null default 0 check (available >= 0),
  -- Earned, and not usable before the after-sales term is over.
  frozen bigint not null default 0 check (frozen >= 0),
  -- Set aside for orders that are not paid yet.
  held bigint not null default 0 check (held >= 0),
  -- Spent before an order that had earned them was refunded. The balance is available - debt, so it may be negative.
  debt bigint not null default 0 check (debt >= 0),
  constraint points_account_debt_first check (debt = 0 or available = 0)
);

-- Usable points by their last day; spent first expired first.
create table point_lot (
  member_id uuid not null references points_account,
  last_day date not null,
  available bigint not null default 0 check (available >= 0),
  primary key (member_id, last_day)
);
create index point_lot_due on point_lot (last_day) where available > 0;

-- What a purchase, an order or a sale at a till, took out of which lot, and how much of it has not gone back.
create table point_spend (
  order_id uuid references orders,
  till_id uuid,
  purchase_id uuid generated always as (coalesce(order_id, till_id)) stored,
  last_day date not null,
  points bigint not null check (points > 0),
  kept bigint not null check (kept between 0 and points),
  primary key (purchase_id, last_day),
  check (num_nonnulls(order_id, till_id) = 1)
);

-- What a purchase earned.
create table point_grant (
  order_id uuid references orders,
  till_id uuid,
  purchase_id uuid generated always as (coalesce(order_id, till_id)) stored primary key,
  member_id uuid not null references points_account,
  points bigint not null check (points > 0),
  frozen bigint not null check (frozen between 0 and points),
  -- Null until the goods are collected.
  usable_at timestamptz,
  check (num_nonnulls(order_id, till_id) = 1)
);
create index point_grant_due on point_grant (usable_at) where frozen > 0;

create table point_posting (
  id bigint generated always as identity primary key,
  member_id uuid not null references member,
  order_id uuid references orders,
  -- The coupon that was bought with them.
  gift_id uuid references member_coupon,
  till_id uuid,
  purchase_id uuid generated always as (coalesce(order_id, till_id)) stored,
  -- The binding of an old card (0020): its points come and go with it.
  binding_id uuid,
  -- What it is a reward for (0028): given once under each key.
  reward_key text check (reward_key <> ''),
  reason text not null check (reason in ('grant', 'hold', 'capture', 'release', 'give_back', 'earn', 'unfreeze', 'claw', 'expire', 'card', 'card_undone', 'gift', 'gift_back', 'reward', 'reward_back')),
  -- The lot that gains or loses; of a spend, the lot it came from, which may have expired since.
  last_day date,
  spent_day date,
  available bigint not null default 0,
  frozen bigint not null default 0,
  held bigint not null default 0,
  debt bigint not null default 0,
  spent bigint not null default 0,
  by text not null,
  at timestamptz not null,
  check (available = 0 or last_day is not null),
  check (num_nonnulls(order_id, till_id) <= 1),
  check (spent = 0 or (spent_day is not null and num_nonnulls(order_id, till_id) = 1)),
  check (frozen = 0 or num_nonnulls(order_id, till_id) = 1),
  check ((reason in ('card', 'card_undone')) = (binding_id is not null)),
  check ((reason in ('gift', 'gift_back')) = (gift_id is not null)),
  check ((reason in ('reward', 'reward_back')) = (reward_key is not null)),
  check (available <> 0 or frozen <> 0 or held <> 0 or debt <> 0 or spent <> 0)
);
-- The points of an old card come once with each binding.
create unique index point_posting_card on point_posting (binding_id) where reason = 'card';
create unique index point_posting_reward on point_posting (reward_key) where reason = 'reward';
create index point_posting_mine on point_posting (member_id, id desc);
create index point_posting_gift on point_posting (gift_id) where gift_id is not null;
create index point_posting_purchase on point_posting (purchase_id) where purchase_id is not null;
create trigger point_posting_append_only before update or delete on point_posting for each row execute function refuse_change();

-- One statement of postings, added up: accounts in the order of members, so that two processes never wait for each other. Row by row, because a join
-- planned while a table was empty would read all of it for ever after (docs/adr/0005); what is found here is found by its key.
create function post_points() returns trigger language plpgsql as $$
declare x record;
begin
  for x in select member_id, sum(available) as available, sum(frozen) as frozen, sum(held) as held, sum(debt) as debt
      from added group by member_id order by member_id loop
    update points_account set available = available + x.available, frozen = frozen + x.frozen, held = held + x.held, debt = debt + x.debt
      where member_id = x.member_id;
    if not found then
      -- Whoever else brings the first points of somebody at the same moment is added to.
      insert into points_account as a (member_id, available, frozen, held, debt) values (x.member_id, x.available, x.frozen, x.held, x.debt)
        on conflict (member_id) do update set available = a.available + excluded.available, frozen = a.frozen + excluded.frozen,
          held = a.held + excluded.held, debt = a.debt + excluded.debt;
    end if;
  end loop;
  for x in select member_id, last_day, sum(available) as available from added where available <> 0 group by 1, 2 order by 1, 2 loop
    update point_lot set available = available + x.available where member_id = x.member_id and last_day = x.last_day;
    if not found then
      insert into point_lot as l (member_id, last_day, available) values (x.member_id, x.last_day, x.available)
        on conflict (member_id, last_day) do update set available = l.available + excluded.available;
    end if;
  end loop;
  insert into point_spend (order_id, till_id, last_day, points, kept)
    select order_id, till_id, spent_day, sum(spent), sum(spent) from added where spent > 0 group by 1, 2, 3;
  for x in select purchase_id, spent_day, sum(spent) as spent from added where spent < 0 group by 1, 2 loop
    update point_spend set kept = kept + x.spent where purchase_id = x.purchase_id and last_day = x.spent_day;
  end loop;
  insert into point_grant (order_id, till_id, member_id, points, frozen)
    select order_id, till_id, member_id, frozen, frozen from added where reason = 'earn';
  for x in select purchase_id, sum(frozen) as frozen from added where frozen <> 0 and reason <> 'earn' group by 1 loop
    update point_grant set frozen = frozen + x.frozen where purchase_id = x.purchase_id;
  end loop;
  return null;
end $$;
create trigger point_posting_post after insert on point_posting referencing new table as added
  for each statement execute function post_points();

-- Nobody but the postings. When somebody counts as usable a grant may change, and nothing else of it; what is generated is not there yet.
create function only_postings() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and not (tg_op = 'UPDATE' and tg_table_name = 'point_grant' and to_jsonb(new) - '{usable_at,purchase_id}'::text[] = to_jsonb(old) - '{usable_at,purchase_id}'::text[]) then
    raise exception '% follows its postings', tg_table_name using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger points_account_follows before insert or update or delete on points_account for each row execute function only_postings();
create trigger point_lot_follows before insert or update or delete on point_lot for each row execute function only_postings();
create trigger point_spend_follows before insert or update or delete on point_spend for each row execute function only_postings();
create trigger point_grant_follows before insert or update or delete on point_grant for each row execute function only_postings();
