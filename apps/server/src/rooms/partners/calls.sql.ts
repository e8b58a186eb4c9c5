import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { AnsweredCall } from '#kernel/signed'

/** False where there is no such key: who made one up leaves no row. */
export async function insertCall(tx: Tx, call: AnsweredCall & { id: string; at: Date }): Promise<boolean> {
  const { rows } = await sql`
    insert into partner_call (id, at, partner_id, key_id, method, route, store_id, status, code, ms, request_id)
    select ${call.id}, ${call.at}, partner_id, id, ${call.method}, ${call.route}, ${call.storeId}, ${call.status}, ${call.code}, ${call.ms},
      ${call.requestId} from partner_key where id = ${call.keyId} returning 1`.execute(tx)
  return rows.length === 1
}

export interface CallFilter {
  partnerId: string | undefined
  storeId: string | undefined
  outcome: 'done' | 'refused' | undefined
  q: string | undefined
}
const matching = (db: Reader, { partnerId, storeId, outcome, q }: CallFilter) =>
  db
    .selectFrom('partner_call as c')
    .$if(partnerId !== undefined, (query) => query.where('c.partner_id', '=', partnerId ?? ''))
    .$if(storeId !== undefined, (query) => query.where('c.store_id', '=', storeId ?? ''))
    .$if(outcome !== undefined, (query) => query.where('c.status', outcome === 'done' ? '<' : '>=', 400))
    .$if(q !== undefined, (query) =>
      query.where(
        sql<boolean>`strpos(lower(concat_ws(' ', c.route, c.code, c.key_id, c.request_id)), lower(${q ?? ''})) > 0`,
      ),
    )

/** Newest first. */
export const listCalls = (
  db: Reader,
  filter: CallFilter,
  { limit, offset }: { limit: number; offset: number },
) =>
  matching(db, filter)
    .innerJoin('partner as p', 'p.id', 'c.partner_id')
    .select(['c.id', 'c.at', 'p.id as partnerId', 'p.name as partnerName', 'c.key_id as keyId', 'c.method'])
    .select(['c.route', 'c.store_id as storeId', 'c.status', 'c.code', 'c.ms', 'c.request_id as requestId'])
    .orderBy('c.at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export async function countCalls(db: Reader, filter: CallFilter): Promise<number> {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function dropCalls(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('partner_call').where('at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
