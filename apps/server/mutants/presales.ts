import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const MODEL = 'test/desk/presales.test.ts'
const STORY = `${STORIES}/presales.test.ts`

export const presales: readonly Guard[] = [
  {
    name: 'a deposit that is paid twice is no balance',
    file: `${R}/orders/decide-pay.ts`,
    find: 'if (order.depositFen !== null && attempt.amountFen !== dueFen(order))',
    replace: 'if (order.depositFen === 0)',
    tests: [MODEL],
  },
  {
    name: 'an order that is not overdue lapses',
    file: `${R}/orders/decide-presale.ts`,
    find: 'order.expiresAt <= dueAt',
    replace: 'order.expiresAt !== dueAt',
    tests: [MODEL],
  },
  {
    name: 'taken back while its balance may still arrive',
    file: `${R}/orders/decide-presale.ts`,
    find: 'if (attempt.orderId === order.id && isOpen(attempt))',
    replace: "if (attempt.orderId === '' && isOpen(attempt))",
    tests: [MODEL],
  },
  {
    name: 'goods that are not there are set aside',
    file: `${R}/orders/decide-presale.ts`,
    find: '  if (short) return refused(stockShort, { ...short })\n',
    replace: '',
    tests: [MODEL],
  },
  {
    name: 'stock of goods that are yet to come is released',
    file: `${R}/orders/decide-money.ts`,
    find: '  if (HOLDS_STOCK.includes(order.state))\n    moveStock',
    replace: '  moveStock',
    tests: [MODEL],
  },
  {
    name: 'a balance before its time',
    file: `${R}/orders/presales.ts`,
    find: 'if (!presale || !balanceOpen(presale, now))',
    replace: 'if (!presale)',
    tests: [STORY],
  },
  {
    name: 'more set aside than was said to have come',
    file: `${R}/orders/presale-arrivals.ts`,
    find: 'pieces - before.pieces',
    replace: 'pieces',
    tests: [STORY],
  },
  {
    name: 'a key of an arrival used for another number',
    file: `${R}/orders/presale-arrivals.ts`,
    find: 'same && known.pieces === goods.pieces ?',
    replace: 'same ?',
    tests: [STORY],
  },
  {
    name: 'a debt that is paid twice',
    file: `${R}/orders/presales.sql.ts`,
    find: "    .where('owed_paid_at', 'is', null)\n    .returning",
    replace: '    .returning',
    tests: [STORY],
  },
  {
    name: 'an arrival that is said twice at once',
    file: `${R}/orders/presale-arrivals.ts`,
    find: 'await sql.lockArrival(tx, arrivalId)',
    replace: '',
    tests: [`${STORIES}/presales.test.ts`],
  },
  {
    name: 'goods that another store waits for',
    file: `${R}/orders/presale-arrivals.ts`,
    find: 'if (storeId !== undefined) staff.requireScope(actor, storeId)',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'goods taken in for another store',
    file: `${R}/orders/presale-arrivals.ts`,
    find: 'room.staff.requireScope(call.actor, goods.storeId)',
    replace: '',
    tests: [STORY],
  },
]
