import assert from 'node:assert/strict'
import test, { after, before, beforeEach } from 'node:test'
import { actions } from '../src/faults/actions.ts'
import { routes } from '../src/faults/routes.ts'
import { createFaultBook, seededRandom } from '../src/faults/rules.ts'
import { close, login, newNumber, orderBody, placeOrder, query, signed, startWorld } from './world.ts'
import type { Json, World } from './world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.close())
beforeEach(() => world.sim('DELETE', '/_sim/faults'))

const set = (rules: unknown[], namespace?: string) =>
  world.sim('POST', '/_sim/faults', { rules, ...(namespace === undefined ? {} : { namespace }) })
const order = (number = newNumber(), openid?: string) =>
  signed(
    world,
    'POST',
    '/v3/pay/transactions/jsapi',
    orderBody(world, { out_trade_no: number, ...(openid ? { payer: { openid } } : {}) }),
  )

test('the first matching rule strikes, as often as it may', async () => {
  await set([
    {
      match: { route: 'jsapi' },
      action: { kind: 'status', status: 429, code: 'FREQUENCY_LIMITED' },
      times: 2,
    },
    { match: { route: '*' }, action: { kind: 'status', status: 503, code: 'SYSTEM_ERROR' }, times: 1 },
  ])
  const codes = []
  for (let at = 0; at < 4; at += 1) codes.push((await order()).status)
  assert.deepEqual(codes, [429, 429, 503, 200])
  const { body } = await world.sim('GET', '/_sim/faults')
  assert.deepEqual(
    (body.rules as { struck: number }[]).map(({ struck }) => struck),
    [2, 1],
  )
})

test('nth strikes only that call; an order number only that order', async () => {
  const number = newNumber()
  await set([
    { match: { route: 'query', nth: 2 }, action: 'status' },
    { match: { route: 'jsapi', outTradeNo: number }, action: 'status', times: 1 },
  ])
  assert.deepEqual(
    [(await order()).status, (await order(number)).status, (await order(number)).status],
    [200, 500, 200],
  )
  const seen = []
  for (let at = 0; at < 3; at += 1) seen.push((await query(world, number)).status)
  assert.deepEqual(seen, [200, 500, 200])
})

test('namespaces keep apart by order number and by shopper, and are replaced one at a time', async () => {
  const openid = await login(world, 'race-7-shopper-0001')
  await set([{ match: { route: 'jsapi' }, action: 'status' }], 'AAA')
  await set([{ match: { route: 'jsapi' }, action: 'html' }], 'race-7')
  assert.equal((await order(newNumber('AAA'))).status, 500)
  assert.equal((await order(newNumber('BBB'), openid)).status, 502)
  assert.equal((await order(newNumber('BBB'))).status, 200)
  await set([], 'AAA')
  assert.equal((await order(newNumber('AAA'))).status, 200)
  assert.equal((await order(newNumber('BBB'), openid)).status, 502)
  await world.sim('DELETE', '/_sim/faults?namespace=race-7')
  assert.equal((await order(newNumber('BBB'), openid)).status, 200)
})

test('a probability with a seed is the same run every time, and about right', () => {
  const draw = (seed: number) => Array.from({ length: 1_000 }, seededRandom(seed))
  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
  const strikes = (seed: number) => {
    const book = createFaultBook()
    book.set('', [{ match: { route: 'jsapi' }, action: 'status', probability: 0.3, seed }])
    return Array.from({ length: 1_000 }, () => book.strike({ route: 'jsapi', method: 'POST' }) !== null)
  }
  assert.deepEqual(strikes(1), strikes(1))
  const share = strikes(1).filter(Boolean).length
  assert.ok(share > 240 && share < 360, `${share} of 1000`)
})

const nonsense: [string, unknown][] = [
  ['no match', { action: 'status' }],
  ['an unknown route', { match: { route: 'jsap' }, action: 'status' }],
  ['an unknown action', { match: { route: 'jsapi' }, action: 'explode' }],
  ['an unknown field', { match: { route: 'jsapi' }, action: 'status', sometimes: true }],
  ['an action the route cannot suffer', { match: { route: 'jsapi' }, action: 'drop' }],
  [
    'a signature fault where nothing is signed',
    { match: { route: 'jscode2session' }, action: 'bad-signature' },
  ],
  ['a probability of 2', { match: { route: 'jsapi' }, action: 'status', probability: 2 }],
  ['a status of 99', { match: { route: 'jsapi' }, action: { kind: 'status', status: 99 } }],
  ['times in words', { match: { route: 'jsapi' }, action: 'status', times: 'once' }],
]
for (const [name, rule] of nonsense) {
  test(`POST faults · 400 for ${name}, and nothing changes`, async () => {
    await set([{ match: { route: 'close' }, action: 'status' }])
    const reply = await set([rule])
    assert.deepEqual([reply.status, reply.body.code], [400, 'sim.rules_wrong'])
    const { body } = await world.sim('GET', '/_sim/faults')
    assert.equal((body.rules as unknown[]).length, 1)
  })
}

test('status answers what it is told, whatever it is: refusals, limits, and 202 while the shopper types a password', async () => {
  for (const [status, code] of [
    [500, 'SYSTEM_ERROR'],
    [429, 'FREQUENCY_LIMITED'],
    [202, 'USERPAYING'],
    [403, 'NOT_ENOUGH'],
  ] as const) {
    await set([{ match: { route: 'jsapi' }, action: { kind: 'status', status, code }, times: 1 }])
    const number = newNumber()
    const struck = await signed(
      world,
      'POST',
      '/v3/pay/transactions/jsapi',
      orderBody(world, { out_trade_no: number }),
    )
    assert.deepEqual([struck.status, struck.body.code], [status, code])
    assert.equal((await order(number)).status, 200)
  }
})

test('slow replies come late but well', async () => {
  await set([{ match: { route: 'jsapi' }, action: { kind: 'slow', ms: 60 }, times: 1 }])
  const started = performance.now()
  assert.equal((await order()).status, 200)
  assert.ok(performance.now() - started >= 55)
})

test('pay-first: the shopper pays just before the close arrives', async () => {
  const { number } = await placeOrder(world)
  await set([{ match: { route: 'close' }, action: 'pay-first', times: 1 }])
  assert.equal((await close(world, number)).body.code, 'ORDER_PAID')
  assert.equal((await query(world, number)).body.trade_state, 'SUCCESS')
})

test('pay-before-reply: paid and announced before the order’s own reply', async () => {
  await set([{ match: { route: 'jsapi' }, action: 'pay-before-reply', times: 1 }])
  const number = newNumber()
  const reply = await order(number)
  assert.equal(reply.status, 200)
  const [sent] = [...world.sandbox.world.store.notifications.values()].filter(
    ({ outTradeNo }) => outTradeNo === number,
  )
  assert.equal(sent?.attempts.length, 1)
})

test('the table in the comment, the list and the routes agree', async () => {
  const { readFile } = await import('node:fs/promises')
  const source = await readFile(new URL('../src/faults/actions.ts', import.meta.url), 'utf8')
  const table = source.slice(0, source.indexOf('*/'))
  for (const kind of Object.keys(actions)) {
    assert.ok(table.includes(`\`${kind}\``), `${kind} is missing from the table`)
  }
  const { body } = await world.sim('GET', '/_sim/faults')
  assert.deepEqual(Object.keys(body.fits as Json), Object.keys(routes))
  const covered = new Set(Object.values(body.fits as Record<string, string[]>).flat())
  assert.deepEqual([...covered].sort(), Object.keys(actions).sort(), 'every action fits some route')
})
