import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { ApiProblem, createPartnerClient, type Transport, type WireReply, type WireRequest } from './index.ts'
import { pauseAfter, retrying } from './retrying.ts'
import { signedTransport } from './signing.ts'

const key = { keyId: 'lk_0123456789abcdef', secret: 'a secret of ours' }
const ok = (body: unknown = {}): WireReply => ({ status: 200, body })
const problem = (status: number, data?: object): WireReply => ({
  status,
  body: { code: 'some.code', status, detail: '', requestId: 'r1', ...(data ? { data } : {}) },
})
const patience = { longestPauseMs: 30_000, dice: () => 1 }

const pauses: readonly [what: string, reply: WireReply | null, tried: number, ms: number | undefined][] = [
  ['an answer stands', ok(), 1, undefined],
  ['a refusal stands', problem(409), 1, undefined],
  ['a fault of ours stands', problem(500), 1, undefined],
  ['no answer', null, 1, 500],
  ['no answer, the third time', null, 3, 2000],
  ['no answer, the ninth time', null, 9, 30_000],
  ['overloaded', problem(503), 1, 500],
  ['a gateway with nobody behind it', { status: 502, body: '<html>' }, 2, 1000],
  ['too many, as the header says', { ...problem(429), retryAfterSeconds: 7 }, 1, 7000],
  ['too many, as the problem says', problem(429, { retryAfterSeconds: 12 }), 1, 12_000],
  ['longer than we care to wait', problem(429, { retryAfterSeconds: 31 }), 1, undefined],
]
for (const [what, reply, tried, ms] of pauses)
  test(`how long to wait · ${what}`, () => assert.equal(pauseAfter(reply, tried, patience), ms))
test('tills that were cut off together do not come back together', () => {
  const waits = [0, 0.5, 1].map((die) => pauseAfter(null, 2, { ...patience, dice: () => die }))
  assert.deepEqual(waits, [500, 750, 1000])
})

/** Answers in this order; null is a line that broke. */
function carrier(replies: (WireReply | null)[]): { sent: WireRequest[]; carry: Transport } {
  const sent: WireRequest[] = []
  const carry: Transport = (wire) => {
    sent.push(wire)
    const reply = replies.shift()
    return reply ? Promise.resolve(reply) : Promise.reject(new Error('line broke'))
  }
  return { sent, carry }
}
const patient = (carry: Transport, tries: number, waited: number[] = []): Transport =>
  retrying(carry, { tries, ...patience, pause: (ms) => Promise.resolve(void waited.push(ms)) })

test('each try is signed anew: another nonce, and a signature over it', async () => {
  const { sent, carry } = carrier([null, problem(503), ok()])
  const waited: number[] = []
  const reply = await patient(
    signedTransport(key, carry),
    4,
    waited,
  )({
    method: 'POST',
    url: '/partner/v1/till/redemptions?x=1',
    headers: {},
    body: '{"a":1}',
  })
  assert.equal(reply.status, 200)
  assert.deepEqual(waited, [500, 1000])
  assert.equal(new Set(sent.map(({ headers }) => headers['linli-nonce'])).size, 3)
  for (const { headers, body } of sent) {
    assert.deepEqual(body, new TextEncoder().encode('{"a":1}'))
    const hash = '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862'
    const text = `linli-v1\nPOST\n/partner/v1/till/redemptions?x=1\n${headers['linli-timestamp']}\n${headers['linli-nonce']}\n${hash}`
    assert.equal(headers['linli-signature'], createHmac('sha256', key.secret).update(text).digest('base64'))
  }
})
test('after the last try the answer, or its lack, is the caller’s', async () => {
  const wire = { method: 'GET', url: '/partner/v1/me', headers: {} } as const
  const refused = carrier([problem(503), problem(503), ok()])
  assert.equal((await patient(refused.carry, 2)(wire)).status, 503)
  assert.equal(refused.sent.length, 2)
  const silent = carrier([null, null, ok()])
  await assert.rejects(patient(silent.carry, 2)(wire), /line broke/)
  assert.equal(silent.sent.length, 2)
})
test('a refusal is thrown with its code; one try means one', async () => {
  const { sent, carry } = carrier([problem(429)])
  const api = createPartnerClient({ origin: '', key, tries: 1, send: carry })
  await assert.rejects(api('GET /partner/v1/me'), (error: unknown) => {
    assert.ok(error instanceof ApiProblem)
    return error.problem.code === 'some.code'
  })
  assert.equal(sent.length, 1)
})
