// What comes back over the counter: a clerk takes it in, another store owes for it, and what waits for people stands on the workbench.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  apply,
  type Asked,
  collected,
  FRESH,
  KEEPS,
  pieces,
  showMine,
  upload,
  wrongInAftersales,
} from '../aftersales.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let s01: LinliApi
let s02: LinliApi
let clerk: LinliApi
let clerk02: LinliApi
before(async () => {
  world = await openWorld()
})
// Days pass within a test, and sessions end with them.
beforeEach(async () => {
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  s01 = await world.staff('s01')
  s02 = await world.staff('s02')
  clerk = await world.staff('clerk01', 'floor')
  clerk02 = await world.staff('clerk02', 'floor')
})
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))]
  await world.close()
  assert.deepEqual(wrong, [])
})

const bringBack = (quantity = 1): Asked => ({
  kind: 'return',
  reason: 'no_reason',
  lines: pieces(KEEPS, quantity),
})
const claim: Asked = { kind: 'claim', reason: 'spoiled', lines: pieces(FRESH) }
const approve = (who: LinliApi, aftersaleId: string) =>
  who('POST /console/v1/aftersales/:aftersaleId/approval', { params: { aftersaleId }, body: {} })

async function awaited(quantity = 1): Promise<{ id: string; orderId: string; code: string }> {
  const bought = await collected(world, shopper, clerk)
  const { id } = await apply(bought, bringBack(quantity))
  await approve(s01, id)
  return { id, orderId: bought.orderId, code: (await showMine(shopper, id)).returnCode ?? '' }
}
const errandsOf = async (who: LinliApi, kind: string, storeId: string) =>
  (await who('GET /console/v1/workbench', { query: {} })).todo.find(
    (each) => each.kind === kind && each.storeId === storeId,
  )

test('domain 2.12: a clerk takes goods back at the counter of any store, and sees neither sum nor phone', async () => {
  const { id, code } = await awaited()
  const read = { body: { storeId: 'S02', code: `${code.slice(0, 4)} ${code.slice(4)}` } }
  await refused(clerk('POST /staff/v1/return-checks', read), 'staff.out_of_scope', 403)
  await refused(
    clerk02('POST /staff/v1/return-checks', { body: { storeId: 'S02', code: '0000000000' } }),
    'aftersales.code_unknown',
    404,
  )
  const sheet = await clerk02('POST /staff/v1/return-checks', read)
  assert.deepEqual(
    [sheet.aftersaleId, sheet.state, sheet.lines.map(({ lineNo, quantity }) => [lineNo, quantity])],
    [id, 'WAIT_RETURN', [[KEEPS, 1]]],
  )
  assert.match(sheet.customer, /\*/)
  assert.doesNotMatch(JSON.stringify(sheet), /amountFen|phone/i)
  assert.equal((await clerk02('POST /staff/v1/returns', read)).state, 'RETURNED')
  await refused(clerk02('POST /staff/v1/returns', read), 'aftersales.code_unknown', 404)
  const seen = await s02('GET /console/v1/aftersales/:aftersaleId', { params: { aftersaleId: id } })
  assert.deepEqual([seen.returnStoreId, seen.deeds], ['S02', ['inspect']], 'the rest is for whoever decides')
})

test('domain 2.12: a store that puts goods of another one on its shelf owes it their price; waste owes nothing', async () => {
  const takeIn = async (toShelf: number[], storeId: 'S01' | 'S02', quantity = 1) => {
    const { id, code } = await awaited(quantity)
    const who = storeId === 'S01' ? s01 : s02
    await who('POST /console/v1/returns', { body: { storeId, code } })
    return who('POST /console/v1/aftersales/:aftersaleId/inspection', {
      params: { aftersaleId: id },
      body: { accept: true, toShelf },
    })
  }
  const shelved = await takeIn([KEEPS], 'S02', 2)
  await takeIn([], 'S02')
  await takeIn([KEEPS], 'S01')
  const dues = (query: { from?: string; to?: string; storeId?: string } = {}, who = hq) =>
    who('GET /console/v1/store-dues', { query })
  const { items, total, sums } = await dues()
  assert.deepEqual(
    items.map((each) => [
      each.aftersaleId,
      each.debtorStoreId,
      each.creditorStoreId,
      each.quantity,
      each.amountFen,
    ]),
    [[shelved.id, 'S02', 'S01', 2, shelved.amountFen]],
  )
  assert.deepEqual(
    [total, sums],
    [1, [{ debtorStoreId: 'S02', creditorStoreId: 'S01', count: 1, amountFen: shelved.amountFen }]],
  )
  assert.equal((await dues({}, s01)).total, 1, 'both ends see it')
  await refused(dues({ storeId: 'S01' }, s02), 'staff.out_of_scope', 403)
  const day = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  assert.equal((await dues({ from: day, to: day })).total, 1)
  assert.equal((await dues({ from: '2020-01-01', to: '2020-01-31' })).total, 0)
  await refused(dues({ from: '2026-02-30' }), 'aftersales.day_invalid', 400)
})

test('what waits for people stands on the workbench: of the store whose turn it is, appeals for head office alone', async () => {
  const before = (await errandsOf(s01, 'aftersale_waiting', 'S01'))?.count ?? 0
  const bought = await collected(world, shopper, clerk)
  const asked = await apply(bought, claim, { photoIds: [(await upload(shopper)).id] })
  const waiting = await errandsOf(s01, 'aftersale_waiting', 'S01')
  assert.deepEqual([waiting?.count, waiting?.detail], [before + 1, '都还在时限里'])
  assert.equal(await errandsOf(s02, 'aftersale_waiting', 'S01'), undefined)
  world.clock.advance(48 * 3600 + 60)
  s01 = await world.staff('s01')
  assert.match((await errandsOf(s01, 'aftersale_waiting', 'S01'))?.detail ?? '', /超时/)
  const params = { aftersaleId: asked.id }
  await s01('POST /console/v1/aftersales/:aftersaleId/rejection', { params, body: { words: '看不出问题' } })
  assert.equal((await errandsOf(s01, 'aftersale_waiting', 'S01'))?.count ?? 0, before)
  shopper = await world.member('shopper-0001')
  await shopper.api('POST /v1/aftersales/:aftersaleId/appeal', { params, body: { note: '再看看' } })
  assert.equal((await errandsOf(s01, 'aftersale_waiting', 'S01'))?.count ?? 0, before)
  hq = await world.staff('hq')
  assert.equal((await errandsOf(hq, 'aftersale_waiting', 'S01'))?.count, before + 1)
})

test('a desk lists every request of one order, whatever became of it', async () => {
  const bought = await collected(world, shopper, clerk)
  const first = await apply(bought, bringBack())
  await shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params: { aftersaleId: first.id } })
  world.clock.advance(1)
  const second = await apply(bought, bringBack())
  const listed = (query: { tab?: 'ended' }, who = s01) =>
    who('GET /console/v1/aftersales', { query: { orderId: bought.orderId, ...query } })
  const all = await listed({})
  assert.deepEqual([all.total, all.items.map(({ id }) => id)], [2, [second.id, first.id]])
  assert.deepEqual(
    (await listed({ tab: 'ended' })).items.map(({ id }) => id),
    [first.id],
  )
  assert.equal((await listed({}, s02)).total, 0)
})
