import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Task } from './terms.sql.ts'

export type TaskKind = Task['kind']
export type TaskState = 'WAITING' | 'DUE' | 'GIVEN' | 'REFUSED' | 'REVERSED'

/**
 * A step that a member took: its reward is owed, as the terms of now promise it. Nothing where they promise none, where it is known, or where somebody
 * with the same phone had it.
 */
export async function oweTask(
  tx: Tx,
  { memberId, kind, at }: { memberId: string; kind: TaskKind; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into reward_task (member_id, kind, terms_id, points, template_id, phone_hash, state, at)
    select m.id, x.kind, t.id, x.points, x."templateId", m.phone_hash, case when m.phone_hash is null then 'WAITING' else 'DUE' end, ${at}
    from member m, (select id, active, tasks from reward_terms order by id desc limit 1) t,
      jsonb_to_recordset(t.tasks) x(kind text, points integer, "templateId" uuid)
    where m.id = ${memberId} and t.active and x.kind = ${kind}
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * First orders that were collected since then and kept money for goods: owed by the terms that held as they were. Members are locked: who binds a phone
 * at this moment finds what waits for one, or is found with it.
 */
export async function oweFirstOrders(tx: Tx, { since, at }: { since: Date; at: Date }): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into reward_task (member_id, kind, terms_id, points, template_id, order_id, phone_hash, state, at)
    select o.member_id, x.kind, t.id, x.points, x."templateId", o.id, m.phone_hash,
      case when m.phone_hash is null then 'WAITING' else 'DUE' end, ${at}
    from orders o join member m on m.id = o.member_id
    cross join lateral (select id, active, tasks from reward_terms where since <= o.completed_at order by id desc limit 1) t
    cross join lateral jsonb_to_recordset(t.tasks) x(kind text, points integer, "templateId" uuid)
    where o.completed_at > ${since} and o.paid_fen - o.refunded_fen > o.freight_fen and t.active and x.kind = 'first_order'
      and not exists (select from reward_task k where k.member_id = o.member_id and k.kind = 'first_order')
      and not exists (select from orders e where e.member_id = o.member_id and (e.completed_at, e.id) < (o.completed_at, o.id))
    for share of m on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** A phone is known now: what waited for it is owed, unless somebody had the same with this phone. */
export const releaseTasks = (
  tx: Tx,
  { memberId, phone, at }: { memberId: string; phone: string; at: Date },
): Promise<unknown> =>
  sql`
    with had as (select kind from reward_task where phone_hash = decode(${phone}, 'hex'))
    update reward_task t set state = case when t.kind in (select kind from had) then 'REFUSED' else 'DUE' end,
      phone_hash = case when t.kind in (select kind from had) then null else decode(${phone}, 'hex') end,
      refusal = case when t.kind in (select kind from had) then 'rewards.phone_again' end,
      done_at = case when t.kind in (select kind from had) then ${at}::timestamptz end
    where member_id = ${memberId} and state = 'WAITING'`.execute(tx)

export interface OwedTask {
  memberId: string
  kind: TaskKind
  points: number
  templateId: string | null
}
export const listOwed = (db: Reader, limit: number): Promise<OwedTask[]> =>
  db
    .selectFrom('reward_task')
    .select(['member_id as memberId', sql<TaskKind>`kind`.as('kind'), 'points', 'template_id as templateId'])
    .where('state', '=', 'DUE')
    .orderBy('at')
    .limit(limit)
    .execute()

type Key = Pick<OwedTask, 'memberId' | 'kind'>
/** False: somebody else settled it. */
export const settleTask = async (
  tx: Tx,
  { memberId, kind }: Key,
  outcome: { at: Date; couponId?: string; refusal?: string },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('reward_task')
    .set({
      state: outcome.refusal === undefined ? 'GIVEN' : 'REFUSED',
      done_at: outcome.at,
      coupon_id: outcome.couponId ?? null,
      refusal: outcome.refusal ?? null,
    })
    .where('member_id', '=', memberId)
    .where('kind', '=', kind)
    .where('state', '=', 'DUE')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface GivenTask extends Key {
  points: number
  couponId: string | null
}
/** Rewards of first orders, given since then, whose money for goods has all gone back: freight that stays buys no reward. */
export const listRefunded = (db: Reader, since: Date, limit: number): Promise<GivenTask[]> =>
  db
    .selectFrom('reward_task as t')
    .innerJoin('orders as o', 'o.id', 't.order_id')
    .select([
      't.member_id as memberId',
      sql<TaskKind>`t.kind`.as('kind'),
      't.points',
      't.coupon_id as couponId',
    ])
    .where('t.state', '=', 'GIVEN')
    .where('t.order_id', 'is not', null)
    .where('t.done_at', '>', since)
    .where(sql<boolean>`o.paid_fen - o.refunded_fen <= o.freight_fen`)
    .limit(limit)
    .execute()

/** False: it was taken back already. */
export const reverseTask = async (tx: Tx, { memberId, kind }: Key): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('reward_task')
    .set({ state: 'REVERSED' })
    .where('member_id', '=', memberId)
    .where('kind', '=', kind)
    .where('state', '=', 'GIVEN')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface TaskRow {
  kind: TaskKind
  state: TaskState
  points: number
  templateId: string | null
}
export const listTasks = (db: Reader, memberId: string): Promise<TaskRow[]> =>
  db
    .selectFrom('reward_task')
    .select([
      sql<TaskKind>`kind`.as('kind'),
      sql<TaskState>`state`.as('state'),
      'points',
      'template_id as templateId',
    ])
    .where('member_id', '=', memberId)
    .execute()

/** Which steps a member has taken, whether or not they were worth anything then. */
export async function stepsOf(db: Reader, memberId: string): Promise<Record<TaskKind, boolean>> {
  const { rows } = await sql<Record<TaskKind, boolean>>`
    select m.phone_hash is not null as phone,
      exists (select from member_birthday b where b.member_id = m.id) as birthday,
      exists (select from orders o where o.member_id = m.id and o.completed_at is not null) as first_order,
      exists (select from message_push p where p.member_id = m.id and p.channel = 'wechat' and p.state = 'SENT') as wechat
    from member m where m.id = ${memberId}`.execute(db)
  return rows[0] ?? { phone: false, birthday: false, first_order: false, wechat: false }
}

export interface TaskFigures {
  kind: TaskKind
  given: number
  waiting: number
  refused: number
  reversed: number
}
/** What became of the steps that were taken since then. */
export async function sumTasks(db: Reader, since: Date): Promise<TaskFigures[]> {
  const { rows } = await sql<TaskFigures>`
    select kind, count(*) filter (where state = 'GIVEN') as given, count(*) filter (where state in ('WAITING', 'DUE')) as waiting,
      count(*) filter (where state = 'REFUSED') as refused, count(*) filter (where state = 'REVERSED') as reversed
    from reward_task where at > ${since} group by kind`.execute(db)
  return rows
}
