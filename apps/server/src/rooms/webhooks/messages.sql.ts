import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface DueMessage {
  id: string
  endpointId: string
  body: unknown
  tries: number
}
/**
 * Messages whose time has come, oldest first, for one sender: the others see them as due only after the lease. Either of endpoints where messages arrive,
 * or of those where none do: of each of these one.
 */
export async function claimDue(
  tx: Tx,
  { now, lease, limit, failing }: { now: Date; lease: Date; limit: number; failing: boolean },
): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    update webhook_message m set next_at = ${lease}, tries = m.tries + 1
    from (select w.id from webhook_endpoint e cross join lateral (
        select id, next_at, no from webhook_message m where m.endpoint_id = e.id and m.state = 'DUE' and m.next_at <= ${now}
        order by next_at, no limit ${failing ? 1 : limit} for update skip locked) w
      where e.active and (e.failing_since is not null) = ${failing} order by w.next_at, w.no limit ${limit}) due
    where m.id = due.id returning m.id, m.endpoint_id as "endpointId", m.body, m.tries`.execute(tx)
  return rows
}
export async function setOutcome(
  tx: Tx,
  id: string,
  { state, nextAt, at }: { state: 'SENT' | 'DUE' | 'DEAD'; nextAt: Date; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_message')
    .set({ state, next_at: nextAt, ended_at: state === 'DUE' ? null : at })
    .where('id', '=', id)
    .where('state', '=', 'DUE')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export async function insertTry(
  tx: Tx,
  row: { messageId: string; at: Date; status: number | null; ms: number; fault: string | null },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('webhook_try')
    .values({ message_id: row.messageId, at: row.at, status: row.status, ms: row.ms, fault: row.fault })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface MessageShown {
  id: string
  no: number
  endpointId: string
  endpointName: string
  kind: string
  state: 'DUE' | 'SENT' | 'DEAD'
  tries: number
  at: Date
  nextAt: Date
  endedAt: Date | null
  status: number | null
  fault: string | null
}
export interface MessageFilter {
  endpointId: string | undefined
  state: string | undefined
}
const matching = (db: Reader, { endpointId, state }: MessageFilter) => {
  let query = db
    .selectFrom('webhook_message as m')
    .innerJoin('webhook_endpoint as e', 'e.id', 'm.endpoint_id')
  if (endpointId) query = query.where('m.endpoint_id', '=', endpointId)
  return state ? query.where('m.state', '=', state) : query
}
export const listMessages = (
  db: Reader,
  filter: MessageFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<MessageShown[]> =>
  matching(db, filter)
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('webhook_try as t')
          .select(['t.status', 't.fault'])
          .whereRef('t.message_id', '=', 'm.id')
          .orderBy('t.id', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      'm.id',
      'm.no',
      'm.endpoint_id as endpointId',
      'e.name as endpointName',
      'm.kind',
      'm.tries',
      'm.at',
    ])
    .select(['m.next_at as nextAt', 'm.ended_at as endedAt', 'last.status', 'last.fault'])
    .select(sql<MessageShown['state']>`m.state`.as('state'))
    .orderBy('m.no', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countMessages = async (db: Reader, filter: MessageFilter): Promise<number> => {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
export const findMessage = (
  db: Reader,
  id: string,
): Promise<{ id: string; endpointId: string; body: unknown } | undefined> =>
  db
    .selectFrom('webhook_message')
    .select(['id', 'endpoint_id as endpointId', 'body'])
    .where('id', '=', id)
    .executeTakeFirst()
export const listTries = (
  db: Reader,
  messageId: string,
): Promise<{ at: Date; status: number | null; ms: number; fault: string | null }[]> =>
  db
    .selectFrom('webhook_try')
    .select(['at', 'status', 'ms', 'fault'])
    .where('message_id', '=', messageId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()

/** Makes messages of an endpoint due again, whatever became of them: one, or those of a span. Answers how many. */
export async function replay(
  tx: Tx,
  { endpointId, messageId, from, to }: { endpointId: string; messageId?: string; from?: Date; to?: Date },
  at: Date,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_message')
    .set({ state: 'DUE', tries: 0, next_at: at, ended_at: null })
    .where('endpoint_id', '=', endpointId)
    .$if(messageId !== undefined, (query) => query.where('id', '=', messageId ?? ''))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? at))
    .$if(to !== undefined, (query) => query.where('at', '<=', to ?? at))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Forgets messages of long ago, and their tries. Answers how many. */
export async function dropOld(tx: Tx, before: Date, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    with old as (select id from webhook_message where at < ${before} order by at limit ${limit}),
    tries as (delete from webhook_try t using old where t.message_id = old.id)
    delete from webhook_message m using old where m.id = old.id`.execute(tx)
  return Number(numAffectedRows)
}
