// What a shopper asks for after paying, over HTTP, with real refunds at the sandbox. Each rule of the domain handbook §2.12 has its test by name.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  apply,
  arrives,
  type Asked,
  buy,
  collect,
  collected,
  FRESH,
  KEEPS,
  options,
  pieces,
  quote,
  showMine,
  upload,
  wrongInAftersales,
} from '../aftersales.ts'
import { SOY } from '../fixtures.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let s01: LinliApi
let s02: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld()
})
// Days pass within a test, and sessions end with them.
beforeEach(async () => {
  shopper = await world.member('shopper-0001')
  s01 = await world.staff('s01')
  s02 = await world.staff('s02')
  clerk = await world.staff('clerk01', 'floor')
})
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))]
  await world.close()
  assert.deepEqual(wrong, [])
})

const HOUR = 3600
const DAY = 24 * HOUR
const one = (lineNo: number): Asked => ({
  kind: 'uncollected',
  reason: 'changed_mind',
  lines: pieces(lineNo),
})
const claim: Asked = { kind: 'claim', reason: 'spoiled', lines: pieces(FRESH) }
const bringBack = (quantity = 1): Asked => ({
  kind: 'return',
  reason: 'no_reason',
  lines: pieces(KEEPS, quantity),
})
const ALL: Asked = {
  kind: 'uncollected',
  reason: 'changed_mind',
  lines: [...pieces(FRESH, 2), ...pieces(KEEPS, 2)],
}
const approve = (who: LinliApi, aftersaleId: string, words?: string) =>
  who('POST /console/v1/aftersales/:aftersaleId/approval', {
    params: { aftersaleId },
    body: words === undefined ? {} : { words },
  })
const orderNow = (orderId: string) => shopper.api('GET /v1/orders/:orderId', { params: { orderId } })

test('domain 2.12: all of a paid order that is not packed is agreed at once, and the desk refunds it', async () => {
  const [apples, sauces] = [await levelOf(world), await levelOf(world, SOY)]
  const bought = await buy(world, shopper)
  assert.equal((await options(bought)).wholeAtOnce, true)
  const quoted = await quote(bought, ALL)
  assert.deepEqual([quoted.amountFen, quoted.whole, quoted.atOnce], [bought.totalFen, true, true])
  const asked = await apply(bought, ALL)
  assert.deepEqual([asked.state, asked.mayCancel], ['REFUNDING', false])
  const now = await orderNow(bought.orderId)
  assert.deepEqual([now.state, now.refundState], ['CLOSED_REFUND', 'PENDING'])
  assert.deepEqual([await levelOf(world), await levelOf(world, SOY)], [apples, sauces])
  await arrives(world, shopper, asked.id, 'DONE')
  const done = await showMine(shopper, asked.id)
  assert.ok(done.refundedAt)
  assert.deepEqual(
    done.events.map(({ verb, by }) => [verb, by]),
    [
      ['apply_agreed', 'member'],
      ['finish', 'system'],
    ],
  )
  assert.equal((await orderNow(bought.orderId)).refundedFen, bought.totalFen)
})

test('domain 2.12: once it is packed, or for a part of it, the store is asked; what it agrees to leaves the bag', async () => {
  const bought = await buy(world, shopper, 3, 1)
  const asked = await apply(bought, one(FRESH), { note: '多拍了一份' })
  assert.deepEqual([asked.state, asked.mayCancel, asked.note], ['APPLIED', true, '多拍了一份'])
  const start = await levelOf(world)
  const agreed = await approve(s01, asked.id, '好的，给您退一份')
  assert.equal(agreed.state, 'REFUNDING')
  assert.equal((await levelOf(world)).reserved, start.reserved - 1)
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: { orderId: bought.orderId } })
  await collect(clerk, bought)
  await arrives(world, shopper, asked.id, 'DONE')
  const done = await showMine(shopper, asked.id)
  assert.deepEqual([done.words, done.amountFen], ['好的，给您退一份', asked.amountFen])
  const now = await orderNow(bought.orderId)
  assert.deepEqual([now.state, now.refundState, now.lines[0]?.refundedQuantity], ['COMPLETED', 'PARTIAL', 1])

  const packed = await buy(world, shopper)
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: { orderId: packed.orderId } })
  assert.equal((await quote(packed, ALL)).atOnce, false)
})

