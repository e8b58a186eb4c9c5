import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const CLAIMS = [`${R}/coupons/claims.test.ts`]
const claims = (name: string, find: string, replace: string): Guard => ({
  name,
  file: `${R}/coupons/claims.ts`,
  find,
  replace,
  tests: CLAIMS,
})
const CHOOSER = ['test/pricing/chooser.test.ts']

export const couponClaims: readonly Guard[] = [
  claims('only what is offered is claimed', 'template?.way !== claim.way', 'template === undefined'),
  claims('no more of a coupon than a person may have', 'had.mine + had.others >= template.mostEach', 'false'),
  claims('a limit counts other accounts of the same phone', 'had.mine + had.others >=', 'had.mine >='),
  claims(
    'a coupon that is not offered now is not claimed',
    'if (!isOffered(template, claim.at))',
    'if (false)',
  ),
  claims('a coupon for known phones asks for one', 'template.needsPhone && claim.phone === null', 'false'),
  claims(
    'no more coupons than the template says',
    'return left > 0 ? undefined :',
    'return true ? undefined :',
  ),
  claims('no more a day than the template says', 'Math.min(ever, todays)', 'ever'),
  claims('a budget that is promised is kept', ': Math.floor(budgetFen / worthFen)', ': most'),
  claims('a budget that is used up gives no more', 'usedFen < budgetFen ? most : 0', 'most'),
  claims('a code is used once', 'if (known.couponId === null) return undefined', 'return undefined'),
  claims('a gift is paid for', 'if (!bought) return', 'if (bought === null) return'),
  {
    name: 'a gift is not bought with points that are over',
    file: `${R}/ledgers/points.ts`,
    find: 'const usable = usableLots(account, stamp.today)\n  return take(usable, points).map((part) =>',
    replace: 'const usable = account.lots\n  return take(usable, points).map((part) =>',
    tests: CLAIMS,
  },
  {
    name: 'an order brings its coupon when it keeps what that asks for',
    file: `${R}/coupons/due.sql.ts`,
    find: 'o.paid_fen - o.refunded_fen >= t.pay_from_fen',
    replace: 'true',
    tests: [`${STORIES}/coupon-due.test.ts`],
  },
  {
    name: 'a coupon of an order goes with its refund',
    file: `${R}/coupons/due.sql.ts`,
    find: 'o.paid_fen - o.refunded_fen < t.pay_from_fen',
    replace: 'false',
    tests: [`${STORIES}/coupon-due.test.ts`],
  },
  {
    name: 'who guesses codes waits',
    file: `${R}/coupons/codes.ts`,
    find: 'if (misses <= MISSES_AT_MOST) return',
    replace: 'if (misses > 0) return',
    tests: [`${STORIES}/coupon-codes.test.ts`],
  },
  {
    name: 'a gift that is taken away gives its points back',
    file: `${R}/coupons/granted.ts`,
    find: 'await ledgers.returnGifts(tx, withdrawn,',
    replace: 'await ledgers.returnGifts(tx, [],',
    tests: [`${STORIES}/coupon-codes.test.ts`],
  },
  {
    name: 'a coupon for a first order is not used on a second',
    file: `${R}/pricing/applies.ts`,
    find: 'firstOrder && order.boughtBefore',
    replace: 'false',
    tests: ['test/pricing/rules.test.ts'],
  },
  {
    name: 'one first order, whoever asks at once',
    file: 'db/migrations/0014_coupons.sql',
    find: 'create unique index member_coupon_first_order',
    replace: 'create index member_coupon_first_order',
    tests: ['test/races/benefit-tables.test.ts'],
  },
  {
    name: 'what may beat the best is tried',
    file: `${R}/pricing/coupons.ts`,
    find: 'if (leastFen !== totalFen) return leastFen < totalFen',
    replace: 'if (leastFen !== totalFen) return leastFen < totalFen - 1',
    tests: CHOOSER,
  },
  {
    name: 'of equal sums what earns more is tried',
    file: `${R}/pricing/coupons.ts`,
    find: 'return more !== 0 ? more > 0 : set.length < best.coupons.length',
    replace: 'return false',
    tests: CHOOSER,
  },
]
