import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const orders: readonly Guard[] = [
  {
    name: 'another body under the key of an order',
    file: `${R}/orders/decide-place.ts`,
    find: 'return known.bodyHash === bodyHash ?',
    replace: 'return known ?',
    tests: [`${STORIES}/orders-again.test.ts`],
  },
  {
    name: 'a store that takes no orders',
    file: `${R}/orders/placing.ts`,
    find: "if (ordering !== 'open') refuse(storeClosed",
    replace: "if (storeId === '') refuse(storeClosed",
    tests: [`${STORIES}/orders.test.ts`, `${STORIES}/orders-again.test.ts`, `${STORIES}/stores.test.ts`],
  },
  {
    name: 'store of a code',
    file: `${R}/orders/collecting.ts`,
    find: '  room.staff.requireScope(actor, storeId)\n  return room.fulfilment.resolve',
    replace: '  return room.fulfilment.resolve',
    tests: [`${STORIES}/handover.test.ts`],
  },
  {
    name: 'waiting bags of another store',
    file: `${R}/orders/collecting.ts`,
    find: '  room.staff.requireScope(actor, storeId)\n  return sheetsOf(',
    replace: '  return sheetsOf(',
    tests: [`${STORIES}/handover.test.ts`],
  },
  {
    name: 'list of another store',
    file: `${R}/orders/console.ts`,
    find: 'if (storeId) room.staff.requireScope(actor, storeId)',
    replace: '',
    tests: [`${STORIES}/console-orders.test.ts`],
  },
  {
    name: 'workbench of another store',
    file: `${R}/orders/workbench.ts`,
    find: 'if (storeId) room.staff.requireScope(actor, storeId)',
    replace: '',
    tests: [`${STORIES}/workbench.test.ts`],
  },
  {
    name: 'an agreed refund after the bag was handed over',
    file: `${R}/orders/decide-money.ts`,
    find: 'if (command.uncollected && order.completedAt)',
    replace: 'if (command.uncollected && order.cancelledAt)',
    tests: [
      'test/desk/refusals.test.ts',
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
      `${STORIES}/aftersales.test.ts`,
    ],
  },
  {
    name: 'a code that opens nothing any more',
    file: `${R}/fulfilment/pickups.ts`,
    find: 'if (!pickup?.active) refuse(noCode)',
    replace: 'if (!pickup) return refuse(noCode)',
    tests: [`${STORIES}/refunds.test.ts`, `${STORIES}/handover.test.ts`, `${STORIES}/payments.test.ts`],
  },
]
