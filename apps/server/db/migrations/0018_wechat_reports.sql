-- What WeChat is to be told about a payment: that the goods were handed over, that they are promised for much
-- later (presale), and how the card in the shopper's chat stands. One row per payment and
-- kind says how far things are (`wanted`) and how far WeChat knows (`told`): what happened meanwhile is told once.
set local lock_timeout = '5s';

create table wechat_report (
  attempt_id uuid not null references payment_attempt,
  kind text not null check (kind in ('shipping', 'card', 'delay')),
  order_id uuid not null references orders,
  wanted smallint not null check (wanted between 1 and 4),
  told smallint not null default 0 check (told between 0 and wanted),
  wanted_at timestamptz not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'UPLOADED', 'FAILED')),
  tries integer not null default 0,
  next_try_at timestamptz,
  -- The instant of the last try as WeChat was told it: the next one must be later.
  sent_at timestamptz,
  done_at timestamptz,
  trouble text,
  -- When the goods are promised for: of payments that WeChat is asked to wait for longer than usual.
  delay_to timestamptz,
  primary key (attempt_id, kind),
  check ((kind = 'delay') = (delay_to is not null)),
  check ((state = 'PENDING') = (next_try_at is not null)),
  check (state <> 'UPLOADED' or told = wanted),
  check (state <> 'FAILED' or trouble is not null)
);
create index wechat_report_order on wechat_report (order_id);
create index wechat_report_due on wechat_report (next_try_at) where state = 'PENDING';
