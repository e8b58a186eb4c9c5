// 储值余额 at the counter: topped up in a recorded name, paid out in cash, owed to the fen.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { businessDay } from '../../src/kernel/clock.ts'
import { APPLE } from '../fixtures.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { balance, holder, openValue, stored, topUp } from '../stored-value.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ onHand: 1000 })
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
  await openValue(world)
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

let people = 0
const somebody = () => world.member(`shopper-${String(++people).padStart(4, '0')}`)
/** Somebody new, with so much stored value. */
async function shopperWith(amountFen: number): Promise<Shopper> {
  const shopper = await somebody()
  await stored(world, shopper, amountFen)
  return shopper
}
const payOut = (memberId: string, amountFen: number, expectFen: number, idempotencyKey = randomUUID()) =>
  hq('POST /console/v1/stored-value-members/:memberId/pay-outs', {
    params: { memberId },
    body: { idempotencyKey, storeId: 'S01', amountFen, expectFen, reason: '搬家了' },
  })

test('domain 2.14: in somebody’s name, 5,000 yuan at most, the name recorded and sealed', async () => {
  const shopper = await somebody()
  const { memberId } = shopper
  await refused(
    clerk('POST /staff/v1/stored-value-members/:memberId/top-ups', {
      params: { memberId },
      body: {
        idempotencyKey: randomUUID(),
        storeId: 'S01',
        tender: 'cash',
        amountFen: 100,
        tenderedFen: 100,
      },
    }),
    'stored_value.holder_missing',
    409,
  )
  const wrong = { name: '测试', document: '110105194912310021' }
  await refused(topUp(clerk, memberId, 100, { holder: wrong }), 'stored_value.document_invalid', 422)
  const first = await topUp(clerk, memberId, 400_000)
  assert.deepEqual([first.availableFen, first.roomFen], [400_000, 100_000])
  assert.deepEqual(first.holder, { name: '测*', documentTail: '002X' })
  await refused(topUp(clerk, memberId, 100_001), 'stored_value.too_much', 409)
  const last = await topUp(clerk, memberId, 100_000, { tender: 'card', slip: '000123' })
  assert.deepEqual([last.availableFen, last.roomFen], [500_000, 0])
  const kept = await rows<{ name_cipher: Buffer; document_cipher: Buffer }>(
    world,
    'select name_cipher, document_cipher from value_holder where member_id = $1',
    [memberId],
  )
  assert.ok(kept[0] && !kept[0].document_cipher.includes('110105'), 'sealed')
  const { items } = await shopper.api('GET /v1/stored-value/postings')
  assert.deepEqual(
    items.map((each) => [each.reason, each.availableFen]),
    [
      ['top_up', 100_000],
      ['top_up', 400_000],
    ],
  )
})

test('a top-up: change, once under its key, on the clerk’s sheet of the day and in the trail', async () => {
  const { memberId } = await somebody()
  const day = businessDay(world.clock.now())
  const sheet = async () => {
    const { rows: each } = await hq('GET /console/v1/counter-days/:day', { params: { day }, query: {} })
    return each.find(({ account }) => account === 'clerk01')?.cashIn ?? { count: 0, fen: 0 }
  }
  const before = await sheet()
  const idempotencyKey = randomUUID()
  const first = await topUp(clerk, memberId, 5000, { idempotencyKey, tenderedFen: 10_000 })
  assert.deepEqual([first.availableFen, first.changeFen], [5000, 5000])
  const again = await topUp(clerk, memberId, 5000, { idempotencyKey, tenderedFen: 10_000 })
  assert.deepEqual([again.availableFen, again.at], [5000, first.at])
  await refused(topUp(clerk, memberId, 6000, { idempotencyKey }), 'stored_value.key_reused', 409)
  for (const over of [{ tenderedFen: 99 }, { tender: 'card' as const }, { slip: '1' }])
    await refused(topUp(clerk, memberId, 100, over), 'stored_value.tender_incomplete', 422)
  await refused(topUp(clerk, memberId, 100, { storeId: 'S02' }), 'staff.out_of_scope', 403)
  await refused(topUp(clerk, randomUUID(), 100), 'members.missing', 404)
  const now = await sheet()
  assert.deepEqual([now.count - before.count, now.fen - before.fen], [1, 5000])
  const trail = await hq('GET /console/v1/audit-events', { query: { about: 'ledgers' } })
  const [deed] = trail.items.filter(({ subject }) => subject === `member:${memberId}`)
  assert.equal(deed?.action, 'ledgers.value_topped_up')
  assert.doesNotMatch(JSON.stringify(trail.items), /110105|测试/)
})

