import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = `${STORIES}/ledger-checks.test.ts`
const SQL = `${R}/ledgers/sum-check.sql.ts`
const VERBS = `${R}/ledgers/sum-check.ts`

/** What finds out whether somebody got around the ledgers' triggers. */
export const ledgerChecks: readonly Guard[] = [
  {
    name: 'sum check · accounts of points',
    file: SQL,
    find: "where coalesce(f.stands, 0) <> coalesce(f.posted, 0)\n      union all\n      select member_id, 'lot'",
    replace: "where false\n      union all\n      select member_id, 'lot'",
    tests: [STORY],
  },
  {
    name: 'sum check · lots',
    file: SQL,
    find: 'where coalesce(l.available, 0) <> coalesce(p.available, 0)',
    replace: 'where false',
    tests: [STORY],
  },
  {
    name: 'sum check · spends',
    file: SQL,
    find: 'where coalesce(f.stands, 0) <> coalesce(f.posted, 0)) x',
    replace: 'where false) x',
    tests: [STORY],
  },
  {
    name: 'sum check · grants',
    file: SQL,
    find: "('frozen', g.frozen, p.frozen)",
    replace: "('frozen', g.frozen, g.frozen)",
    tests: [STORY],
  },
  {
    name: 'sum check · accounts without postings, and the other way round',
    file: SQL,
    find: 'from points_account a full join',
    replace: 'from points_account a join',
    tests: [STORY],
  },
  {
    name: 'sum check · money set aside',
    file: SQL,
    find: "('held', a.held_fen, p.held)",
    replace: "('held', a.held_fen, a.held_fen)",
    tests: [STORY],
  },
  {
    name: 'sum check · one at a time',
    file: SQL,
    find: 'return rows[0]?.mine === true',
    replace: 'return rows.length === 1',
    tests: [STORY],
  },
  {
    name: 'sum check · the whole chain’s errand',
    file: VERBS,
    find: 'if (storeIds !== null) return []',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'sum check · not before three',
    file: 'src/kernel/nightly-check.ts',
    find: 'timeOfDay(now) < NOT_BEFORE || ',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'sum check · stores of others',
    file: `${R}/inventory/sum-check.sql.ts`,
    find: "where ${storeIds}::text[] is null or f ->> 'storeId' = any(${storeIds}::text[])",
    replace: 'where true',
    tests: [`${STORIES}/stock-lots.test.ts`],
  },
  {
    name: 'table · a check that contradicts itself',
    file: 'db/migrations/0019_stored_value.sql',
    find: ' check (jsonb_array_length(faults) = least(wrong, 100))',
    replace: '',
    tests: [STORY],
  },
]
