import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const inventory: readonly Guard[] = [
  {
    name: 'store of a correction',
    file: `${R}/inventory/levels.ts`,
    find: '  room.staff.requireScope(call.actor, key.storeId)\n  if (body.delta',
    replace: '  if (body.delta',
    tests: [`${STORIES}/stock.test.ts`],
  },
  {
    name: 'idempotency key of a correction',
    file: `${R}/inventory/levels.ts`,
    find: 'if (first.delta !== delta || first.reason !== reason || first.note !== note) refuse(keyReused)',
    replace: '',
    tests: [`${STORIES}/stock.test.ts`],
  },
  {
    name: 'idempotency key of a document',
    file: `${R}/inventory/documents.ts`,
    find: 'return first.bodyHash === birth.bodyHash ? first.id : refuse(keyReused)',
    replace: 'return first.id',
    tests: [`${STORIES}/stock-documents.test.ts`],
  },
  {
    name: 'idempotency key of a step',
    file: `${R}/inventory/documents.ts`,
    find: 'if (done.bodyHash !== bodyHash) refuse(keyReused)',
    replace: '',
    tests: [`${STORIES}/stock-transfers.test.ts`, `${STORIES}/stock-counts.test.ts`],
  },
  {
    name: 'a repeated step',
    file: `${R}/inventory/documents.ts`,
    find: 'if (done?.key === key && done.by === by) {',
    replace: "if (done?.key === '') {",
    tests: [`${STORIES}/stock-transfers.test.ts`, `${STORIES}/stock-counts.test.ts`],
  },
  {
    name: 'states of a document',
    file: `${R}/inventory/documents.ts`,
    find: 'if (!to) refuse(documentState, { state: document.state })',
    replace: 'if (!to) return',
    tests: [`${STORIES}/stock-transfers.test.ts`, `${STORIES}/stock-counts.test.ts`],
  },
  {
    name: 'store that ships',
    file: `${R}/inventory/transfers.ts`,
    find: 'requireScope: ({ storeId }) => room.staff.requireScope(call.actor, storeId),\n      async work(tx, { document: { storeId, toStoreId }, by, at }) {\n        const leaving',
    replace:
      'requireScope: () => undefined,\n      async work(tx, { document: { storeId, toStoreId }, by, at }) {\n        const leaving',
    tests: [`${STORIES}/stock-transfers.test.ts`],
  },
  {
    name: 'store that receives',
    file: `${R}/inventory/transfers.ts`,
    find: "requireScope: ({ toStoreId }) => room.staff.requireScope(call.actor, toStoreId ?? ''),",
    replace: 'requireScope: () => undefined,',
    tests: [`${STORIES}/stock-transfers.test.ts`],
  },
  {
    name: 'more received than shipped',
    file: `${R}/inventory/transfers.ts`,
    find: 'if (over.length > 0)',
    replace: 'if (over.length > 999)',
    tests: [`${STORIES}/stock-transfers.test.ts`],
  },
  {
    name: 'a transfer to itself',
    file: `${R}/inventory/transfers.ts`,
    find: 'if (fromStoreId === toStoreId) refuse(sameStore)',
    replace: '',
    tests: [`${STORIES}/stock-transfers.test.ts`],
  },
  {
    name: 'documents of another store',
    file: `${R}/inventory/visible.ts`,
    find: 'if (scope && !stores.some(',
    replace: 'if (scope && stores.length === 0 && !stores.some(',
    tests: [`${STORIES}/stock-documents.test.ts`, `${STORIES}/stock-transfers.test.ts`],
  },
  {
    name: 'what may be taken back',
    file: `${R}/inventory/reversals.ts`,
    find: 'if (!mayBe) refuse(documentState, { state: first.state })',
    replace: '',
    tests: [`${STORIES}/stock-documents.test.ts`],
  },
  {
    name: 'pieces of a lot',
    file: `${R}/inventory/booking.ts`,
    find: 'if (!lot || lot.remaining < quantity)',
    replace: 'if (!lot)',
    tests: [`${STORIES}/stock-lots.test.ts`],
  },
  {
    name: 'a notice of what is there',
    file: `${R}/inventory/restock.ts`,
    find: 'if (free > 0) refuse(inStock',
    replace: 'if (free > 999_999) refuse(inStock',
    tests: [`${STORIES}/restock.test.ts`],
  },
]
