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

create table address (
  id uuid primary key,
  member_id uuid not null references member,
  sealed bytea not null,
  is_default boolean not null default false,
  created_at timestamptz not null
);
create index address_member on address (member_id, created_at);
create unique index address_one_default on address (member_id) where is_default;
