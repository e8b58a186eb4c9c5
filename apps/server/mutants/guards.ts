// Every guard that money, stock and privacy rest on, and the tests that must miss it. `npm run mutants` switches them off one at a time.

export interface Guard {
  /** What is switched off. */
  name: string
  /** Below apps/server. */
  file: string
  /** Stands in the file exactly once. */
  find: string
  replace: string
  /** Tests below apps/server, of which at least one must fail. */
  tests: readonly string[]
}

const R = 'src/rooms'
const STORIES = 'test/stories'

export const guards: readonly Guard[] = [
  {
    name: 'WeChat signature',
    file: `${R}/payments/wxpay-sign.ts`,
    find: "if (verify('sha256', message, key, Buffer.from(signature, 'base64'))) return null",
    replace: 'return null',
    tests: [`${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'WeChat timestamp window',
    file: `${R}/payments/wxpay-sign.ts`,
    find: ' || skew > SKEW_SECONDS',
    replace: '',
    tests: [`${STORIES}/payment-notices.test.ts`, `${R}/payments/wxpay-sign.test.ts`],
  },
  {
    name: 'GCM tag',
    file: `${R}/payments/wxpay-sign.ts`,
    find: '[decipher.update(bytes.subarray(0, cut)), decipher.final()]',
    replace: '[decipher.update(bytes.subarray(0, cut))]',
    tests: [`${R}/payments/wxpay-sign.test.ts`],
  },
  {
    name: 'paid amount',
    file: `${R}/payments/trade.ts`,
    find: "difference('金额（分）', trade.amount?.total, attempt.amountFen) ??",
    replace: '',
    tests: [`${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'paid currency',
    file: `${R}/payments/trade.ts`,
    find: "difference('币种', trade.amount?.currency, 'CNY')",
    replace: 'null',
    tests: [`${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'merchant of a payment',
    file: `${R}/payments/trade.ts`,
    find: "difference('商户号', trade.mchid, us.mchId) ??",
    replace: '',
    tests: [`${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'payer of a payment',
    file: `${R}/payments/trade.ts`,
    find: 'if (trade.payer?.openid !== attempt.payer)',
    replace: 'if (trade.payer?.openid === undefined)',
    tests: [`${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'merchant of a refund',
    file: `${R}/payments/notices.ts`,
    find: 'if (told.mchid !== room.wxpay.mchId) {',
    replace: 'if (told.mchid === undefined) {',
    tests: [`${STORIES}/refunds.test.ts`, `${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'amount of a refund',
    file: `${R}/payments/refunds.ts`,
    find: '    told.amount.refund !== refund.amountFen ||\n',
    replace: '',
    tests: [`${STORIES}/refunds.test.ts`],
  },
  {
    name: 'a refund never steps back',
    file: `${R}/payments/refund-states.ts`,
    find: 'MOVES[from].includes(to)\n\n/** Where',
    replace: 'from !== to || MOVES[from].includes(to)\n\n/** Where',
    tests: [`${R}/payments/refund-states.test.ts`, 'test/desk/law.test.ts'],
  },
  {
    name: 'one payment of an order once',
    file: `${R}/orders/decide-money.ts`,
    find: "if (attempt.state === 'PAID') return { kind: 'money', outcome: 'repeat' }",
    replace: '',
    tests: ['test/desk/law.test.ts', `${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'money for a closed order goes back',
    file: `${R}/orders/decide-money.ts`,
    find: 'if (!to) return giveBackAtOnce(fold, command, order, attempt)',
    replace: "if (!to) return { kind: 'money', outcome: 'late' }",
    tests: [`${STORIES}/payment-close.test.ts`, 'test/desk/law.test.ts'],
  },
  {
    name: 'idempotency key of a refund',
    file: `${R}/orders/decide-money.ts`,
    find: 'if (same) return same.bodyHash === command.bodyHash ? done : refused(keyReused)',
    replace: '',
    tests: [`${STORIES}/refund-pieces.test.ts`],
  },
  {
    name: 'expected sum of a refund',
    file: `${R}/orders/decide-money.ts`,
    find: 'if (amountFen !== command.expectFen)',
    replace: 'if (amountFen < 0)',
    tests: [`${STORIES}/refund-pieces.test.ts`],
  },
  {
    name: 'no more pieces refunded than were bought',
    file: `${R}/orders/refund-plan.ts`,
    find: "if (quantity > left) return { kind: 'too_many', lineNo: line.lineNo, leftQuantity: left }",
    replace: '',
    tests: [`${R}/orders/refund-plan.test.ts`, `${STORIES}/refund-pieces.test.ts`],
  },
  {
    name: 'refunds that hang count as given',
    file: `${R}/payments/refund-states.ts`,
    find: "state !== 'CLOSED' && state !== 'FAILED'",
    replace: "state === 'SUCCESS'",
    tests: ['test/desk/law.test.ts', `${R}/orders/refund-plan.test.ts`],
  },
  {
    name: 'a minute between refunds of one payment',
    file: `${R}/orders/decide-money.ts`,
    find: 'return next > at ? next : at',
    replace: 'return at',
    tests: [`${STORIES}/refund-pieces.test.ts`],
  },
  {
    name: 'idempotency key of an order',
    file: `${R}/orders/decide-place.ts`,
    find: 'if (repeat) return repeat',
    replace: '',
    tests: [`${STORIES}/orders.test.ts`, `${STORIES}/orders-again.test.ts`, 'test/desk/law.test.ts'],
  },
  {
    name: 'stock',
    file: `${R}/orders/decide-place.ts`,
    find: 'if (free < quantity) return refused(stockShort',
    replace: 'if (free < -999) return refused(stockShort',
    tests: [`${STORIES}/orders.test.ts`, 'test/desk/law.test.ts'],
  },
  {
    name: 'places in a slot',
    file: `${R}/orders/decide-place.ts`,
    find: 'offered.taken >= offered.capacity',
    replace: 'offered.taken > 999_999',
    tests: ['test/desk/law.test.ts', `${STORIES}/orders.test.ts`],
  },
  {
    name: 'the price the shopper saw',
    file: `${R}/orders/placing.ts`,
    find: 'expectFen !== undefined && expectFen !== totalFen',
    replace: 'expectFen !== undefined && expectFen < 0',
    tests: [`${STORIES}/orders.test.ts`, `${STORIES}/orders-again.test.ts`],
  },
  {
    name: 'no cancellation while a payment is open',
    file: `${R}/orders/decide-goods.ts`,
    find: "      return { kind: 'payment_open' }\n",
    replace: '      break\n',
    tests: [`${STORIES}/payment-close.test.ts`, 'test/desk/law.test.ts'],
  },
  {
    name: 'only what is due times out',
    file: `${R}/orders/decide-goods.ts`,
    find: 'order.expiresAt === null || order.expiresAt > command.dueAt',
    replace: 'order.expiresAt === null',
    tests: ['test/desk/refusals.test.ts'],
  },
  {
    name: 'store of a hand-over',
    file: `${R}/fulfilment/pickups.ts`,
    find: '  if (!here)\n',
    replace: '  if (!here && found.storeId === reading.storeId)\n',
    tests: [`${STORIES}/handover.test.ts`],
  },
  {
    name: 'store of a hand-over, at the desk',
    file: `${R}/orders/decide-goods.ts`,
    find: "order.state !== 'CANCELLED' && order.storeId !== command.storeId",
    replace: "order.state !== 'CANCELLED' && command.storeId === ''",
    tests: ['test/desk/refusals.test.ts'],
  },
  {
    name: 'nothing handed over unpaid',
    file: `${R}/orders/decide-goods.ts`,
    find: "if (order.state === 'PENDING_PAY' || order.state === 'CANCELLED')\n    return refused(notPaid",
    replace: "if (order.state === 'CANCELLED')\n    return refused(notPaid",
    tests: ['test/desk/law.test.ts', `${STORIES}/handover.test.ts`],
  },
  {
    name: 'nothing handed over twice',
    file: `${R}/orders/decide-goods.ts`,
    find: "if (order.state === 'COMPLETED') return refused(alreadyHanded, { at: order.completedAt })",
    replace: '',
    tests: ['test/desk/law.test.ts', `${STORIES}/handover.test.ts`],
  },
  {
    name: 'age of a QR code',
    file: `${R}/fulfilment/codes.ts`,
    find: "return window >= now - 1 ? 'fits' : 'expired'",
    replace: "return 'fits'",
    tests: [`${R}/fulfilment/codes.test.ts`],
  },
  {
    name: 'signature of a QR code',
    file: `${R}/fulfilment/codes.ts`,
    find: 'given.length !== right.length || !timingSafeEqual(given, right) || window > now',
    replace: 'window > now',
    tests: [`${R}/fulfilment/codes.test.ts`],
  },
  {
    name: 'lock after guessed codes',
    file: `${R}/fulfilment/pickups.ts`,
    find: 'if (wrong < WRONG_AT_MOST) return id',
    replace: 'if (wrong >= 0) return id',
    tests: [`${STORIES}/handover.test.ts`],
  },
  {
    name: 'orders of somebody else',
    file: `${R}/orders/reading.ts`,
    find: 'return order?.memberId === memberId ? order : refuse(orderMissing)',
    replace: 'return order ?? refuse(orderMissing)',
    tests: [`${STORIES}/orders.test.ts`, `${STORIES}/payments.test.ts`],
  },
  {
    name: 'orders of another store',
    file: `${R}/orders/reading.ts`,
    find: 'return order && inScope(actor, order.storeId) ? order : refuse(orderMissing)',
    replace: 'return order ?? refuse(orderMissing)',
    tests: [`${STORIES}/console-orders.test.ts`],
  },
  {
    name: 'stores of staff',
    file: 'src/kernel/actor.ts',
    find: 'actor.storeIds === null || actor.storeIds.includes(storeId)',
    replace: 'actor.storeIds === null || storeId.length > 0',
    tests: [`${STORIES}/console-orders.test.ts`, `${STORIES}/stock.test.ts`],
  },
  {
    name: 'permission of a route',
    file: 'src/kernel/http.ts',
    find: 'if (route.permission && !',
    replace: 'if (route.permission === undefined && !',
    tests: [`${STORIES}/staff.test.ts`, `${STORIES}/console-orders.test.ts`],
  },
  {
    name: 'signature of a session',
    file: 'src/kernel/tokens.ts',
    find: 'if (!secrets.signatureFits(PURPOSE, text, token.slice(cut + 1))) return null',
    replace: '',
    tests: ['src/kernel/tokens.test.ts'],
  },
  {
    name: 'end of a session',
    file: 'src/kernel/tokens.ts',
    find: 'expiresAt <= clock.now() || ended.has(sessionId)',
    replace: 'expiresAt <= clock.now()',
    tests: ['src/kernel/tokens.test.ts'],
  },
  {
    name: 'face of a session',
    file: `${R}/members/members.ts`,
    find: " || claims.face !== 'member'",
    replace: '',
    tests: ['test/contract/bad-input.test.ts'],
  },
  {
    name: 'lock after guessed passwords',
    file: `${R}/staff/login-guard.ts`,
    find: 'if (known.lockedUntil && known.lockedUntil > now) return null',
    replace: '',
    tests: [`${R}/staff/login-guard.test.ts`],
  },
  {
    name: 'stock taken back by hand covers what was ordered',
    file: `${R}/inventory/levels.sql.ts`,
    find: '.where(sql<boolean>`(${delta} > 0 or on_hand + ${delta} >= reserved)`)',
    replace: '',
    tests: [`${STORIES}/stock.test.ts`],
  },
]
