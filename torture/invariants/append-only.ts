import type { Query } from '../query.ts'
import { examples, type Invariant } from './evidence.ts'

/** The rows of every append-only table at one moment, as hashes. */
export type Keepsake = ReadonlyMap<string, readonly string[]>

/** The tables whose rows the database itself refuses to change, whatever the row. */
const TABLES = `select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
  where p.proname = 'refuse_change' and t.tgqual is null order by 1`

/** Remembers what is written now, to see later that it still is. */
export async function remember(query: Query): Promise<Keepsake> {
  const rows = new Map<string, readonly string[]>()
  for (const { name } of await query<{ name: string }>(TABLES)) {
    const found = await query<{ hash: string }>(`select md5(t::text) as hash from "${name}" t`)
    rows.set(
      name,
      found.map(({ hash }) => hash),
    )
  }
  return rows
}

export const appendOnly: Invariant = {
  name: 'what was written once in an append-only table is there, unchanged',
  async broken({ query, keepsakes }) {
    const now = await remember(query)
    const faults = new Map<string, number>()
    for (const before of keepsakes)
      for (const [name, hashes] of before) {
        const there = new Set(now.get(name) ?? [])
        const gone = hashes.filter((hash) => !there.has(hash)).length
        if (gone > 0) faults.set(name, Math.max(gone, faults.get(name) ?? 0))
      }
    if (now.size === 0) return ['no table is append-only']
    return [...faults].flatMap(([name, gone]) => examples(this.name, [{ name, gone }]))
  },
}
