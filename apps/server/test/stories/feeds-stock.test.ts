import fc from 'fast-check'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Feeds } from '../../src/rooms/feeds/index.ts'
import { feedsOf, onHandOf, plantSource } from '../feeds.ts'
import { GOODS, skuOf } from '../fixtures.ts'
import { paid } from '../payments/purchase.ts'
import { openPartner } from '../partner.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { sale, upload } from '../tills.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let feeds: Feeds
before(async () => {
  world = await openWorld({ onHand: 20 })
  await plantSource(world, 'erp')
  feeds = await feedsOf(world.ctx)
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const [APPLE_CODE = '', PEAR_CODE = '', BANANA_CODE = '', CUCUMBER_CODE = ''] = GOODS.map(
  ({ barcode }) => barcode,
)
let seq = 0
const minutesAgo = (minutes: number): string =>
  new Date(world.clock.now().getTime() - minutes * 60_000).toISOString()
const count = (goods: string, pieces: number, at = minutesAgo(0), no = ++seq) => ({
  seq: no,
  at,
  store: '1',
  goods,
  count: pieces,
})
const change = (goods: string, pieces: number, at = minutesAgo(0), no = ++seq) => ({
  seq: no,
  at,
  store: '1',
  goods,
  change: pieces,
})
const onHand = (code: string) => onHandOf(world, 'S01', skuOf(code))
async function list(
  rows: { goods: string; count: number }[],
  asOf: string,
  absent: 'keep' | 'none' = 'keep',
) {
  const run = await feeds.openSnapshot('erp', { key: randomUUID(), topic: 'stock', asOf, absent }, 'test')
  const part = await feeds.addPart(run, 1, { stock: rows.map((row) => ({ store: '1', ...row })) })
  await feeds.closeSnapshot(run, rows.length)
  await feeds.sweeps.find(({ name }) => name === 'feeds.apply')?.run()
  return { ...(await feeds.findRun(run.id)), part }
}

test('domain 2.11: a full list is what there was at its moment, less what was handed over since', async () => {
  const shopper = await world.member('shopper-0001')
  const clerk = await world.staff('clerk01', 'floor')
  const asOf = minutesAgo(0)
  world.clock.advance(60)
  const purchase = await paid(world, shopper, 3)
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: purchase })
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: purchase })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  assert.equal(await onHand(APPLE_CODE), 17)

  const run = await list([{ goods: APPLE_CODE, count: 50 }], asOf)
  assert.equal(run.state, 'DONE')
  assert.equal(await onHand(APPLE_CODE), 47)
  // The same list again, and an older one: nothing.
  assert.equal((await list([{ goods: APPLE_CODE, count: 50 }], asOf)).superseded, 1)
  assert.equal((await list([{ goods: APPLE_CODE, count: 90 }], minutesAgo(500))).superseded, 1)
  assert.equal(await onHand(APPLE_CODE), 47)
})

test('domain 2.11: fewer than shoppers have ordered: theirs stays reserved, nothing is available, the store is short', async () => {
  const shopper = await world.member('shopper-0002')
  await paid(world, shopper, 4)
  world.clock.advance(60)
  const run = await list([{ goods: APPLE_CODE, count: 1 }], minutesAgo(0))
  assert.equal(run.short, 1)
  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/stock-levels', { query: { storeId: 'S01', only: 'short' } })
  assert.deepEqual(
    items.map(({ onHand: pieces, reserved, available }) => ({ pieces, reserved, available })),
    [{ pieces: 1, reserved: 4, available: 0 }],
  )
  assert.equal((await list([{ goods: APPLE_CODE, count: 60 }], minutesAgo(-1))).short, 0)
})

