import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/drops.test.ts`]
const ARITHMETIC = [`${R}/drops/uplift.test.ts`]

export const drops: readonly Guard[] = [
  {
    name: 'drops: who never agreed to marketing',
    file: `${R}/drops/rounds.sql.ts`,
    find: "when not coalesce(said.agreed and said.wording >= ${PRESENTS_AGREED_FROM}, false) then 'no_consent'",
    replace: '',
    tests: STORY,
  },
  {
    name: 'drops: who had so many messages',
    file: `${R}/drops/rounds.sql.ts`,
    find: ">= ${mostMessages} then 'capped'",
    replace: ">= 1000 + ${mostMessages} then 'capped'",
    tests: STORY,
  },
  {
    name: 'drops: one round a day',
    file: `${R}/drops/rounds.sql.ts`,
    find: 'return numInsertedOrUpdatedRows === 1n',
    replace: 'return numInsertedOrUpdatedRows !== undefined',
    tests: STORY,
  },
  {
    name: 'drops: who is one too many',
    file: `${R}/drops/rounds.ts`,
    find: 'already + drawn.members.length >= mostMembers',
    replace: 'already > mostMembers',
    tests: STORY,
  },
  {
    name: 'drops: members who withdraw stop it',
    file: `${R}/drops/terms.ts`,
    find: "optedOut * 10_000 > told * mostOptOutBp) return 'opt_outs'",
    replace: "optedOut > told) return 'opt_outs'",
    tests: STORY,
  },
  {
    name: 'drops: no verdict before the days are over',
    file: `${R}/drops/uplift.ts`,
    find: "verdict: over ? verdict : 'waiting'",
    replace: 'verdict',
    tests: ARITHMETIC,
  },
  {
    name: 'drops: no evidence is called so',
    file: `${R}/drops/uplift.ts`,
    find: "share.low > 0 ? 'useful'",
    replace: "share.value > 0 ? 'useful'",
    tests: ARITHMETIC,
  },
  {
    name: 'drops: who changes what they have not seen',
    file: `${R}/drops/desk.ts`,
    find: 'if (before.version !== version) refuse(problems.changedSince)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'drops: terms of what runs, by the table',
    file: 'db/migrations/0042_drops.sql',
    find: "when (old.state <> 'DRAFT' and",
    replace: 'when (false and',
    tests: STORY,
  },
]
