// Boxes every week over the wire: from the first subscriber to the bag on the counter, and every way a week goes without one.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { type Box, closeWeek, DAY, look, moveTo, placeWeek, runBoxes, subscribe, weekOf } from '../boxes.ts'
import { type Goods, goodsOf, only, orderIn, presaleOf, campaign } from '../campaigns.ts'
import { rows, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let goods: Goods[]
let next = 0
let sku: Goods
before(async () => {
  world = await openWorld({ onHand: 20, start: new Date('2026-11-24T02:00:00Z') })
  goods = await goodsOf(world)
})
after(() => world.close())
beforeEach(() => {
  sku = only(goods, next++ % goods.length)
})
afterEach(async () => assert.deepEqual(await wrongInTheBooks(world), []))

const hq = (): Promise<LinliApi> => world.staff('hq')
const run = async (over: Parameters<typeof runBoxes>[3] = {}) => runBoxes(world, await hq(), sku, over)
let people = 0
const someone = (): Promise<Shopper> => world.member(`boxes-${people++}`)
const states = ({ weeks }: Box) => weeks.map(({ state }) => state)
const detail = ({ api }: Shopper, orderId: string) => api('GET /v1/orders/:orderId', { params: { orderId } })
async function pay(shopper: Shopper, orderId: string): Promise<void> {
  const opened = await shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId },
    body: { provider: 'wechat' },
  })
  assert.ok(opened.provider === 'wechat')
  await settleAtCashier(world, opened.prepayId)
  await until(async () => (await detail(shopper, orderId)).state === 'WAIT_GOODS', 'paid')
}
const told = async ({ api }: Shopper): Promise<string[]> => {
  await world.sweep('messages.boxes')
  return (await api('GET /v1/messages', { query: {} })).items.map(({ kind }) => kind)
}
const act = ({ api }: Shopper, boxId: string, verb: 'pause' | 'resume' | 'end'): Promise<Box> =>
  api(`POST /v1/boxes/:boxId/${verb}`, { params: { boxId } })
const skip = ({ api }: Shopper, boxId: string, week: string): Promise<Box> =>
  api('PUT /v1/boxes/:boxId/skips/:week', { params: { boxId, week } })
const unskip = ({ api }: Shopper, boxId: string, week: string): Promise<Box> =>
  api('DELETE /v1/boxes/:boxId/skips/:week', { params: { boxId, week } })