test('events: duplicates, reordered, gapped and contradicting; the newest by number wins', async () => {
  const [first, second, third] = [count(PEAR_CODE, 5), count(PEAR_CODE, 8), change(PEAR_CODE, -2)]
  seq += 2 // two numbers are jumped over
  const last = change(PEAR_CODE, 4)
  const late = await feeds.takeEvents('erp', { stock: [last, second] })
  assert.deepEqual(late.gaps, [
    { from: 1, to: 1 },
    { from: 3, to: 5 },
  ])
  assert.equal(await onHand(PEAR_CODE), 12)
  const rest = await feeds.takeEvents('erp', { stock: [third, first, second, last] })
  assert.equal(rest.duplicate, 2)
  assert.equal(rest.superseded, 1)
  assert.deepEqual(rest.gaps, [{ from: 4, to: 5 }])
  assert.equal(await onHand(PEAR_CODE), 10)

  const otherwise = await feeds.takeEvents('erp', { stock: [{ ...second, count: 99 }] })
  assert.deepEqual(
    otherwise.refused.map(({ row, code }) => ({ row, code })),
    [{ row: second.seq, code: 'contradicts' }],
  )
  assert.equal(await onHand(PEAR_CODE), 10)
  const filled = await feeds.takeEvents('erp', {
    stock: [change(PEAR_CODE, 1, minutesAgo(0), 4), change(PEAR_CODE, 1, minutesAgo(0), 5)],
  })
  assert.deepEqual(filled.gaps, [])
  assert.equal(await onHand(PEAR_CODE), 12)
})

test('rows that cannot be taken in are listed and harm no other', async () => {
  const answer = await feeds.takeEvents('erp', {
    stock: [
      { ...count(BANANA_CODE, 7), store: '9' },
      { ...count('no-such-goods', 7) },
      { ...count(BANANA_CODE, 7.0005) },
      { ...count(BANANA_CODE, 7), change: 1 },
      count(BANANA_CODE, 11),
    ],
  })
  assert.deepEqual(
    answer.refused.map(({ code }) => code),
    ['store_unknown', 'goods_unknown', 'quantity_invalid', 'count_or_change'],
  )
  assert.equal(await onHand(BANANA_CODE), 11)
  const run = await list(
    [
      { goods: BANANA_CODE, count: 9 },
      { goods: 'no-such-goods', count: 1 },
      { goods: BANANA_CODE, count: 8 },
    ],
    minutesAgo(-2),
  )
  assert.equal(run.refused, 2)
  assert.equal(await onHand(BANANA_CODE), 9)
})

test('our people counted after the list was taken: theirs is the newer count', async () => {
  const hq = await world.staff('hq')
  const asOf = minutesAgo(-3)
  world.clock.advance(600)
  await hq('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
    params: { storeId: 'S01', skuId: skuOf(CUCUMBER_CODE) },
    body: { idempotencyKey: randomUUID(), delta: -6, reason: 'ADJUST', note: '盘点' },
  })
  await list([{ goods: CUCUMBER_CODE, count: 40 }], asOf)
  assert.equal(await onHand(CUCUMBER_CODE), 14)
  await feeds.takeEvents('erp', { stock: [change(CUCUMBER_CODE, 5)] })
  assert.equal(await onHand(CUCUMBER_CODE), 14, 'at the moment of the count, so included in it')
  world.clock.advance(60)
  await feeds.takeEvents('erp', { stock: [change(CUCUMBER_CODE, 5)] })
  assert.equal(await onHand(CUCUMBER_CODE), 19)
})

test('a till sold more than the book had: a list from before the sale still counts, less what the till sold', async () => {
  const { api } = await openPartner(world)
  await list([{ goods: PEAR_CODE, count: 1 }], minutesAgo(0))
  world.clock.advance(60)
  const asOf = minutesAgo(0)
  world.clock.advance(60)
  const lines = [{ barcode: PEAR_CODE, name: '梨', quantity: 3, unitFen: 1180, payFen: 3540 }]
  await upload(api, [sale(world, { lines })])
  assert.equal(await onHand(PEAR_CODE), 0)
  await list([{ goods: PEAR_CODE, count: 40 }], asOf)
  assert.equal(await onHand(PEAR_CODE), 37)
})

test('a sale that a till tells after the shelf was counted was in the count already: it is taken off once', async () => {
  const { api } = await openPartner(world)
  const lines = [{ barcode: PEAR_CODE, name: '梨', quantity: 3, unitFen: 1180, payFen: 3540 }]
  const late = sale(world, { lines })
  world.clock.advance(60)
  const asOf = minutesAgo(0)
  world.clock.advance(60)
  await upload(api, [late])
  await list([{ goods: PEAR_CODE, count: 25 }], asOf)
  assert.equal(await onHand(PEAR_CODE), 25)
})

