import { type RawBuilder, sql } from 'kysely'
import type { Db, Reader, Tx } from '#kernel/db'
import type { ProviderName } from '#room/payments'
import type { FundSums } from './fund-bill.ts'

/** A business day as one provider's bill sees it. */
export interface BillDay {
  provider: ProviderName
  day: string
}

/** When the first payment that a bill of this provider could show was booked; undefined before there is one. */
export async function firstPaidAt(db: Reader, provider: ProviderName): Promise<Date | undefined> {
  const row = await db
    .selectFrom('payment_attempt')
    .select('paid_at')
    .where('state', '=', 'PAID')
    .where('provider', '=', provider)
    .where('paid_at', 'is not', null)
    .orderBy('paid_at')
    .limit(1)
    .executeTakeFirst()
  return row?.paid_at ?? undefined
}

/** Did promoters get money by WeChat between these instants, as far as we know? */
export async function hasTransfers(db: Db, { from, until }: { from: Date; until: Date }): Promise<boolean> {
  const row = await db
    .selectFrom('commission_withdrawal')
    .select('id')
    .where('state', '=', 'PAID')
    .where('done_at', '>=', from)
    .where('done_at', '<', until)
    .executeTakeFirst()
  return row !== undefined
}

/** Did we book a payment through this provider between these instants? */
export async function hasPayments(
  db: Reader,
  { provider, from, until }: { provider: ProviderName; from: Date; until: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('payment_attempt')
    .select('id')
    .where('state', '=', 'PAID')
    .where('provider', '=', provider)
    .where('paid_at', '>=', from)
    .where('paid_at', '<', until)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Makes the days between that are not there yet, due now. Returns how many were new. */
export async function ensureDays(
  tx: Tx,
  provider: ProviderName,
  { first, last, now }: { first: string; last: string; now: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into bill_day (provider, day, next_try_at)
    select ${provider}, day::date, ${now}::timestamptz from generate_series(${first}::date, ${last}::date, interval '1 day') day
    on conflict (provider, day) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

export interface ClaimedDay extends BillDay {
  /** This try included. */
  tries: number
}

/**
 * Takes the first day that is due and puts its next try off to `until`, so that another process leaves it alone and a crash only means that it is
 * tried again then.
 */
export async function claimDay(
  tx: Tx,
  {
    providers,
    now,
    first,
    until,
  }: { providers: readonly ProviderName[]; now: Date; first: string; until: Date },
): Promise<ClaimedDay | undefined> {
  const { rows } = await sql<ClaimedDay>`
    update bill_day set tries = tries + 1, next_try_at = ${until}
    where (provider, day) = (select provider, day from bill_day where next_try_at <= ${now} and day >= ${first}::date
      and provider = any(${providers}::text[]) order by day, provider limit 1 for update skip locked)
    returning provider, day, tries`.execute(tx)
  return rows[0]
}

/** Makes a day due now, as if it had never been tried. False when there is no such day. */
export async function makeDue(tx: Tx, { provider, day }: BillDay, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into bill_day (provider, day, next_try_at) values (${provider}, ${day}::date, ${now})
    on conflict (provider, day) do update set next_try_at = excluded.next_try_at, tries = 0`.execute(tx)
  return numAffectedRows === 1n
}

/** The bill is still being made. */
export async function noteWaiting(tx: Tx, { provider, day }: BillDay, nextTryAt: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update bill_day set trouble = 'creating', trouble_detail = null, tries = tries - 1, next_try_at = ${nextTryAt},
      state = case when state = 'FAILED' and reconciled_at is null then 'DUE' else state end
    where provider = ${provider} and day = ${day}::date`.execute(tx)
  return numAffectedRows === 1n
}

export interface Trouble {
  code: string
  detail: string | null
  nextTryAt: Date
}
/** The last try did not go well. What an earlier one found stays. */
export async function noteFailed(
  tx: Tx,
  { provider, day }: BillDay,
  { code, detail, nextTryAt }: Trouble,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update bill_day set state = 'FAILED', trouble = ${code}, trouble_detail = ${detail}, next_try_at = ${nextTryAt}
    where provider = ${provider} and day = ${day}::date`.execute(tx)
  return numAffectedRows === 1n
}

/** Runs of all processes go one after another: what one day explains may belong to another. */
export const lockRuns = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('reconciliation'))`.execute(tx)
}

export interface Taken {
  at: Date
  rows: number
  tradeSha1: string | null
  fundsSha1: string | null
  funds: FundSums | null
}
export async function noteDone(
  tx: Tx,
  { provider, day }: BillDay,
  { at, rows, tradeSha1, fundsSha1, funds }: Taken,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update bill_day set state = 'DONE', trouble = null, trouble_detail = null, tries = 0, next_try_at = null, reconciled_at = ${at},
      trade_at = case when ${tradeSha1}::text is null then null else ${at}::timestamptz end, trade_sha1 = ${tradeSha1},
      funds_at = case when ${fundsSha1}::text is null then null else ${at}::timestamptz end, funds_sha1 = ${fundsSha1},
      bill_rows = ${rows}, fund_rows = ${funds?.rows ?? 0}, funds_in_fen = ${funds?.incomeFen ?? 0}, funds_out_fen = ${funds?.outgoFen ?? 0}
    where provider = ${provider} and day = ${day}::date`.execute(tx)
  return numAffectedRows === 1n
}

export interface DayRow extends BillDay {
  state: 'DUE' | 'DONE' | 'FAILED'
  tries: number
  nextTryAt: Date | null
  trouble: string | null
  troubleDetail: string | null
  reconciledAt: Date | null
  tradeAt: Date | null
  fundsAt: Date | null
  billRows: number
  fundRows: number
  oursPaid: number
  oursPaidFen: number
  theirsPaid: number
  theirsPaidFen: number
  oursRefunded: number
  oursRefundedFen: number
  theirsRefunded: number
  theirsRefundedFen: number
  settleFen: number
  feeMilliFen: number
  fundsInFen: number
  fundsOutFen: number
  waiting: number
  open: number
  closed: number
  resolved: number
  signedOffAt: Date | null
  signedOffName: string | null
  reopenedAt: Date | null
  reopenedBy: string | null
}

const DAYS: RawBuilder<unknown> = sql`
  select d.provider, d.day, d.state, d.tries, d.next_try_at as "nextTryAt", d.trouble, d.trouble_detail as "troubleDetail", d.reconciled_at as "reconciledAt",
    d.trade_at as "tradeAt", d.funds_at as "fundsAt", d.bill_rows as "billRows", d.fund_rows as "fundRows",
    d.ours_paid as "oursPaid", d.ours_paid_fen as "oursPaidFen", d.theirs_paid as "theirsPaid", d.theirs_paid_fen as "theirsPaidFen",
    d.ours_refunded as "oursRefunded", d.ours_refunded_fen as "oursRefundedFen",
    d.theirs_refunded as "theirsRefunded", d.theirs_refunded_fen as "theirsRefundedFen",
    d.settle_fen as "settleFen", d.fee_millifen as "feeMilliFen", d.funds_in_fen as "fundsInFen", d.funds_out_fen as "fundsOutFen",
    c.waiting, c.open, c.closed, c.resolved,
    d.signed_off_at as "signedOffAt", s.name as "signedOffName", d.reopened_at as "reopenedAt", d.reopened_by as "reopenedBy"
  from bill_day d left join staff s on s.id = d.signed_off_by cross join lateral (
    select count(*) filter (where state = 'WAITING') as waiting, count(*) filter (where state = 'OPEN') as open,
      count(*) filter (where state = 'CLOSED') as closed, count(*) filter (where state = 'RESOLVED') as resolved
    from bill_difference b where b.provider = d.provider and b.day = d.day) c`

/** Days, the last first. */
export async function listDays(
  db: Db,
  provider: ProviderName,
  { limit, offset }: { limit: number; offset: number },
): Promise<DayRow[]> {
  const { rows } =
    await sql<DayRow>`${DAYS} where d.provider = ${provider} order by d.day desc limit ${limit} offset ${offset}`.execute(
      db,
    )
  return rows
}
export async function findDay(db: Reader, { provider, day }: BillDay): Promise<DayRow | undefined> {
  const { rows } = await sql<DayRow>`${DAYS} where d.provider = ${provider} and d.day = ${day}::date`.execute(
    db,
  )
  return rows[0]
}
/** Head office is done with this day. False where it is not, or not any more, as it has to be for that. */
export async function setSignedOff(
  tx: Tx,
  { provider, day }: BillDay,
  { at, staffId }: { at: Date; staffId: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update bill_day d set signed_off_at = ${at}, signed_off_by = ${staffId}, reopened_at = null, reopened_by = null
    where provider = ${provider} and day = ${day}::date and state = 'DONE' and (signed_off_at is null or reopened_at is not null)
      and not exists (select from bill_difference b where b.provider = d.provider and b.day = d.day and b.state in ('WAITING', 'OPEN'))`.execute(
    tx,
  )
  return numAffectedRows === 1n
}
/** Days that were signed off and have an open difference by now are open again. */
export async function reopenDays(tx: Tx, { now, by }: { now: Date; by: string }): Promise<BillDay[]> {
  const { rows } = await sql<BillDay>`
    update bill_day set reopened_at = ${now}, reopened_by = ${by} where signed_off_at is not null and reopened_at is null
      and (provider, day) in (select provider, day from bill_difference where state in ('WAITING', 'OPEN'))
    returning provider, day`.execute(tx)
  return rows
}
export interface DayCounts {
  total: number
  failed: number
}
/** Of one provider, or of all. */
export async function countDays(db: Db, provider: ProviderName | null): Promise<DayCounts> {
  const { rows } = await sql<DayCounts>`
    select count(*) as total, count(*) filter (where state = 'FAILED') as failed from bill_day
    where ${provider}::text is null or provider = ${provider}`.execute(db)
  return rows[0] ?? { total: 0, failed: 0 }
}
