import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface KeptLine {
  skuId: string
  quantity: number
  selected: boolean
}

export const linesOf = (db: Reader, memberId: string, storeId: string): Promise<KeptLine[]> =>
  db
    .selectFrom('cart_line')
    .select(['sku_id as skuId', 'quantity', 'selected'])
    .where('member_id', '=', memberId)
    .where('store_id', '=', storeId)
    .orderBy('added_at')
    .orderBy('sku_id')
    .execute()

/** Makes changes of one cart take turns until the transaction ends: the limit on its lines rests on it. */
export const lockCart = async (tx: Tx, memberId: string, storeId: string): Promise<boolean> => {
  const { rows } =
    await sql`select pg_advisory_xact_lock(hashtextextended(${`cart ${memberId} ${storeId}`}, 0))`.execute(tx)
  return rows.length === 1
}

export interface LineChange {
  memberId: string
  storeId: string
  skuId: string
  quantity: number
  /** Null keeps what was chosen before; a new line is selected. */
  selected: boolean | null
  at: Date
  /** Different goods one cart may hold. */
  most: number
}

/** Puts the line in, or changes it; false when the cart is full of other goods. */
export async function putLine(tx: Tx, line: LineChange): Promise<boolean> {
  const { rows } = await sql<{ sku_id: string }>`
    insert into cart_line (member_id, store_id, sku_id, quantity, selected, added_at)
    select ${line.memberId}::uuid, ${line.storeId}::text, ${line.skuId}::uuid, ${line.quantity}::int, coalesce(${line.selected}::boolean, true), ${line.at}::timestamptz
    where (select count(*) from cart_line
           where member_id = ${line.memberId}::uuid and store_id = ${line.storeId}::text and sku_id <> ${line.skuId}::uuid) < ${line.most}::int
    on conflict (member_id, store_id, sku_id) do update
      set quantity = excluded.quantity, selected = coalesce(${line.selected}::boolean, cart_line.selected)
    returning sku_id`.execute(tx)
  return rows.length === 1
}

/** Returns how many lines were removed. */
export async function removeLines(
  tx: Tx,
  memberId: string,
  storeId: string,
  skuIds: readonly string[],
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('cart_line')
    .where('member_id', '=', memberId)
    .where('store_id', '=', storeId)
    .where('sku_id', 'in', [...skuIds])
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
