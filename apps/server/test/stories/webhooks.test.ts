import { WEBHOOK_EVENTS } from '@linli/contract/webhook-events'
import { verifyWebhook } from '@linli/partner-client'
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import { Value } from 'typebox/value'
import { APPLE } from '../fixtures.ts'
import { paid } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { receive } from '../stocking.ts'
import { tellAll } from '../telling.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

interface Heard {
  id: string
  signatures: string[]
  text: string
  seconds: string
  body: { type: string; data: Record<string, unknown> }
}
let world: World
let hq: LinliApi
let receiver: Server
let url: string
let answer = 200
/** Requests for /slow wait until this is called. */
let held: (() => void)[] = []
const heard: Heard[] = []

before(async () => {
  receiver = createServer((request, reply) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      if (request.url === '/slow') return void held.push(() => reply.writeHead(500).end())
      const head = (name: string) => String(request.headers[name] ?? '')
      heard.push({
        id: head('webhook-id'),
        signatures: head('webhook-signature').split(' '),
        seconds: head('webhook-timestamp'),
        text,
        body: JSON.parse(text) as Heard['body'],
      })
      reply.writeHead(answer, answer === 302 ? { location: `${url}/elsewhere` } : {}).end('thanks')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  assert.ok(address && typeof address === 'object')
  url = `http://127.0.0.1:${address.port}/hook`
  world = await openWorld({ webhookInside: true })
  hq = await world.staff('hq')
})
after(async () => {
  receiver.close()
  await world.close()
})

const tell = () => tellAll(world)
const sign = (secret: string, { id, seconds, text }: Heard) =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${id}.${seconds}.${text}`)
    .digest('base64')}`
const add = (
  values: Partial<{ url: string; topics: ('orders' | 'sales' | 'stock')[]; storeIds: string[] | null }> = {},
) =>
  hq('POST /console/v1/webhook-endpoints', {
    body: { name: 'ERP', url, topics: ['orders', 'sales', 'stock'], storeIds: null, ...values },
  })
const messages = async () => (await hq('GET /console/v1/webhook-messages', {})).items
let endpointId: string
let secret: string

test('an endpoint hears of what happens from then on: orders, the sale with its lines, what left the shelf; signed, and nobody’s name', async () => {
  const shopper = await world.member('shopper-0001')
  await paid(world, shopper)
  await tell()
  ;({
    secret,
    endpoint: { id: endpointId },
  } = await add())
  await tell()
  assert.equal(heard.length, 0)

  const clerk = await world.staff('clerk01', 'floor')
  const purchase = await paid(world, shopper, 2)
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: purchase })
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: purchase })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  await tell()
  assert.deepEqual(heard.map(({ body }) => body.type).sort(), [
    'order.hand_over',
    'order.pay',
    'order.place',
    'order.ready',
    'sale.completed',
    'stock.moved',
  ])
  for (const each of heard) {
    assert.deepEqual(each.signatures, [sign(secret, each)])
    assert.doesNotMatch(each.text, new RegExp(shopper.memberId))
    const headers = {
      'webhook-id': each.id,
      'webhook-timestamp': each.seconds,
      'webhook-signature': each.signatures.join(' '),
    }
    const now = Number(each.seconds) * 1000
    const { event } = await verifyWebhook(secret, { headers, body: each.text, now })
    assert.deepEqual(Value.Errors(WEBHOOK_EVENTS[event.type], event), [])
  }
  const sale = heard.find(({ body }) => body.type === 'sale.completed')?.body.data as {
    totalFen: number
    lines: { skuId: string; quantity: number; paidFen: number }[]
  }
  assert.deepEqual(
    sale.lines.map(({ skuId, quantity }) => ({ skuId, quantity })),
    [{ skuId: APPLE, quantity: 2 }],
  )
  assert.equal(sale.lines[0]?.paidFen, sale.totalFen)
  const moved = heard.find(({ body }) => body.type === 'stock.moved')?.body.data as {
    entries: { delta: number; reason: string }[]
  }
  assert.deepEqual(
    moved.entries.map(({ delta, reason }) => ({ delta, reason })),
    [{ delta: -2, reason: 'SHIP' }],
  )
})

