import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const members: readonly Guard[] = [
  {
    name: 'age of a member card',
    file: `${R}/members/card.ts`,
    find: "return age < WINDOWS_GOOD * WINDOW_SECONDS ? 'fits' : 'expired'",
    replace: "return 'fits'",
    tests: [`${R}/members/card.test.ts`],
  },
  {
    name: 'a member card from ahead of now',
    file: `${R}/members/card.ts`,
    find: "if (age < -AHEAD_SECONDS) return 'ahead'",
    replace: '',
    tests: [`${R}/members/card.test.ts`],
  },
  {
    name: 'signature of a member card',
    file: `${R}/members/card.ts`,
    find: '!key || !isSignedBy(token, key) ||',
    replace: '!key ||',
    tests: [`${R}/members/card.test.ts`],
  },
  {
    name: 'a retired key',
    file: `${R}/members/card.ts`,
    find: ' || (key.until && key.until <= at)',
    replace: '',
    tests: [`${R}/members/card.test.ts`],
  },
  {
    name: 'a blocked member at a till',
    file: `${R}/members/identifying.ts`,
    find: 'return holder.blocked ? { refusal: blocked } : { memberId: holder.id }',
    replace: 'return { memberId: holder.id }',
    tests: [`${STORIES}/member-cards.test.ts`],
  },
  {
    name: 'digits are judged as of now',
    file: `${R}/members/identifying.ts`,
    find: 'judgeCode(mac, card.number, card.code, clock.now())',
    replace: 'judgeCode(mac, card.number, card.code, at)',
    tests: [`${STORIES}/member-cards.test.ts`],
  },
]
