import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const READER = `${R}/reconciliation/alipay-bill.ts`
const ROWS = [`${R}/reconciliation/alipay-bill.test.ts`]
const STORY = [`${STORIES}/reconciliation-alipay.test.ts`]

/** What a file must be before it is Alipay's bill of that day, and what keeps two providers' books apart. */
export const alipayBills: readonly Guard[] = [
  {
    name: 'account of an Alipay bill',
    file: READER,
    find: 'if (!account.startsWith(party))',
    replace: "if (account === '')",
    tests: ROWS,
  },
  {
    name: 'day of an Alipay bill',
    file: READER,
    find: 'if (from !== day)',
    replace: "if (from === '')",
    tests: ROWS,
  },
  {
    name: 'totals of an Alipay bill',
    file: READER,
    find: 'if (Number(count) !== sum.count || Math.abs(fen) !== sum.fen)',
    replace: 'if (sum.count < 0)',
    tests: [...ROWS, ...STORY],
  },
  {
    name: 'end of an Alipay bill',
    file: READER,
    find: "throw new BillProblem('truncated', `after ${rows} rows`)",
    replace: 'return { rows }',
    tests: ROWS,
  },
  {
    name: 'check sum of an archive',
    file: `${R}/payments/zip.ts`,
    find: ' || sum !== entry.crc',
    replace: '',
    tests: ['test/payments/zip.test.ts'],
  },
  {
    name: 'length of a file in an archive',
    file: `${R}/payments/zip.ts`,
    find: 'if (bytes !== entry.bytes ||',
    replace: 'if (',
    tests: ['test/payments/zip.test.ts'],
  },
  {
    name: 'whose address a bill is fetched from',
    file: `${R}/payments/alipay-client.ts`,
    find: "if (!url || (url.host !== gateway.host && !url.hostname.endsWith('.alipay.com')))",
    replace: 'if (!url)',
    tests: [`${R}/payments/alipay-client.test.ts`],
  },
  {
    name: 'a bill is asked about its own provider’s payments',
    file: `${R}/reconciliation/verdicts.sql.ts`,
    find: "where a.state = 'PAID' and a.provider = ${provider} and",
    replace: "where a.state = 'PAID' and a.transaction_id is not null and",
    tests: [`${STORIES}/takings.test.ts`, ...STORY],
  },
  {
    name: 'takings of another store',
    file: `${R}/payments/takings.ts`,
    find: 'if (storeId !== undefined) room.staff.requireScope(actor, storeId)',
    replace: '',
    tests: [`${STORIES}/takings.test.ts`],
  },
]
