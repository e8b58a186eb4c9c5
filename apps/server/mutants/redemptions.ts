import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = `${STORIES}/till-staff.test.ts`
const COUNTER = `${R}/tills/counter.ts`
const REDEMPTIONS = `${R}/tills/redemptions.ts`

export const redemptions: readonly Guard[] = [
  {
    name: 'redemptions · staff of another store',
    file: COUNTER,
    find: 'const { storeId, couponIds, expectPayFen } = wish\n  room.staff.requireScope(actor, storeId)',
    replace: 'const { storeId, couponIds, expectPayFen } = wish',
    tests: [STORY],
  },
  {
    name: 'redemptions · who was shown the card',
    file: COUNTER,
    find: 'partnerId: `staff:${staffId}`',
    replace: 'partnerId: `staff${staffId.slice(0, 0)}`',
    tests: [STORY],
  },
  {
    name: 'redemptions · the price that was said',
    file: COUNTER,
    find: 'return sale.payFen === expectPayFen ? sale : refuse(priceChanged, { payFen: sale.payFen })',
    replace: 'return sale',
    tests: [STORY],
  },
  {
    name: 'redemptions · prices are the store’s own',
    file: COUNTER,
    find: 'if (unitFen !== undefined && !weighed) refuse(weightPriceMissing, { barcode })',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'redemptions · goods by weight wait for the scales',
    file: COUNTER,
    find: 'if (unweighed) refuse(weightPriceMissing, { barcode: unweighed.barcode })',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'redemptions · coupons that act where points are earned',
    file: COUNTER,
    find: 'requireTakeable(await takeable(room, memberId, couponIds), couponIds)',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'redemptions · a code that is old or forged',
    file: COUNTER,
    find: 'if (!read || read.fault !== null)',
    replace: 'if (!read)',
    tests: [STORY],
  },
  {
    name: 'redemptions · a coupon that is free',
    file: COUNTER,
    find: '!isUsable(coupon, at) || ',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'redemptions · on file once',
    file: `${R}/tills/decide-sales.ts`,
    find: ' || answer.sale.recordedAt) return answer',
    replace: ') return answer',
    tests: [`${R}/tills/decide.test.ts`],
  },
  {
    name: 'redemptions · taken back on their day',
    file: REDEMPTIONS,
    find: 'if (businessDay(row.at) !== businessDay(room.ctx.clock.now())) refuse(redemptionOver)',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'redemptions · taken back by the own store',
    file: REDEMPTIONS,
    find: 'row && inScope(call.actor, row.storeId) ? row : refuse(redemptionMissing)',
    replace: 'row ?? refuse(redemptionMissing)',
    tests: [STORY],
  },
  {
    name: 'redemptions · till codes of coupons for tills',
    file: `${R}/tills/day-pack.ts`,
    find: ' || !isForTills(held)',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'redemptions · receipts of others',
    file: `${R}/tills/receipts.sql.ts`,
    find: 'where s.id = ${id} and s.member_id = ${memberId} and',
    replace: 'where s.id = ${id} and',
    tests: [STORY],
  },
]
