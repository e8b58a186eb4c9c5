import { MESSAGE_FATES, MESSAGE_KINDS } from '@linli/contract/messages'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  chipsOf,
  fateWords,
  filtersOf,
  kindWords,
  previewOf,
  reasonWords,
  type Template,
  waysOf,
  wordsFault,
} from './model.ts'

const fields: Template['fields'] = [{ name: 'store', meaning: '门店', example: '襄都旗舰店' }]

test('every kind and every fate of the contract has a word', () => {
  assert.deepEqual(Object.keys(kindWords), [...MESSAGE_KINDS])
  assert.deepEqual(Object.keys(fateWords), [...MESSAGE_FATES])
})

test('filters come from the address; what is no filter is left out', () => {
  const read = (search: string) => filtersOf(new URLSearchParams(search))
  assert.deepEqual(read('kind=stock.back&fate=failed&q=%200001'), {
    kind: 'stock.back',
    fate: 'failed',
    q: '0001',
  })
  assert.deepEqual(read('kind=toString&fate=x&q='), {})
  assert.deepEqual(
    chipsOf({ kind: 'stock.back', fate: 'sent' }).map(({ value }) => value),
    ['到货提醒', '发出去了'],
  )
})

test('words are tried with examples, and a field that is none is named', () => {
  assert.equal(previewOf('{store}到货', fields), '襄都旗舰店到货')
  assert.equal(wordsFault('{store}到货', fields), undefined)
  assert.equal(wordsFault('{shop}到货', fields), '没有 {shop} 这一项')
  assert.equal(wordsFault('  ', fields), '不能空着')
})

test('a reason that nobody foresaw still says its number', () => {
  assert.equal(reasonWords(null), undefined)
  assert.equal(reasonWords('41030'), '微信没有收（41030）')
})

test('a way that is switched on but not set up is not promised', () => {
  const template = { enabled: true, byWechat: true, bySms: false, wechatReady: false } as Template
  assert.equal(waysOf(template), '站内')
  assert.equal(waysOf({ ...template, wechatReady: true, bySms: true }), '站内、微信、短信')
  assert.equal(waysOf({ ...template, enabled: false }), '关着，不发')
})
