import { sql } from 'kysely'
import type { RALLY_STATES } from '@linli/contract/rallies'
import type { Reader, Tx } from '#kernel/db'

export type RallyState = (typeof RALLY_STATES)[number]
export interface RallyRow {
  id: string
  campaignId: string
  kind: 'bargain' | 'assist'
  storeId: string
  /** Of a bargain. */
  skuId: string | null
  floorFen: number | null
  memberId: string
  /** Keyed hashes, in hex. */
  device: string | null
  phone: string | null
  need: number
  helps: number
  state: RallyState
  startedAt: Date
  deadline: Date
  heldUntil: Date | null
  orderId: string | null
  couponId: string | null
  refusal: string | null
}
const SHAPE = sql`r.id, r.campaign_id as "campaignId", r.kind, r.store_id as "storeId", r.sku_id as "skuId", r.floor_fen as "floorFen",
  r.member_id as "memberId", encode(r.device_hash, 'hex') as device, encode(r.phone_hash, 'hex') as phone, r.need, r.helps, r.state,
  r.started_at as "startedAt", r.deadline, r.held_until as "heldUntil", r.order_id as "orderId", r.coupon_id as "couponId", r.refusal`

export async function findRally(db: Reader, id: string): Promise<RallyRow | undefined> {
  const { rows } = await sql<RallyRow>`select ${SHAPE} from rally r where r.id = ${id}`.execute(db)
  return rows[0]
}
export async function lockRally(tx: Tx, id: string): Promise<RallyRow | undefined> {
  const { rows } = await sql<RallyRow>`select ${SHAPE} from rally r where r.id = ${id} for update`.execute(tx)
  return rows[0]
}
export async function findUnderWay(
  db: Reader,
  { campaignId, memberId }: Pick<RallyRow, 'campaignId' | 'memberId'>,
): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from rally where campaign_id = ${campaignId} and member_id = ${memberId}
      and (state in ('CUTTING', 'GATHERING') or (kind = 'bargain' and state = 'REACHED'))`.execute(db)
  return rows[0]
}
/** Which of the owner's many of this campaign count. */
export async function takenSlots(
  db: Reader,
  { campaignId, memberId }: Pick<RallyRow, 'campaignId' | 'memberId'>,
): Promise<number[]> {
  const { rows } = await sql<{ slot: number }>`
    select slot from rally where campaign_id = ${campaignId} and member_id = ${memberId} and state <> 'EXPIRED'`.execute(
    db,
  )
  return rows.map(({ slot }) => slot)
}

/** One after another for one person, whoever asks at the same moment: the locks of a campaign and its people, always in the same order. */
export async function lockPeople(tx: Tx, campaignId: string, keys: readonly string[]): Promise<void> {
  for (const key of [...new Set(keys)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`rally ${campaignId} ${key}`}, 0))`.execute(tx)
}

export interface NewRally extends Pick<
  RallyRow,
  | 'id'
  | 'campaignId'
  | 'kind'
  | 'storeId'
  | 'skuId'
  | 'floorFen'
  | 'memberId'
  | 'device'
  | 'phone'
  | 'need'
  | 'startedAt'
  | 'deadline'
> {
  slot: number
  perMember: number
}
export async function insertRally(tx: Tx, row: NewRally): Promise<void> {
  await sql`
    insert into rally (id, campaign_id, kind, store_id, sku_id, floor_fen, member_id, device_hash, phone_hash, slot, per_member, need, state, started_at,
      deadline)
    values (${row.id}, ${row.campaignId}, ${row.kind}, ${row.storeId}, ${row.skuId}, ${row.floorFen}, ${row.memberId}, decode(${row.device}, 'hex'),
      decode(${row.phone}, 'hex'), ${row.slot}, ${row.perMember}, ${row.need}, ${row.kind === 'bargain' ? 'CUTTING' : 'GATHERING'}, ${row.startedAt},
      ${row.deadline})`.execute(tx)
}

