import assert from 'node:assert/strict'
import test, { after, before, beforeEach } from 'node:test'
import { createClock } from '../src/clock.ts'
import { LADDER_MS } from '../src/wxpay/notifications.ts'
import { isGenuine, open, startShop } from './shop.ts'
import { placeOrder, query, startWorld, until } from './world.ts'
import type { Received, Shop } from './shop.ts'
import type { Json, World } from './world.ts'

let world: World
let shop: Shop
before(async () => {
  shop = await startShop()
  world = await startWorld({ notifyTimeoutMs: 400 })
})
after(async () => {
  await world.close()
  await shop.close()
})
beforeEach(async () => {
  shop.answer = () => 204
  shop.received.length = 0
  await world.sim('DELETE', '/_sim/faults')
})

const payFor = async (outcome = 'success', extra: Json = {}): Promise<{ number: string; id: string }> => {
  const { number, prepayId } = await placeOrder(world, { notify_url: shop.url })
  const { body } = await world.sim('POST', '/_sim/pay', { prepayId, outcome, ...extra })
  return { number, id: String(body.notificationId) }
}

const notification = (id: string) => {
  const found = world.sandbox.world.store.notifications.get(id)
  assert.ok(found)
  return found
}

const last = (): Received => shop.received.at(-1) ?? assert.fail('nothing was delivered')
const settled = (id: string, state: string) => until(() => notification(id).state === state, state)
const act = (id: string, action: string, body: Json = {}) =>
  world.sim('POST', `/_sim/notifications/${id}/${action}`, body)

test('a paid order is announced once, signed and encrypted, with the facts a query shows', async () => {
  const { number, id } = await payFor()
  await settled(id, 'delivered')
  assert.equal(shop.received.length, 1)
  assert.ok(isGenuine(world, last()))
  const news = open(world, last())
  assert.equal(news.id, id)
  assert.equal(news.eventType, 'TRANSACTION.SUCCESS')
  assert.deepEqual(news.plaintext, (await query(world, number)).body)
  const raw = JSON.parse(last().text) as { resource_type: string; resource: Json }
  assert.equal(raw.resource_type, 'encrypt-resource')
  assert.equal(raw.resource.algorithm, 'AEAD_AES_256_GCM')
  assert.equal(String(raw.resource.nonce).length, 12)
})

test('the ladder: sixteen attempts over a day, at the documented distances, then never again', async () => {
  shop.answer = () => 500
  const { id } = await payFor()
  await until(() => notification(id).attempts.length === 1, 'the first attempt')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 2 * 86_400 })
  const { attempts, state, nextAt } = notification(id)
  assert.deepEqual([state, nextAt, attempts.length], ['exhausted', null, 16])
  const gaps = attempts.slice(1).map((attempt, at) => attempt.virtualAt - (attempts[at]?.virtualAt ?? 0))
  for (const [at, gap] of gaps.entries()) {
    assert.ok(Math.abs(gap - (LADDER_MS[at] ?? 0)) < 500, `gap ${at + 1} was ${gap} ms`)
  }
  assert.equal(
    LADDER_MS.reduce((sum, gap) => sum + gap, 0),
    (24 * 3_600 + 4 * 60) * 1_000,
    '24 h 4 min',
  )
})

test('only 200 and 204 within the time limit count; the ladder stops at the first of them', async () => {
  const answers = [202, 302, null, 401, 200]
  shop.answer = (nth) => answers[nth] ?? null
  const { id } = await payFor()
  await until(() => notification(id).attempts.length === 1, 'the first attempt')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 3_600 })
  const { attempts, state } = notification(id)
  assert.equal(state, 'delivered')
  assert.deepEqual(
    attempts.map(({ status }) => status),
    [202, 302, null, 401, 200],
  )
  assert.match(attempts[2]?.error ?? '', /400 ms/)
})