test('what does not arrive is sent again under the same id, ever less often, is dead in the end, and can be sent again by hand', async () => {
  heard.length = 0
  answer = 302 // not followed, and no receipt
  const manager = await world.staff('s01')
  await receive(manager)
  await tell()
  assert.equal(heard.length, 1)
  const [{ id } = { id: '' }] = heard
  await world.advance(11)
  await world.sweep('webhooks.retry')
  assert.deepEqual(
    heard.map((each) => each.id),
    [id, id],
  )
  assert.equal((await messages())[0]?.state, 'DUE')
  for (let i = 0; i < 12; i++) {
    await world.advance(90_000)
    await world.sweep('webhooks.retry')
  }
  hq = await world.staff('hq')
  const items = await messages()
  const stopped = (await hq('GET /console/v1/webhook-endpoints', {})).items[0]
  // Nothing arrived for five days: it is stopped before its message dies.
  assert.equal(stopped?.active, false)
  assert.ok(stopped?.stoppedAt)
  assert.equal(items[0]?.status, 302)

  answer = 200
  heard.length = 0
  const { name, topics, storeIds } = stopped
  await hq('PUT /console/v1/webhook-endpoints/:endpointId', {
    params: { endpointId },
    body: { name, url, topics, storeIds, active: true },
  })
  await hq('POST /console/v1/webhook-messages/:messageId/replays', { params: { messageId: id } })
  await world.sweep('webhooks.deliver')
  assert.deepEqual(
    heard.map((each) => each.id),
    [id],
  )
  const { tries } = await hq('GET /console/v1/webhook-messages/:messageId', { params: { messageId: id } })
  assert.equal(tries[0]?.status, 200)
  assert.ok(tries.length > 3)
})

test('a span is sent again; a new secret signs beside the one before for a day', async () => {
  heard.length = 0
  const now = world.clock.now().getTime()
  const span = { from: new Date(now - 40 * 86_400_000).toISOString(), to: new Date(now).toISOString() }
  const { messages: count } = await hq('POST /console/v1/webhook-endpoints/:endpointId/replays', {
    params: { endpointId },
    body: span,
  })
  const renewed = await hq('POST /console/v1/webhook-endpoints/:endpointId/secrets', {
    params: { endpointId },
  })
  await world.sweep('webhooks.deliver')
  assert.equal(heard.length, count)
  for (const each of heard)
    assert.deepEqual(each.signatures, [sign(renewed.secret, each), sign(secret, each)])
  await world.advance(86_401)
  hq = await world.staff('hq')
  heard.length = 0
  await receive(await world.staff('s01'))
  await tell()
  for (const each of heard) assert.deepEqual(each.signatures, [sign(renewed.secret, each)])
  assert.equal(heard.length, 1)
})

test('an endpoint hears of its topics and its stores only', async () => {
  const { endpoint } = await add({ topics: ['stock'], storeIds: ['S02'] })
  await receive(await world.staff('s01'))
  await tell()
  const mine = (await messages()).filter((each) => each.endpointId === endpoint.id)
  assert.deepEqual(mine, [])
})

test('what was told a month ago is forgotten, and its tries', async () => {
  assert.ok((await messages()).length > 0)
  await world.advance(31 * 86_400)
  await world.sweep('webhooks.forget')
  hq = await world.staff('hq')
  assert.deepEqual(await messages(), [])
})

test('addresses that are none are refused; a store manager may not look', async () => {
  await refused(
    hq('POST /console/v1/webhook-endpoints', {
      body: { name: 'x', url: 'https://a:b@erp.example.com/', topics: ['stock'], storeIds: null },
    }),
    'webhooks.address_invalid',
    422,
  )
  const manager = await world.staff('s01')
  await refused(manager('GET /console/v1/webhook-endpoints', {}), 'staff.not_allowed', 403)
})

test('whoever never answers keeps nobody else waiting: it is tried beside the others, a message at a time', async () => {
  hq = await world.staff('hq')
  const manager = await world.staff('s01')
  const slow = await add({ url: url.replace('/hook', '/slow'), topics: ['stock'] })
  const answered = async (sweep: Promise<unknown>) => {
    let over = false
    void sweep.then(() => (over = true))
    await until(async () => {
      for (const reply of held.splice(0)) reply()
      return over
    }, 'its answers')
  }
  await receive(manager)
  await answered(tell())
  const tried = async () =>
    (await messages()).filter((each) => each.endpointId === slow.endpoint.id && each.tries > 0).length
  assert.equal(await tried(), 1)

  for (let i = 0; i < 6; i++) {
    await receive(manager)
    await world.sweep('webhooks.fill')
  }
  await world.advance(11)
  heard.length = 0
  const retrying = world.sweep('webhooks.retry')
  await until(() => Promise.resolve(held.length > 0), 'a try')
  await world.sweep('webhooks.deliver')
  assert.equal(heard.length, 6, 'the others heard')
  assert.equal(held.length, 1, 'one message of the endpoint that does not answer')
  await answered(retrying)
  assert.equal(await tried(), 7)
})
