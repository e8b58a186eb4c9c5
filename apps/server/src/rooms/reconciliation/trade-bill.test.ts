// Reading WeChat's bills: whatever is exactly right is read to the fen, and nothing else is believed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BillProblem, type BillFault } from './bill-problem.ts'
import { createDecoder } from './bill-text.ts'
import { createTradeReader, type TradeLine } from './trade-bill.ts'

const MCH = '1900000001'
const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const SUMMARY = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const NAMES = HEADER.split(',')

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
const fee = (milliFen: number) =>
  `${milliFen < 0 ? '-' : ''}${Math.floor(Math.abs(milliFen) / 1e5)}.${String(Math.abs(milliFen) % 1e5).padStart(5, '0')}`

interface Row {
  refund: boolean
  fen: number
  couponFen: number
  milliFen: number
  name: string
  serial: number
}
const valuesOf = ({ refund, fen, couponFen, milliFen, name, serial }: Row): Record<string, string> => ({
  ...Object.fromEntries(NAMES.map((each) => [each, ''])),
  交易时间: '2026-11-21 20:33:01',
  商户号: MCH,
  微信订单号: `4200${serial}`,
  商户订单号: `OUT${serial}`,
  交易状态: refund ? 'REFUND' : 'SUCCESS',
  货币种类: 'CNY',
  应结订单金额: yuan(refund ? 0 : fen),
  代金券金额: yuan(refund ? 0 : couponFen),
  微信退款单号: refund ? `503${serial}` : '0',
  商户退款单号: refund ? `R${serial}` : '0',
  退款金额: yuan(refund ? fen : 0),
  充值券退款金额: yuan(refund ? couponFen : 0),
  退款状态: refund ? 'SUCCESS' : '',
  商品名称: name,
  手续费: fee(milliFen),
  费率: '0.60%',
  订单金额: yuan(refund ? 0 : fen),
  申请退款金额: yuan(refund ? fen : 0),
})
const summaryOf = (rows: readonly Row[]): string[] => {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const paid = yuan(sum((row) => (row.refund ? 0 : row.fen)))
  const back = yuan(sum((row) => (row.refund ? row.fen : 0)))
  const coupons = yuan(sum((row) => (row.refund ? row.couponFen : 0)))
  return [`${rows.length}.0`, paid, back, coupons, fee(sum((row) => row.milliFen)), paid, back]
}
const line = (values: readonly string[]) => `\`${values.join(',`')}\r\n`

interface Layout {
  names?: readonly string[]
  summary?: readonly string[]
  edit?: (values: Record<string, string>) => Record<string, string>
}
const billOf = (
  rows: readonly Row[],
  { names = NAMES, summary = summaryOf(rows), edit = (each) => each }: Layout = {},
): string => {
  const body = rows.map((row) => {
    const values = edit(valuesOf(row))
    return line(names.map((name) => values[name] ?? 'something new'))
  })
  return `\uFEFF${names.join(',')}\r\n${body.join('')}${SUMMARY}\r\n${line(summary)}`
}

function read(text: string, cuts: readonly number[] = []): TradeLine[] {
  const taken: TradeLine[] = []
  const reader = createTradeReader(MCH, (each) => taken.push(each))
  let from = 0
  for (const cut of [...cuts].filter((each) => each < text.length).toSorted((a, b) => a - b)) {
    reader.write(text.slice(from, cut))
    from = cut
  }
  reader.write(text.slice(from))
  assert.equal(reader.end().rows, taken.length)
  return taken
}
const refuses = (text: string, code: BillFault, what = code as string) =>
  assert.throws(
    () => read(text),
    (error: unknown) =>
      error instanceof BillProblem && (error.code === code || assert.fail(`${what}: ${error}`)),
    what,
  )

const ROW: Row = { refund: false, fen: 1280, couponFen: 0, milliFen: 7680, name: '内丘苹果', serial: 1 }
const BACK: Row = { refund: true, fen: 1280, couponFen: 0, milliFen: -7680, name: '内丘苹果', serial: 2 }

