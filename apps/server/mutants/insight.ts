import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/insight-facts.test.ts`]

export const insight: readonly Guard[] = [
  {
    name: 'insight: one writer of the sums at a time',
    file: `${R}/insight/noting.ts`,
    find: 'await sql.takeTurn(tx)\n  const purchases',
    replace: 'const purchases',
    tests: STORY,
  },
  {
    name: 'insight: what was noted of a purchase before',
    file: `${R}/insight/noting.ts`,
    find: 'additions(purchases, noted)',
    replace: 'additions(purchases, noted.size > 1000 ? noted : new Map())',
    tests: STORY,
  },
  {
    name: 'insight: what staff redeem is no sale of theirs',
    file: `${R}/insight/purchases.sql.ts`,
    find: ' and s.partner_id is not null',
    replace: '',
    tests: STORY,
  },
  {
    name: 'insight: an order that is not paid is no purchase',
    file: `${R}/insight/purchases.sql.ts`,
    find: "e.order_id = o.id and to_state in ('PAID', 'WAIT_GOODS')",
    replace: 'e.order_id = o.id',
    tests: STORY,
  },
]
