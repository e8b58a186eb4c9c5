import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { BillDay } from './days.sql.ts'
import { unseen, verdicts } from './verdicts.sql.ts'

/** A business day of a provider with its ends. */
export interface Span extends BillDay {
  from: Date
  until: Date
}

const ofDay = ({ provider, day }: BillDay): RawBuilder<unknown> =>
  sql`l.provider = ${provider} and l.day = ${day}::date`

/**
 * Writes down every difference of a day. What was found before and has not changed stays as it is, with its owner and its words; what has changed,
 * or comes back after it had closed by itself, is open again. A payment of ours that no bill shows waits while the next day's bill may still show it.
 * Returns how many were new or changed.
 */
export async function noteDifferences(
  tx: Tx,
  span: Span,
  { now, by }: { now: Date; by: string },
): Promise<number> {
  const { provider, day } = span
  const { rows } = await sql`
    with found as (
      select * from (${verdicts(ofDay(span))}) v where kind is not null union all ${unseen(span)}),
    next as (select exists (select from bill_day where provider = ${provider} and day = ${day}::date + 1 and reconciled_at is not null) as known),
    placed as (
      select f.*, case when (f.kind = 'local_only' or (f.source = 'transfer' and f.kind = 'status_diff')) and not next.known then 'WAITING' else 'OPEN' end as state,
        coalesce((select max(seq) from bill_difference where day = ${day}::date), 0)
          + count(*) filter (where b.id is null or b.day <> ${day}::date) over (order by f.at, f.source, f.number) as seq
      from found f cross join next left join bill_difference b on b.provider = f.provider and b.source = f.source and b.number = f.number),
    noted as (
      insert into bill_difference as b (id, provider, day, seq, source, number, kind, state, attempt_id, refund_id, order_id, our_no,
        ours_fen, theirs_fen, ours_state, theirs_state, happened_at, found_at)
      select gen_random_uuid(), provider, ${day}::date, seq, source, number, kind, state, attempt_id, refund_id, order_id, our_no,
        ours_fen, theirs_fen, ours_state, theirs_state, at, ${now} from placed
      on conflict (provider, source, number) do update set day = excluded.day,
        seq = case when b.day = excluded.day then b.seq else excluded.seq end, kind = excluded.kind, state = excluded.state,
        attempt_id = excluded.attempt_id, refund_id = excluded.refund_id, order_id = excluded.order_id, our_no = excluded.our_no,
        ours_fen = excluded.ours_fen, theirs_fen = excluded.theirs_fen, ours_state = excluded.ours_state, theirs_state = excluded.theirs_state,
        happened_at = excluded.happened_at, found_at = excluded.found_at, ended_at = null, resolution = null, note = null
      where b.state = 'CLOSED' or (b.kind, b.ours_fen, b.theirs_fen, b.ours_state, b.theirs_state)
        is distinct from (excluded.kind, excluded.ours_fen, excluded.theirs_fen, excluded.ours_state, excluded.theirs_state)
      returning b.id, (xmax = 0) as fresh)
    insert into bill_difference_event (difference_id, verb, by, at)
    select id, case when fresh then 'found' else 'changed' end, ${by}, ${now} from noted returning difference_id`.execute(
    tx,
  )
  return rows.length
}

/** The account and the trade bill of a day disagree by whole sums; null when they agree or there is nothing to compare. */
export async function noteFunds(
  tx: Tx,
  { provider, day, from }: Span,
  disagreement: { oursFen: number; theirsFen: number } | null,
  { now, by }: { now: Date; by: string },
): Promise<number> {
  const { oursFen = null, theirsFen = null } = disagreement ?? {}
  const { rows } = await sql`
    with noted as (
      insert into bill_difference as b (id, provider, day, seq, source, number, kind, state, ours_fen, theirs_fen, happened_at, found_at)
      select gen_random_uuid(), ${provider}, ${day}::date, coalesce((select max(seq) from bill_difference where day = ${day}::date), 0) + 1,
        'funds', ${day}, 'funds_diff', 'OPEN', ${oursFen}::bigint, ${theirsFen}::bigint, ${from}, ${now}
      where ${disagreement !== null}
      on conflict (provider, source, number) do update set state = 'OPEN', ours_fen = excluded.ours_fen, theirs_fen = excluded.theirs_fen,
        found_at = excluded.found_at, ended_at = null, resolution = null, note = null
      where b.state = 'CLOSED' or (b.ours_fen, b.theirs_fen) is distinct from (excluded.ours_fen, excluded.theirs_fen)
      returning b.id, case when xmax = 0 then 'found' else 'changed' end as verb),
    closed as (
      update bill_difference set state = 'CLOSED', ended_at = ${now}, resolution = 'bill_changed'
      where provider = ${provider} and source = 'funds' and number = ${day} and state = 'OPEN' and ${disagreement === null} returning id, 'closed' as verb)
    insert into bill_difference_event (difference_id, verb, by, at)
    select id, verb, ${by}, ${now} from (select * from noted union all select * from closed) e returning difference_id`.execute(
    tx,
  )
  return rows.length
}

