-- Members: who a shopper is. Phone and address are encrypted (AES-256-GCM, key id inside); a keyed hash finds a phone.
create table member (
  id uuid primary key,
  nickname text not null,
  phone_cipher bytea,
  phone_hash bytea unique,
  phone_tail text check (phone_tail ~ '^[0-9]{4}$'),
  blocked boolean not null default false,
  joined_at timestamptz not null,
  check ((phone_cipher is null) = (phone_hash is null) and (phone_cipher is null) = (phone_tail is null))
);
create index member_phone_tail on member (phone_tail) where phone_tail is not null;

create table member_identity (
  provider text not null check (provider in ('wechat')),
  subject text not null,
  member_id uuid not null references member,
  created_at timestamptz not null,
  primary key (provider, subject)
);
create index member_identity_member on member_identity (member_id);

create table member_session (
  id uuid primary key,
  member_id uuid not null references member,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index member_session_open on member_session (member_id) where revoked_at is null;

-- Who is blocked is out at once, in every process, whoever blocks them and by whatever means: the table ends the sessions and tells.
create function end_sessions() returns trigger language plpgsql as $$
declare
  ended record;
begin
  for ended in
    update member_session set revoked_at = now() where member_id = new.id and revoked_at is null returning id, expires_at
  loop
    perform pg_notify('sessions', ended.id || ' ' || floor(extract(epoch from ended.expires_at) * 1000)::bigint);
  end loop;
  return null;
end $$;
create trigger member_blocked after update of blocked on member
  for each row when (new.blocked and not old.blocked) execute function end_sessions();

create table address (
  id uuid primary key,
  member_id uuid not null references member,
  sealed bytea not null,
  is_default boolean not null default false,
  created_at timestamptz not null
);
create index address_member on address (member_id, created_at);
create unique index address_one_default on address (member_id) where is_default;