test('a shop that is down is retried like one that refuses', async () => {
  const { number, prepayId } = await placeOrder(world, { notify_url: 'http://127.0.0.1:9/hooks' })
  const { body } = await world.sim('POST', '/_sim/pay', { prepayId, outcome: 'success' })
  const id = String(body.notificationId)
  await until(() => notification(id).attempts.length === 1, 'the first attempt')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 31 })
  assert.equal(notification(id).attempts.length, 3)
  assert.equal(notification(id).attempts[0]?.error, 'ECONNREFUSED')
  assert.equal((await query(world, number)).body.trade_state, 'SUCCESS')
})

test('late: paid at once, announced only when the clock is moved', async () => {
  const { number, id } = await payFor('late')
  assert.equal(notification(id).state, 'held')
  assert.equal((await query(world, number)).body.trade_state, 'SUCCESS')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 1 })
  assert.equal(notification(id).state, 'delivered')
})

test('send now releases a held one, climbs a rung of a pending one, repeats a delivered one', async () => {
  const { id } = await payFor('late')
  shop.answer = (nth) => (nth === 0 ? 500 : 204)
  assert.equal((await act(id, 'send')).body.accepted, false)
  assert.equal(notification(id).state, 'pending')
  assert.equal((await act(id, 'send')).body.accepted, true)
  assert.equal(notification(id).state, 'delivered')
  assert.equal((await act(id, 'send')).body.accepted, true)
  assert.equal(shop.received.length, 3)
})

test('drop ends it, delay postpones it, duplicates double it', async () => {
  const dropped = await payFor('late')
  await act(dropped.id, 'drop')
  const delayed = await payFor('late')
  await act(delayed.id, 'delay', { seconds: 600 })
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 590 })
  assert.equal(shop.received.length, 0)
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 11 })
  assert.equal(shop.received.length, 1)
  assert.equal(notification(dropped.id).state, 'dropped')
  assert.equal((await act(dropped.id, 'drop')).status, 409)
  await act(delayed.id, 'duplicate')
  await act(delayed.id, 'duplicate-concurrent')
  assert.equal(shop.received.length, 5)
})

const isOpenable = (delivery: Received): boolean => {
  try {
    open(world, delivery)
    return true
  } catch {
    return false
  }
}

type Expected = { genuine: boolean; openable: boolean; shows?: (plaintext: Json, number: string) => unknown }
const forgeries: Record<string, Expected> = {
  'tampered-body': { genuine: false, openable: true },
  'bad-signature': { genuine: false, openable: true },
  signtest: { genuine: false, openable: true },
  'unknown-serial': { genuine: false, openable: true },
  'missing-headers': { genuine: false, openable: true },
  'wrong-tag': { genuine: true, openable: false },
  'wrong-key': { genuine: true, openable: false },
  'stale-timestamp': { genuine: true, openable: true },
  'other-mchid': { genuine: true, openable: true, shows: ({ mchid }) => mchid !== world.merchant.mchId },
  'other-appid': { genuine: true, openable: true, shows: ({ appid }) => appid !== world.merchant.appId },
  'amount-mismatch': {
    genuine: true,
    openable: true,
    shows: ({ amount }) => (amount as Json).total === 1_991,
  },
  'unknown-order': { genuine: true, openable: true, shows: (plain, number) => plain.out_trade_no !== number },
  'certificate-key': { genuine: true, openable: true },
}
for (const [action, expected] of Object.entries(forgeries)) {
  test(`${action}: spoilt in that one way, sent beside the ladder`, async () => {
    const { number, id } = await payFor('late')
    shop.answer = () => 400
    const { body } = await act(id, action)
    assert.equal(body.accepted, false)
    assert.equal(isGenuine(world, last()), expected.genuine)
    if (action !== 'tampered-body') assert.equal(isOpenable(last()), expected.openable)
    if (expected.shows) assert.ok(expected.shows(open(world, last()).plaintext, number))
    assert.equal(notification(id).state, 'held', 'the true one is still to come')
  })
}

