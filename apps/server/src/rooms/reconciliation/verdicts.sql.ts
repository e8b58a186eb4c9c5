import { type RawBuilder, sql } from 'kysely'
import type { ProviderName } from '#room/payments'

/*
 * What a row of a bill and our own books say of the same payment or refund. `kind` is null where they agree. `ours_fen` and `theirs_fen` are what
 * each side holds that moved, so that over a whole day the sums of both sides differ by exactly what the differences say.
 *
 * Transfers are withdrawals of commissions, which are read along. WeChat may book them as they are asked for, and back as they are not confirmed.
 *
 * A bill is a snapshot: a refund that was under way then is no difference, however it ended since (the sweep of refunds asks about it).
 */

/** Of a transfer that left: no bill so far shows that it came back. */
const aloneOut = sql`not exists (select from bill_line b where b.provider = l.provider and b.source = 'transfer' and b.our_no = l.our_no and b.state <> l.state)`

/** Verdicts of the lines that `which` (a condition on `l`) picks. */
export const verdicts = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select l.provider, l.source, l.number, l.our_no, l.at, a.id as attempt_id, null::uuid as refund_id, a.order_id,
    case when a.state = 'PAID' and a.transaction_id = l.number then a.amount_fen end as ours_fen, l.amount_fen as theirs_fen,
    a.state as ours_state, l.state as theirs_state,
    case when a.state is distinct from 'PAID' or a.transaction_id <> l.number then 'remote_only'
      when a.amount_fen <> l.amount_fen then 'amount_diff' end as kind
  from bill_line l left join payment_attempt a on a.out_trade_no = l.our_no and a.provider = l.provider
  where l.source = 'payment' and (${which})
  union all
  select l.provider, l.source, l.number, l.our_no, l.at, r.attempt_id, r.id, r.order_id,
    case when l.state = 'PROCESSING' then r.amount_fen
      when r.state in ('CLOSED', 'FAILED') or (l.state <> 'SUCCESS' and r.state = 'ABNORMAL') then 0 else r.amount_fen end,
    case when l.state in ('SUCCESS', 'PROCESSING') then l.amount_fen else 0 end,
    r.state, l.state,
    case when r.id is null then 'remote_only'
      when r.amount_fen <> l.amount_fen then 'amount_diff'
      when l.state = 'PROCESSING' then null
      when l.state = 'SUCCESS' and r.state <> 'SUCCESS' then 'status_diff'
      when l.state <> 'SUCCESS' and r.state in ('PENDING', 'PROCESSING', 'SUCCESS') then 'status_diff' end
  from bill_line l left join (refund r join payment_attempt p on p.id = r.attempt_id) on r.out_refund_no = l.our_no and p.provider = l.provider
  where l.source = 'refund' and (${which})
  union all
  select l.provider, l.source, l.number, l.our_no, l.at, null, null, null,
    case when w.state = case l.state when 'OUT' then 'CANCELLED' else 'PAID' end and ${aloneOut} then 0 else w.net_fen end, l.amount_fen, w.state, l.state,
    case when w.id is null then 'remote_only'
      when w.net_fen <> l.amount_fen then 'amount_diff'
      when (l.state = 'BACK' and w.state = 'PAID') or (l.state = 'OUT' and w.state = 'CANCELLED' and ${aloneOut}) then 'status_diff' end
  from bill_line l left join commission_withdrawal w on w.out_bill_no = l.our_no
  where l.source = 'transfer' and (${which})`

/** What we booked with a provider between two instants and no bill of any day shows. Cash and cards have no bill. */
export const unseen = ({
  provider,
  from,
  until,
}: {
  provider: ProviderName
  from: Date
  until: Date
}): RawBuilder<unknown> => sql`
  select a.provider, 'payment' as source, a.transaction_id as number, a.out_trade_no as our_no, a.paid_at as at, a.id as attempt_id, null::uuid as refund_id,
    a.order_id, a.amount_fen as ours_fen, null::bigint as theirs_fen, a.state as ours_state, null::text as theirs_state, 'local_only' as kind
  from payment_attempt a
  where a.state = 'PAID' and a.provider = ${provider} and a.paid_at >= ${from} and a.paid_at < ${until}
    and not exists (select from bill_line l where l.provider = a.provider and l.source = 'payment' and l.number = a.transaction_id)
  union all
  select a.provider, 'refund', r.refund_id, r.out_refund_no, r.created_at, r.attempt_id, r.id, r.order_id, r.amount_fen, null, r.state, null, 'local_only'
  from refund r join payment_attempt a on a.id = r.attempt_id
  where r.refund_id is not null and r.created_at >= ${from} and r.created_at < ${until}
    and r.state in ('PROCESSING', 'SUCCESS', 'ABNORMAL') and a.provider = ${provider}
    and not exists (select from bill_line l where l.provider = a.provider and l.source = 'refund' and l.number = r.refund_id)
  union all
  select ${provider}, 'transfer', coalesce(w.transfer_bill_no, w.out_bill_no), w.out_bill_no, w.done_at, null, null, null, w.net_fen, null, w.state, null,
    'local_only'
  from commission_withdrawal w
  where w.state = 'PAID' and ${provider} = 'wechat' and w.done_at >= ${from} and w.done_at < ${until}
    and not exists (select from bill_line l where l.provider = 'wechat' and l.source = 'transfer' and l.number = w.transfer_bill_no)`
