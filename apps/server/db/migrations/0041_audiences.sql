-- Audiences: rules that say who is meant, who that was when, and what members are called (docs/adr/0042).
create table tag (
  id uuid primary key,
  name text not null check (name <> '' and length(name) <= 12),
  -- Written by this audience: nobody puts it on or takes it off by hand.
  audience_id uuid,
  created_at timestamptz not null,
  created_by text not null
);
create unique index tag_name on tag (lower(name));
create unique index tag_audience on tag (audience_id) where audience_id is not null;

create table member_tag (
  tag_id uuid not null references tag on delete cascade,
  member_id uuid not null references member,
  at timestamptz not null,
  by text not null,
  primary key (tag_id, member_id)
);
create index member_tag_member on member_tag (member_id);

create table audience (
  id uuid primary key,
  -- Which of the ready definitions it was.
  ready text unique check (ready in ('best_regulars', 'sleeping', 'weekend_families', 'parents', 'no_second')),
  name text not null check (name <> ''),
  note text not null default '',
  -- The draft, and how often it was changed.
  rule jsonb not null check (jsonb_typeof(rule -> 'rows') = 'array'),
  revision integer not null default 1 check (revision > 0),
  nightly boolean not null default false,
  created_at timestamptz not null,
  created_by text not null,
  archived_at timestamptz,
  check (archived_at is null or not nightly)
);
create unique index audience_name on audience (lower(name)) where archived_at is null;
alter table tag add foreign key (audience_id) references audience;

create table audience_version (
  audience_id uuid not null references audience,
  version integer not null check (version > 0),
  rule jsonb not null,
  saved_at timestamptz not null,
  by text not null,
  primary key (audience_id, version)
);
create trigger audience_version_append_only before update or delete on audience_version
  for each row execute function refuse_change();

create table audience_snapshot (
  id uuid primary key,
  audience_id uuid not null,
  version integer not null,
  cause text not null check (cause in ('nightly', 'asked', 'drop')),
  day date not null,
  taken_at timestamptz not null,
  by text not null,
  members integer not null check (members >= 0),
  -- Against the one before it, if there is one.
  before_id uuid references audience_snapshot,
  entered integer not null check (entered between 0 and members),
  left_members integer not null check (left_members >= 0),
  -- Who was in it is not kept any more.
  released_at timestamptz,
  foreign key (audience_id, version) references audience_version,
  constraint audience_snapshot_held check (released_at is null or cause = 'nightly')
);
create index audience_snapshot_newest on audience_snapshot (audience_id, taken_at desc, id desc);
create unique index audience_snapshot_night on audience_snapshot (audience_id, day) where cause = 'nightly';
create function audience_snapshot_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.released_at is not null or to_jsonb(new) - 'released_at' <> to_jsonb(old) - 'released_at' then
    raise exception 'a snapshot stays as it was taken' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger audience_snapshot_kept before update or delete on audience_snapshot for each row execute function audience_snapshot_moves();

create table audience_member (
  snapshot_id uuid not null references audience_snapshot,
  member_id uuid not null references member,
  primary key (snapshot_id, member_id)
);
create index audience_member_member on audience_member (member_id);

-- Recency, frequency, money: one run of each rule a night.
create table rfm_run (
  id uuid primary key,
  rule text not null check (rule in ('A', 'B')),
  -- Purchases up to this day, that day included.
  day date not null,
  taken_at timestamptz not null,
  members integer not null check (members >= 0),
  -- Of rule A: the cut points.
  cuts jsonb,
  unique (rule, day)
);
create table rfm_cell (
  run_id uuid not null references rfm_run,
  r smallint not null check (r between 1 and 5),
  f smallint not null check (f between 1 and 5),
  members integer not null check (members > 0),
  kept_fen bigint not null check (kept_fen >= 0),
  primary key (run_id, r, f)
);
-- Scores of the last nights; older ones are let go, their cells stay.
create table rfm_score (
  run_id uuid not null references rfm_run,
  member_id uuid not null references member,
  days integer not null,
  purchases integer not null,
  kept_fen bigint not null,
  r smallint not null check (r between 1 and 5),
  f smallint not null check (f between 1 and 5),
  m smallint not null check (m between 1 and 5),
  segment text not null,
  primary key (run_id, member_id)
);

-- Rules ask what was bought of some goods over some days without reading the lines themselves; the other index of insight finds the lines of one member.
create index purchase_line_goods on purchase_line (sku_id, day) include (member_id, store_id, purchase_id, quantity, refunded_quantity) where member_id is not null;
-- And what members bought over some days, without reading the rows of all others.
create index member_day_span on member_day (day) include (member_id, store_id, purchases, pay_fen, refunded_fen, most_pieces);
-- What members were told of late, and nothing else of their messages.
create index message_marketing on message (told_at) include (member_id) where marketing and withheld is null;