test('周期购: a week from the order that is placed for its member, over their payment, to the bag on the counter', async () => {
  const campaignId = await run()
  const shopper = await someone()
  const params = { campaignId }
  const offer = await world.api('GET /v1/campaigns/:campaignId/box-offer', {
    params,
    query: { storeId: 'S01' },
  })
  assert.deepEqual(
    [offer.most, offer.placesLeft, offer.weeks.length, offer.goods?.priceFen],
    [2, 2, 3, sku.priceFen - 50],
  )
  const box = await subscribe(shopper, campaignId)
  assert.deepEqual(
    [box.state, box.quantity, box.most, states(box)],
    ['RUNNING', 1, 2, ['PLANNED', 'PLANNED', 'PLANNED']],
  )
  assert.equal((await subscribe(shopper, campaignId, { quantity: 2 })).id, box.id, 'one box in a campaign')
  await world.sweep('boxes.turn')
  assert.equal(states(await look(shopper, box.id))[0], 'PLANNED', 'nothing is ordered before its hour')
  assert.deepEqual((await shopper.api('GET /v1/orders', { query: {} })).items, [])

  await placeWeek(world, weekOf(box))
  await world.sweep('boxes.turn')
  const week = weekOf(await look(shopper, box.id))
  assert.equal(week.state, 'ORDERED')
  const order = await detail(shopper, week.orderId ?? assert.fail())
  assert.deepEqual(
    [order.state, order.totalFen, order.expiresAt],
    ['PENDING_PAY', sku.priceFen - 50, week.payUntil],
  )
  assert.equal(order.events[0]?.by, 'system')
  assert.equal(order.presale?.ofBox, true)
  assert.equal(
    (await shopper.api('GET /v1/orders', { query: {} })).items.length,
    1,
    'one order, however often it is looked',
  )
  assert.deepEqual(await told(shopper), ['box.ordered'])

  await pay(shopper, order.id)
  await world.sweep('boxes.turn')
  assert.equal(weekOf(await look(shopper, box.id)).state, 'PAID')
  const staff = await hq()
  const goodsOfIt = { campaignId, storeId: 'S01', skuId: sku.skuId, pieces: 1, idempotencyKey: randomUUID() }
  const packing = await staff('GET /console/v1/campaigns/:campaignId/box-packing', {
    params,
    query: { week: week.week, storeId: 'S01' },
  })
  assert.deepEqual(
    packing.items.map(({ orderId, quantity }) => [orderId, quantity]),
    [[order.id, 1]],
  )
  assert.equal((await staff('POST /console/v1/presale-arrivals', { body: goodsOfIt })).servedOrders, 1)
  await world.sweep('messages.orders')
  assert.ok((await told(shopper)).includes('box.arrived'))
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', {
    params: { orderId: order.id },
  })
  const clerk = await world.staff('clerk01', 'floor')
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  assert.equal((await detail(shopper, order.id)).state, 'COMPLETED')

  const { items } = await staff('GET /console/v1/campaigns/:campaignId/box-weeks', { params })
  const sums = items.filter(({ storeId }) => storeId === 'S01').map(({ planned, paid }) => [planned, paid])
  assert.deepEqual(sums, [
    [0, 1],
    [1, 0],
    [1, 0],
  ])
  const all = await staff('GET /console/v1/campaigns/:campaignId/boxes', { params, query: {} })
  assert.deepEqual([all.total, all.items[0]?.id, all.items[0]?.state], [1, box.id, 'RUNNING'])
  const other = await world.staff('s02')
  const theirs = await other('GET /console/v1/campaigns/:campaignId/boxes', { params, query: {} })
  assert.equal(theirs.total, 0, 'another store’s subscribers are not theirs to see')
  await refused(
    other('GET /console/v1/campaigns/:campaignId/box-packing', {
      params,
      query: { week: week.week, storeId: 'S01' },
    }),
    'staff.out_of_scope',
  )
  await refused(
    staff('GET /console/v1/campaigns/:campaignId/box-packing', {
      params,
      query: { week: '2026-01-01', storeId: 'S01' },
    }),
    'boxes.week_unknown',
    404,
  )
})

test('周期购: a week is skipped and taken back until its order is placed; what is ordered is cancelled as an order, and counts as no lapse', async () => {
  const campaignId = await run()
  const shopper = await someone()
  const box = await subscribe(shopper, campaignId)
  const [first, second] = [weekOf(box, 0), weekOf(box, 1)]
  await skip(shopper, box.id, first.week)
  assert.equal(weekOf(await skip(shopper, box.id, first.week)).state, 'SKIPPED')
  assert.equal(weekOf(await unskip(shopper, box.id, first.week)).state, 'PLANNED')
  assert.equal(weekOf(await unskip(shopper, box.id, first.week)).state, 'PLANNED')
  await skip(shopper, box.id, first.week)
  await refused(skip(shopper, box.id, '2026-01-03'), 'boxes.week_unknown', 404)
  await placeWeek(world, first)
  assert.equal(weekOf(await look(shopper, box.id)).state, 'SKIPPED')
  assert.deepEqual((await shopper.api('GET /v1/orders', { query: {} })).items, [])
  await moveTo(world, first.payUntil)
  await refused(unskip(shopper, box.id, first.week), 'boxes.week_unknown', 404)

  await placeWeek(world, second)
  await refused(skip(shopper, box.id, second.week), 'boxes.week_placed')
  await refused(unskip(shopper, box.id, second.week), 'boxes.week_placed')
  const { orderId } = weekOf(await look(shopper, box.id), 1)
  await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: orderId ?? '' }, body: {} })
  await world.sweep('boxes.turn')
  const cancelled = await look(shopper, box.id)
  assert.deepEqual([states(cancelled), cancelled.lapses], [['SKIPPED', 'SKIPPED', 'PLANNED'], 0])
  await refused(unskip(shopper, box.id, second.week), 'boxes.week_placed')
})

