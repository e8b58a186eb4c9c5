import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyWebhook, WebhookFault } from './index.ts'

// The vector that the scheme publishes.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OTHER = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const body = '{"test": 2432232314}'
const now = 1_614_265_330_000
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

test('the published vector is ours, by either kind of headers, and beside signatures of other keys and schemes', async () => {
  const several = `v1a,xyz v1,AAAA v1,%%% ${headers['webhook-signature']}`
  for (const given of [headers, new Headers(headers), { ...headers, 'webhook-signature': several }]) {
    const { id, event } = await verifyWebhook([OTHER, SECRET], { headers: given, body, now })
    assert.equal(id, headers['webhook-id'])
    assert.deepEqual(event, { test: 2_432_232_314 })
  }
})

const wrong: readonly [what: string, reason: string, spoil: Partial<Parameters<typeof verifyWebhook>[1]>][] =
  [
    ['another body', 'forged', { body: `${body} ` }],
    ['another id', 'forged', { headers: { ...headers, 'webhook-id': 'msg_x' } }],
    ['another second', 'forged', { headers: { ...headers, 'webhook-timestamp': '1614265331' } }],
    ['six minutes later', 'old', { now: now + 360_000 }],
    ['six minutes before', 'old', { now: now - 360_000 }],
    ['no signature', 'incomplete', { headers: { ...headers, 'webhook-signature': '' } }],
    ['no headers', 'incomplete', { headers: {} }],
    ['a time that is none', 'incomplete', { headers: { ...headers, 'webhook-timestamp': '-1' } }],
  ]
for (const [what, reason, spoil] of wrong)
  test(`not believed · ${what}`, async () => {
    await assert.rejects(verifyWebhook(SECRET, { headers, body, now, ...spoil }), (error: unknown) => {
      assert.ok(error instanceof WebhookFault)
      assert.equal(error.reason, reason)
      return true
    })
  })
test('not believed under another secret', () =>
  assert.rejects(verifyWebhook(OTHER, { headers, body, now }), /forged/))
