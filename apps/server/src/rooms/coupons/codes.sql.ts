import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface BatchRow {
  id: string
  templateId: string
  count: number
  made: number
  used: number
  createdAt: Date
  createdBy: string
}
/** Made once for a key: undefined when it was before. */
export async function insertBatch(
  tx: Tx,
  row: Pick<BatchRow, 'id' | 'templateId' | 'count' | 'createdAt' | 'createdBy'> & { key: string },
): Promise<{ id: string } | undefined> {
  return tx
    .insertInto('coupon_code_batch')
    .values({
      id: row.id,
      template_id: row.templateId,
      key: row.key,
      count: row.count,
      created_at: row.createdAt,
      created_by: row.createdBy,
    })
    .onConflict((conflict) => conflict.columns(['template_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
}

/** Of one template, or one with this key or id; newest first. */
export async function listBatches(
  db: Reader,
  { templateId, key, id }: { templateId?: string; key?: string; id?: string },
): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    select b.id, b.template_id as "templateId", b.count, b.made, b.created_at as "createdAt", b.created_by as "createdBy",
      (select count(*)::int from coupon_code c where c.batch_id = b.id and c.used_at is not null) as used
    from coupon_code_batch b
    where (${templateId ?? null}::uuid is null or b.template_id = ${templateId ?? null}) and (${key ?? null}::text is null or b.key = ${key ?? null})
      and (${id ?? null}::uuid is null or b.id = ${id ?? null})
    order by b.created_at desc, b.id desc limit 100`.execute(db)
  return rows
}

/** How many codes of a template there are or will be. */
export const sumCodes = (tx: Tx, templateId: string): Promise<{ count: number }> =>
  tx
    .selectFrom('coupon_code_batch')
    .select(sql<number>`coalesce(sum(count), 0)::int`.as('count'))
    .where('template_id', '=', templateId)
    .executeTakeFirstOrThrow()

/** The oldest batch that is not whole yet, locked; undefined when all are, or another process is at it. */
export const lockUnmade = (tx: Tx): Promise<{ id: string; count: number; made: number } | undefined> =>
  tx
    .selectFrom('coupon_code_batch')
    .select(['id', 'count', 'made'])
    .whereRef('made', '<', 'count')
    .orderBy('created_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

/** Adds codes to a batch and counts them; all or none. */
export async function insertCodes(
  tx: Tx,
  { batchId, codes }: { batchId: string; codes: readonly { n: number; hash: Buffer; cipher: Buffer }[] },
): Promise<number> {
  const { rows } = await sql`
    with counted as (update coupon_code_batch set made = made + ${codes.length} where id = ${batchId})
    insert into coupon_code (batch_id, n, hash, cipher)
    select ${batchId}, * from unnest(${codes.map(({ n }) => n)}::int[], ${codes.map(({ hash }) => hash)}::bytea[],
      ${codes.map(({ cipher }) => cipher)}::bytea[]) returning n`.execute(tx)
  return rows.length
}

/** Which template a code or a word stands for. */
export async function findWanted(
  db: Reader,
  { hash, word }: { hash: Buffer; word: string },
): Promise<{ templateId: string; way: 'code' | 'word' } | undefined> {
  const { rows } = await sql<{ templateId: string; way: 'code' | 'word' }>`
    select b.template_id as "templateId", 'code' as way from coupon_code c join coupon_code_batch b on b.id = c.batch_id where c.hash = ${hash}
    union all select id, 'word' from coupon_template where word = ${word} and ended_at is null`.execute(db)
  return rows[0]
}

export interface CodeRow {
  n: number
  cipher: Buffer
  usedAt: Date | null
}
export const listCodes = (
  tx: Tx,
  { batchId, after, limit }: { batchId: string; after: number; limit: number },
): Promise<CodeRow[]> =>
  tx
    .selectFrom('coupon_code')
    .select(['n', sql<Buffer>`cipher`.as('cipher'), 'used_at as usedAt'])
    .where('batch_id', '=', batchId)
    .where('n', '>', after)
    .orderBy('n')
    .limit(limit)
    .execute()

/** Counts a try of a member before it is judged; tries older than `from` are forgotten. */
export async function countGuess(
  tx: Tx,
  { memberId, at, from }: { memberId: string; at: Date; from: Date },
): Promise<{ misses: number; since: Date }> {
  const { rows } = await sql<{ misses: number; since: Date }>`
    insert into coupon_guess as g (member_id, misses, since) values (${memberId}, 1, ${at})
    on conflict (member_id) do update set misses = case when g.since <= ${from} then 1 else g.misses + 1 end,
      since = case when g.since <= ${from} then excluded.since else g.since end
    returning misses, since`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('a guess was not counted')
  return row
}
/** It was no guess. */
export const forgiveGuess = (tx: Tx, memberId: string): Promise<unknown> =>
  tx
    .updateTable('coupon_guess')
    .set({ misses: sql<number>`greatest(misses - 1, 0)` })
    .where('member_id', '=', memberId)
    .executeTakeFirst()
