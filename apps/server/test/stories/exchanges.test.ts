// 换货: goods come back to any store, a replacement is put aside when the store agrees and handed over against a code; where there is none, the money.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import {
  apply,
  arrives,
  type Asked,
  collected,
  FRESH,
  KEEPS,
  options,
  pieces,
  quote,
  type Request,
  showMine,
  wrongInAftersales,
} from '../aftersales.ts'
import { SOY } from '../fixtures.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { correct } from '../stocking.ts'
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
const signIn = async () => {
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  s01 = await world.staff('s01')
  s02 = await world.staff('s02')
  clerk = await world.staff('clerk01', 'floor')
  clerk02 = await world.staff('clerk02', 'floor')
}
beforeEach(signIn)
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))]
  await world.close()
  assert.deepEqual(wrong, [])
})

const DAY = 86_400
const swap = (quantity = 1): Asked => ({ kind: 'exchange', reason: 'defect', lines: pieces(KEEPS, quantity) })
const params = ({ id }: Pick<Request, 'id'>) => ({ params: { aftersaleId: id } })
const approve = (asked: Request, who = s01) =>
  who('POST /console/v1/aftersales/:aftersaleId/approval', { ...params(asked), body: {} })
const codeOf = async ({ id }: Request) => (await showMine(shopper, id)).returnCode ?? ''
async function bring(asked: Request, storeId: 'S01' | 'S02' = 'S01'): Promise<void> {
  const who = storeId === 'S01' ? clerk : clerk02
  await who('POST /staff/v1/returns', { body: { storeId, code: await codeOf(asked) } })
}
const inspect = (
  asked: Request,
  who: LinliApi,
  body: { accept: boolean; toShelf?: number[]; words?: string },
) => who('POST /console/v1/aftersales/:aftersaleId/inspection', { ...params(asked), body })
async function asked(quantity = 1): Promise<Request> {
  return apply(await collected(world, shopper, clerk), swap(quantity))
}
const stock = (storeId: string, delta: number) => correct(hq, SOY, delta, storeId)
/** Nobody finds one in this store during `doing`. */
async function whileSoldOut<T>(storeId: string, doing: () => Promise<T>): Promise<T> {
  const { onHand, reserved } = await levelOf(world, SOY, storeId)
  await stock(storeId, reserved - onHand)
  try {
    return await doing()
  } finally {
    await stock(storeId, onHand - reserved)
  }
}

test('domain 2.12: an exchange: put aside when agreed, brought back, inspected, handed over against its own code; no money moves', async () => {
  const bought = await collected(world, shopper, clerk)
  const line = (await options(bought)).lines.find(({ lineNo }) => lineNo === KEEPS)
  assert.deepEqual(line?.kinds.find(({ kind }) => kind === 'exchange')?.reasons, ['defect', 'wrong_item'])
  const quoted = await quote(bought, swap(2))
  assert.deepEqual([quoted.inStock, quoted.atOnce], [true, false])
  const start = await levelOf(world, SOY)
  const request = await apply(bought, swap(2))
  assert.deepEqual(await levelOf(world, SOY), start, 'nothing is put aside before the store agrees')
  await approve(request)
  assert.deepEqual(await levelOf(world, SOY), { ...start, reserved: start.reserved + 2 })
  const back = await codeOf(request)
  await bring(request)
  await refused(
    clerk('POST /staff/v1/exchanges', { body: { storeId: 'S01', code: back } }),
    'aftersales.code_unknown',
    404,
  )
  const ready = await inspect(request, s01, { accept: true, toShelf: [] })
  assert.deepEqual([ready.state, ready.holdStoreId, ready.deeds], ['WAIT_COLLECT', 'S01', []])
  const mine = await showMine(shopper, request.id)
  assert.notEqual(mine.returnCode, back, 'the code that brought the goods opens nothing')
  const read = { body: { storeId: 'S01', code: mine.returnCode ?? '' } }
  assert.equal((await clerk('POST /staff/v1/return-checks', read)).state, 'WAIT_COLLECT')
  assert.equal((await clerk('POST /staff/v1/exchanges', read)).state, 'DONE')
  assert.deepEqual(await levelOf(world, SOY), { onHand: start.onHand - 2, reserved: start.reserved })
  await refused(clerk('POST /staff/v1/exchanges', read), 'aftersales.code_unknown', 404)
  const { refundedFen, state } = await shopper.api('GET /v1/orders/:orderId', {
    params: { orderId: bought.orderId },
  })
  assert.deepEqual([refundedFen, state], [0, 'COMPLETED'])
  const again = await apply(bought, { kind: 'return', reason: 'no_reason', lines: pieces(KEEPS, 2) })
  assert.equal(again.state, 'APPLIED', 'what was exchanged can still be returned in time')
})