test('周期购: two orders in a row that nobody paid pause it; paid in between counts anew; who comes back has a place if one is left', async () => {
  const campaignId = await run()
  const shopper = await someone()
  const box = await subscribe(shopper, campaignId, { quantity: 2 })
  for (const at of [0, 1]) {
    await placeWeek(world, weekOf(box, at))
    await closeWeek(world, weekOf(box, at))
    const now = await look(shopper, box.id)
    assert.deepEqual(
      [now.state, now.pausedBy, now.lapses],
      at === 0 ? ['RUNNING', null, 1] : ['PAUSED', 'lapsed', 2],
    )
  }
  assert.deepEqual(states(await look(shopper, box.id)), ['LAPSED', 'LAPSED'])
  assert.deepEqual(
    (await told(shopper)).filter((kind) => kind === 'box.paused'),
    ['box.paused'],
  )
  const other = await someone()
  const theirs = await subscribe(other, campaignId)
  await refused(act(shopper, box.id, 'resume'), 'boxes.full')
  await act(other, theirs.id, 'end')
  const back = await act(shopper, box.id, 'resume')
  assert.deepEqual([back.state, back.pausedBy, back.lapses], ['RUNNING', null, 0])
  assert.equal((await act(shopper, box.id, 'resume')).state, 'RUNNING')
  await placeWeek(world, weekOf(box, 2))
  assert.equal(weekOf(await look(shopper, box.id), 2).state, 'ORDERED')
})

test('周期购: an order whose server was gone before it could say so is the order of its week, however late that is noticed', async () => {
  const campaignId = await run()
  const shoppers = [await someone(), await someone()]
  const boxes = await Promise.all(shoppers.map((each) => subscribe(each, campaignId)))
  const [box] = boxes
  assert.ok(box)
  await placeWeek(world, weekOf(box))
  const ids = await Promise.all(
    boxes.map(async ({ id }, i) => weekOf(await look(only(shoppers, i), id)).orderId ?? assert.fail()),
  )
  await rows(
    world,
    `update box_week set state = 'DUE', order_id = null where box_id = any($1::uuid[]) and week = $2::date`,
    [boxes.map(({ id }) => id), weekOf(box).week],
  )
  await pay(only(shoppers, 0), only(ids, 0))
  await closeWeek(world, weekOf(box))
  await world.sweep('boxes.turn')
  const seen = await Promise.all(boxes.map(({ id }, i) => look(only(shoppers, i), id)))
  assert.deepEqual(
    seen.map((each) => [weekOf(each).state, weekOf(each).orderId, each.lapses]),
    [
      ['PAID', ids[0], 0],
      ['LAPSED', ids[1], 1],
    ],
  )
  for (const shopper of shoppers) assert.ok(!(await told(shopper)).includes('box.short'))
})

test('周期购: what is given back of an order before it is collected is not packed', async () => {
  const campaignId = await run()
  const shopper = await someone()
  const box = await subscribe(shopper, campaignId, { quantity: 2 })
  await placeWeek(world, weekOf(box))
  const orderId = weekOf(await look(shopper, box.id)).orderId ?? assert.fail()
  await pay(shopper, orderId)
  const staff = await hq()
  const lines = [{ lineNo: 1, quantity: 1 }]
  const { amountFen } = await staff('POST /console/v1/orders/:orderId/refund-quotes', {
    params: { orderId },
    body: { lines },
  })
  await staff('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), lines, expectFen: amountFen, reason: '只要一份' },
  })
  const { items } = await staff('GET /console/v1/campaigns/:campaignId/box-packing', {
    params: { campaignId },
    query: { week: weekOf(box).week, storeId: 'S01' },
  })
  assert.deepEqual(
    items.map((each) => [each.orderId, each.quantity]),
    [[orderId, 1]],
  )
})

