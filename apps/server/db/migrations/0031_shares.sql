-- Shares: who passed what on, who opened it, and what they ordered. Nothing is given for any of it here.
set local lock_timeout = '5s';

-- For how many days an order is put down to the share that was opened last. Rows are only added; where there is none, it is seven.
create table share_terms (
  id bigint generated always as identity primary key,
  active boolean not null,
  days smallint not null check (days between 1 and 30),
  since timestamptz not null,
  by text not null
);
create trigger share_terms_append_only before update or delete on share_terms for each row execute function refuse_change();

-- Somebody passes one thing of one store on: the same key however often they do.
create table share (
  id uuid primary key,
  key text not null unique check (key ~ '^[A-Za-z0-9]{12}$'),
  member_id uuid not null references member,
  subject_kind text not null check (subject_kind ~ '^[a-z][a-z_]{1,19}$'),
  subject_id text not null check (subject_id ~ '^[A-Za-z0-9-]{1,40}$'),
  store_id text not null references store,
  -- The share of the same thing that its maker had opened last, when they first passed it on.
  parent_id uuid references share,
  -- How many shares stand before it; deeper than 30 is 30.
  depth smallint not null check (depth between 0 and 30),
  -- Of the telephone it was made on, as a keyed hash: who opens it there, signed in or not, is its maker. Forgotten after 90 days.
  device_hash bytea,
  made_at timestamptz not null,
  constraint share_once unique (member_id, subject_kind, subject_id, store_id),
  constraint share_root check ((parent_id is null) = (depth = 0))
);
create index share_parent on share (parent_id) where parent_id is not null;
create index share_maker on share (member_id, made_at);
create index share_subject on share (subject_kind, subject_id);
create index share_made on share (made_at);
create index share_device on share (made_at) where device_hash is not null;

-- What was passed on never changes. A chain has no circles: a share only follows one that was there before, of the same thing and of somebody else.
create function share_stays() returns trigger language plpgsql as $$
declare before share%rowtype;
begin
  if tg_op = 'DELETE' then
    raise exception 'share is append-only' using errcode = 'restrict_violation';
  elsif tg_op = 'UPDATE' then
    if to_jsonb(new) - 'device_hash' <> to_jsonb(old) - 'device_hash' then
      raise exception 'a share stays what it is' using errcode = 'restrict_violation';
    end if;
  elsif new.parent_id is not null then
    select * into before from share where id = new.parent_id;
    if not found or new.depth <> least(before.depth + 1, 30) or before.made_at > new.made_at or before.member_id = new.member_id
       or (before.subject_kind, before.subject_id) <> (new.subject_kind, new.subject_id) then
      raise exception 'a share follows an earlier one of the same thing and of somebody else' using errcode = 'check_violation';
    end if;
  end if;
  return coalesce(new, old);
end $$;
create trigger share_stays before insert or update or delete on share for each row execute function share_stays();

-- Somebody opened it: a member, or a telephone of which nobody has signed in yet. Only the first time of each counts; the last time decides what an order
-- is put down to.
create table share_open (
  id bigint generated always as identity primary key,
  share_id uuid not null references share,
  member_id uuid references member,
  -- A random number that the app made for itself, as a keyed hash; forgotten after 90 days.
  device_hash bytea,
  opened_at timestamptz not null,
  -- Since when it is known who it was: at once, or since they signed in on that telephone.
  known_at timestamptz,
  counts boolean not null,
  -- They became a member after this, and opened no other share in between.
  joined boolean not null default false,
  constraint share_open_known check ((member_id is null) = (known_at is null) and known_at >= opened_at),
  constraint share_open_joined_known check (not joined or member_id is not null)
);
create unique index share_open_member on share_open (share_id, member_id) where counts and member_id is not null;
create unique index share_open_device on share_open (share_id, device_hash) where counts and device_hash is not null;
create unique index share_open_joined on share_open (member_id) where joined;
create index share_open_seen on share_open (member_id, opened_at desc, id desc) where member_id is not null;
create index share_open_unknown on share_open (device_hash, opened_at desc, id desc) where member_id is null and device_hash is not null;
create index share_open_share on share_open (share_id, opened_at);
create index share_open_day on share_open (opened_at);

-- One's own share is not opened by oneself, and who opened one never changes once it is known.
create function share_open_holds() returns trigger language plpgsql as $$
begin
  if new.member_id is not null and exists (select from share where id = new.share_id and member_id = new.member_id) then
    raise exception 'nobody opens their own share' using errcode = 'check_violation', constraint = 'share_open_own';
  end if;
  if tg_op = 'UPDATE' and ((old.member_id is not null and new.member_id is distinct from old.member_id)
     or (new.share_id, new.opened_at) <> (old.share_id, old.opened_at) or (new.counts and not old.counts)) then
    raise exception 'an opening stays what it was' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger share_open_holds before insert or update on share_open for each row execute function share_open_holds();

-- An order, and the share that its member had opened last, within the days of the terms that held when it was placed. What was paid and went back is the
-- order's to say.
create table share_order (
  order_id uuid primary key references orders,
  share_id uuid not null references share,
  member_id uuid not null references member,
  store_id text not null,
  opened_at timestamptz not null,
  placed_at timestamptz not null,
  -- Null: before there were any.
  terms_id bigint references share_terms,
  constraint share_order_after check (opened_at <= placed_at)
);
create index share_order_share on share_order (share_id, placed_at);
create index share_order_day on share_order (placed_at);
create trigger share_order_append_only before update or delete on share_order for each row execute function refuse_change();

-- How far the events of orders were read (kernel/following).
create table share_cursor (
  book text primary key,
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);

-- What was drawn for a share: the code as WeChat drew it, the card and the poster as we did. One of each kind; `content` says of what.
create table share_picture (
  share_id uuid not null references share,
  kind text not null check (kind in ('code', 'card', 'poster')),
  content bytea not null,
  picture bytea not null check (octet_length(picture) between 1 and 1048576),
  drawn_at timestamptz not null,
  primary key (share_id, kind)
);
create index share_picture_drawn on share_picture (drawn_at);