test('domain 2.12: who has the money back gets no replacement beside it', async () => {
  const bought = await collected(world, shopper, clerk)
  const request = await apply(bought, swap(2))
  await approve(request)
  await bring(request)
  await inspect(request, s01, { accept: true, toShelf: [] })
  const refund = async (lines: { lineNo: number; quantity: number }[]) => {
    const order = { params: { orderId: bought.orderId } }
    const { amountFen: expectFen } = await hq('POST /console/v1/orders/:orderId/refund-quotes', {
      ...order,
      body: { lines },
    })
    const body = { idempotencyKey: randomUUID(), expectFen, reason: '顾客不要了', lines }
    await hq('POST /console/v1/orders/:orderId/refunds', { ...order, body })
  }
  await refund(pieces(FRESH, 2))
  await refund(pieces(KEEPS, 1))
  const start = await levelOf(world, SOY)
  const read = { body: { storeId: 'S01' as const, code: await codeOf(request) } }
  await refused(clerk('POST /staff/v1/exchanges', read), 'aftersales.money_back', 409)
  await refused(s01('POST /console/v1/exchanges', read), 'aftersales.money_back', 409)
  assert.deepEqual(await levelOf(world, SOY), start)
  await shopper.api('POST /v1/aftersales/:aftersaleId/refund-instead', params(request))
  assert.deepEqual(await levelOf(world, SOY), { ...start, reserved: start.reserved - 2 })
  await arrives(world, shopper, request.id, 'REFUND_FAILED')
})

test('domain 2.12: fresh goods are not exchanged, nor what nobody finds fault with', async () => {
  const bought = await collected(world, shopper, clerk)
  await refused(quote(bought, { ...swap(), lines: pieces(FRESH) }), 'aftersales.kind_not_open', 409)
  await refused(quote(bought, { ...swap(), reason: 'no_reason' }), 'aftersales.reason_unfit', 422)
})

test('domain 2.12: where the store has none left the exchange becomes a return, and the shopper reads so', async () => {
  const request = await asked()
  const now = await whileSoldOut('S01', async () => {
    const start = await levelOf(world, SOY)
    const agreed = await approve(request)
    assert.deepEqual(await levelOf(world, SOY), start)
    return agreed
  })
  assert.deepEqual([now.kind, now.state, now.holdStoreId], ['return', 'WAIT_RETURN', null])
  assert.match((await showMine(shopper, request.id)).words ?? '', /改成退款/)
  await bring(request)
  await inspect(request, s01, { accept: true, toShelf: [KEEPS] })
  await arrives(world, shopper, request.id, 'DONE')
  assert.equal((await showMine(shopper, request.id)).amountFen, request.amountFen)
})

test('domain 2.12: brought to another store, the replacement waits there if it has one, and stores owe each other for both ways', async () => {
  const [here, there] = [await levelOf(world, SOY), await levelOf(world, SOY, 'S02')]
  const request = await asked()
  const sold = { ...here, onHand: here.onHand - 2 }
  await approve(request)
  await bring(request, 'S02')
  const ready = await inspect(request, s02, { accept: true, toShelf: [KEEPS] })
  assert.deepEqual([ready.state, ready.holdStoreId], ['WAIT_COLLECT', 'S02'])
  assert.deepEqual(await levelOf(world, SOY), sold, 'what the first store had put aside is free')
  const code = await codeOf(request)
  await refused(
    clerk('POST /staff/v1/exchanges', { body: { storeId: 'S01', code } }),
    'aftersales.wrong_store',
    409,
  )
  await clerk02('POST /staff/v1/exchanges', { body: { storeId: 'S02', code } })
  assert.deepEqual(await levelOf(world, SOY, 'S02'), there, 'one came, one went')
  const dues = (await hq('GET /console/v1/store-dues', { query: {} })).items.filter(
    ({ aftersaleId }) => aftersaleId === request.id,
  )
  assert.deepEqual(
    dues
      .map((due) => [due.reason, due.debtorStoreId, due.creditorStoreId, due.amountFen])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    [
      ['replaced', 'S01', 'S02', request.amountFen],
      ['returned', 'S02', 'S01', request.amountFen],
    ],
  )
})

