import { sql } from 'kysely'
import type { INVITED_STATES } from '@linli/contract/invites'
import type { Reader, Tx } from '#kernel/db'
import type { Person } from './helping.ts'

export type InvitedState = (typeof INVITED_STATES)[number]
export interface InviteRow extends Person {
  id: string
  campaignId: string
  storeId: string
}
const INVITE = sql`i.id, i.campaign_id as "campaignId", i.store_id as "storeId", i.member_id as "memberId", encode(i.device_hash, 'hex') as device,
  encode(i.phone_hash, 'hex') as phone`

export async function findInvite(db: Reader, id: string): Promise<InviteRow | undefined> {
  const { rows } = await sql<InviteRow>`select ${INVITE} from invite i where i.id = ${id}`.execute(db)
  return rows[0]
}
/** The invite of a member in a campaign: this one, or the one there is. */
export async function keepInvite(tx: Tx, row: InviteRow & { at: Date }): Promise<string> {
  await sql`
    insert into invite (id, campaign_id, store_id, member_id, device_hash, phone_hash, at)
    values (${row.id}, ${row.campaignId}, ${row.storeId}, ${row.memberId}, decode(${row.device}, 'hex'), decode(${row.phone}, 'hex'), ${row.at})
    on conflict (campaign_id, member_id) do nothing`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    select id from invite where campaign_id = ${row.campaignId} and member_id = ${row.memberId}`.execute(tx)
  return rows[0]?.id ?? row.id
}
/** One after another for one sharer. */
export const lockInvite = async (tx: Tx, id: string): Promise<unknown> =>
  sql`select 1 from invite where id = ${id} for update`.execute(tx)

export interface Invited {
  inviteId: string
  state: InvitedState
}
export async function findInvited(
  db: Reader,
  campaignId: string,
  memberId: string,
): Promise<Invited | undefined> {
  const { rows } = await sql<Invited>`
    select invite_id as "inviteId", state from invited where campaign_id = ${campaignId} and member_id = ${memberId}`.execute(
    db,
  )
  return rows[0]
}
/** Who was brought in a campaign and may be this person. */
export async function listSame(db: Reader, campaignId: string, person: Person): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select member_id as "memberId", encode(device_hash, 'hex') as device, encode(phone_hash, 'hex') as phone from invited
    where campaign_id = ${campaignId} and (member_id = ${person.memberId} or device_hash = decode(${person.device}, 'hex')
      or phone_hash = decode(${person.phone}, 'hex'))`.execute(db)
  return rows
}
export interface Counts {
  opened: number
  done: number
  given: number
}
export async function countInvited(db: Reader, inviteId: string): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*)::int as opened, count(slot)::int as done, (count(*) filter (where state = 'GIVEN'))::int as given
    from invited where invite_id = ${inviteId}`.execute(db)
  return rows[0] ?? { opened: 0, done: 0, given: 0 }
}
export async function hasBought(db: Reader, memberId: string): Promise<boolean> {
  const { rows } = await sql<{ bought: boolean }>`
    select exists (select from orders where member_id = ${memberId} and state <> 'CANCELLED') as bought`.execute(
    db,
  )
  return rows[0]?.bought === true
}

export interface NewInvited extends Person {
  campaignId: string
  inviteId: string
  openedAt: Date
  until: Date
  mostEach: number
  /** Of those who have done what counts by opening. */
  slot: number | null
}
export async function insertInvited(tx: Tx, row: NewInvited): Promise<void> {
  await sql`
    insert into invited (campaign_id, member_id, invite_id, device_hash, phone_hash, opened_at, until, state, slot, most_each, done_at)
    values (${row.campaignId}, ${row.memberId}, ${row.inviteId}, decode(${row.device}, 'hex'), decode(${row.phone}, 'hex'), ${row.openedAt},
      ${row.until}, ${row.slot === null ? 'OPEN' : 'DUE'}, ${row.slot}, ${row.mostEach}, ${row.slot === null ? null : row.openedAt})`.execute(
    tx,
  )
}
/** What the friend got; false: it was settled before. */
export async function settleFriend(
  tx: Tx,
  { campaignId, memberId }: { campaignId: string; memberId: string },
  { couponId = null, refusal = null }: { couponId?: string | null; refusal?: string | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update invited set friend_coupon_id = ${couponId}, friend_refusal = ${refusal}
    where campaign_id = ${campaignId} and member_id = ${memberId} and friend_coupon_id is null and friend_refusal is null`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export interface Bought {
  campaignId: string
  memberId: string
  inviteId: string
  orderId: string
}
/** Friends who placed an order in time and have collected it, with something of its money kept. */
export async function listBought(db: Reader, limit: number): Promise<Bought[]> {
  const { rows } = await sql<Bought>`
    select f.campaign_id as "campaignId", f.member_id as "memberId", f.invite_id as "inviteId", o.id as "orderId"
    from invited f cross join lateral (
      select o.id from orders o where o.member_id = f.member_id and o.placed_at >= f.opened_at and o.placed_at < f.until
        and o.state = 'COMPLETED' and o.paid_fen > o.refunded_fen order by o.placed_at limit 1) o
    where f.state = 'OPEN' order by f.until limit ${limit}`.execute(db)
  return rows
}
/** The order counts; false: somebody else was here, or the sharer has as many as one may have. */
export async function countBought(tx: Tx, bought: Bought, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update invited f set state = 'DUE', order_id = ${bought.orderId}, done_at = ${at},
      slot = (select count(slot) + 1 from invited where invite_id = ${bought.inviteId})
    where campaign_id = ${bought.campaignId} and member_id = ${bought.memberId} and state = 'OPEN'
      and (select count(slot) from invited where invite_id = ${bought.inviteId}) < most_each`.execute(tx)
  return numAffectedRows === 1n
}
/** The sharer has as many as one may have: nothing comes of it any more. */
export const lapseOne = (tx: Tx, { campaignId, memberId }: Bought): Promise<unknown> =>
  sql`update invited set state = 'LAPSED' where campaign_id = ${campaignId} and member_id = ${memberId} and state = 'OPEN'`.execute(
    tx,
  )
/** Too late, with whatever they placed in time long collected. */
export async function lapse(tx: Tx, before: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    update invited set state = 'LAPSED' where state = 'OPEN' and until < ${before}`.execute(tx)
  return numAffectedRows ?? 0n
}

