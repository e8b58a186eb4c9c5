import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const PLAN = `${R}/orders/refund-plan.ts`

/** What makes the money that goes back agree with the goods and the promises it belongs to. */
export const givenBack: readonly Guard[] = [
  {
    name: 'all the money of a closed order is owed',
    file: PLAN,
    find: 'TERMINAL.includes(state) ||',
    replace: '',
    tests: [`${R}/orders/refund-axis.test.ts`],
  },
  {
    name: 'what was promised and did not arrive is owed',
    file: PLAN,
    find: 'Math.max(0, line.promisedQuantity - given.quantity)',
    replace: '0',
    tests: [`${R}/orders/refund-axis.test.ts`],
  },
  {
    name: 'pieces are noted as promised back',
    file: `${R}/orders/decide-money.ts`,
    find: '    line.promisedQuantity = promised\n',
    replace: '',
    tests: ['test/desk/agreement.test.ts', `${STORIES}/refund-pieces.test.ts`],
  },
  {
    name: 'points earned by grams that nobody was given',
    file: PLAN,
    find: '(weightBackFen === null && groupBackFen === 0) || payFen === 0',
    replace: 'payFen >= 0',
    tests: [`${R}/orders/refund-plan.test.ts`, `${STORIES}/weighing.test.ts`],
  },
  {
    name: 'an order that is due, at the counter',
    file: `${R}/orders/decide-take.ts`,
    find: 'order.expiresAt && order.expiresAt <= command.at',
    replace: 'order.expiresAt && order.expiresAt.getTime() <= 0',
    tests: [`${STORIES}/counter.test.ts`],
  },
  {
    name: 'money frozen where nobody shares',
    file: `${R}/payments/attempts.ts`,
    find: 'order.profitSharing && provider.shares',
    replace: 'order.profitSharing',
    tests: [`${STORIES}/alipay.test.ts`],
  },
  {
    name: 'table · money shared where nobody can',
    file: 'db/migrations/0008_payments.sql',
    find: "check (provider = 'wechat' or not profit_sharing)",
    replace: "check (provider <> '' or not profit_sharing)",
    tests: ['test/races/constraints.test.ts'],
  },
  {
    name: 'table · a refund of nothing is over',
    file: 'db/migrations/0008_payments.sql',
    find: "check (amount_fen > 0 or (state = 'SUCCESS' and cause = 'order'))",
    replace: "check (amount_fen >= 0 or (state = 'SUCCESS' and cause = 'order'))",
    tests: ['test/races/constraints.test.ts'],
  },
  {
    name: 'table · pieces promised back',
    file: 'db/migrations/0007_orders.sql',
    find: 'promised_quantity integer not null default 0 check (promised_quantity between 0 and quantity)',
    replace: 'promised_quantity integer not null default 0',
    tests: ['test/races/constraints.test.ts'],
  },
]
