import type pg from 'pg'
import { seedId } from './ids.ts'

/** Like the goods' prices, from before the first start. */
const SINCE = '2026-11-16T00:00:00Z'

type SeedRule = { label: string; atFen: number; offFen: number; categoryIds: readonly string[] }
/** What the chain takes off, in every store. Both are of one group: an order gets the better one. */
export const RULES: readonly SeedRule[] = [
  { label: '粮油满59减5', atFen: 5900, offFen: 500, categoryIds: ['L'] },
  { label: '满99减8', atFen: 9900, offFen: 800, categoryIds: [] },
]

export async function plantRules(client: pg.Client): Promise<void> {
  for (const { label, atFen, offFen, categoryIds } of RULES)
    await client.query(
      `insert into price_rule (id, stage, label, steps, stack_group, funding, category_ids, starts_at, created_at, created_by)
       values ($1, 'step', $2, $3, 'step', 'hq', $4, $5, $5, 'seed')`,
      [
        seedId(`price rule ${label}`),
        label,
        JSON.stringify([{ atFen, atPieces: 0, offFen, offBp: 0 }]),
        categoryIds,
        SINCE,
      ],
    )
}
