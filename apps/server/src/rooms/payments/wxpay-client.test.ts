import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { send, type Merchant, type WxpayCall } from './wxpay-client.ts'
import type { Effort, Ports } from './trying.ts'
import { ProviderFault } from './provider-fault.ts'
import { readPlatformKeys } from './wxpay-sign.ts'

const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const platformKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const MERCHANT: Merchant = {
  baseUrl: 'https://pay.example.com/wxpay',
  mchId: '1900000001',
  merchantSerial: '5A1B',
  merchantKey: merchantKeys.privateKey,
  platformKeys: readPlatformKeys([
    {
      id: 'PUB_KEY_ID_1',
      publicKeyPem: platformKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
  ]),
  platformKeyId: 'PUB_KEY_ID_1',
}
const NOW = new Date('2026-03-01T04:00:00Z')
const SECONDS = String(NOW.getTime() / 1000)
const EFFORT: Effort = { tries: 3, tryMs: 1000, totalMs: 5000 }
const POST: WxpayCall = {
  method: 'POST',
  path: '/v3/pay/transactions/jsapi',
  body: '{"金额":1280,"b":"\\n"}',
}
const GET: WxpayCall = { method: 'GET', path: '/v3/pay/transactions/out-trade-no/A1?mchid=1900000001' }

function signed(status: number, body: string, over: Record<string, string> = {}): Response {
  const message = `${SECONDS}\nN\n${body}\n`
  const headers = {
    'wechatpay-timestamp': SECONDS,
    'wechatpay-nonce': 'N',
    'wechatpay-serial': 'PUB_KEY_ID_1',
    'wechatpay-signature': sign('sha256', Buffer.from(message), platformKeys.privateKey).toString('base64'),
    ...over,
  }
  return new Response(status === 204 ? null : body, { status, headers })
}

interface Sent {
  url: string
  init: RequestInit
  headers: Headers
}
/** A wire that answers in turn (the last answer repeats) and remembers what was sent. */
function wire(...answers: (() => Response | Promise<Response>)[]) {
  const sent: Sent[] = []
  const pauses: number[] = []
  let nonce = 0
  const ports: Ports = {
    clock: { stamp: () => NOW },
    fetch: async (url, init = {}) => {
      const given = url instanceof Request ? url.url : url.toString()
      sent.push({ url: given, init, headers: new Headers(init.headers) })
      const answer = answers[Math.min(sent.length, answers.length) - 1]
      assert.ok(answer)
      return answer()
    },
    nonce: () => `NONCE${++nonce}`,
    pause: async (ms) => void pauses.push(ms),
    chance: () => 0.5,
  }
  return { ports, sent, pauses }
}
async function faultOf(call: Promise<unknown>): Promise<ProviderFault> {
  try {
    await call
  } catch (error) {
    assert.ok(error instanceof ProviderFault, String(error))
    return error
  }
  return assert.fail('answered')
}
const attribute = (authorization: string, name: string) =>
  new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? ''

for (const call of [POST, GET])
  test(`signs exactly what it sends · ${call.method}`, async () => {
    const { ports, sent } = wire(() => signed(200, '{"ok":1}'))
    const reply = await send(MERCHANT, ports, call, EFFORT)
    assert.deepEqual(reply, { status: 200, body: { ok: 1 } })
    const [request] = sent
    assert.ok(request)
    assert.equal(request.url, MERCHANT.baseUrl + call.path)
    assert.equal(request.init.redirect, 'manual')
    const authorization = request.headers.get('authorization') ?? ''
    assert.ok(authorization.startsWith('WECHATPAY2-SHA256-RSA2048 mchid="1900000001",'))
    assert.equal(attribute(authorization, 'serial_no'), '5A1B')
    assert.equal(attribute(authorization, 'timestamp'), SECONDS)
    const { pathname, search } = new URL(request.url)
    const body = typeof request.init.body === 'string' ? request.init.body : ''
    const message = `${call.method}\n${pathname}${search}\n${SECONDS}\nNONCE1\n${body}\n`
    const key = createPublicKey(merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const signature = Buffer.from(attribute(authorization, 'signature'), 'base64')
    assert.ok(verify('sha256', Buffer.from(message), key, signature))
    assert.equal(body, call.body ?? '')
    assert.equal(request.headers.get('content-type'), call.body ? 'application/json' : null)
    assert.equal(request.headers.get('accept'), 'application/json')
    assert.equal(request.headers.get('wechatpay-serial'), 'PUB_KEY_ID_1')
    assert.ok(request.headers.get('user-agent'))
  })

test('204 with a signature over nothing is an answer', async () => {
  const { ports } = wire(() => signed(204, ''))
  assert.deepEqual(await send(MERCHANT, ports, POST, EFFORT), { status: 204, body: undefined })
})

test('repeats the same bytes under a new nonce, with growing pauses', async () => {
  const down = () => new Response('{"code":"SYSTEM_ERROR","message":"x"}', { status: 500 })
  const { ports, sent, pauses } = wire(down, down, () => signed(200, '{}'))
  await send(MERCHANT, ports, POST, EFFORT)
  assert.deepEqual(
    sent.map(({ init }) => init.body),
    [POST.body, POST.body, POST.body],
  )
  assert.equal(new Set(sent.map(({ headers }) => headers.get('authorization'))).size, 3)
  assert.deepEqual(pauses, [150, 300])
})

const unclear: [what: string, answer: () => Response | Promise<Response>, code: string][] = [
  ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'NO_ANSWER'],
  ['500', () => new Response('{"code":"SYSTEM_ERROR"}', { status: 500 }), 'SYSTEM_ERROR'],
  ['429', () => new Response('{"code":"FREQUENCY_LIMITED"}', { status: 429 }), 'FREQUENCY_LIMITED'],
  ['a proxy page', () => new Response('<html>502</html>', { status: 502 }), 'UNREADABLE'],
  ['a proxy page with a 4xx', () => new Response('<html>403</html>', { status: 403 }), 'UNREADABLE'],
  [
    'a redirect',
    () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    'UNREADABLE',
  ],
  ['an unsigned 200', () => new Response('{"prepay_id":"x"}'), 'UNVERIFIED'],
  ['a signature of another body', () => signed(200, '{"a":1}', { 'wechatpay-nonce': 'M' }), 'UNVERIFIED'],
  ['an unknown serial', () => signed(200, '{}', { 'wechatpay-serial': 'PUB_KEY_ID_2' }), 'UNVERIFIED'],
  ['a signed answer that is no JSON', () => signed(200, '{"a":'), 'UNREADABLE'],
  ['an endless answer', () => new Response('x'.repeat(300_000)), 'TOO_LONG'],
]
for (const [what, answer, code] of unclear)
  test(`unclear, tried three times · ${what}`, async () => {
    const { ports, sent } = wire(answer)
    const fault = await faultOf(send(MERCHANT, ports, POST, EFFORT))
    assert.deepEqual([fault.kind, fault.code, sent.length], ['ambiguous', code, 3])
  })

for (const [status, code] of [
  [400, 'PARAM_ERROR'],
  [401, 'SIGN_ERROR'],
  [403, 'NOT_ENOUGH'],
  [404, 'ORDER_NOT_EXIST'],
] as const)
  test(`a refusal is final · ${status} ${code}`, async () => {
    const { ports, sent } = wire(() => new Response(JSON.stringify({ code, message: 'no' }), { status }))
    const fault = await faultOf(send(MERCHANT, ports, POST, EFFORT))
    assert.deepEqual([fault.kind, fault.code, fault.status, sent.length], ['refused', code, status, 1])
  })

test('stops reading an endless answer', async () => {
  let pulled = 0
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          pulled++
          controller.enqueue(new Uint8Array(64 * 1024))
        },
      }),
    )
  const { ports } = wire(endless)
  const fault = await faultOf(send(MERCHANT, ports, POST, { ...EFFORT, tries: 1 }))
  assert.equal(fault.code, 'TOO_LONG')
  assert.ok(pulled < 10, `${pulled} parts read`)
})

