import type { RFM_RULES } from '@linli/contract/audiences'
import type { Segment } from '@linli/contract/audience-rules'
import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export type RfmRule = (typeof RFM_RULES)[number]

/** Days since the last purchase, how many, and what was kept, of each member up to a day. */
const facts = (day: string) => sql`facts as materialized (
    select member_id, ${day}::date - max(day) as days, sum(purchases)::int as purchases, sum(pay_fen - refunded_fen)::bigint as kept_fen
    from member_day where day <= ${day}::date group by member_id)`
/** Each score is 1 and the cut points below the value; the fewer days, the better. Cut points as in R's type 7 (linear interpolation). */
const BY_CUTS = sql`cuts as materialized (
    select percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by days) as r,
      percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by purchases) as f,
      percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by kept_fen) as m from facts),
  scored as (select t.member_id, t.days, t.purchases, t.kept_fen,
      6 - (1 + (select count(*) from unnest(c.r) cut where cut < t.days))::int as r,
      (1 + (select count(*) from unnest(c.f) cut where cut < t.purchases))::int as f,
      (1 + (select count(*) from unnest(c.m) cut where cut < t.kept_fen))::int as m from facts t cross join cuts c)`
/** Fifths of members, equal ones by their id. */
const BY_FIFTHS = sql`cuts as (select null::float8[] as r, null::float8[] as f, null::float8[] as m),
  scored as (select member_id, days, purchases, kept_fen, ntile(5) over (order by days desc, member_id) as r,
      ntile(5) over (order by purchases, member_id) as f, ntile(5) over (order by kept_fen, member_id) as m from facts)`
/** What recency and frequency together are called. */
const SEGMENT = sql`case
  when r <= 2 then case when f <= 2 then 'hibernating' when f <= 4 then 'at_risk' else 'cant_lose' end
  when r = 3 then case when f <= 2 then 'about_to_sleep' when f = 3 then 'need_attention' else 'loyal' end
  when r = 4 then case when f = 1 then 'promising' when f <= 3 then 'potential_loyalist' else 'loyal' end
  else case when f = 1 then 'new_customer' when f <= 3 then 'potential_loyalist' else 'champion' end end`

/** Scores everybody who bought up to a day, by one rule. False where that was done before. */
export async function score(
  tx: Tx,
  { id, rule, day, at }: { id: string; rule: RfmRule; day: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`with ${facts(day)}, ${rule === 'A' ? BY_CUTS : BY_FIFTHS},
    run as (insert into rfm_run (id, rule, day, taken_at, members, cuts)
      select ${id}::uuid, ${rule}::text, ${day}::date, ${at}::timestamptz, (select count(*) from facts),
        (select case when r is null then null else jsonb_build_object('r', r, 'f', f, 'm', m) end from cuts)
      on conflict (rule, day) do nothing returning id),
    put as (insert into rfm_score (run_id, member_id, days, purchases, kept_fen, r, f, m, segment)
      select run.id, member_id, days, purchases, kept_fen, r, f, m, ${SEGMENT} from run cross join scored),
    cells as (insert into rfm_cell (run_id, r, f, members, kept_fen)
      select run.id, r, f, count(*), sum(kept_fen) from run cross join scored group by 1, 2, 3)
    select id from run`.execute(tx)
  return rows.length === 1
}
/** Scores of runs from before this day are let go, but for the last run of each rule; what each cell held stays. */
export const forgetScores = (tx: Tx, before: string): Promise<unknown> =>
  sql`delete from rfm_score s using rfm_run r where r.id = s.run_id and r.day < ${before}::date
    and exists (select from rfm_run n where n.rule = r.rule and n.day > r.day)`.execute(tx)

export interface Run {
  id: string
  rule: RfmRule
  day: string
  takenAt: Date
  members: number
  cuts: { r: number[]; f: number[]; m: number[] } | null
}
export async function latestRun(db: Reader, rule: RfmRule): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    select id, rule, day, taken_at as "takenAt", members, cuts from rfm_run where rule = ${rule} order by day desc limit 1`.execute(
    db,
  )
  return rows[0]
}
export async function listCells(db: Reader, runId: string) {
  const { rows } = await sql<{ r: number; f: number; members: number; keptFen: number; segment: Segment }>`
    select r, f, members, kept_fen as "keptFen", ${SEGMENT} as segment from rfm_cell where run_id = ${runId} order by r desc, f desc`.execute(
    db,
  )
  return rows
}
