import assert from 'node:assert/strict'
import { test } from 'node:test'

import { createEventReader } from './sse.ts'

const stream = 'retry: 3000\n\n: beat\n\nevent: order\nid: 7\ndata: {"a":1}\n\ndata: one\r\ndata: two\r\n\r\n'

test('events come out whole, comments and settings do not', () => {
  assert.deepEqual(createEventReader()(stream), [
    { event: 'order', data: '{"a":1}', id: '7' },
    { event: 'message', data: 'one\ntwo' },
  ])
})

test('the same stream cut anywhere gives the same events', () => {
  const whole = createEventReader()(stream)
  for (let cut = 0; cut <= stream.length; cut++) {
    const read = createEventReader()
    assert.deepEqual([...read(stream.slice(0, cut)), ...read(stream.slice(cut))], whole, `cut at ${cut}`)
  }
})

test('an unfinished event is kept back', () => {
  const read = createEventReader()
  assert.deepEqual(read('data: half'), [])
  assert.deepEqual(read('\n\n'), [{ event: 'message', data: 'half' }])
})
