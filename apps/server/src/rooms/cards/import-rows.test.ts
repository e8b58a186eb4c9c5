import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRows, readTable } from './import-rows.ts'

const HEAD = '卡号,姓名,手机号,积分,成长值,首次消费,最近消费,消费次数,消费金额'
const read = (...lines: string[]) => readRows(readTable([HEAD, ...lines].join('\n')))

test('a whole row, and one that says only what is needed', () => {
  const { rows, faults } = read(
    'a 8800-0001,王小满,13900000001,120,300,2019/3/1,2025年12月30日,88,"¥1234.50"',
    '88000002,,,0,,,,,',
  )
  assert.deepEqual(faults, [])
  assert.deepEqual(rows[0]?.said, {
    no: 'A88000001',
    name: '王小满',
    phone: '13900000001',
    phoneTail: '0001',
    points: 120,
    growth: 300,
    firstBought: '2019-03-01',
    lastBought: '2025-12-30',
    purchases: 88,
    spentFen: 123_450,
  })
  assert.equal(rows[1]?.said.phoneTail, null)
})
test('what the old books left of a phone number: its tail alone, and no whole number', () => {
  for (const cell of ['0318', '139****0318']) {
    const [row] = read(`88000001,,${cell},0,,,,,`).rows
    assert.deepEqual([row?.said.phone, row?.said.phoneTail], [null, '0318'])
  }
})
const FAULTS: readonly [line: string, column: string][] = [
  [',王小满,,0,,,,,', '卡号'],
  ['12,,,0,,,,,', '卡号'],
  ['8800!,,,0,,,,,', '卡号'],
  ['88000001,,,,,,,,', '积分'],
  ['88000001,,,-5,,,,,', '积分'],
  ['88000001,,,1.5,,,,,', '积分'],
  ['88000001,,,99999999,,,,,', '积分'],
  ['88000001,,12345,0,,,,,', '手机号'],
  ['88000001,,,0,,2024-02-30,,,', '首次消费'],
  ['88000001,,,0,,2024-03-01,2024-02-01,,', '最近消费'],
  ['88000001,,,0,,,,,很多', '消费金额'],
  ['88000001,,,0', '卡号'],
]
for (const [line, column] of FAULTS)
  test(`faulty: ${line}`, () => {
    const { faults } = read(line)
    assert.deepEqual(
      faults.map((fault) => [fault.line, fault.column]),
      [[2, column]],
    )
  })
test('a card twice, and a column that means nothing, are named', () => {
  const { faults } = readRows(readTable('卡号,积分,星座\n88000001,0,狮\n8800 0001,5,狮'))
  assert.deepEqual(
    faults.map(({ line, column }) => [line, column]),
    [
      [1, '星座'],
      [3, '卡号'],
    ],
  )
})
test('a file without a column that is needed is refused whole', () => {
  assert.throws(() => readTable('卡号,姓名\n1,2'), { code: 'cards.csv_columns_missing' })
  assert.throws(() => readTable('\uFFFD'), { code: 'cards.csv_unreadable' })
})
