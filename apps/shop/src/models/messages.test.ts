import { MESSAGE_KINDS } from '@linli/contract/messages'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iconOf, labelOf, unreadText } from './messages.ts'

test('every kind of message has a picture', () => {
  for (const kind of MESSAGE_KINDS) assert.ok(iconOf({ kind }), kind)
})

test('what is read aloud says first that it is new', () => {
  const message = { title: '货备好了', body: '来取吧' }
  assert.equal(labelOf({ ...message, read: false }), '未读，货备好了，来取吧')
  assert.equal(labelOf({ ...message, read: true }), '货备好了，来取吧')
})

test('a badge counts up to 99', () => {
  assert.deepEqual([1, 99, 100].map(unreadText), ['1', '99', '99+'])
})
