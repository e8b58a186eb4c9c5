import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/shares.test.ts`]
const DRAWN = [`${STORIES}/shares-drawn.test.ts`]

export const shares: readonly Guard[] = [
  {
    name: 'the opening of one’s own share, on the telephone it was made on',
    file: `${R}/shares/opening.ts`,
    find: 'share.deviceHash?.equals(hash)',
    replace: 'false',
    tests: STORY,
  },
  {
    name: 'what was opened on another telephone and turns out to be one’s own',
    file: `${R}/shares/opening.ts`,
    find: '    await sql.dropOwn(tx, asked)\n',
    replace: '',
    tests: STORY,
  },
  {
    name: 'a member who opened the same share on another telephone before',
    file: `${R}/shares/opening.sql.ts`,
    find: ' and e.member_id = ${memberId} and e.counts)',
    replace: ' and e.member_id = ${memberId} and e.counts and false)',
    tests: STORY,
  },
  {
    name: 'what was opened after an order was placed',
    file: `${R}/shares/attributing.sql.ts`,
    find: ' and s.opened_at <= o.placed_at',
    replace: '',
    tests: STORY,
  },
  {
    name: 'the days of the terms',
    file: `${R}/shares/attributing.sql.ts`,
    find: 'coalesce(t.days, ${sql.lit(DAYS_AT_FIRST)})',
    replace: '30',
    tests: STORY,
  },
  {
    name: 'terms that are switched off',
    file: `${R}/shares/attributing.sql.ts`,
    find: '  where coalesce(t.active, true)`',
    replace: '  where true`',
    tests: STORY,
  },
  {
    name: 'shares of other stores',
    file: `${R}/shares/reading.ts`,
    find: 'if (!share || (scope && !scope.includes(share.storeId))) return refuse(shareMissing)',
    replace: 'if (!share) return refuse(shareMissing)',
    tests: STORY,
  },
  {
    name: 'new shares in an hour',
    file: `${R}/shares/sharing.ts`,
    find: 'const MOST_AN_HOUR = 60',
    replace: 'const MOST_AN_HOUR = 600',
    tests: DRAWN,
  },
  {
    name: 'pictures drawn in an hour',
    file: `${R}/shares/pictures.ts`,
    find: 'const MOST_AN_HOUR = 60',
    replace: 'const MOST_AN_HOUR = 600',
    tests: DRAWN,
  },
]
