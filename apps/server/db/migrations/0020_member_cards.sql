-- Member cards. The number on a card is a keyed shuffle of the serial, so that it tells neither how many members there are nor who came first.
alter table member add column card_serial integer generated always as identity;
create unique index member_card_serial on member (card_serial);

-- Keys that sign what others check without us: member cards, coupons on paper. Published two days before they sign, so that whoever keeps a copy of the
-- public ones (a till that was offline) has it in time; private ones are sealed.
create table chain_key (
  id text primary key check (id ~ '^[0-9a-z]{6}$'),
  public_key text not null check (public_key ~ '^[A-Za-z0-9_-]{43}$'),
  sealed bytea not null,
  created_at timestamptz not null,
  signs_from timestamptz not null,
  -- From then on nothing that it signed is good.
  retired_at timestamptz,
  check (signs_from >= created_at and (retired_at is null or retired_at > signs_from))
);
create trigger chain_key_tell after insert or update on chain_key for each statement execute function tell('chain_keys');
create function keep_chain_key() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.retired_at is not null or to_jsonb(new) - 'retired_at' <> to_jsonb(old) - 'retired_at' then
    raise exception 'a key is retired, never edited' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger chain_key_kept before update or delete on chain_key for each row execute function keep_chain_key();
