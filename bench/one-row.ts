import pg from 'pg'
import { CALLERS, SECONDS } from './measure.ts'

/** What PostgreSQL does with one row and nothing else: as many connections as callers, each taking one piece a transaction. */
export async function oneRow(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: CALLERS })
  await pool.query(
    'create table raw_row (id int primary key, pieces int not null check (pieces >= 0)) with (fillfactor = 50)',
  )
  await pool.query('insert into raw_row values (1, 100000000)')
  const warm = performance.now() + 1000
  const end = warm + SECONDS * 1000
  let count = 0
  const caller = async () => {
    const client = await pool.connect()
    while (performance.now() < end) {
      await client.query({
        name: 'take',
        text: 'update raw_row set pieces = pieces - 1 where id = 1 and pieces >= 1',
      })
      if (performance.now() > warm && performance.now() <= end) count++
    }
    client.release()
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  await pool.query('drop table raw_row')
  await pool.end()
  return Math.round(count / SECONDS)
}
