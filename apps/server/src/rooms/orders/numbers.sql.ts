import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

/** The next `count` values of the counter that all processes share. */
export async function takeNumbers(db: Reader, count: number): Promise<number[]> {
  const { rows } = await sql<{
    value: number
  }>`select nextval('order_number_seq') as value from generate_series(1, ${count})`.execute(db)
  return rows.map(({ value }) => value)
}