test('paying out: cash, what is there and not held, once, with a reason; also when the switch is off', async () => {
  const shopper = await shopperWith(5000)
  await order(shopper, { lines: [{ skuId: APPLE, quantity: 3 }], useStoredValue: 1000 })
  const { memberId } = shopper
  await refused(payOut(memberId, 4000, 5000), 'stored_value.balance_changed', 409)
  await refused(payOut(memberId, 4001, 4000), 'stored_value.short', 409)
  const key = randomUUID()
  await openValue(world, { open: false })
  assert.equal((await payOut(memberId, 4000, 4000, key)).availableFen, 0)
  assert.equal((await payOut(memberId, 4000, 4000, key)).availableFen, 0)
  await refused(topUp(clerk, memberId, 100), 'stored_value.off', 409)
  assert.deepEqual(await balance(shopper), [0, 1000])
  const { items } = await hq('GET /console/v1/stored-value-members/:memberId/postings', {
    params: { memberId },
    query: { limit: 2 },
  })
  assert.deepEqual(
    items.map((each) => [each.reason, each.availableFen, each.heldFen, each.tender, each.note]),
    [
      ['pay_out', -4000, 0, 'cash', '搬家了'],
      ['hold', -1000, 1000, null, null],
    ],
  )
  await openValue(world)
})

test('a refund may lift an account above its limit: it goes back to where it came from', async () => {
  const shopper = await shopperWith(10_000)
  const { dueFen } = await shopper.api('POST /v1/quotes', {
    body: { storeId: 'S01', fulfilment: { kind: 'pickup' }, lines: [{ skuId: APPLE, quantity: 1 }] },
  })
  const { id: orderId } = await order(shopper, { useStoredValue: dueFen })
  await openValue(world, { maxBalanceFen: 10_000 })
  await topUp(clerk, shopper.memberId, dueFen)
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: dueFen, reason: '不要了' },
  })
  assert.deepEqual(await balance(shopper), [10_000 + dueFen, 0])
  await refused(topUp(clerk, shopper.memberId, 1), 'stored_value.too_much', 409)
  await openValue(world)
})

test('what the chain owes is what came in less what went out', async () => {
  const { accounts, availableFen, heldFen, toppedUpFen, paidOutFen, spentFen, terms } = await hq(
    'GET /console/v1/stored-value',
  )
  assert.ok(accounts > 3 && spentFen >= 0 && paidOutFen > 0)
  assert.equal(availableFen + heldFen, toppedUpFen - paidOutFen - spentFen)
  assert.deepEqual([terms?.open, terms?.maxBalanceFen, terms?.by], [true, 500_000, 'staff:hq'])
})

test('who may: the clerk takes money, the manager pays out, head office alone sets the terms', async () => {
  const { memberId } = await somebody()
  const manager = await world.staff('s01')
  await refused(
    manager('PUT /console/v1/stored-value/terms', {
      body: { open: true, maxBalanceFen: 500_000, filingNo: null },
    }),
    'staff.not_allowed',
    403,
  )
  const found = await manager('GET /console/v1/stored-value-members', { query: { phoneTail: '0000' } })
  assert.deepEqual(found.items, [])
  await manager('POST /console/v1/stored-value-members/:memberId/top-ups', {
    params: { memberId },
    body: {
      idempotencyKey: randomUUID(),
      storeId: 'S01',
      tender: 'card',
      amountFen: 2000,
      slip: '7',
      holder,
    },
  })
  await refused(
    manager('POST /console/v1/stored-value-members/:memberId/pay-outs', {
      params: { memberId },
      body: { idempotencyKey: randomUUID(), storeId: 'S02', amountFen: 1, expectFen: 2000, reason: 'x' },
    }),
    'staff.out_of_scope',
    403,
  )
})