test('domain 2.8: several requests for one line over time add up to what was paid for it, each to the fen it showed', async () => {
  const bought = await buy(world, shopper, 3, 1)
  const payFen = (await orderNow(bought.orderId)).lines[0]?.payFen ?? 0
  let sum = 0
  for (let i = 1; i <= 3; i++) {
    const asked = await apply(bought, one(FRESH))
    await refused(apply(bought, one(FRESH), { expectFen: 1 }), 'aftersales.line_open', 409)
    await approve(s01, asked.id)
    await arrives(world, shopper, asked.id, 'DONE')
    const [back] = await rows<{ amount_fen: number }>(
      world,
      `select amount_fen from refund where idem_key = $1`,
      [`aftersale:${asked.id}:1`],
    )
    assert.equal(back?.amount_fen, asked.amountFen)
    sum += asked.amountFen
  }
  assert.equal(sum, payFen)
  await refused(apply(bought, one(FRESH), { expectFen: 1 }), 'aftersales.too_many', 409)
})

test('domain 2.12: silence of the store is consent after 48 hours, for goods that were not handed over', async () => {
  const waiting = await buy(world, shopper)
  const bag = await collected(world, shopper, clerk)
  const asked = await apply(waiting, one(KEEPS))
  const photo = await upload(shopper)
  const claimed = await apply(bag, claim, { photoIds: [photo.id] })
  world.clock.advance(48 * HOUR - 60)
  await world.sweep('aftersales.timers')
  assert.equal((await showMine(shopper, asked.id)).state, 'APPLIED')
  world.clock.advance(61)
  await world.sweep('aftersales.timers')
  assert.equal((await showMine(shopper, asked.id)).state, 'REFUNDING')
  await arrives(world, shopper, asked.id, 'DONE')
  assert.equal((await showMine(shopper, claimed.id)).state, 'APPLIED', 'who has the goods waits for a person')
  s01 = await world.staff('s01')
  const desk = await s01('GET /console/v1/aftersales', { query: {} })
  assert.ok(desk.overdue >= 1)
  await approve(s01, claimed.id)
  await arrives(world, shopper, claimed.id, 'DONE')
})

test('domain 2.12: a bag that is handed over overtakes what was asked while it waited', async () => {
  const bought = await buy(world, shopper)
  const asked = await apply(bought, one(FRESH))
  await collect(clerk, bought)
  await refused(approve(s01, asked.id), 'aftersales.goods_moved', 409)
  await world.sweep('aftersales.timers')
  const ended = await showMine(shopper, asked.id)
  assert.deepEqual([ended.state, ended.events.at(-1)?.verb], ['CANCELLED', 'overtake'])
  assert.match(ended.words ?? '', /已经取走/)
  assert.equal((await orderNow(bought.orderId)).refundState, 'NONE')
})

test('domain 2.12: fresh goods are claimed for with a photo within 48 hours of being handed over, and nothing comes back', async () => {
  const bought = await collected(world, shopper, clerk)
  const start = await levelOf(world)
  const [fresh, keeps] = (await options(bought)).lines
  assert.deepEqual([fresh?.perishable, fresh?.kinds.map(({ kind }) => kind)], [true, ['claim']])
  assert.deepEqual(
    [keeps?.perishable, keeps?.kinds.map(({ kind }) => kind)],
    [false, ['claim', 'return', 'exchange']],
  )
  await refused(apply(bought, claim), 'aftersales.photo_needed', 422)
  await refused(quote(bought, { ...claim, lines: pieces(KEEPS) }), 'aftersales.reason_unfit', 422)
  await refused(quote(bought, { ...bringBack(), lines: pieces(FRESH) }), 'aftersales.kind_not_open', 409)
  const photo = await upload(shopper)
  const asked = await apply(bought, claim, { photoIds: [photo.id] })
  assert.equal(asked.photos.length, 1)
  await approve(s01, asked.id)
  await arrives(world, shopper, asked.id, 'DONE')
  assert.deepEqual(await levelOf(world), start, 'fresh goods never go back on the shelf')
  world.clock.advance(48 * HOUR)
  await refused(quote(bought, claim), 'aftersales.too_late', 409)
})

test('domain 2.12: seven days to return what keeps, counted from the day after; fresh goods have no such right', async () => {
  const bought = await collected(world, shopper, clerk)
  const until = (await options(bought)).lines[1]?.kinds.find(({ kind }) => kind === 'return')?.until
  assert.ok(until)
  assert.match(until, /T16:00:00\.000Z$/, 'the end of a business day in Shanghai')
  world.clock.advance((new Date(until).getTime() - world.clock.now().getTime()) / 1000 - 1)
  assert.equal((await quote(bought, bringBack())).atOnce, false)
  world.clock.advance(1)
  await refused(quote(bought, bringBack()), 'aftersales.too_late', 409)
  assert.deepEqual((await options(bought)).lines[1]?.kinds, [])
})

