import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AT_ONCE, LANES, LEASE_S, WITHIN_S } from './schedule.ts'
import { headersOf, newSecret } from './signing.ts'

test('the vector that the scheme publishes', () => {
  const at = new Date(1_614_265_330_000)
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, body: '{"test": 2432232314}' }
  assert.deepEqual(headersOf(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message), {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})
test('while a secret is changed a message carries both signatures', () => {
  const message = { id: 'x', at: new Date(), body: '{}' }
  assert.equal(headersOf([newSecret(), newSecret()], message)['webhook-signature']?.split(' ').length, 2)
})

test('a sender that is never answered is through before another one may take its messages', () => {
  assert.ok(Math.ceil(AT_ONCE / LANES) * WITHIN_S < LEASE_S)
})
