-- Ladder groups (docs/adr/0039): everybody pays the price of the first rung; the one that was reached is the price in the end, and the rest goes back.
create function is_ladder(rungs jsonb, size int, most int) returns boolean language sql immutable as $$
  select count(*) between 1 and 5 and min(r.size) = $2 and max(r.size) = $3 and min(r.fen) > 0
    and coalesce(bool_and(r.size > r.smaller and r.fen < r.dearer) filter (where r.n > 1), true)
  from (
    select n, (e ->> 'size')::int as size, (e ->> 'priceFen')::bigint as fen,
      lag((e ->> 'size')::int) over (order by n) as smaller, lag((e ->> 'priceFen')::bigint) over (order by n) as dearer
    from jsonb_array_elements($1) with ordinality x(e, n)) r
$$;
alter table buy_group
  add constraint buy_group_ladder check (is_ladder(rungs, size, most)),
  add constraint buy_group_rung check (price_fen is null or rungs @> jsonb_build_array(jsonb_build_object('priceFen', price_fen)));

-- What a group came to is said once, and its rungs are those that people joined for.
create function refuse_other_price() returns trigger language plpgsql as $$
begin
  raise exception 'the price of group % stands', old.id using errcode = 'check_violation';
end $$;
create trigger buy_group_price_stands before update on buy_group for each row
  when (old.rungs is distinct from new.rungs or (old.price_fen is not null and old.price_fen is distinct from new.price_fen))
  execute function refuse_other_price();

-- LATE: paid when the group was over. It is not counted, and leads a group of its own or has its money back.
alter table group_seat
  drop constraint group_seat_state_check,
  add constraint group_seat_state_check check (state in ('SEATED', 'PAID', 'SUCCESS', 'REFUNDING', 'REFUNDED', 'RELEASED', 'LATE'));

alter table order_line
  -- What went back of it as its group came to a lower price; said once.
  add column group_back_fen bigint not null default 0,
  add constraint order_line_group_back check (group_back_fen between 0 and pay_fen and group_back_fen + coalesce(weight_back_fen, 0) <= pay_fen);
create function refuse_other_difference() returns trigger language plpgsql as $$
begin
  raise exception 'the difference of line % of order % stands', old.line_no, old.order_id using errcode = 'check_violation';
end $$;
create trigger order_line_group_back_once before update of group_back_fen on order_line for each row
  when (old.group_back_fen > 0 and old.group_back_fen <> new.group_back_fen)
  execute function refuse_other_difference();

alter table refund
  drop constraint refund_cause_check,
  add constraint refund_cause_check check (cause in ('order', 'weighing', 'group_price', 'late_payment', 'double_payment'));
