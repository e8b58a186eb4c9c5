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
  {
    name: 'growth of a purchase that was counted already',
    file: `${R}/tiers/counting.ts`,
    find: 'growthOf(each.keptFen, each.growthPerYuan) - each.counted',
    replace: 'growthOf(each.keptFen, each.growthPerYuan)',
    tests: [`${STORIES}/tiers.test.ts`],
  },
  {
    name: 'growth before the after-sales term is over',
    file: `${R}/tiers/growth.sql.ts`,
    find: ' and count_at <= ${now} order by purchase_id for no key update',
    replace: ' and ${now}::timestamptz is not null order by purchase_id for no key update',
    tests: [`${STORIES}/tiers.test.ts`],
  },
  {
    name: 'a tier within its period',
    file: `${R}/tiers/ladder.ts`,
    find: 'return higher(reached, tiers.find(({ code }) => code === now) ?? reached)',
    replace: 'return now === reached.code ? higher(reached, reached) : reached',
    tests: [`${R}/tiers/ladder.test.ts`],
  },
  {
    name: 'a tier that gets less than a lower one',
    file: `${R}/tiers/ladder.ts`,
    find: ' && b.pointsTimesBp >= a.pointsTimesBp',
    replace: '',
    tests: [`${R}/tiers/ladder.test.ts`],
  },
  {
    name: 'member price and online price are not added up',
    file: `${R}/pricing/benefits.ts`,
    find: 'memberPrice(shelfFen, tier.offBp)',
    replace: 'memberPrice(Math.min(shelfFen, 1250), tier.offBp)',
    tests: [`${R}/pricing/pricing.test.ts`],
  },
  {
    name: 'growth follows its postings',
    file: 'db/migrations/0020_membership.sql',
    find: " and pg_trigger_depth() < 2) then\n    raise exception 'growth follows its postings'",
    replace: " and new.growth is null) then\n    raise exception 'growth follows its postings'",
    tests: [`${STORIES}/tiers.test.ts`],
  },
]
