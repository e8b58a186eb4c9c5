import { miniTransport } from '@linli/contract/transports'
import assert from 'node:assert/strict'
import { test } from 'node:test'

test('a mini-program sends bytes in a buffer of their own, and text as text', async () => {
  const sent: unknown[] = []
  const transport = miniTransport((options) => {
    sent.push(options.data)
    return Promise.resolve({ statusCode: 200, data: '{}' })
  }, 'https://shop.example')
  const wire = { method: 'POST', url: '/v1/aftersale-photos', headers: {} } as const
  const part = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
  await transport({ ...wire, body: part })
  await transport({ ...wire, body: new Blob([part]) })
  await transport({ ...wire, body: '{"a":1}' })
  await transport(wire)
  const [bytes, blob, text, nothing] = sent
  for (const each of [bytes, blob]) {
    assert.ok(each instanceof ArrayBuffer)
    assert.deepEqual([...new Uint8Array(each)], [1, 2])
  }
  assert.deepEqual([text, nothing], ['{"a":1}', undefined])
})
