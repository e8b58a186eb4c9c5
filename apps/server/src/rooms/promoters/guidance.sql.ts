import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface Newcomer {
  joinedAt: Date
  orderedBefore: boolean
}
/** When somebody became a member, and whether they had paid for anything before that moment. */
export async function newcomer(db: Reader, memberId: string, touchedAt: Date): Promise<Newcomer | undefined> {
  const { rows } = await sql<Newcomer>`
    select m.joined_at as "joinedAt", exists (
      select from orders o where o.member_id = m.id and o.placed_at < ${touchedAt} and o.paid_at is not null) as "orderedBefore"
    from member m where m.id = ${memberId}`.execute(db)
  return rows[0]
}

export const isStaffDevice = async (db: Reader, deviceHash: Buffer): Promise<boolean> => {
  const row = await db
    .selectFrom('guide_device')
    .select('staff_id')
    .where('device_hash', '=', deviceHash)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const noteDevice = async (
  tx: Tx,
  { deviceHash, staffId, at }: { deviceHash: Buffer; staffId: string; at: Date },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('guide_device')
    .values({ device_hash: deviceHash, staff_id: staffId, seen_at: at })
    .onConflict((on) => on.columns(['device_hash', 'staff_id']).doUpdateSet({ seen_at: at }))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface NewGuidance {
  memberId: string
  codeId: string
  storeId: string
  staffId: string | null
  termsId: number
  touchedAt: Date
  at: Date
  registered: boolean
  deviceHash: Buffer
  orderUntil: Date
}
/** Credits a member, once ever and once per telephone; false where somebody was credited before. */
export const insertGuidance = async (tx: Tx, row: NewGuidance): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('guidance')
    .values({
      member_id: row.memberId,
      code_id: row.codeId,
      store_id: row.storeId,
      staff_id: row.staffId,
      terms_id: row.termsId,
      touched_at: row.touchedAt,
      at: row.at,
      registered: row.registered,
      device_hash: row.deviceHash,
      order_until: row.orderUntil,
      state: 'OPEN',
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const guidedBy = (db: Reader, memberId: string): Promise<{ codeId: string } | undefined> =>
  db.selectFrom('guidance').select('code_id as codeId').where('member_id', '=', memberId).executeTakeFirst()

/** First orders placed since then, in time, and paid: they wait to be judged. */
export async function linkOrders(tx: Tx, placedSince: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    with firsts as (
      select distinct on (o.member_id) o.member_id, o.id from orders o join guidance g on g.member_id = o.member_id
      where o.placed_at >= ${placedSince} and o.paid_at is not null and g.state = 'OPEN' and o.placed_at between g.touched_at and g.order_until
      order by o.member_id, o.placed_at, o.id)
    update guidance g set state = 'ORDERED', order_id = f.id from firsts f where g.member_id = f.member_id and g.state = 'OPEN'`.execute(
    tx,
  )
  return numAffectedRows ?? 0n
}

/** Nobody ordered in time. */
export async function lapseOpen(tx: Tx, before: Date, at: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    update guidance set state = 'LAPSED', judged_at = ${at} where state = 'OPEN' and order_until < ${before}`.execute(
    tx,
  )
  return numAffectedRows ?? 0n
}

export interface DueGuidance {
  memberId: string
  storeId: string
  staffId: string | null
  orderId: string
  registered: boolean
  keptFen: number
  active: boolean
  touchDays: number
  holdDays: number
  registerFen: number
  orderFen: number
  leastFen: number
  inLedger: boolean
}
/** First orders whose after-sale term is over, or that were refunded whole, with nothing on its way back. */
export async function claimDue(tx: Tx, at: Date, limit: number): Promise<DueGuidance[]> {
  const { rows } = await sql<DueGuidance>`
    select g.member_id as "memberId", g.store_id as "storeId", g.staff_id as "staffId", g.order_id as "orderId", g.registered,
      o.paid_fen - o.refunded_fen as "keptFen", t.active, t.touch_days as "touchDays", t.hold_days as "holdDays",
      t.register_fen as "registerFen", t.order_fen as "orderFen", t.least_fen as "leastFen", t.in_ledger as "inLedger"
    from guidance g join orders o on o.id = g.order_id join guide_terms t on t.id = g.terms_id
    where g.state = 'ORDERED' and o.refund_state <> 'PENDING'
      and (o.state = 'CLOSED_REFUND' or o.completed_at + make_interval(days => t.hold_days) <= ${at})
    order by g.member_id limit ${limit} for update of g skip locked`.execute(tx)
  return rows
}

export async function settleGuidance(
  tx: Tx,
  { memberId, state, at }: { memberId: string; state: 'REWARDED' | 'LAPSED'; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('guidance')
    .set({ state, judged_at: at })
    .where('member_id', '=', memberId)
    .where('state', '=', 'ORDERED')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const insertReward = (
  tx: Tx,
  row: Pick<DueGuidance, 'memberId' | 'storeId' | 'orderId'> & {
    staffId: string
    kind: string
    amountFen: number
    at: Date
  },
): Promise<{ id: number }> =>
  tx
    .insertInto('guide_reward')
    .values({
      member_id: row.memberId,
      kind: row.kind,
      staff_id: row.staffId,
      store_id: row.storeId,
      order_id: row.orderId,
      amount_fen: row.amountFen,
      at: row.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

export interface RewardBack {
  rewardId: number
  staffId: string
  amountFen: number
  inLedger: boolean
}
/** Rewards of orders whose money went back after all go back too, to the fen; answers what did. */
export async function reverseRefunded(tx: Tx, at: Date): Promise<RewardBack[]> {
  const { rows } = await sql<RewardBack>`
    with gone as (
      update guidance g set state = 'REVERSED', judged_at = ${at} from orders o, guide_terms t
      where o.refund_state in ('PARTIAL', 'FULL') and o.id = g.order_id and t.id = g.terms_id and g.state = 'REWARDED'
        and o.paid_fen - o.refunded_fen < t.least_fen
      returning g.member_id, t.in_ledger),
    back as (
      insert into guide_reward (member_id, kind, staff_id, store_id, order_id, amount_fen, at)
      select r.member_id, r.kind || '_back', r.staff_id, r.store_id, r.order_id, -r.amount_fen, ${at}
      from guide_reward r join gone using (member_id) where r.amount_fen > 0
      returning id, member_id, staff_id, amount_fen)
    select b.id as "rewardId", b.staff_id as "staffId", b.amount_fen as "amountFen", g.in_ledger as "inLedger"
    from back b join gone g using (member_id)`.execute(tx)
  return rows
}

/** Telephones are forgotten with their touches. */
export async function forgetDevices(tx: Tx, at: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    with dropped as (delete from guide_device where seen_at < ${at}::timestamptz - interval '90 days')
    update guidance set device_hash = null where device_hash is not null and order_until < ${at}`.execute(tx)
  return numAffectedRows ?? 0n
}
