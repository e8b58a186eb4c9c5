// The ERP that the sandbox plays, against the server as it is: whatever goes wrong between the two, their counts are the same in the end.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { firstGoods } from '../../../sandbox/src/retail/erp/goods.ts'
import { onHandOf, openErp } from '../feeds.ts'
import { GOODS, skuOf } from '../fixtures.ts'
import { openPartner } from '../partner.ts'
import { paid } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { tellAll } from '../telling.ts'
import { sale, upload } from '../tills.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

interface Erp {
  seq: number
  knownThrough: number
  gaps: { from: number; to: number }[]
  waiting: number
  sent: { what: string; state: string; words: string }[]
  heard: { id: string; type: string; words: string; times: number; fault: string | null }[]
  goods: { barcode: string; counts: Record<string, number> }[]
}
let world: World
let webhooks: string
/** What both know: the others of the ERP's goods are refused row by row. */
const both = GOODS.map(({ barcode }) => barcode).filter((barcode) =>
  firstGoods().some((good) => good.barcode === barcode),
)

before(async () => {
  world = await openWorld({ webhookInside: true, onHand: 20 })
  const { hq, partner, params } = await openErp(world)
  const items = [
    { code: '01', storeId: 'S01' },
    { code: '02', storeId: 'S02' },
  ]
  await hq('PUT /console/v1/feed-sources/:sourceCode/stores', { params, body: { items } })
  const { config } = world.sandbox.world
  const address = world.sandbox.app.server.address()
  assert.ok(address && typeof address === 'object')
  webhooks = `http://127.0.0.1:${address.port}/retail/erp/webhooks`
  const { secret: webhookSecret } = await hq('POST /console/v1/webhook-endpoints', {
    body: { name: 'ERP', url: webhooks, topics: ['orders', 'sales', 'stock'], storeIds: null },
  })
  const { keyId, secret } = partner
  const erp = { keyId, secret, source: 'erp', webhookSecret }
  await writeFile(
    path.join(config.dataDir, 'sandbox/partners.json'),
    JSON.stringify({ origin: world.origin, erp }),
  )
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const erpNow = () => world.sim<Erp>('GET', '/_sim/erp')
const act = async (deed: string) =>
  (await world.sim<{ sent: Erp['sent'][number] }>('POST', '/_sim/erp/deeds', { deed })).sent
/** A full list, applied meanwhile as the job runner would. */
async function list(topic: 'stock' | 'prices'): Promise<Erp['sent'][number]> {
  let sent: Erp['sent'][number] | undefined
  const sending = act(topic).then((one) => (sent = one))
  await until(
    async () => {
      await world.sweep('feeds.apply')
      return sent !== undefined
    },
    'a full list is applied',
    10,
  )
  return sending
}
/** The counts of what both know, side by side. */
async function counts() {
  const { goods } = await erpNow()
  const theirs = goods.filter(({ barcode }) => both.includes(barcode))
  const pairs = theirs.flatMap(({ barcode, counts: by }) =>
    ['01', '02'].map(async (store) => ({
      what: `${barcode} ${store}`,
      theirs: by[store],
      ours: await onHandOf(world, `S${store}`, skuOf(barcode)),
    })),
  )
  return Promise.all(pairs)
}
async function assertSame(): Promise<void> {
  await tellAll(world)
  const unlike = (await counts()).filter(({ theirs, ours }) => theirs !== ours)
  assert.deepEqual(unlike, [])
}

test('a full list, then what tills and the shop sold: the ERP hears it, once, and both count alike', async () => {
  await tellAll(world)
  const sent = await list('stock')
  assert.equal(sent.state, 'partly', 'goods that we do not sell are refused row by row')
  // The ERP counts by the clock on the wall, which the world's does not follow by itself.
  world.clock.advance(60)
  await assertSame()
  const till = await openPartner(world)
  await upload(till.api, [sale(world)])
  const shopper = await world.member('shopper-0001')
  const clerk = await world.staff('clerk01', 'floor')
  const purchase = await paid(world, shopper, 2)
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: purchase })
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: purchase })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  await assertSame()
  const types = new Set((await erpNow()).heard.map(({ type }) => type))
  assert.deepEqual(
    [...types].toSorted(),
    [
      'order.hand_over',
      'order.pay',
      'order.place',
      'order.ready',
      'sale.completed',
      'stock.moved',
    ].toSorted(),
  )
})

test('twice, out of order, with numbers missing, with the line cut: both count alike in the end', async () => {
  await act('changes')
  assert.match((await act('duplicate')).words, /重复 5/)
  await act('reordered')
  assert.match((await act('gap')).words, /对方缺/)
  assert.equal((await erpNow()).gaps.length, 1)
  await world.sim('POST', '/_sim/erp/line', { isCut: true })
  assert.equal((await act('changes')).state, 'waiting')
  await act('changes')
  assert.equal((await erpNow()).waiting, 2)
  await world.sim('POST', '/_sim/erp/line', { isCut: false })
  await act('fill')
  const { gaps, waiting, sent } = await erpNow()
  assert.deepEqual([gaps, waiting], [[], 0])
  assert.deepEqual(
    sent.filter(({ state }) => state === 'waiting' || state === 'silent'),
    [],
  )
  await assertSame()
  assert.match((await act('contradiction')).words, /内容不同/)
  await assertSame()
})

test('new goods arrive with their price and first case; a code that nobody mapped waits', async () => {
  const { state, words } = await act('listing')
  assert.equal(state, 'partly', `the third store is not ours here: ${words}`)
  assert.match((await act('unmapped')).words, /E-9001/)
})

test('a message whose answer was lost comes again and is booked once; what nobody signed is refused', async () => {
  const till = await openPartner(world)
  await world.sim('POST', '/_sim/erp/answers', { answers: 'lost' })
  await upload(till.api, [sale(world)])
  await tellAll(world)
  await world.sim('POST', '/_sim/erp/answers', { answers: 'ok' })
  await world.advance(60)
  await assertSame()
  assert.ok((await erpNow()).heard.some(({ times }) => times > 1))
  const reply = await fetch(webhooks, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'm1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    },
    body: '{"type":"stock.moved","data":{"entries":[]}}',
  })
  assert.equal(reply.status, 400)
  assert.equal((await erpNow()).heard[0]?.fault, 'forged')
})
