import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const RULES = [`${STORIES}/audience-rules.test.ts`]
const STORY = [`${STORIES}/audiences.test.ts`]
const COUNTING = `${R}/audiences/counting.sql.ts`
const SNAPSHOTS = `${R}/audiences/snapshots.sql.ts`

export const audiences: readonly Guard[] = [
  {
    name: 'audiences: whoever switched marketing off is in none',
    file: COUNTING,
    find: 'where w.member_id = b.id and not w.agreed',
    replace: 'where w.member_id = b.id and false',
    tests: RULES,
  },
  {
    name: 'audiences: the last word on marketing counts',
    file: COUNTING,
    find: 'max(id * 2 + agreed::int) % 2 = 1',
    replace: 'min(id * 2 + agreed::int) % 2 = 1',
    tests: RULES,
  },
  {
    name: 'audiences: who is blocked is nobody to choose from',
    file: COUNTING,
    find: 'select id from member where not blocked',
    replace: 'select id from member',
    tests: RULES,
  },
  {
    name: 'audiences: counting writes nothing',
    file: COUNTING,
    find: ", set_config('transaction_read_only', 'on', true)",
    replace: '',
    tests: RULES,
  },
  {
    name: 'audiences: counting ends in time',
    file: COUNTING,
    find: "set_config('statement_timeout', ${String(milliseconds)}, true)",
    replace: "set_config('statement_timeout', '0', true)",
    tests: RULES,
  },
  {
    name: 'audiences: a rule is looked at before it is asked',
    file: `${R}/audiences/counting.ts`,
    find: '): Promise<T> {\n    requireSound(rule)',
    replace: '): Promise<T> {',
    tests: RULES,
  },
  {
    name: 'audiences: whoever has none is within a bound that allows none',
    file: `${R}/audiences/compile.sql.ts`,
    find: 'const withNone = within(condition, FACTS[condition.fact].absent)',
    replace: 'const withNone = false && within(condition, FACTS[condition.fact].absent)',
    tests: RULES,
  },
  {
    name: 'audiences: a draft that somebody else changed is not overwritten',
    file: `${R}/audiences/audiences.sql.ts`,
    find: ' and revision = ${revision}',
    replace: '',
    tests: STORY,
  },
  {
    name: 'audiences: a night is taken once',
    file: SNAPSHOTS,
    find: "on conflict (audience_id, day) where cause = 'nightly' do nothing returning id",
    replace: 'returning id',
    tests: STORY,
  },
  {
    name: 'audiences: the newest night is kept, and what it is compared with',
    file: SNAPSHOTS,
    find: 'where s.id in (n.id, n.before_id)',
    replace: 'where s.id = n.id',
    tests: STORY,
  },
  {
    name: 'audiences: members of old nights are let go',
    file: SNAPSHOTS,
    find: 's.day < ${before}::date and s.released_at is null',
    replace: 'false and s.day < ${before}::date',
    tests: STORY,
  },
  {
    name: 'audiences: a tag of an audience is not put on by hand',
    file: `${R}/audiences/tags.ts`,
    find: 'if (tag.automatic) refuse(tagAutomatic)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'audiences: a tag is in the trail once',
    file: `${R}/audiences/tags.sql.ts`,
    find: 'return numAffectedRows === 1n\n}\nexport async function takeTag',
    replace: 'return numAffectedRows >= 0n\n}\nexport async function takeTag',
    tests: STORY,
  },
  {
    name: 'audiences: everybody is scored once a night by each rule',
    file: `${R}/audiences/rfm.sql.ts`,
    find: 'on conflict (rule, day) do nothing returning id',
    replace: 'returning id',
    tests: [`${STORIES}/rfm.test.ts`],
  },
]
