create table cart_line (
  member_id uuid not null references member,
  store_id text not null references store,
  sku_id uuid not null references sku,
  quantity integer not null check (quantity between 1 and 999),
  selected boolean not null default true,
  added_at timestamptz not null,
  primary key (member_id, store_id, sku_id)
);