test('周期购: a payment in between forgets an order that nobody paid', async () => {
  const campaignId = await run()
  const shopper = await someone()
  const box = await subscribe(shopper, campaignId)
  await placeWeek(world, weekOf(box, 0))
  await closeWeek(world, weekOf(box, 0))
  await placeWeek(world, weekOf(box, 1))
  const ordered = weekOf(await look(shopper, box.id), 1)
  await pay(shopper, ordered.orderId ?? assert.fail())
  await world.sweep('boxes.turn')
  assert.equal((await look(shopper, box.id)).lapses, 0)
  await placeWeek(world, weekOf(box, 2))
  await closeWeek(world, weekOf(box, 2))
  const now = await look(shopper, box.id)
  assert.deepEqual([now.state, now.lapses, states(now)], ['RUNNING', 1, ['LAPSED', 'PAID', 'LAPSED']])
})

test('周期购: a store packs so many every week; boxes are paused, moved, made more and ended, and their places go to others', async () => {
  const campaignId = await run()
  const [ann, ben, cho] = [await someone(), await someone(), await someone()]
  await refused(subscribe(ann, campaignId, { quantity: 3 }), 'boxes.too_many')
  const mine = await subscribe(ann, campaignId, { quantity: 2 })
  await refused(subscribe(ben, campaignId), 'boxes.full')
  assert.equal((await act(ann, mine.id, 'pause')).state, 'PAUSED')
  assert.equal((await act(ann, mine.id, 'pause')).pausedBy, 'member')
  const theirs = await subscribe(ben, campaignId)
  await refused(act(ann, mine.id, 'resume'), 'boxes.full')
  const setQuantity = (quantity: number) =>
    ann.api('PUT /v1/boxes/:boxId/quantity', { params: { boxId: mine.id }, body: { quantity } })
  await refused(setQuantity(3), 'boxes.too_many')
  assert.equal((await setQuantity(1)).quantity, 1)
  await act(ann, mine.id, 'resume')
  await refused(setQuantity(2), 'boxes.full')
  await refused(subscribe(cho, campaignId), 'boxes.full')
  const moved = await ann.api('PUT /v1/boxes/:boxId/store', {
    params: { boxId: mine.id },
    body: { storeId: 'S02' },
  })
  assert.deepEqual([moved.storeId, weekOf(moved).storeId], ['S02', 'S02'])
  assert.equal((await setQuantity(2)).quantity, 2)
  const last = await subscribe(cho, campaignId)
  await refused(
    ann.api('PUT /v1/boxes/:boxId/store', { params: { boxId: mine.id }, body: { storeId: 'S01' } }),
    'boxes.full',
  )
  await refused(
    ann.api('PUT /v1/boxes/:boxId/store', { params: { boxId: mine.id }, body: { storeId: 'S99' } }),
    'campaigns.missing',
    404,
  )
  await act(ben, theirs.id, 'end')
  assert.equal((await act(ben, theirs.id, 'end')).state, 'ENDED')
  for (const verb of ['pause', 'resume'] as const) await refused(act(ben, theirs.id, verb), 'boxes.ended')
  await refused(skip(ben, theirs.id, weekOf(mine).week), 'boxes.ended')
  await refused(look(ben, last.id), 'boxes.missing', 404)
  await refused(act(ben, last.id, 'end'), 'boxes.missing', 404)
  await refused(skip(ben, last.id, weekOf(mine).week), 'boxes.missing', 404)
  const again = await subscribe(ben, campaignId)
  assert.notEqual(again.id, theirs.id)
  const { items } = await ben.api('GET /v1/boxes')
  assert.deepEqual(
    items.map(({ id }) => id),
    [again.id, theirs.id],
  )
})

