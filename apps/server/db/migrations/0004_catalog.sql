-- Catalogue: what is sold where, for how much, and since when.
create table category (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{1,20}$'),
  name text not null,
  zone text not null,
  sort integer not null default 0,
  picture_id uuid
);

create table picture (
  id uuid primary key,
  sha256 bytea not null unique,
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  created_at timestamptz not null default now()
);
create table picture_file (
  picture_id uuid not null references picture,
  size text not null check (size in ('s', 'm', 'l')),
  webp bytea not null,
  primary key (picture_id, size)
);
alter table category add foreign key (picture_id) references picture;

create table product (
  id uuid primary key,
  name text not null check (name <> ''),
  subtitle text not null default '',
  description text not null default '',
  category_id text not null references category,
  unit text not null,
  speciality boolean not null default false,
  facts jsonb not null default '{}',
  rank integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index product_category on product (category_id);

create table product_picture (
  product_id uuid not null references product,
  position integer not null,
  picture_id uuid not null references picture,
  primary key (product_id, position)
);

create table sku (
  id uuid primary key,
  product_id uuid not null references product,
  barcode text not null unique check (barcode ~ '^[0-9]{13}$'),
  spec text not null default '',
  -- Sold by weight: a piece is paid as so many grams and settled by the scales; its price is told per 500 g or per kilogram. Null: the piece is sold.
  piece_grams integer check (piece_grams between 10 and 20000),
  per_grams integer check (per_grams in (500, 1000)),
  check ((piece_grams is null) = (per_grams is null)),
  -- Made of other SKUs. It has no stock of its own, and stays what it was made as.
  is_bundle boolean not null default false,
  constraint sku_bundle_not_weighed check (not (is_bundle and piece_grams is not null)),
  kind text not null generated always as (
    case when is_bundle then 'bundle' when piece_grams is not null then 'weighed' else 'piece' end) stored,
  unique (id, kind)
);
-- A bundle holds pieces that are sold as such: no bundles in bundles, so no circles, and nothing that is weighed.
create table bundle_component (
  bundle_id uuid not null,
  bundle_kind text not null generated always as ('bundle') stored,
  sku_id uuid not null,
  sku_kind text not null generated always as ('piece') stored,
  quantity integer not null check (quantity between 1 and 99),
  position integer not null,
  primary key (bundle_id, sku_id),
  constraint bundle_component_bundle foreign key (bundle_id, bundle_kind) references sku (id, kind),
  constraint bundle_component_sku foreign key (sku_id, sku_kind) references sku (id, kind)
);
create index bundle_component_of on bundle_component (sku_id);
create index sku_product on sku (product_id);

-- One SKU in one store. Every change of price also writes price_change, by trigger, so that no writer can forget it.
create table listing (
  store_id text not null references store,
  sku_id uuid not null references sku,
  price_fen bigint not null check (price_fen between 1 and 10000000),
  online_price_fen bigint check (online_price_fen between 1 and 10000000),
  on_shelf boolean not null default true,
  shelf text check (shelf ~ '^[A-Z][0-9]{2}-[0-9]-[1-5]$'),
  updated_at timestamptz not null default now(),
  updated_by text not null,
  primary key (store_id, sku_id),
  check (online_price_fen is null or online_price_fen <= price_fen)
);
create index listing_sku on listing (sku_id);

create table price_change (
  id bigint generated always as identity primary key,
  store_id text not null,
  sku_id uuid not null,
  price_fen bigint not null,
  online_price_fen bigint,
  at timestamptz not null,
  by text not null,
  foreign key (store_id, sku_id) references listing
);
create index price_change_listing on price_change (store_id, sku_id, at desc);
create trigger price_change_append_only before update or delete on price_change
  for each row execute function refuse_change();

create function note_price_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.price_fen <> old.price_fen or new.online_price_fen is distinct from old.online_price_fen then
    insert into price_change (store_id, sku_id, price_fen, online_price_fen, at, by)
    values (new.store_id, new.sku_id, new.price_fen, new.online_price_fen, new.updated_at, new.updated_by);
  end if;
  return null;
end $$;
create trigger listing_price after insert or update on listing for each row execute function note_price_change();

create table banner (
  id text primary key,
  title text not null,
  sort integer not null default 0,
  webp bytea not null,
  product_id uuid references product,
  category_id text references category,
  active boolean not null default true
);

create table favourite (
  member_id uuid not null references member,
  product_id uuid not null references product,
  at timestamptz not null,
  primary key (member_id, product_id)
);

-- What was searched for, counted per day; no member is recorded.
create table search_count (
  store_id text not null references store,
  day date not null,
  word text not null,
  hits integer not null check (hits > 0),
  primary key (store_id, day, word)
);

-- Says which product changed; an empty payload means: everything.
create function tell_catalog() returns trigger language plpgsql as $$
declare
  row_now jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform pg_notify('catalog', case tg_argv[0]
    when 'product' then row_now ->> 'id'
    when 'bundle' then (select product_id::text from sku where id = (row_now ->> 'bundle_id')::uuid)
    when 'listing' then (select product_id::text from sku where id = (row_now ->> 'sku_id')::uuid)
    else row_now ->> 'product_id'
  end);
  return null;
end $$;
create trigger product_tell after insert or update or delete on product
  for each row execute function tell_catalog('product');
create trigger sku_tell after insert or update or delete on sku for each row execute function tell_catalog('sku');
create trigger product_picture_tell after insert or update or delete on product_picture
  for each row execute function tell_catalog('product_picture');
create trigger bundle_tell after insert or update or delete on bundle_component
  for each row execute function tell_catalog('bundle');
create trigger listing_tell after insert or update or delete on listing
  for each row execute function tell_catalog('listing');
create trigger category_tell after insert or update or delete on category
  for each statement execute function tell('catalog');
create trigger banner_tell after insert or update or delete on banner
  for each statement execute function tell('catalog');
