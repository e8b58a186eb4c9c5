import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import { isFriendly } from '../src/origins.ts'
import { call, close, payParams, placeOrder, query, startWorld } from './world.ts'
import type { Json, PayParams, World } from './world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.close())

const paramsFor = (prepayId: string, overrides: Partial<PayParams> = {}): PayParams => ({
  ...payParams(world, prepayId),
  ...overrides,
})

const page = (params: Record<string, string>) =>
  call(`${world.merchant.cashierUrl}?${new URLSearchParams(params).toString()}`)
const pay = (params: PayParams, outcome: string, origin?: string) =>
  call(`${world.origin}/cashier/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin ? { origin } : {}) },
    body: JSON.stringify({ ...params, outcome }),
  })
const stateOf = async (number: string) => (await query(world, number)).body.trade_state

test('the sheet says SANDBOX, who asks, for what and how much; it loads nothing from elsewhere', async () => {
  const { prepayId, number } = await placeOrder(world, {
    description: '苹果 <b>5</b> 斤',
    amount: { total: 123_456 },
  })
  const { status, text, headers } = await page(paramsFor(prepayId))
  assert.equal(status, 200)
  for (const shown of [
    'SANDBOX',
    '襄惠生活超市',
    '苹果 &lt;b&gt;5&lt;/b&gt; 斤',
    '1,234',
    '.56',
    number,
    '立即支付',
  ]) {
    assert.ok(text.includes(shown), `${shown} is missing`)
  }
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'self' http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*/)
  assert.ok(!/(?:src|href)="(?:https?:)?\/\//.test(text))
})

test('every file a page names is served', async () => {
  for (const path of ['/', '/login', '/cashier']) {
    const { text } = await call(`${world.origin}${path}`)
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file)
    assert.ok(files.length >= 3, path)
    for (const file of files) assert.equal((await call(`${world.origin}${file}`)).status, 200, file)
  }
  for (const file of ['panel', 'cashier', 'login', 'desk-orders', 'desk-faults']) {
    const { text } = await call(`${world.origin}/assets/${file}.js`)
    for (const [, other] of text.matchAll(/from '\.\/([^']+)'/g)) {
      assert.equal((await call(`${world.origin}/assets/${other}`)).status, 200, other)
    }
  }
})

const wrong: [string, Partial<PayParams>, string][] = [
  ['another nonce', { nonceStr: 'X' }, 'cashier.pay_sign_wrong'],
  ['another time', { timeStamp: '1700000000' }, 'cashier.pay_sign_wrong'],
  ['a made-up signature', { paySign: 'AAAA' }, 'cashier.pay_sign_wrong'],
  ['another app', { appId: 'wx0000000000000000' }, 'cashier.app_wrong'],
  ['MD5', { signType: 'MD5' }, 'cashier.sign_type_wrong'],
  ['a package without its prefix', { package: 'wx1' }, 'cashier.package_wrong'],
  ['milliseconds', { timeStamp: String(Date.now()) }, 'cashier.time_wrong'],
  ['no signature', { paySign: '' }, 'cashier.param_missing'],
]
for (const [name, overrides, code] of wrong) {
  test(`with ${name} nothing can be paid, and the sheet says so`, async () => {
    const { prepayId, number } = await placeOrder(world)
    const shown = await page(paramsFor(prepayId, overrides))
    assert.equal(shown.status, 400)
    assert.ok(shown.text.includes(code))
    assert.ok(!shown.text.includes('立即支付'))
    const tried = await pay(paramsFor(prepayId, overrides), 'success')
    assert.deepEqual([tried.status, tried.body.code], [400, code])
    assert.equal(await stateOf(number), 'NOTPAY')
  })
}

test('each button does what it says', async () => {
  const cases: [string, unknown, string][] = [
    ['success', 'ok', 'SUCCESS'],
    ['late', 'ok', 'SUCCESS'],
    ['success-without-callback', null, 'SUCCESS'],
    ['fail', 'fail', 'NOTPAY'],
  ]
  for (const [outcome, result, state] of cases) {
    const { prepayId, number } = await placeOrder(world)
    const { body } = await pay(paramsFor(prepayId), outcome)
    assert.deepEqual(body, { result }, outcome)
    assert.equal(await stateOf(number), state, outcome)
  }
})

test('what is no outcome pays nothing', async () => {
  const { prepayId, number } = await placeOrder(world)
  for (const outcome of ['cancel', '', 'SUCCESS']) {
    const { status, body } = await pay(paramsFor(prepayId), outcome)
    assert.deepEqual([status, body.code], [400, 'cashier.outcome_wrong'], outcome)
  }
  assert.equal(await stateOf(number), 'NOTPAY')
})

test('paid and closed orders cannot be opened again', async () => {
  const paid = await placeOrder(world)
  await pay(paramsFor(paid.prepayId), 'success')
  assert.equal((await page(paramsFor(paid.prepayId))).status, 409)
  const closed = await placeOrder(world)
  await close(world, closed.number)
  assert.ok((await page(paramsFor(closed.prepayId))).text.includes('sim.order_closed'))
})

test('the result only ever goes to friends', async () => {
  const { prepayId } = await placeOrder(world)
  const dataOf = async (extra: Record<string, string>): Promise<Json> => {
    const { text } = await page({ ...paramsFor(prepayId), ...extra })
    const [, json = '{}'] = /id="page-data">(.*?)<\/script>/s.exec(text) ?? []
    return JSON.parse(json) as Json
  }
  const friend = await dataOf({
    origin: 'http://127.0.0.1:4000',
    return: 'http://localhost:4000/pay?order=1',
  })
  assert.deepEqual(
    [friend.origin, friend.returnTo],
    ['http://127.0.0.1:4000', 'http://localhost:4000/pay?order=1'],
  )
  const stranger = await dataOf({ origin: 'https://evil.example', return: 'https://evil.example/' })
  assert.deepEqual([stranger.origin, stranger.returnTo], [null, null])
  for (const sly of [
    'javascript:alert(1)',
    '//evil.example',
    'http://localhost.evil.example/',
    '</script>',
  ]) {
    assert.equal((await dataOf({ return: sly })).returnTo, null, sly)
  }
})

test('who is a friend', () => {
  const config = {
    apiOrigin: null,
    publicOrigin: 'https://pay.demo.example',
    shopOrigin: 'https://shop.example',
  }
  for (const friend of [
    'http://localhost:4000',
    'http://[::1]:1',
    'https://pay.demo.example:9',
    'https://shop.example',
  ]) {
    assert.ok(isFriendly(config, friend), friend)
  }
  for (const stranger of ['https://shop.example:9', 'https://demo.example', 'null', 'file:///etc', '']) {
    assert.ok(!isFriendly(config, stranger), stranger)
  }
})

test('pages of strangers may neither pay nor use the control interface; friends get CORS', async () => {
  const { prepayId, number } = await placeOrder(world)
  const foreign = await pay(paramsFor(prepayId), 'success', 'https://evil.example')
  assert.deepEqual([foreign.status, foreign.body.code], [403, 'sim.origin_refused'])
  assert.equal(await stateOf(number), 'NOTPAY')
  const login = (origin: string, method = 'POST') =>
    call(`${world.origin}/_sim/login`, {
      method,
      ...(method === 'POST'
        ? {
            headers: { origin, 'content-type': 'application/json' },
            body: JSON.stringify({ shopper: 'shopper-0001' }),
          }
        : { headers: { origin } }),
    })
  assert.equal((await login('https://evil.example')).status, 403)
  const friendly = await login('http://localhost:4000')
  assert.equal(friendly.status, 200)
  assert.equal(friendly.headers.get('access-control-allow-origin'), 'http://localhost:4000')
  const preflight = await login('http://127.0.0.1:5173', 'OPTIONS')
  assert.equal(preflight.status, 204)
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type')
})

test('the login sheet offers the fifty shoppers, and the panel its desks', async () => {
  const { text } = await call(`${world.origin}/login?origin=http://127.0.0.1:4000`)
  assert.equal([...text.matchAll(/data-shopper="shopper-\d{4}"/g)].length, 50)
  assert.ok(text.includes('SANDBOX'))
  const panel = await call(`${world.origin}/`)
  for (const desk of ['orders', 'notifications', 'refunds', 'faults', 'journal']) {
    assert.ok(panel.text.includes(`href="#${desk}"`))
  }
  const overview = await world.sim('GET', '/_sim/overview')
  assert.equal(typeof (overview.body.counts as Json).orders, 'number')
})