test('周期购: nobody orders a box but by subscribing, and what sells no boxes has none', async () => {
  const campaignId = await run()
  const shopper = await someone()
  await refused(orderIn(shopper, campaignId, sku), 'campaigns.box_only')
  sku = only(goods, next++ % goods.length)
  const presale = await campaign(world, await hq(), presaleOf(world, sku))
  await refused(subscribe(shopper, presale), 'boxes.no_box')
  const params = { campaignId: presale }
  await refused(
    world.api('GET /v1/campaigns/:campaignId/box-offer', { params, query: { storeId: 'S01' } }),
    'boxes.no_box',
  )
  const staff = await hq()
  await refused(staff('GET /console/v1/campaigns/:campaignId/boxes', { params, query: {} }), 'boxes.no_box')
  await refused(staff('GET /console/v1/campaigns/:campaignId/box-weeks', { params }), 'boxes.no_box')
  const unknown = { campaignId: randomUUID() }
  await refused(
    staff('GET /console/v1/campaigns/:campaignId/box-weeks', { params: unknown }),
    'campaigns.missing',
    404,
  )
})

test('周期购: while its campaign is paused orders wait; a week that could not be ordered in time is short, and is no lapse; it ends with its campaign', async () => {
  next++
  const campaignId = await run()
  const params = { campaignId }
  const shopper = await someone()
  const box = await subscribe(shopper, campaignId)
  await (
    await hq()
  )('POST /console/v1/campaigns/:campaignId/pause', { params, body: { reason: '供货不稳' } })
  await refused(subscribe(await someone(), campaignId), 'campaigns.paused')
  await placeWeek(world, weekOf(box))
  assert.equal(weekOf(await look(shopper, box.id)).state, 'DUE')
  await closeWeek(world, weekOf(box))
  const short = await look(shopper, box.id)
  assert.deepEqual([states(short), short.lapses], [['SHORT', 'PLANNED', 'PLANNED'], 0])
  assert.ok((await told(shopper)).includes('box.short'))
  await (
    await hq()
  )('POST /console/v1/campaigns/:campaignId/resumption', { params })
  await placeWeek(world, weekOf(box, 1))
  assert.equal(weekOf(await look(shopper, box.id), 1).state, 'ORDERED')
  await (
    await hq()
  )('POST /console/v1/campaigns/:campaignId/stop', { params, body: { reason: '不做了' } })
  await world.sweep('boxes.turn')
  const over = await look(shopper, box.id)
  assert.deepEqual([over.state, states(over)], ['ENDED', ['SHORT', 'ORDERED']])
  const taken = await rows<{ taken: number }>(world, 'select taken from box_place where campaign_id = $1', [
    campaignId,
  ])
  assert.deepEqual(taken, [{ taken: 0 }])
  await pay(shopper, weekOf(over, 1).orderId ?? assert.fail())
})

test('周期购: whoever subscribes after the hour of ordering begins with the next week, and not at all once none is left', async () => {
  const campaignId = await run()
  const early = await subscribe(await someone(), campaignId)
  await placeWeek(world, weekOf(early))
  const late = await someone()
  const box = await subscribe(late, campaignId)
  await world.sweep('boxes.turn')
  assert.deepEqual(
    (await look(late, box.id)).weeks.map(({ week }) => week),
    early.weeks.slice(1).map(({ week }) => week),
  )
  await moveTo(world, weekOf(early, 2).ordersAt)
  await refused(subscribe(await someone(), campaignId), 'campaigns.not_now')
  await world.advance(7 * DAY)
})

test('tables: a box has one row for each week, no store more than it packs, and history is only added to', async () => {
  const [row] = await rows<{ id: string; campaign_id: string; store_id: string }>(
    world,
    'select id, campaign_id, store_id from box limit 1',
  )
  assert.ok(row)
  await assert.rejects(
    rows(world, 'update box_place set taken = per_week + 1 where campaign_id = $1', [row.campaign_id]),
    { constraint: 'box_place_full' },
  )
  await assert.rejects(rows(world, `update box_week set order_id = null where state = 'PAID'`), {
    constraint: 'box_week_ordered',
  })
  await assert.rejects(
    rows(world, `update box set state = 'RUNNING', ended_at = null, lapses = 2 where id = $1`, [row.id]),
    {
      constraint: 'box_lapsed',
    },
  )
  await assert.rejects(rows(world, 'delete from box_event where box_id = $1', [row.id]))
})
