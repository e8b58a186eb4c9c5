import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const TILLS = `${STORIES}/tills.test.ts`
const SALES = `${STORIES}/till-sales.test.ts`
const OFFLINE = `${STORIES}/till-offline.test.ts`
const RACES = 'test/races/tills.test.ts'

export const tills: readonly Guard[] = [
  {
    name: 'tills · a coupon that is taken',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'if (!isUsable(coupon, at)) return refused(couponsUnusable, { couponId, state: coupon.state })',
    replace: '',
    tests: [RACES],
  },
  {
    name: 'tills · one first order',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'if (coupon.firstOrder && hasFirst(view.coupons, coupon)) return refused(couponsUnusable, { couponId })',
    replace: '',
    tests: [`${R}/tills/decide.test.ts`],
  },
  {
    name: 'tills · points that are there',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'return usable < priced.pointsUsed ? refused(pointsUnusable, { usable }) : undefined',
    replace: 'return undefined',
    tests: [`${R}/tills/decide.test.ts`],
  },
  {
    name: 'tills · the same wish once',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'fold.view.sales.get(txnKey(command)) ?? fold.view.begun.get(txnKey(command))',
    replace: 'fold.view.sales.get(txnKey(command))',
    tests: [RACES],
  },
  {
    name: 'tills · another wish under a number',
    file: `${R}/tills/benefits.ts`,
    find: 'return known.reserveHash === hash ? known : refuse(txnReused)',
    replace: 'return known',
    tests: [TILLS],
  },
  {
    name: 'tills · a reservation that is over',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'if (sale.expiresAt && sale.expiresAt <= command.at) return refused(txnExpired)',
    replace: '',
    tests: [TILLS],
  },
  {
    name: 'tills · reversed is over',
    file: `${R}/tills/decide-benefits.ts`,
    find: "if (known?.benefits === 'REVERSED') return refused(txnReversed)",
    replace: '',
    tests: [TILLS],
  },
  {
    name: 'tills · a reversal that comes first',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'if (!known && dueAt === null) {',
    replace: 'if (!known && dueAt !== null) {',
    tests: [TILLS],
  },
  {
    name: 'tills · a transaction of another store',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'sale !== undefined && sale.storeId === storeId',
    replace: 'sale !== undefined',
    tests: [TILLS],
  },
  {
    name: 'tills · what has a receipt is not reversed',
    file: `${R}/tills/decide-benefits.ts`,
    find: 'if (known.recordedAt) return refused(txnRecorded)',
    replace: '',
    tests: [SALES],
  },
  {
    name: 'tills · who showed their card',
    file: `${R}/tills/member-ref.ts`,
    find: 'if (!secrets.signatureFits(PURPOSE, `${partnerId} ${memberId}.${until}`, signature))',
    replace: 'if (false)',
    tests: [TILLS, SALES],
  },
  {
    name: 'tills · who showed it long ago',
    file: `${R}/tills/member-ref.ts`,
    find: 'if (!late && Number.parseInt(until, 36) * 1000 <= clock.now().getTime())',
    replace: 'if (false)',
    tests: [TILLS],
  },
  {
    name: 'tills · a receipt once',
    file: `${R}/tills/decide-sales.ts`,
    find: "if (known.receiptHash === hash) return { kind: 'recorded', repeat: true, conflicts: [] }",
    replace: '',
    tests: [SALES, RACES],
  },
  {
    name: 'tills · orders keep what is reserved',
    file: `${R}/inventory/desk.sql.ts`,
    find: "', shortfall = greatest(l.shortfall, l.reserved + x.reserved - l.on_hand - x.on_hand)'",
    replace: "''",
    tests: [SALES],
  },
  {
    name: 'tills · pieces that came back before',
    file: `${R}/tills/decide-sales.ts`,
    find: 'const some = Math.min(left, line.quantity - line.returnedQuantity)',
    replace: 'const some = Math.min(left, line.quantity)',
    tests: [SALES],
  },
  {
    name: 'tills · a code that was old when it was accepted',
    file: `${R}/tills/codes.ts`,
    find: "fault: isOld ? 'code_old' : null",
    replace: 'fault: null',
    tests: [OFFLINE],
  },
  {
    name: 'tills · a code that nobody of ours signed',
    file: `${R}/tills/codes.ts`,
    find: ' || !isSignedBy(token, key)) return undefined',
    replace: ') return undefined',
    tests: [OFFLINE],
  },
  {
    name: 'tills · conflicts of another store',
    file: `${R}/tills/conflicts.ts`,
    find: 'if (!inScope(actor, before.storeId)) refuse(conflictMissing)',
    replace: '',
    tests: [OFFLINE],
  },
  {
    name: 'tills · conflicts that somebody works on',
    file: `${R}/tills/conflicts.ts`,
    find: "if (others && deed.verb !== 'take') refuse(conflictOwned)",
    replace: '',
    tests: [OFFLINE],
  },
  {
    name: 'table · a transaction of a till once',
    file: 'db/migrations/0023_tills.sql',
    find: 'create unique index till_sale_txn',
    replace: 'create index till_sale_txn',
    tests: [RACES],
  },
  {
    name: 'tills · growth of pieces that came back',
    file: `${R}/tills/purchases.sql.ts`,
    find: 'pay_fen - pay_fen * returned_quantity / quantity',
    replace: 'pay_fen',
    tests: [SALES],
  },
]