test('a probe’s signature begins as probes do, and a stale one is a day old', async () => {
  const { id } = await payFor('late')
  await act(id, 'signtest')
  assert.match(String(last().headers['wechatpay-signature']), /^WECHATPAY\/SIGNTEST\//)
  await act(id, 'stale-timestamp')
  assert.ok(Date.now() / 1_000 - Number(last().headers['wechatpay-timestamp']) > 86_000)
})

test('odd but lawful wrappings stay genuine: chunks, small header names, a byte order mark', async () => {
  const { id } = await payFor('late')
  await act(id, 'chunked')
  assert.equal(last().headers['transfer-encoding'], 'chunked')
  assert.ok(isGenuine(world, last()))
  await act(id, 'header-case')
  assert.ok(last().rawHeaders.includes('wechatpay-signature'))
  assert.ok(isGenuine(world, last()))
  await act(id, 'bom')
  assert.ok(last().text.startsWith('\uFEFF'))
  assert.ok(isGenuine(world, last()))
  await act(id, 'unknown-event')
  assert.equal(open(world, last()).eventType, 'SANDBOX.UNKNOWN')
})

test('faults on notify: a probe first and then the good one; one dropped for ever; one delayed once', async () => {
  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'notify' }, action: 'signtest', times: 1 }],
  })
  shop.answer = (nth) => (nth === 0 ? 401 : 204)
  const probed = await payFor()
  await until(() => notification(probed.id).attempts.length === 1, 'the probe')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 15 })
  assert.deepEqual(
    notification(probed.id).attempts.map(({ variant }) => variant),
    ['signtest', 'faithful'],
  )

  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'notify' }, action: 'drop', times: 1 }],
  })
  const lost = await payFor()
  await settled(lost.id, 'dropped')
  assert.equal(notification(lost.id).attempts.length, 0)

  const delay = { kind: 'delay', seconds: 120 }
  await world.sim('POST', '/_sim/faults', { rules: [{ match: { route: 'notify' }, action: delay }] })
  const late = await payFor()
  await until(() => notification(late.id).delayed, 'the delay')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 119 })
  assert.equal(notification(late.id).state, 'pending')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 2 })
  assert.equal(notification(late.id).state, 'delivered')
})

test('a coupon lowers what the payer pays, not what the order costs', async () => {
  const { id } = await payFor('success', { couponFen: 300 })
  await settled(id, 'delivered')
  const { amount, promotion_detail: promotions } = open(world, last()).plaintext
  assert.deepEqual(amount, { total: 1_990, payer_total: 1_690, currency: 'CNY', payer_currency: 'CNY' })
  assert.equal((promotions as Json[])[0]?.amount, 300)
})

test('the operator may sign with the certificate instead, and the journal tells what was sent', async () => {
  await world.sim('POST', '/_sim/settings', { signWith: 'certificate' })
  const { number, id } = await payFor()
  await settled(id, 'delivered')
  await world.sim('POST', '/_sim/settings', { signWith: 'public-key' })
  assert.equal(last().headers['wechatpay-serial'], world.merchant.platformKeys[1]?.id)
  assert.ok(isGenuine(world, last()))
  const { body } = await world.sim('GET', `/_sim/journal?kind=notification&namespace=${number}`)
  assert.equal((body.entries as Json[])[0]?.sent, last().text)
})

test('the clock runs what falls due in order, even what is added on the way, and can stand still', async () => {
  const clock = createClock()
  clock.setScale(0)
  const start = clock.now()
  const ran: string[] = []
  const note = (name: string) => async () => {
    ran.push(`${name}@${clock.now() - start}`)
  }
  clock.at(start + 30, note('c'))
  clock.at(start + 10, async () => {
    await note('a')()
    clock.at(start + 20, note('b'))
  })
  clock.at(start + 10, note('a2'))
  clock.at(start + 25, note('never')).cancelled = true
  clock.at(start + 1_000, note('later'))
  await new Promise((pause) => setTimeout(pause, 20))
  assert.deepEqual(ran, [], 'frozen')
  await clock.advance(100)
  assert.deepEqual(ran, ['a@10', 'a2@10', 'b@20', 'c@30'])
  assert.equal(clock.now(), start + 100)
  clock.setScale(1_000_000)
  await until(() => ran.length === 5, 'the scaled clock')
  clock.stop()
})