export interface Stamp {
  by: string
  at: Date
}
export type RallyVerb = 'start' | 'help' | 'reach' | 'order' | 'return' | 'expire' | 'reward'
export const insertEvent = (tx: Tx, rallyId: string, verb: RallyVerb, { by, at }: Stamp): Promise<unknown> =>
  tx.insertInto('rally_event').values({ rally_id: rallyId, verb, by, at }).executeTakeFirst()

/** What a step made of a rally that is locked; false: somebody else was here after all. */
export async function moveRally(
  tx: Tx,
  from: Pick<RallyRow, 'id' | 'state' | 'helps'>,
  to: Pick<RallyRow, 'state' | 'helps' | 'heldUntil'>,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update rally set state = ${to.state}, helps = ${to.helps}, held_until = ${to.heldUntil},
      reached_at = case when ${to.helps}::smallint = need then coalesce(reached_at, ${at}) end
    where id = ${from.id} and state = ${from.state} and helps = ${from.helps}`.execute(tx)
  return numAffectedRows === 1n
}

/** Mine, newest first, from behind `after` on. */
export async function listOfMember(
  db: Reader,
  memberId: string,
  { after, limit }: { after: { at: Date; id: string } | undefined; limit: number },
): Promise<RallyRow[]> {
  const { rows } = await sql<RallyRow>`
    select ${SHAPE} from rally r where r.member_id = ${memberId}
      and (${after?.id ?? null}::uuid is null or (r.started_at, r.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by r.started_at desc, r.id desc limit ${limit}`.execute(db)
  return rows
}

/** Whose time is over, or their campaign's: ids, those that are due longest first. */
export async function listDue(db: Reader, at: Date, limit: number): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      (select id, deadline as due from rally where state in ('CUTTING', 'GATHERING') and deadline <= ${at} order by deadline limit ${limit})
      union all (select id, held_until from rally where state = 'REACHED' and kind = 'bargain' and held_until <= ${at} order by held_until limit ${limit})
      union all (select r.id, c.ended_at from rally r join campaign c on c.id = r.campaign_id and c.state = 'ENDED'
        where (r.state in ('CUTTING', 'GATHERING') and r.deadline > ${at}) or (r.state = 'REACHED' and r.kind = 'bargain' and r.held_until > ${at})
        limit ${limit})) x
    order by due limit ${limit}`.execute(db)
  return rows
}

/**
 * While a campaign is paused nobody can help or order, and no time that friends need or that a piece is held runs out: once it goes on, so many minutes
 * are left at least, or what the campaign has left. How many it was moved for.
 */
export async function keepPaused(
  tx: Tx,
  at: Date,
  { helpMinutes, holdMinutes }: { helpMinutes: number; holdMinutes: number },
): Promise<bigint> {
  const { numAffectedRows } = await sql`
    with late as (
      select r.id, least(${at}::timestamptz + make_interval(mins => ${helpMinutes}),
          c.ends_at - make_interval(mins => coalesce((c.terms ->> 'holdMinutes')::int, 0))) as deadline,
        least(${at}::timestamptz + make_interval(mins => ${holdMinutes}), c.ends_at) as held_until
      from campaign c join rally r on r.campaign_id = c.id and r.state <> 'EXPIRED'
      where c.paused and c.state in ('SCHEDULED', 'LIVE') for update of r skip locked)
    update rally r set deadline = case when r.reached_at is null then greatest(r.deadline, x.deadline) else r.deadline end,
      held_until = greatest(r.held_until, case when r.state = 'REACHED' then x.held_until end)
    from late x where r.id = x.id
      and ((r.reached_at is null and r.deadline < x.deadline) or (r.state = 'REACHED' and r.held_until < x.held_until))`.execute(
    tx,
  )
  return numAffectedRows ?? 0n
}

/** Telephones and numbers are forgotten a month after; answers of how many. */
export async function forgetPeople(tx: Tx, before: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    with helps as (
      update rally_help set device_hash = null, phone_hash = null
      where (device_hash is not null or phone_hash is not null) and at < ${before})
    update rally set device_hash = null, phone_hash = null
    where (device_hash is not null or phone_hash is not null) and deadline < ${before}`.execute(tx)
  return numAffectedRows ?? 0n
}
