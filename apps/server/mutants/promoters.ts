import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/promoters.test.ts`]
const RULES = [`${R}/promoters/rules.test.ts`]

export const promoters: readonly Guard[] = [
  {
    name: 'a note of a scan that we did not sign',
    file: `${R}/promoters/touches.ts`,
    find: ' || !secrets.signatureFits(PURPOSE, text, signature)',
    replace: '',
    tests: RULES,
  },
  {
    name: 'who was a customer before',
    file: `${R}/promoters/rules.ts`,
    find: ' || coming.orderedBefore',
    replace: '',
    tests: RULES,
  },
  {
    name: 'a guide on their own telephone',
    file: `${R}/promoters/rules.ts`,
    find: ' || coming.staffDevice',
    replace: '',
    tests: RULES,
  },
  {
    name: 'a reward before the after-sale term is over',
    file: `${R}/promoters/guidance.sql.ts`,
    find: ' + make_interval(days => t.hold_days)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'a reward of money that went back',
    file: `${R}/promoters/guiding.ts`,
    find: 'of await sql.reverseRefunded(tx, now))',
    replace: 'of [] as sql.RewardBack[])',
    tests: STORY,
  },
  {
    name: 'guides of other stores',
    file: `${R}/promoters/league.ts`,
    find: 'const storeIds = storeId ? [storeId] : staff.scopeOf(actor)',
    replace: 'const storeIds = storeId ? [storeId] : null',
    tests: STORY,
  },
]