test('domain 2.12: another store that has none sends the shopper to the one that put it aside', async () => {
  const request = await asked()
  await approve(request)
  await bring(request, 'S02')
  const ready = await whileSoldOut('S02', () => inspect(request, s02, { accept: true, toShelf: [] }))
  assert.deepEqual([ready.state, ready.holdStoreId], ['WAIT_COLLECT', 'S01'])
  await clerk('POST /staff/v1/exchanges', { body: { storeId: 'S01', code: await codeOf(request) } })
})

test('domain 2.12: what nobody collects in seven days, or no longer wants, is paid back, and the replacement is free', async () => {
  const start = await levelOf(world, SOY)
  for (const end of ['tired', 'late'] as const) {
    const request = await asked()
    await approve(request)
    await bring(request)
    await inspect(request, s01, { accept: true })
    if (end === 'tired') {
      const instead = await shopper.api('POST /v1/aftersales/:aftersaleId/refund-instead', params(request))
      assert.deepEqual([instead.kind, instead.state, instead.mayTakeMoney], ['return', 'REFUNDING', false])
    } else {
      world.clock.advance(7 * DAY + 60)
      await world.sweep('aftersales.timers')
      await signIn()
    }
    await arrives(world, shopper, request.id, 'DONE')
    assert.equal((await levelOf(world, SOY)).reserved, start.reserved)
  }
})

test('domain 2.12: a cancelled, expired or refused exchange lets its replacement go', async () => {
  const { reserved } = await levelOf(world, SOY)
  const cancelled = await asked()
  await approve(cancelled)
  await shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', params(cancelled))
  const refusedOne = await asked()
  await approve(refusedOne)
  await bring(refusedOne)
  await inspect(refusedOne, s01, { accept: false, words: '外包装已经打开' })
  assert.equal((await levelOf(world, SOY)).reserved, reserved)
  await shopper.api('POST /v1/aftersales/:aftersaleId/appeal', {
    ...params(refusedOne),
    body: { note: '再看看' },
  })
  const granted = await hq('POST /console/v1/aftersales/:aftersaleId/appeal-judgement', {
    ...params(refusedOne),
    body: { grant: true, words: '换给您' },
  })
  assert.deepEqual(
    [granted.state, granted.holdStoreId],
    ['WAIT_COLLECT', 'S01'],
    'head office need not see them twice',
  )
  await clerk('POST /staff/v1/exchanges', { body: { storeId: 'S01', code: await codeOf(refusedOne) } })
  const late = await asked()
  await approve(late)
  assert.equal((await levelOf(world, SOY)).reserved, reserved + 1)
  world.clock.advance(7 * DAY + 60)
  await world.sweep('aftersales.timers')
  assert.equal((await levelOf(world, SOY)).reserved, reserved)
})

test('domain 2.12: twelve clerks on two servers hand one replacement over once', async () => {
  const request = await asked()
  await approve(request)
  await bring(request)
  await inspect(request, s01, { accept: true })
  const start = await levelOf(world, SOY)
  const second = await world.another()
  try {
    const there = second.as(await world.staffToken('clerk01', 'floor'))
    const read = { body: { storeId: 'S01', code: await codeOf(request) } }
    const given = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? clerk : there)('POST /staff/v1/exchanges', read)),
    )
    assert.equal(given.filter(({ status }) => status === 'fulfilled').length, 1)
  } finally {
    await second.close()
  }
  assert.deepEqual(await levelOf(world, SOY), { onHand: start.onHand - 1, reserved: start.reserved - 1 })
  const shipped = await rows(
    world,
    `select 1 from stock_ledger where reason = 'SHIP' and starts_with(idem_key, 'aftersale:' || $1 || ':')`,
    [request.id],
  )
  assert.equal(shipped.length, 1)
})

test('a count that found fewer than were put aside does not keep the replacement from the shopper: the ledger says that it counted too few', async () => {
  const request = await asked()
  await approve(request)
  await bring(request)
  await inspect(request, s01, { accept: true })
  const { onHand } = await levelOf(world, SOY)
  const db = `update stock_level set on_hand = 0, shortfall = reserved where store_id = 'S01' and sku_id = $1`
  const entry = `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
    select store_id, sku_id, 'ADJUST', -on_hand, 0, 0, reserved, 'test', now() from stock_level where store_id = 'S01' and sku_id = $1`
  await rows(world, entry, [SOY])
  await rows(world, db, [SOY])
  await clerk('POST /staff/v1/exchanges', { body: { storeId: 'S01', code: await codeOf(request) } })
  assert.equal((await levelOf(world, SOY)).onHand, 0)
  await stock('S01', onHand)
})
