import type pg from 'pg'

type Cell = string | number | boolean | null | Buffer

/** Insert many rows in one statement. `columns` names each column with its SQL type. */
export async function insertRows<Row extends Readonly<Record<string, Cell>>>(
  client: pg.ClientBase,
  table: string,
  columns: { readonly [Column in keyof Row & string]: string },
  rows: readonly Row[],
): Promise<void> {
  const names = Object.keys(columns) as (keyof Row & string)[]
  const arrays = names.map((name, index) => `$${index + 1}::${columns[name]}[]`)
  await client.query(
    `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`,
    names.map((name) => rows.map((row) => row[name])),
  )
}
