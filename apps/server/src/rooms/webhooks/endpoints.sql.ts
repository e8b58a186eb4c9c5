import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export type WebhookTopic = 'orders' | 'sales' | 'stock'
export interface Endpoint {
  id: string
  name: string
  url: string
  topics: WebhookTopic[]
  storeIds: string[] | null
  active: boolean
  beforeUntil: Date | null
  failingSince: Date | null
  stoppedAt: Date | null
  createdAt: Date
}
export interface Secrets {
  secretSealed: Buffer
  beforeSealed: Buffer | null
}
const select = (db: Reader) =>
  db
    .selectFrom('webhook_endpoint')
    .select(['id', 'name', 'url', 'store_ids as storeIds', 'active', 'before_until as beforeUntil'])
    .select(['failing_since as failingSince', 'stopped_at as stoppedAt', 'created_at as createdAt'])
    .select(sql<WebhookTopic[]>`topics`.as('topics'))

export const listEndpoints = (db: Reader): Promise<Endpoint[]> => select(db).orderBy('created_at').execute()
export const findEndpoint = (db: Reader, id: string): Promise<(Endpoint & Secrets) | undefined> =>
  select(db)
    .select(['secret_sealed as secretSealed', 'before_sealed as beforeSealed'])
    .where('id', '=', id)
    .executeTakeFirst()
export const lockEndpoint = (tx: Tx, id: string): Promise<(Endpoint & Secrets) | undefined> =>
  select(tx)
    .select(['secret_sealed as secretSealed', 'before_sealed as beforeSealed'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export interface EndpointValues {
  name: string
  url: string
  topics: readonly WebhookTopic[]
  storeIds: readonly string[] | null
}
const columnsOf = ({ name, url, topics, storeIds }: EndpointValues) => ({
  name,
  url,
  topics: [...topics],
  store_ids: storeIds && [...storeIds],
})
export async function insertEndpoint(
  tx: Tx,
  {
    id,
    values,
    sealed,
    at,
    by,
  }: { id: string; values: EndpointValues; sealed: Buffer; at: Date; by: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('webhook_endpoint')
    .values({ id, ...columnsOf(values), secret_sealed: sealed, created_at: at, created_by: by })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** Starting an endpoint again forgets that it failed. */
export async function updateEndpoint(
  tx: Tx,
  id: string,
  { active, ...values }: EndpointValues & { active: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_endpoint')
    .set({ ...columnsOf(values), active, ...(active ? { stopped_at: null, failing_since: null } : {}) })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export async function rotateSecret(
  tx: Tx,
  id: string,
  { sealed, until }: { sealed: Buffer; until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_endpoint')
    .set({ before_sealed: sql`secret_sealed`, before_until: until, secret_sealed: sealed })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Something arrived there: nothing is failing any more. */
export async function setArrived(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_endpoint')
    .set({ failing_since: null })
    .where('id', '=', id)
    .where('failing_since', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
/** Nothing arrived; stops the endpoint when that has been so since before `stopBefore`. Answers whether it was stopped now. */
export async function setFailing(
  tx: Tx,
  id: string,
  { at, stopBefore }: { at: Date; stopBefore: Date },
): Promise<boolean> {
  const { rows } = await sql<{ stopped: boolean }>`
    update webhook_endpoint set failing_since = coalesce(failing_since, ${at}),
      active = active and coalesce(failing_since, ${at}) > ${stopBefore},
      stopped_at = case when active and coalesce(failing_since, ${at}) <= ${stopBefore} then ${at} else stopped_at end
    where id = ${id} returning stopped_at = ${at} as stopped`.execute(tx)
  return rows[0]?.stopped === true
}
