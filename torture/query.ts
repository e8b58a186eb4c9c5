import { Pool } from 'pg'

/** Looks into the product's books: for invariants, never for deciding what to do. */
export type Query = <T extends object>(text: string, values?: unknown[]) => Promise<T[]>

export interface Reader {
  query: Query
  pool: Pool
  close(): Promise<void>
}

/** A pool that outlives a PostgreSQL that is killed. Of one connection, so that a test may try something in a transaction and take it back. */
export function openReader(url: string): Reader {
  const pool = new Pool({ connectionString: url, max: 1 })
  pool.on('error', () => {})
  return {
    pool,
    query: async <T extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<T & Record<string, unknown>>(text, values)).rows,
    close: () => pool.end(),
  }
}
