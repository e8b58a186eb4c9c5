import { sql } from 'kysely'
import type { BOX_PAUSES, BOX_STATES } from '@linli/contract/boxes'
import type { Reader, Tx } from '#kernel/db'

export type BoxState = (typeof BOX_STATES)[number]
export interface BoxRow {
  id: string
  campaignId: string
  memberId: string
  storeId: string
  quantity: number
  state: BoxState
  pausedBy: (typeof BOX_PAUSES)[number] | null
  lapses: number
  /** Orders are placed for weeks from this one on. */
  fromWeek: string
  startedAt: Date
}
const SHAPE = sql`b.id, b.campaign_id as "campaignId", b.member_id as "memberId", b.store_id as "storeId", b.quantity, b.state, b.paused_by as "pausedBy",
  b.lapses, to_char(b.from_week, 'YYYY-MM-DD') as "fromWeek", b.started_at as "startedAt"`

export async function findBox(db: Reader, id: string): Promise<BoxRow | undefined> {
  const { rows } = await sql<BoxRow>`select ${SHAPE} from box b where b.id = ${id}`.execute(db)
  return rows[0]
}
/** Whatever is done to a box or to a week of it waits here for its turn. */
export async function lockBox(tx: Tx, id: string): Promise<BoxRow | undefined> {
  const { rows } = await sql<BoxRow>`select ${SHAPE} from box b where b.id = ${id} for no key update`.execute(
    tx,
  )
  return rows[0]
}
/** The box of a member in a campaign that is not over. */
export async function findOpen(
  db: Reader,
  { campaignId, memberId }: Pick<BoxRow, 'campaignId' | 'memberId'>,
): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from box where campaign_id = ${campaignId} and member_id = ${memberId} and state <> 'ENDED'`.execute(
    db,
  )
  return rows[0]
}

/** False: the member has one in this campaign. */
export async function insertBox(
  tx: Tx,
  row: Omit<BoxRow, 'state' | 'pausedBy' | 'lapses'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into box (id, campaign_id, member_id, store_id, quantity, state, from_week, started_at)
    values (${row.id}, ${row.campaignId}, ${row.memberId}, ${row.storeId}, ${row.quantity}, 'RUNNING', ${row.fromWeek}::date, ${row.startedAt})
    on conflict (campaign_id, member_id) where state <> 'ENDED' do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export type BoxAfter = Pick<BoxRow, 'state' | 'pausedBy' | 'lapses' | 'storeId' | 'quantity' | 'fromWeek'>
/** False: it is not in the state any more that this was decided on. */
export async function moveBox(tx: Tx, from: BoxRow, to: Partial<BoxAfter>, at: Date): Promise<boolean> {
  const after = { ...from, ...to }
  const { numAffectedRows } = await sql`
    update box set state = ${after.state}, paused_by = ${after.pausedBy}, lapses = ${after.lapses}, store_id = ${after.storeId},
      quantity = ${after.quantity}, from_week = ${after.fromWeek}::date, ended_at = ${after.state === 'ENDED' ? at : null}
    where id = ${from.id} and state = ${from.state} and lapses = ${from.lapses} and state <> 'ENDED'`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export type BoxVerb =
  | 'start'
  | 'skip'
  | 'unskip'
  | 'pause'
  | 'resume'
  | 'store'
  | 'quantity'
  | 'end'
  | 'due'
  | 'order'
  | 'pay'
  | 'lapse'
  | 'short'
  | 'lapsed_out'
export interface BoxEvent {
  boxId: string
  week: string | null
  verb: BoxVerb
  words?: string
  by: string
  at: Date
}
export const insertEvent = (tx: Tx, { boxId, week, verb, words = '', by, at }: BoxEvent): Promise<unknown> =>
  sql`
  insert into box_event (box_id, week, verb, words, by, at)
  values (${boxId}, ${week}::date, ${verb}, ${words}, ${by}, ${at})`.execute(tx)

export interface Places {
  campaignId: string
  storeId: string
  perWeek: number
  /** Below zero: they are given back. */
  boxes: number
}
/** Takes places in a store, or gives them back; false: so many are not left. The row is the one that everybody who wants one waits for. */
export async function takePlaces(tx: Tx, { campaignId, storeId, perWeek, boxes }: Places): Promise<boolean> {
  if (perWeek === 0) return false
  await sql`insert into box_place (campaign_id, store_id, per_week) values (${campaignId}, ${storeId}, ${perWeek}) on conflict do nothing`.execute(
    tx,
  )
  const { numAffectedRows } = await sql`
    update box_place set taken = taken + ${boxes}
    where campaign_id = ${campaignId} and store_id = ${storeId} and taken + ${boxes} <= per_week`.execute(tx)
  return numAffectedRows === 1n
}
export async function placesTaken(db: Reader, campaignId: string, storeId: string): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select taken from box_place where campaign_id = ${campaignId} and store_id = ${storeId}`.execute(db)
  return rows[0]?.taken ?? 0
}

const MINE_AT_MOST = 50
export async function listOfMember(db: Reader, memberId: string): Promise<BoxRow[]> {
  const { rows } = await sql<BoxRow>`
    select ${SHAPE} from box b where b.member_id = ${memberId} order by b.started_at desc, b.id desc limit ${MINE_AT_MOST}`.execute(
    db,
  )
  return rows
}

interface Listed {
  campaignId: string
  state: BoxState | null
  storeIds: readonly string[] | null
}
const listed = ({ campaignId, state, storeIds }: Listed) => sql`
  b.campaign_id = ${campaignId} and (${state}::text is null or b.state = ${state})
  and (${storeIds}::text[] is null or b.store_id = any(${storeIds}::text[]))`
export async function listBoxes(
  db: Reader,
  filter: Listed,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: BoxRow[]; total: number }> {
  const { rows } = await sql<BoxRow>`
    select ${SHAPE} from box b where ${listed(filter)} order by b.started_at desc, b.id desc limit ${limit} offset ${offset}`.execute(
    db,
  )
  const counted = await sql<{
    total: number
  }>`select count(*)::int as total from box b where ${listed(filter)}`.execute(db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

/** Campaigns with boxes that are not over. */
export async function listCampaigns(db: Reader): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaign c where c.kind = 'box' and exists (select from box b where b.campaign_id = c.id and b.state <> 'ENDED')
    order by c.starts_at, c.id limit 1000`.execute(db)
  return rows
}
/** Boxes that are not over. */
export async function listOpen(db: Reader, campaignId: string, limit: number): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select id from box where campaign_id = ${campaignId} and state <> 'ENDED' order by id limit ${limit}`.execute(
    db,
  )
  return rows
}
