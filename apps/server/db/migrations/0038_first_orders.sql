-- Of campaigns that are for a first order, a member has one order, wherever and however many are placed at once. Gone with an order that nobody paid.
create table campaign_first (
  member_id uuid primary key references member,
  order_id uuid not null unique references orders
);
