import assert from 'node:assert/strict'
import { test } from 'node:test'
import writeSheet from 'write-excel-file/node'

import { cleanRows, faultsCsv, importText, importVerdict } from './import-model.ts'

test('a file saved by Excel on Chinese Windows reads the same as UTF-8', async () => {
  const gbk = new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xbc, 0xdb, 0xb8, 0xf1])
  assert.equal(await importText(new Blob([gbk])), '名称,价格')
  assert.equal(await importText(new Blob(['\uFEFF名称,价格'])), '名称,价格')
})

test('an .xlsx reads as the CSV of its first sheet; one that is cut off is no file', async () => {
  const rows = [
    ['名称', '条码', '价格'],
    ['苹果, 约1kg', 6999911000015, 12.3],
  ]
  const xlsx = await writeSheet(rows.map((row) => row.map((value) => ({ value })))).toBuffer()
  assert.equal(
    await importText(new Blob([new Uint8Array(xlsx)])),
    '名称,条码,价格\r\n"苹果, 约1kg",6999911000015,12.3',
  )
  await assert.rejects(importText(new Blob([new Uint8Array(xlsx.subarray(0, 900))])))
})

test('the faults open in a spreadsheet without running anything', () => {
  const csv = faultsCsv(
    [
      { line: 17, about: '=HYPERLINK("x")', column: 'price', reason: '划线价 19.90, 超上限' },
      { line: 41, about: '6999', column: 'barcode', reason: '-1' },
    ],
    '条码',
  )
  assert.equal(
    csv,
    '\uFEFF行,条码,列,原因\r\n17,"\'=HYPERLINK(""x"")",price,"划线价 19.90, 超上限"\r\n41,6999,barcode,\'-1\r\n',
  )
})

test('two faults in one row spoil one row', () => {
  const fault = { line: 3, about: '', column: '', reason: '' }
  const report = {
    applied: false,
    rows: 10,
    added: 0,
    changed: 0,
    unchanged: 0,
    faults: [fault, fault, { ...fault, line: 5 }],
  }
  assert.equal(cleanRows(report), 8)
  assert.equal(importVerdict(report), '10 行里 2 行要先修。')
  assert.equal(importVerdict({ ...report, faults: [{ ...fault, line: 1 }] }), '表头要先改。')
  assert.equal(
    importVerdict({ ...report, faults: [fault, { ...fault, line: 1 }] }),
    '10 行里 1 行要先修，表头也要改。',
  )
  assert.match(importVerdict({ ...report, added: 4, changed: 6, faults: [] }), /新增 4 个，改 6 个/)
})
