import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface MinuteRow {
  campaignId: string
  at: Date
  asked: number
  passes: number
  placed: number
  refused: Record<string, number>
  took: number[]
}
/** What this process saw of these minutes, all of each: written again it replaces what was written before. */
export async function writeMinutes(tx: Tx, server: string, rows: readonly MinuteRow[]): Promise<void> {
  await sql`
    insert into campaign_minute (campaign_id, at, server, asked, passes, placed, refused, took)
    select x."campaignId", x.at, ${server}::uuid, x.asked, x.passes, x.placed, x.refused, x.took
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      x("campaignId" uuid, at timestamptz, asked int, passes int, placed int, refused jsonb, took int[])
    where exists (select from campaign c where c.id = x."campaignId")
    on conflict (campaign_id, at, server) do update set asked = excluded.asked, passes = excluded.passes, placed = excluded.placed,
      refused = excluded.refused, took = excluded.took`.execute(tx)
}
export interface VisitRow {
  campaignId: string
  memberId: string
  cameAt: Date
  triedAt: Date | null
}
/** Each member once; in the order of their ids, so that two processes that write the same ones do not wait for each other in a ring. */
export async function writeVisits(tx: Tx, rows: readonly VisitRow[]): Promise<void> {
  await sql`
    insert into campaign_visit (campaign_id, member_id, came_at, tried_at)
    select x."campaignId", x."memberId", x."cameAt", x."triedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x("campaignId" uuid, "memberId" uuid, "cameAt" timestamptz, "triedAt" timestamptz)
    where exists (select from campaign c where c.id = x."campaignId")
    order by 1, 2
    on conflict (campaign_id, member_id) do update set tried_at = coalesce(campaign_visit.tried_at, excluded.tried_at)`.execute(
    tx,
  )
}

/** The last day of it, all processes. */
export async function listMinutes(db: Reader, campaignId: string, since: Date): Promise<MinuteRow[]> {
  const { rows } = await sql<MinuteRow>`
    select campaign_id as "campaignId", at, asked, passes, placed, refused, took from campaign_minute
    where campaign_id = ${campaignId} and at >= ${since} order by at`.execute(db)
  return rows
}

export interface Funnel {
  reserved: number
  came: number
  tried: number
  got: number
  paid: number
  waiting: number
  nextBackAt: Date | null
}
/** Members, each once, and what waits to be paid. Whose order was closed unpaid got none. */
export async function readFunnel(db: Reader, campaignId: string): Promise<Funnel> {
  const { rows } = await sql<Funnel>`
    select (select count(*) from campaign_reservation where campaign_id = ${campaignId}) as reserved, v.came, v.tried, c.got, c.paid, c.waiting,
      c.next_back as "nextBackAt"
    from (select count(*) as came, count(tried_at) as tried from campaign_visit where campaign_id = ${campaignId}) v,
      (select count(distinct k.member_id) filter (where k.state <> 'RETURNED') as got,
        count(distinct k.member_id) filter (where k.state = 'PAID') as paid,
        count(*) filter (where k.state = 'TAKEN') as waiting, min(o.expires_at) filter (where k.state = 'TAKEN') as next_back
       from campaign_claim k join orders o on o.id = k.order_id where k.campaign_id = ${campaignId}) c`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error(`no funnel of campaign ${campaignId}`)
  return row
}