test('goods that are not on a list: kept, or none left where the list says so', async () => {
  world.clock.advance(60)
  await list([{ goods: BANANA_CODE, count: 3 }], minutesAgo(0))
  const before = await onHand(APPLE_CODE)
  assert.ok(before > 0)
  world.clock.advance(60)
  const run = await list([{ goods: BANANA_CODE, count: 4 }], minutesAgo(0), 'none')
  assert.equal(await onHand(BANANA_CODE), 4)
  assert.equal(await onHand(APPLE_CODE), 0)
  assert.ok(run.rows > 1)
})

test('what a list has counted since is forgotten after thirty days, its numbers are not', async () => {
  const old = count(CUCUMBER_CODE, 77)
  await feeds.takeEvents('erp', { stock: [old] })
  world.clock.advance(60)
  await list([{ goods: CUCUMBER_CODE, count: 33 }], minutesAgo(0))
  world.clock.advance(31 * 86_400)
  await feeds.sweeps.find(({ name }) => name === 'feeds.forget')?.run()
  const { rows } = await world.ctx.database.pool.query('select from feed_event where seq = $1', [old.seq])
  assert.equal(rows.length, 0)
  const again = await feeds.takeEvents('erp', { stock: [old] })
  assert.equal(again.duplicate, 1)
  assert.equal(await onHand(CUCUMBER_CODE), 33)
})

interface Said {
  counted: boolean
  pieces: number
}
/** What a person would work out: the last count by number, and every change after it. */
const byHand = (said: readonly Said[]): number => {
  const from = said.findLastIndex(({ counted }) => counted)
  const raw = said.slice(Math.max(from, 0)).reduce((sum, { pieces }) => sum + pieces, from < 0 ? 20 : 0)
  return Math.max(0, raw)
}
test('property: any order, any repetition, cut into any calls: the stock is the one worked out by hand', async () => {
  let turn = 0
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(
          fc.record({
            counted: fc.boolean(),
            pieces: fc.integer({ min: 0, max: 30 }),
            minus: fc.boolean(),
          }),
          { minLength: 1, maxLength: 12 },
        )
        .chain((said) =>
          fc.record({
            said: fc.constant(
              said.map((each) => ({
                ...each,
                pieces: each.minus && !each.counted ? -each.pieces : each.pieces,
              })),
            ),
            order: fc.shuffledSubarray([...said.keys(), ...said.keys()], {
              minLength: said.length * 2,
              maxLength: said.length * 2,
            }),
            cut: fc.integer({ min: 1, max: 5 }),
          }),
        ),
      async ({ said, order, cut }) => {
        const code = `p${++turn}-erp`
        await world.ctx.database.pool.query('delete from feed_store')
        await plantSource(world, code)
        const sku = skuOf(GOODS[turn % GOODS.length]?.barcode ?? '')
        const goods = GOODS[turn % GOODS.length]?.barcode ?? ''
        await world.ctx.database.pool.query(
          `with moved as (update stock_level set on_hand = 20 where store_id = 'S01' and sku_id = $1 and on_hand <> 20 returning *, 0 as z)
           insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
           select store_id, sku_id, 'SYNC', 20 - coalesce((select sum(on_hand_delta) from stock_ledger e where e.store_id = 'S01' and e.sku_id = $1), 0), 0, 20, reserved, 'test', now()
           from moved`,
          [sku],
        )
        // Our own moves of the tests above lie before every count.
        world.clock.advance(60)
        const at = minutesAgo(0)
        const events = said.map(({ counted, pieces }, i) =>
          counted ? count(goods, pieces, at, i + 1) : change(goods, pieces, at, i + 1),
        )
        for (let i = 0; i < order.length; i += cut)
          await feeds.takeEvents(code, { stock: order.slice(i, i + cut).flatMap((n) => events[n] ?? []) })
        assert.equal(await onHandOf(world, 'S01', sku), byHand(said))
      },
    ),
    { numRuns: 40 },
  )
})
