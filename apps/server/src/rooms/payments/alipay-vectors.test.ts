// Known answers from the library's own tests (vectors.json names each origin).
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { systemClock } from '#kernel/clock'
import { type Alipay, createAlipay } from './alipay-client.ts'
import { FOR_A_PAGE, realPorts } from './trying.ts'

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })

interface Vector {
  id: string
  public_key_pem: string
  response_raw?: string
  params?: Record<string, unknown>
}
const { vectors } = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as {
  vectors: Vector[]
}

/** An Alipay that signs as the vector does, and answers `raw`. */
function known(id: string, change: (raw: string) => string = (raw) => raw) {
  const vector = vectors.find((each) => each.id === id)
  assert.ok(vector)
  const config = {
    appId: '2021000000000001',
    sellerId: '2088000000000001',
    appPrivateKeyPem: ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    alipayPublicKeyPem: vector.public_key_pem,
    gatewayUrl: 'https://pay.example.com/gateway.do',
  }
  const fetch = () => Promise.resolve(new Response(change(vector.response_raw ?? '')))
  return { vector, alipay: createAlipay(config, { ...realPorts(systemClock), fetch }) }
}

const upload = (alipay: Alipay) => alipay.call('alipay.open.file.upload', {}, FOR_A_PAGE)

test('published vector: a reply', async () => {
  const content = await upload(known('alipay-response-sign').alipay)
  assert.equal(content['file_id'], 'CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr')
  const changed = known('alipay-response-sign', (raw) => raw.replace('Success', 'Succes5'))
  await assert.rejects(upload(changed.alipay))
})

test('published vector: a notification', () => {
  const { vector, alipay } = known('alipay-notify-trade-success')
  const fields = Object.fromEntries(
    Object.entries(vector.params ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const read = (form: Record<string, string>) =>
    alipay.readForm(Buffer.from(new URLSearchParams(form).toString()))
  assert.deepEqual(read(fields), fields)
  assert.equal(read({ ...fields, total_amount: '0.11' }), 'signature')
})
