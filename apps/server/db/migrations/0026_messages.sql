-- Messages: what members are told, through which channel it went out, and what they agreed to. Nothing is told twice: what happened is a key.
set local lock_timeout = '5s';

-- What head office changed about a kind of message; where there is no row, it is as it was delivered (rooms/messages/kinds.ts).
create table message_template (
  kind text primary key,
  enabled boolean not null,
  by_wechat boolean not null,
  by_sms boolean not null,
  title text not null check (title <> ''),
  body text not null check (body <> ''),
  changed_at timestamptz not null,
  changed_by text not null
);

create table message (
  id uuid not null,
  member_id uuid not null references member,
  kind text not null check (kind <> ''),
  -- What it speaks of: one message for each, however often it is told.
  ref text not null check (ref <> ''),
  marketing boolean not null,
  title text not null check (title <> ''),
  body text not null,
  fields jsonb not null check (jsonb_typeof(fields) = 'object'),
  -- Where pressing it leads in the shop.
  page text not null,
  page_id text,
  told_at timestamptz not null,
  -- Why the member never saw it; null: it is in their inbox.
  withheld text check (withheld in ('off', 'no_consent')),
  read_at timestamptz,
  constraint message_once unique (kind, ref),
  constraint message_unseen check (withheld is null or read_at is null),
  constraint message_page check (page in ('order', 'aftersale', 'product', 'coupons', 'group', 'rally', 'campaigns', 'promoter'))
);
create index message_inbox on message (member_id, id desc) where withheld is null;
create index message_unread on message (member_id) where withheld is null and read_at is null;
create index message_log_kind on message (kind, id desc);
create index message_log_member on message (member_id, id desc);
create index message_withheld on message (id desc) where withheld is not null;
create index message_told on message (told_at);
alter table message add primary key (id);

-- A message on its way out of the house. It is SENDING before anybody outside is asked, so that an answer nobody heard is never asked for again.
create table message_push (
  message_id uuid not null references message on delete cascade,
  channel text not null check (channel in ('wechat', 'sms')),
  member_id uuid not null,
  kind text not null,
  marketing boolean not null,
  state text not null check (state in ('WAITING', 'SENDING', 'SENT', 'SKIPPED', 'FAILED', 'UNKNOWN')),
  -- Why it did not go out, why it waits, or what the other side said.
  reason text,
  tries smallint not null default 0,
  -- WAITING: not before. SENDING: an answer that has not come by then will not come.
  due_at timestamptz,
  -- The business day of its last try, for limits per day.
  day date,
  done_at timestamptz,
  primary key (message_id, channel),
  constraint message_push_due check ((state in ('WAITING', 'SENDING')) = (due_at is not null)),
  constraint message_push_done check ((done_at is null) = (state in ('WAITING', 'SENDING'))),
  constraint message_push_why check (state not in ('SKIPPED', 'FAILED', 'UNKNOWN') or reason is not null),
  constraint message_push_tried check ((tries > 0) = (day is not null) and (state not in ('SENDING', 'SENT', 'UNKNOWN') or tries > 0))
);
create index message_push_next on message_push (due_at) where due_at is not null;
create index message_push_fate on message_push (state, message_id desc);
create index message_push_out on message_push (member_id, day) where state in ('SENDING', 'SENT', 'UNKNOWN');

-- What has gone out, or may have, stays so; only an answer that says "not taken" lets a message wait for another try.
create function message_push_moves() returns trigger language plpgsql as $$
begin
  if old.done_at is not null or new.tries < old.tries or (new.state = 'SENDING' and new.tries = old.tries)
     or (old.state, new.state) not in (('WAITING', 'WAITING'), ('WAITING', 'SENDING'), ('WAITING', 'SKIPPED'), ('SENDING', 'WAITING'),
       ('SENDING', 'SENT'), ('SENDING', 'SKIPPED'), ('SENDING', 'FAILED'), ('SENDING', 'UNKNOWN')) then
    raise exception 'push of % by % may not go from % to %', old.message_id, old.channel, old.state, new.state
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger message_push_ends before update on message_push for each row execute function message_push_moves();

-- What a member agreed to, or no longer does: the last word on a topic counts.
create table message_consent (
  id bigint generated always as identity primary key,
  member_id uuid not null references member,
  topic text not null check (topic in ('marketing', 'sms')),
  agreed boolean not null,
  -- Which words they had before their eyes.
  wording smallint not null check (wording > 0),
  via text not null check (via in ('shop', 'sms_reply')),
  at timestamptz not null,
  constraint message_consent_reply check (via = 'shop' or not agreed)
);
create index message_consent_last on message_consent (member_id, topic, id desc);
create trigger message_consent_append_only before update or delete on message_consent
  for each row execute function refuse_change();

-- WeChat's one-time subscriptions: one consent is one message, and WeChat tells nobody how many are left.
create table subscription (
  member_id uuid not null references member,
  template_id text not null,
  remaining smallint not null check (remaining between 0 and 50),
  primary key (member_id, template_id)
);
create table subscription_posting (
  id bigint generated always as identity primary key,
  member_id uuid not null,
  template_id text not null,
  cause text not null check (cause in ('accept', 'send', 'give_back', 'refused')),
  delta smallint not null,
  remaining smallint not null check (remaining between 0 and 50),
  -- The caller's key of an accept; the message and its try of everything else.
  ref text not null,
  at timestamptz not null,
  foreign key (member_id, template_id) references subscription,
  constraint subscription_posting_once unique (member_id, template_id, cause, ref),
  constraint subscription_posting_delta check (case cause when 'accept' then delta = 1 when 'send' then delta = -1 when 'give_back' then delta = 1
    else delta <= 0 and remaining = 0 end)
);
create trigger subscription_posting_append_only before update or delete on subscription_posting
  for each row execute function refuse_change();

-- How far the events of another room have been told (kernel/following).
create table message_cursor (
  book text primary key,
  passed bigint not null default 0,
  mark bigint not null default 0,
  fence bigint not null default 0
);
