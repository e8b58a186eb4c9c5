import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const aftersales: readonly Guard[] = [
  {
    name: 'after-sales of somebody else’s order',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (order?.memberId !== memberId) return refuse(orderMissing)',
    replace: 'if (!order) return refuse(orderMissing)',
    tests: [`${STORIES}/aftersales-access.test.ts`, `${STORIES}/aftersales.test.ts`],
  },
  {
    name: 'idempotency key of a request',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (known && known.bodyHash !== bodyHash) refuse(keyReused)',
    replace: '',
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
  {
    name: 'expected sum of a request',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (planned.amountFen !== body.expectFen) refuse(sumChanged',
    replace: 'if (planned.amountFen < 0) refuse(sumChanged',
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
  {
    name: 'photo of a claim',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (needsPhoto(body) && !body.photoIds?.length) refuse(photoNeeded)',
    replace: '',
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
  {
    name: 'photos of somebody else',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (attached !== BigInt(photoIds.length)) refuse(photoMissing)',
    replace: '',
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
  {
    name: 'one appeal',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (found.appealed) refuse(appealedBefore)',
    replace: '',
    tests: [
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
      `${STORIES}/aftersales.test.ts`,
    ],
  },
  {
    name: 'time to appeal',
    file: `${R}/aftersales/applying.ts`,
    find: 'if (found.dueAt && found.dueAt <= room.ctx.clock.now()) refuse(tooLate',
    replace: 'if (found.dueAt && found.dueAt.getTime() < 0) refuse(tooLate',
    tests: [
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
      `${STORIES}/aftersales.test.ts`,
    ],
  },
  {
    name: 'requests of somebody else',
    file: `${R}/aftersales/room.ts`,
    find: 'return found.memberId === memberId ? found : refuse(aftersaleMissing)',
    replace: 'return found',
    tests: [`${STORIES}/aftersales-access.test.ts`, `${STORIES}/aftersales.test.ts`],
  },
  {
    name: 'requests of another store',
    file: `${R}/aftersales/room.ts`,
    find: 'return sees(actor, found) ? found : refuse(aftersaleMissing)',
    replace: 'return found',
    tests: [`${STORIES}/aftersales-access.test.ts`],
  },
  {
    name: 'store that takes goods back',
    file: `${R}/aftersales/returning.ts`,
    find: '  room.staff.requireScope(actor, storeId)\n',
    replace: '',
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
  {
    name: 'store that inspects',
    file: `${R}/aftersales/returning.ts`,
    find: '  room.staff.requireScope(call.actor, storeId)\n',
    replace: '',
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
  {
    name: 'a second refund while the first is alive',
    file: `${R}/aftersales/refunds.ts`,
    find: "if (refund?.state && refund.state !== 'CLOSED' && refund.state !== 'FAILED')",
    replace: "if (refund?.state === 'NONE')",
    tests: [
      `${STORIES}/aftersales.test.ts`,
      `${STORIES}/aftersales-access.test.ts`,
      `${STORIES}/aftersales-disputes.test.ts`,
      `${STORIES}/aftersales-walk.test.ts`,
    ],
  },
]