/**
 * Names as shops write them, and worse: line breaks, or a comma before a backtick. Both in one name cannot be told from a row that ended: such a
 * bill is refused.
 */
const name = fc
  .array(fc.constantFrom('苹果', ',', '"', '`', ',`', '🍎', '\n', '\r\n', ' ', '1kg', "'"), { maxLength: 8 })
  .map((parts) => parts.join(''))
  .filter((text) => !(text.includes(',`') && text.includes('\r\n')))
const row = fc.record({
  refund: fc.boolean(),
  fen: fc.integer({ min: 0, max: 9_000_000_000 }),
  couponFen: fc.integer({ min: 0, max: 100_000 }),
  milliFen: fc.integer({ min: -54_000_000_000, max: 54_000_000_000 }),
  name,
  serial: fc.integer({ min: 1, max: 999_999_999 }),
})

test('domain 2.13: a bill is read to the fen and the thousandth of a fen, cut anywhere, whatever its names', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 12 }),
      fc.array(fc.nat(5000), { maxLength: 8 }),
      fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
      (rows, cuts, names) => {
        const layout = names[0] === '商品名称' ? {} : { names: [...names, '以后新增的列'] }
        // A row that begins with its name and a name that begins a line cannot be told apart: WeChat puts the time first.
        const lines = read(billOf(rows, layout), cuts)
        assert.deepEqual(
          lines.map(({ source, amountFen, feeMilliFen, couponFen, number }) => ({
            refund: source === 'refund',
            fen: amountFen,
            milliFen: feeMilliFen,
            couponFen,
            number,
          })),
          rows.map(({ refund, fen, milliFen, couponFen, serial }) => ({
            refund,
            fen,
            milliFen,
            couponFen,
            number: `${refund ? '503' : '4200'}${serial}`,
          })),
        )
      },
    ),
    { numRuns: 400 },
  )
})

function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    assert.ok(error instanceof BillProblem)
    return undefined
  }
}

test('domain 2.13: a bill that ends too early is not believed, wherever it ends', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, share) => {
        const whole = billOf(rows)
        // Without its last line break a bill is still whole.
        const cut = whole.slice(0, Math.floor(share * (whole.length - 3)))
        const believed = unlessRefused(() => read(cut))
        if (believed === undefined) return
        // Zeros at the very end of the last sum say nothing; nothing else may be missing.
        assert.match(whole.slice(cut.length), /^0+\r\n$/)
        assert.deepEqual(believed, read(whole))
      },
    ),
    { numRuns: 400 },
  )
})

test('domain 2.13: one changed digit of an amount is noticed', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('订单金额', '应结订单金额', '退款金额', '申请退款金额', '手续费'),
      (rows, column) => {
        let done = false
        const spoilt = billOf(rows, {
          edit: (values) => {
            if (done) return values
            done = true
            const last = values[column]?.at(-1) ?? '0'
            return {
              ...values,
              [column]: `${values[column]?.slice(0, -1)}${last === '9' ? '8' : Number(last) + 1}`,
            }
          },
        })
        assert.throws(
          () => read(spoilt),
          (error: unknown) => error instanceof BillProblem && error.code === 'summary_differs',
        )
      },
    ),
  )
})

test('a bill of a day without trades has a header and a summary', () =>
  assert.deepEqual(read(billOf([])), []))

test('payments and refunds are told apart, with the numbers of each', () => {
  const [paid, back] = read(billOf([ROW, BACK]))
  assert.deepEqual(
    [paid?.source, paid?.number, paid?.ourNo, paid?.state],
    ['payment', '42001', 'OUT1', 'SUCCESS'],
  )
  assert.deepEqual(
    [back?.source, back?.number, back?.ourNo, back?.feeMilliFen],
    ['refund', '5032', 'R2', -7680],
  )
  assert.equal(paid?.at.toISOString(), '2026-11-21T12:33:01.000Z')
})

