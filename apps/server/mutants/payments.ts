import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const payments: readonly Guard[] = [
  {
    name: 'serial of a WeChat key',
    file: `${R}/payments/wxpay-sign.ts`,
    find: 'const key = keys.get(nameOf(serial))',
    replace: 'const key = keys.get(nameOf(serial)) ?? [...keys.values()][0]',
    tests: [`${R}/payments/wxpay-sign.test.ts`],
  },
  {
    name: 'headers of a WeChat message',
    file: `${R}/payments/wxpay-sign.ts`,
    find: "if (!timestamp || !nonce || !signature || !serial) return 'header_missing'",
    replace: '',
    tests: [`${R}/payments/wxpay-sign.test.ts`],
  },
  {
    name: 'algorithm of a sealed notice',
    file: `${R}/payments/wxpay-sign.ts`,
    find: 'if (algorithm !== AEAD) throw',
    replace: "if (algorithm === '') throw",
    tests: [`${R}/payments/wxpay-sign.test.ts`],
  },
  {
    name: 'appid of a payment',
    file: `${R}/payments/wxpay-trade.ts`,
    find: "difference('appid', trade.appid, us.appId) ??",
    replace: '',
    tests: [`${R}/payments/wxpay-trade.test.ts`, `${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'number of a payment',
    file: `${R}/payments/wxpay-trade.ts`,
    find: "difference('appid', trade.appid, us.appId) ??\n    difference('商户单号', trade.out_trade_no, attempt.outTradeNo)",
    replace: "difference('appid', trade.appid, us.appId)",
    tests: [`${R}/payments/wxpay-trade.test.ts`, `${STORIES}/payment-notices.test.ts`],
  },
  {
    name: 'only an opening becomes open',
    file: `${R}/payments/attempts.sql.ts`,
    find: "    .where('state', '=', 'OPENING')\n",
    replace: '',
    tests: ['test/payments/attempt-states.test.ts'],
  },
  {
    name: 'only what is open ends',
    file: `${R}/payments/attempts.sql.ts`,
    find: "    .where('state', 'in', from)\n",
    replace: '',
    tests: ['test/payments/attempt-states.test.ts'],
  },
  {
    name: 'alarms of another store',
    file: `${R}/payments/alarms.ts`,
    find: "alarm && (actor.storeIds === null || inScope(actor, alarm.storeId ?? '')) ? alarm",
    replace: 'alarm ? alarm',
    tests: [`${STORIES}/payment-alarms.test.ts`],
  },
  {
    name: 'hash of a bill',
    file: `${R}/payments/bills.ts`,
    find: 'if (sha1 !== null && found !== sha1)',
    replace: "if (found === '')",
    tests: [`${STORIES}/reconciliation-bills.test.ts`],
  },
]
