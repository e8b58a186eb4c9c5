import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unzipSync, zipSync } from 'fflate'
import writeSheet from 'write-excel-file/node'
import { readRows, tableOf, textOf } from './file-table.ts'
import { readName } from './folder.ts'
import { newestBook } from './newest.ts'
import { sheetRows } from './sheet.ts'
import { standingOf } from './staleness.ts'

const WRITTEN = new Date('2026-11-23T08:00:00Z')
const NAMES: readonly [name: string, read: string | undefined][] = [
  ['库存-20261123-0930.csv', 'stock 2026-11-23T01:30:00.000Z'],
  ['stock_2026-11-23T09:30.CSV', 'stock 2026-11-23T01:30:00.000Z'],
  ['价格 20261123.csv', 'prices 2026-11-22T16:00:00.000Z'],
  ['products.csv', 'products 2026-11-23T08:00:00.000Z'],
  ['库存-20260230.csv', undefined],
  ['库存-20261123.xlsx', 'stock 2026-11-22T16:00:00.000Z'],
  ['库存.xls', undefined],
  ['说明.csv', undefined],
]
for (const [name, expected] of NAMES)
  test(`a file called ${name}`, () => {
    const read = readName(name, WRITTEN)
    assert.equal(read && `${read.topic} ${read.asOf.toISOString()}`, expected)
  })

test('columns by their Chinese and English names, thousands, 无, and a cell that is no number', async () => {
  const table = await tableOf(
    Buffer.from('门店编码,条码,售价（元）,线上价\n01,6999911000015,"1,280.50",无\n01,x,abc,1\n\n'),
  )
  const { read, numbered } = readRows('prices', table)
  assert.equal(numbered, false)
  assert.deepEqual(read, [
    {
      word: {
        topic: 'prices',
        no: 1,
        body: { store: '01', goods: '6999911000015', price: 1280.5, onlinePrice: null },
      },
    },
    { fault: { code: 'cell_invalid', said: '「价格」这一格的「abc」不是数字' }, store: '01', goods: 'x' },
  ])
})
test('an .xlsx reads as the same table in CSV would; what is called one and is none, or unfolds without end, is refused', async () => {
  const rows = [
    ['门店编码', '条码', '售价（元）', '线上价'],
    ['01', 6999911000015, 1280.5, '无'],
    ['', '', '', ''],
    ['01', 'x', 'abc', 1],
  ]
  const csv = Buffer.from(rows.map((row) => row.join(',')).join('\n'))
  const xlsx = await writeSheet(rows.map((row) => row.map((value) => ({ value })))).toBuffer()
  assert.deepEqual(await tableOf(xlsx), await tableOf(csv))
  await assert.rejects(tableOf(xlsx.subarray(0, 900)), { code: 'feeds.file_unreadable' })
  const { 'xl/worksheets/sheet1.xml': sheet = new Uint8Array(), ...rest } = unzipSync(xlsx)
  const padded = Buffer.concat([sheet, Buffer.alloc(2_000_000, ' ')])
  const large = Buffer.from(zipSync({ ...rest, 'xl/worksheets/sheet1.xml': padded }))
  await assert.rejects(sheetRows(large, { rows: 10, unfolded: 1_000_000 }), {
    data: { reason: 'it unfolds into too much' },
  })
  await assert.rejects(sheetRows(xlsx, { rows: 2, unfolded: 1_000_000 }), { code: 'feeds.file_too_long' })
  await assert.rejects(tableOf(Buffer.from('PK\u0003\u0004 no archive')), { code: 'feeds.file_unreadable' })
})

test('UTF-8 with or without a mark, GB18030, and what is neither', () => {
  assert.equal(textOf(Buffer.from([0xc3, 0xc5, 0xb5, 0xea])), '门店')
  assert.equal(textOf(Buffer.from('门店')), '门店')
  assert.throws(() => textOf(Buffer.from([0, 1])))
  assert.throws(() => textOf(Buffer.from([0xff, 0xff, 0x20])))
})

test('the newest word on a fact, whatever order words come in', () => {
  const key = { fact: 'price' as const, storeId: 'S01', skuId: 's' }
  const at = (minute: number) => new Date(WRITTEN.getTime() + minute * 60_000)
  const words = [
    { seq: 1, at: at(1) },
    { seq: 2, at: at(2) },
    { seq: null, at: at(3) },
    { seq: 3, at: at(2) },
    { seq: 4, at: at(4) },
  ]
  for (const order of [words, words.toReversed(), [words[2], words[4], words[0], words[3], words[1]]]) {
    const book = newestBook([])
    let last: unknown
    for (const word of order)
      if (word && book.isNewest(key, word)) {
        book.note(key, word)
        last = word.seq
      }
    assert.equal(last, 4)
  }
})

test('how old counts are: fresh, stale, stopped, and never told', () => {
  const terms = { staleMinutes: 60, stopMinutes: 240 }
  const told = (minutes: number) => new Date(WRITTEN.getTime() - minutes * 60_000)
  assert.deepEqual(
    [told(60), told(61), told(240), told(241), null].map((at) => standingOf(terms, at, WRITTEN)),
    ['fresh', 'stale', 'stale', 'stopped', 'silent'],
  )
})