const WRONG: readonly [what: string, code: BillFault, text: string][] = [
  ['empty', 'truncated', ''],
  ['a page of HTML', 'header_unreadable', '<html>,\r\n'],
  ['only a header', 'truncated', `\uFEFF${HEADER}\r\n`],
  ['no summary row', 'truncated', billOf([ROW]).split('\r\n').slice(0, 3).join('\r\n')],
  ['a column is gone', 'column_missing', billOf([ROW], { names: NAMES.filter((each) => each !== '手续费') })],
  ['a column stands twice', 'column_twice', billOf([ROW], { names: [...NAMES, '手续费'] })],
  ['another merchant', 'other_merchant', billOf([ROW], { edit: (v) => ({ ...v, 商户号: '1900000002' }) })],
  ['another currency', 'other_currency', billOf([ROW], { edit: (v) => ({ ...v, 货币种类: 'HKD' }) })],
  ['an unknown state', 'value_unreadable', billOf([ROW], { edit: (v) => ({ ...v, 交易状态: '成功' }) })],
  [
    'a number with a space',
    'value_unreadable',
    billOf([ROW], { edit: (v) => ({ ...v, 商户订单号: 'A 1' }) }),
  ],
  [
    'no such day',
    'value_unreadable',
    billOf([ROW], { edit: (v) => ({ ...v, 交易时间: '2026-13-41 20:33:01' }) }),
  ],
  [
    'time as ISO',
    'value_unreadable',
    billOf([ROW], { edit: (v) => ({ ...v, 交易时间: '2026-11-21T20:33:01' }) }),
  ],
  ...['12.8.0', '1e3', '-1.00', '12.801', '', ' 12.80', '１２.80', '0x10', 'NaN', '1,280.00'].map(
    (amount): [string, BillFault, string] => [
      `amount ${amount}`,
      'value_unreadable',
      billOf([ROW], { edit: (v) => ({ ...v, 订单金额: amount }) }),
    ],
  ),
  [
    'a fee of six decimals',
    'value_unreadable',
    billOf([ROW], { edit: (v) => ({ ...v, 手续费: '0.076800' }) }),
  ],
  [
    'a sum off by one',
    'summary_differs',
    billOf([ROW], { summary: ['1', '12.81', '0.00', '0.00', '0.07680', '12.81', '0.00'] }),
  ],
  [
    'a count off by one',
    'summary_differs',
    billOf([ROW, ROW], { summary: ['1', ...summaryOf([ROW, ROW]).slice(1)] }),
  ],
  ['a summary short of a value', 'summary_unreadable', billOf([ROW], { summary: ['1', '12.80'] })],
  ['something after the end', 'after_summary', `${billOf([ROW])}\`1\r\n`],
  ['rows without backticks', 'header_unreadable', billOf([ROW]).replaceAll('`', '')],
  ['a backtick lost in the middle', 'value_unreadable', billOf([ROW]).replace(',`OUT1', ',OUT1')],
  ['a value too many, where no name is', 'value_unreadable', billOf([ROW]).replace(',`OUT1', ',`x,`OUT1')],
  ['a row that never ends', 'row_unreadable', `\uFEFF${HEADER}\r\n\`a${'\r\nb'.repeat(40)}`],
]
for (const [what, code, text] of WRONG) test(`a bill is refused: ${what}`, () => refuses(text, code, what))

test('a bill in another encoding is refused', () => {
  const decoder = createDecoder()
  assert.throws(() => decoder.decode(Buffer.from([0xbd, 0xbb, 0xd2, 0xd7])), BillProblem)
  const split = createDecoder()
  const bytes = Buffer.from('苹果')
  assert.equal(split.decode(bytes.subarray(0, 4)) + split.decode(bytes.subarray(4)) + split.decode(), '苹果')
  const half = createDecoder()
  half.decode(bytes.subarray(0, 4))
  assert.throws(() => half.decode(), BillProblem)
})