/**
 * Closes every open difference, of whatever day, that is none any more: the other day's bill shows it, we booked it meanwhile, or the bill was
 * replaced. What waited for the next day's bill and is not in it becomes open. Returns the days whose figures change by that.
 */
export async function closeExplained(tx: Tx, { now, by }: { now: Date; by: string }): Promise<BillDay[]> {
  const open = sql`(l.provider, l.source, l.number) in (select provider, source, number from bill_difference where state in ('WAITING', 'OPEN'))`
  const { rows } = await sql<BillDay>`
    with current as (
      select b.id, b.provider, b.day, b.kind, b.state, b.refund_id, v.number is not null as billed, v.kind as verdict
      from bill_difference b left join (${verdicts(open)}) v on v.provider = b.provider and v.source = b.source and v.number = b.number
      where b.state in ('WAITING', 'OPEN') and b.source <> 'funds'),
    explained as (
      select c.id, c.provider, c.day, case when c.kind = 'local_only' and c.billed then 'in_other_bill'
          when c.kind = 'local_only' and r.state in ('CLOSED', 'FAILED') then 'not_given'
          when c.kind <> 'local_only' and not c.billed then 'bill_changed'
          when c.kind <> 'local_only' and c.verdict is null then 'booked' end as why
      from current c left join refund r on r.id = c.refund_id),
    closed as (
      update bill_difference b set state = 'CLOSED', ended_at = ${now}, resolution = e.why
      from explained e where b.id = e.id and e.why is not null returning b.id, b.provider, b.day, 'closed' as verb),
    due as (
      update bill_difference b set state = 'OPEN'
      from explained e where b.id = e.id and e.why is null and b.state = 'WAITING'
        and exists (select from bill_day n where n.provider = b.provider and n.day = b.day + 1 and n.reconciled_at is not null)
      returning b.id, b.day, 'opened' as verb),
    told as (
      insert into bill_difference_event (difference_id, verb, by, at)
      select id, verb, ${by}, ${now} from (select id, verb from closed union all select id, verb from due) e)
    select distinct provider, day from closed`.execute(tx)
  return rows
}

/** Counts both sides of a day anew. Ours are what the day's bill shows and we booked, and what we booked that day and no bill shows. */
export async function refreshFigures(tx: Tx, span: Span): Promise<boolean> {
  const { provider, day } = span
  const { numAffectedRows } = await sql`
    with sides as (select source, ours_fen, theirs_fen from (${verdicts(ofDay(span))}) v
      union all select source, ours_fen, theirs_fen from (${unseen(span)}) u),
    sums as (
      select count(*) filter (where source = 'payment' and ours_fen > 0) as op, coalesce(sum(ours_fen) filter (where source = 'payment'), 0) as opf,
        count(*) filter (where source = 'payment' and theirs_fen > 0) as tp, coalesce(sum(theirs_fen) filter (where source = 'payment'), 0) as tpf,
        count(*) filter (where source = 'refund' and ours_fen > 0) as orf, coalesce(sum(ours_fen) filter (where source = 'refund'), 0) as orff,
        count(*) filter (where source = 'refund' and theirs_fen > 0) as tr, coalesce(sum(theirs_fen) filter (where source = 'refund'), 0) as trf
      from sides),
    money as (
      select coalesce(sum(case source when 'payment' then settle_fen else -settle_fen end), 0) as settle, coalesce(sum(fee_millifen), 0) as fee
      from bill_line where provider = ${provider} and day = ${day}::date)
    update bill_day set ours_paid = op, ours_paid_fen = opf, theirs_paid = tp, theirs_paid_fen = tpf,
      ours_refunded = orf, ours_refunded_fen = orff, theirs_refunded = tr, theirs_refunded_fen = trf, settle_fen = settle, fee_millifen = fee
    from sums, money where bill_day.provider = ${provider} and bill_day.day = ${day}::date`.execute(tx)
  return numAffectedRows === 1n
}

export interface Doubt {
  id: string
  source: 'payment' | 'refund'
  ourNo: string
}

/** Open differences that WeChat may clear up when it is asked: it has money of an attempt of ours, or a refund of ours ended there. */
export async function listDoubts(tx: Tx, limit: number): Promise<Doubt[]> {
  const { rows } = await sql<Doubt>`
    select id, source, our_no as "ourNo" from bill_difference
    where state = 'OPEN' and ((source = 'payment' and kind = 'remote_only' and attempt_id is not null)
      or (kind = 'status_diff' and ours_state in ('PENDING', 'PROCESSING', 'ABNORMAL')))
    order by day desc, seq limit ${limit}`.execute(tx)
  return rows
}

/** Leaves a trace that WeChat was asked about these. */
export async function noteAsked(
  tx: Tx,
  ids: readonly string[],
  { now, by }: { now: Date; by: string },
): Promise<number> {
  const { rows } = await sql`
    insert into bill_difference_event (difference_id, verb, by, at)
    select id, 'asked', ${by}, ${now} from unnest(${ids}::uuid[]) id returning difference_id`.execute(tx)
  return rows.length
}
