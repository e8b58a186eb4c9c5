-- Staff: accounts, roles, the stores they may see, sessions, and the trail of what they did.
create table staff (
  id uuid primary key,
  account text not null check (account ~ '^[A-Za-z0-9_.-]{1,40}$'),
  name text not null,
  role text not null check (role in ('hq', 'manager', 'clerk', 'picker')),
  password_hash text not null,
  -- Set: the password was made by somebody else. Until then it serves for one thing, choosing one's own; afterwards for nothing.
  password_temporary_until timestamptz,
  active boolean not null default true,
  demo boolean not null default false,
  created_at timestamptz not null default now()
);
-- S01 and s01 would be two people that everybody takes for one.
create unique index staff_account on staff (lower(account));

-- Somebody must always be able to let others in. The verbs lock before they look; this holds for whoever comes past them.
create function keep_a_head_office() returns trigger language plpgsql as $$
begin
  if old.role = 'hq' and old.active
    and not exists (select from staff where role = 'hq' and active) then
    raise exception 'the last active head-office account stays' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger staff_keep_a_head_office after update or delete on staff
  for each row execute function keep_a_head_office();

-- No row: head office, every store. The role says whether that is allowed.
create table staff_store (
  staff_id uuid not null references staff,
  store_id text not null references store,
  primary key (staff_id, store_id)
);

create trigger staff_tell after insert or update or delete on staff for each statement execute function tell('staff');
create trigger staff_store_tell after insert or update or delete on staff_store
  for each statement execute function tell('staff');

-- Sign-in tries per account name, whether or not such an account exists: a lock must not tell which names are real.
create table staff_login_guard (
  account text primary key,
  tries integer not null default 0 check (tries >= 0),
  locked_until timestamptz,
  last_try_at timestamptz not null
);

create table staff_session (
  id uuid primary key,
  staff_id uuid not null references staff,
  face text not null check (face in ('console', 'floor')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index staff_session_staff on staff_session (staff_id) where revoked_at is null;

create table audit_event (
  id uuid primary key,
  at timestamptz not null,
  staff_id uuid references staff,
  actor text not null,
  action text not null,
  subject text not null,
  store_id text,
  before jsonb,
  after jsonb,
  request_id text not null
);
create index audit_event_at on audit_event (at desc, id desc);
create index audit_event_subject on audit_event (subject, at desc);

-- The trail may be added to, never rewritten.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function refuse_change();
