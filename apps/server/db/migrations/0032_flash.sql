-- Flash sales: who asked to be reminded, who came, what it was like at the door, and news of what is left (docs/adr/0033).

-- Every change of the hot row has a number, so that whoever hears of two knows which is the newer, and is told to every process as it commits.
alter table campaign_stock add column turn integer not null default 0;
create function tell_campaign_stock() returns trigger language plpgsql as $$
begin
  new.turn := old.turn + 1;
  perform pg_notify('campaign_stock', json_build_array(new.campaign_id, new.store_id, new.sku_id, new.carved, new.released, new.taken, new.turn)::text);
  return new;
end $$;
create trigger campaign_stock_told before update on campaign_stock for each row
  when (old.carved <> new.carved or old.released <> new.released or old.taken <> new.taken) execute function tell_campaign_stock();

-- 预约: a member wants to be there. It takes nothing off the quota.
create table campaign_reservation (
  campaign_id uuid not null references campaign on delete cascade,
  member_id uuid not null references member,
  store_id text not null references store,
  at timestamptz not null,
  -- The session that the member was reminded of last.
  told_for timestamptz,
  primary key (campaign_id, member_id)
);
create index campaign_reservation_member on campaign_reservation (member_id, at);

-- Members who came to the gate, and those who asked to be let in; forgotten a month after the end.
create table campaign_visit (
  campaign_id uuid not null references campaign on delete cascade,
  member_id uuid not null references member,
  came_at timestamptz not null,
  tried_at timestamptz,
  primary key (campaign_id, member_id)
);

-- What one process saw of a campaign in one minute. Figures of a minute are sums over processes; how long answers took are counts per bound, because
-- percentiles cannot be added and counts can.
create table campaign_minute (
  campaign_id uuid not null references campaign on delete cascade,
  at timestamptz not null,
  server uuid not null,
  asked integer not null check (asked >= 0),
  passes integer not null check (passes >= 0),
  placed integer not null check (placed >= 0),
  refused jsonb not null check (jsonb_typeof(refused) = 'object'),
  took integer[] not null check (cardinality(took) = 16),
  primary key (campaign_id, at, server)
);