const silent = (signal: AbortSignal | null | undefined) =>
  new Promise<Response>((_, reject) => {
    const stop = () => reject(signal?.reason as Error)
    // On a busy machine the time may be over before anybody listens.
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop)
  })
test('each try has its own time, all tries together have theirs', async () => {
  const { ports, sent } = wire(() => silent(sent.at(-1)?.init.signal))
  const patient = await faultOf(send(MERCHANT, ports, POST, { tries: 3, tryMs: 20, totalMs: 5000 }))
  assert.deepEqual([patient.kind, patient.code, sent.length], ['ambiguous', 'NO_ANSWER', 3])
  sent.length = 0
  await faultOf(send(MERCHANT, ports, POST, { tries: 100, tryMs: 40, totalMs: 100 }))
  assert.ok(sent.length >= 1 && sent.length <= 4, `${sent.length} tries within the total`)
})

test('a pause that outlives the total time ends with the last fault', async () => {
  const { ports, sent } = wire(() => new Response(null, { status: 500 }))
  const impatient: Ports = { ...ports, pause: () => Promise.reject(new Error('aborted')) }
  const fault = await faultOf(send(MERCHANT, impatient, POST, EFFORT))
  assert.deepEqual([fault.kind, fault.status, sent.length], ['ambiguous', 500, 1])
})