test('domain 2.12: goods come back to any store of the chain, and are on the shelf of the store that took them', async () => {
  const bought = await collected(world, shopper, clerk)
  const here = await levelOf(world, SOY)
  const there = await levelOf(world, SOY, 'S02')
  const asked = await apply(bought, bringBack(2))
  const awaited = await approve(s01, asked.id)
  assert.equal(awaited.state, 'WAIT_RETURN')
  assert.equal(awaited.returnCode, null, 'the code is the shopper’s to tell')
  const code = (await showMine(shopper, asked.id)).returnCode ?? ''
  assert.match(code, /^\d{10}$/)
  await refused(
    s02('POST /console/v1/returns', { body: { storeId: 'S02', code: '0000000000' } }),
    'aftersales.code_unknown',
    404,
  )
  await refused(
    s02('POST /console/v1/returns', { body: { storeId: 'S01', code } }),
    'staff.out_of_scope',
    403,
  )
  const spaced = code.replace(/^(\d{4})(\d{4})/, '$1 $2 ')
  const seen = await s02('POST /console/v1/return-checks', { body: { storeId: 'S02', code: spaced } })
  assert.deepEqual([seen.id, seen.state], [asked.id, 'WAIT_RETURN'])
  const taken = await s02('POST /console/v1/returns', { body: { storeId: 'S02', code } })
  assert.deepEqual([taken.state, taken.returnStoreId, taken.deeds], ['RETURNED', 'S02', ['inspect']])
  await refused(
    s02('POST /console/v1/returns', { body: { storeId: 'S02', code } }),
    'aftersales.code_unknown',
    404,
  )
  const params = { aftersaleId: asked.id }
  await refused(
    s01('POST /console/v1/aftersales/:aftersaleId/inspection', { params, body: { accept: true } }),
    'staff.out_of_scope',
    403,
  )
  const passed = await s02('POST /console/v1/aftersales/:aftersaleId/inspection', {
    params,
    body: { accept: true, toShelf: [KEEPS] },
  })
  assert.deepEqual([passed.state, passed.goods[0]?.goodsTo], ['REFUNDING', 'shelf'])
  await arrives(world, shopper, asked.id, 'DONE')
  assert.deepEqual(await levelOf(world, SOY), here)
  assert.deepEqual(await levelOf(world, SOY, 'S02'), { onHand: there.onHand + 2, reserved: there.reserved })
  const now = await orderNow(bought.orderId)
  assert.deepEqual([now.state, now.lines[1]?.refundedQuantity], ['COMPLETED', 2])
})

test('domain 2.11: goods that are not fit for sale again are waste: no level moves', async () => {
  const bought = await collected(world, shopper, clerk)
  const start = await levelOf(world, SOY)
  const asked = await apply(bought, { ...bringBack(), reason: 'defect' })
  await approve(s01, asked.id)
  const code = (await showMine(shopper, asked.id)).returnCode ?? ''
  await s01('POST /console/v1/returns', { body: { storeId: 'S01', code } })
  const params = { aftersaleId: asked.id }
  await refused(
    s01('POST /console/v1/aftersales/:aftersaleId/inspection', {
      params,
      body: { accept: true, toShelf: [9] },
    }),
    'aftersales.line_unknown',
    422,
  )
  await s01('POST /console/v1/aftersales/:aftersaleId/inspection', { params, body: { accept: true } })
  await arrives(world, shopper, asked.id, 'DONE')
  assert.deepEqual(await levelOf(world, SOY), start)
})

test('domain 2.12: goods that nobody brings back in seven days close their request; it can be made again in time', async () => {
  const bought = await collected(world, shopper, clerk)
  const asked = await apply(bought, bringBack())
  const awaited = await approve(s01, asked.id)
  assert.equal(
    new Date(awaited.dueAt ?? 0).getTime() - world.clock.now().getTime(),
    7 * DAY * 1000,
    'seven days to the second',
  )
  world.clock.advance(7 * DAY)
  await world.sweep('aftersales.timers')
  const ended = await showMine(shopper, asked.id)
  assert.deepEqual([ended.state, ended.returnCode, ended.events.at(-1)?.verb], ['CANCELLED', null, 'expire'])
  await quote(bought, bringBack()) // the seventh day after the day of collection is not over yet
})