export interface OwedShare {
  campaignId: string
  friendId: string
  sharerId: string
  templateId: string
}
export async function listOwedShares(db: Reader, limit: number): Promise<OwedShare[]> {
  const { rows } = await sql<OwedShare>`
    select f.campaign_id as "campaignId", f.member_id as "friendId", i.member_id as "sharerId", (c.terms ->> 'templateId')::uuid as "templateId"
    from invited f join invite i on i.id = f.invite_id join campaign c on c.id = f.campaign_id
    where f.state = 'DUE' order by f.done_at limit ${limit}`.execute(db)
  return rows
}
export async function settleShare(
  tx: Tx,
  { campaignId, friendId }: OwedShare,
  outcome: { couponId: string } | { refusal: string },
): Promise<boolean> {
  const [couponId, refusal] = 'couponId' in outcome ? [outcome.couponId, null] : [null, outcome.refusal]
  const { numAffectedRows } = await sql`
    update invited set state = ${couponId ? 'GIVEN' : 'REFUSED'}, coupon_id = ${couponId}, refusal = ${refusal}
    where campaign_id = ${campaignId} and member_id = ${friendId} and state = 'DUE'`.execute(tx)
  return numAffectedRows === 1n
}

export interface Returned {
  campaignId: string
  friendId: string
  couponId: string
}
/** Rewards of orders all of whose money went back since. */
export async function listReturned(db: Reader, since: Date, limit: number): Promise<Returned[]> {
  const { rows } = await sql<Returned>`
    select f.campaign_id as "campaignId", f.member_id as "friendId", f.coupon_id as "couponId"
    from orders o join invited f on f.order_id = o.id
    where o.state = 'CLOSED_REFUND' and o.placed_at > ${since} and f.state = 'GIVEN' limit ${limit}`.execute(
    db,
  )
  return rows
}
export async function reverseShare(tx: Tx, { campaignId, friendId }: Returned): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update invited set state = 'REVERSED' where campaign_id = ${campaignId} and member_id = ${friendId} and state = 'GIVEN'`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export async function forgetInvited(tx: Tx, before: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    with friends as (
      update invited set device_hash = null, phone_hash = null
      where (device_hash is not null or phone_hash is not null) and until < ${before})
    update invite set device_hash = null, phone_hash = null
    from campaign c where c.id = invite.campaign_id and c.ended_at < ${before}
      and (invite.device_hash is not null or invite.phone_hash is not null)`.execute(tx)
  return numAffectedRows ?? 0n
}

export interface InviteSums {
  sharers: number
  opened: number
  done: number
  given: number
  refused: number
  reversed: number
  friendCoupons: number
}
export async function sumInvites(db: Reader, campaignId: string): Promise<InviteSums> {
  const { rows } = await sql<InviteSums>`
    select (select count(*)::int from invite where campaign_id = ${campaignId}) as sharers, count(*)::int as opened, count(slot)::int as done,
      (count(*) filter (where state = 'GIVEN'))::int as given, (count(*) filter (where state = 'REFUSED'))::int as refused,
      (count(*) filter (where state = 'REVERSED'))::int as reversed, count(friend_coupon_id)::int as "friendCoupons"
    from invited where campaign_id = ${campaignId}`.execute(db)
  const [sums] = rows
  if (!sums) throw new Error('sums without a row')
  return sums
}
