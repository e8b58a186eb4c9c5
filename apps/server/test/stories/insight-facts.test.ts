// What was bought, wherever, is one purchase; its sums are those of counting from scratch, however late and however often the books are read.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { businessDay, secondsAfter } from '../../src/kernel/clock.ts'
import { createInsight, type Purchase } from '../../src/rooms/insight/index.ts'
import { countFaults, SUM_TABLES } from '../../src/rooms/insight/scratch.sql.ts'
import { coupon } from '../benefits.ts'
import { DAY, handOver, newcomer, payFor, place, refund, world } from '../benefits-world.ts'
import { APPLE } from '../fixtures.ts'
import { openPartner } from '../partner.ts'
import { rows } from '../payments/purchase.ts'
import { APPLES, giveBack, refOf, sale, upload } from '../tills.ts'

const follow = () => world.sweep('insight.purchases')
const faults = async (): Promise<number> => {
  let sum = 0
  for (const table of SUM_TABLES) sum += await countFaults(world.ctx.db, table)
  return sum
}
/** What is noted of a purchase: source, channel, fen paid and back, pieces and those back, collected. */
const noted = async (id: string) => {
  const [row] = await rows(
    world,
    `select array[source, channel] as what, array[pay_fen, refunded_fen, pieces, refunded_pieces]::int[] as figures, collected_at is not null as collected
     from purchase where id = $1`,
    [id],
  )
  return row
}

test('an order is a purchase once it is paid, on the day it was paid; what goes back is taken off that day', async () => {
  const shopper = await newcomer()
  const unpaid = await place(shopper)
  const order = await payFor(await place(shopper))
  const day = businessDay(world.clock.now())
  await follow()
  assert.equal(await noted(unpaid.orderId), undefined)
  assert.deepEqual(await noted(order.orderId), {
    what: ['order', 'pickup'],
    figures: [order.totalFen, 0, 4, 0],
    collected: false,
  })
  await handOver(order)
  await world.advance(DAY)
  await refund(order, { lines: [{ lineNo: 1, quantity: 1 }] })
  await follow()
  const [books] = await rows<{ refunded: number }>(
    world,
    'select refunded_fen as refunded from orders where id = $1',
    [order.orderId],
  )
  const refundedFen = Number(books?.refunded)
  assert.ok(refundedFen > 0)
  assert.deepEqual(await noted(order.orderId), {
    what: ['order', 'pickup'],
    figures: [order.totalFen, refundedFen, 4, 1],
    collected: true,
  })
  const [sums] = await rows<Record<string, number>>(
    world,
    `select refunded_fen::int as back, most_pieces as most from member_day where member_id = $1 and day = $2`,
    [shopper.memberId, day],
  )
  assert.deepEqual(sums, { back: refundedFen, most: 4 })
  assert.equal(await faults(), 0)
})

test('a receipt counts on the day it was sold, however late its till tells; a return that came first is taken off', async () => {
  const { memberId } = await newcomer()
  const { api, partnerId } = await openPartner(world)
  const memberRef = refOf(world, partnerId, memberId)
  const soldAt = secondsAfter(world.clock.now(), -2 * DAY)
  const late = sale(world, { memberRef, soldAt: soldAt.toISOString() })
  await upload(api, [giveBack(world, late.posTxnId)])
  await follow()
  await upload(api, [late])
  await follow()
  const found = await rows<{ what: string; figures: number[] }>(
    world,
    `select source || ' ' || channel || ' ' || day as what, array[pay_fen, refunded_fen, pieces, refunded_pieces]::int[] as figures from purchase where member_id = $1`,
    [memberId],
  )
  assert.deepEqual(found, [{ what: `till till ${businessDay(soldAt)}`, figures: [2400, 1200, 2, 1] }])
  assert.equal(await faults(), 0)
})

test('what staff redeem over a counter is no sale of theirs, and an order that nobody paid is none, looked at from scratch either', async () => {
  const shopper = await newcomer()
  await place(shopper)
  const couponId = await coupon(world, shopper, { label: '满10减3' })
  const { code } = await shopper.api('GET /v1/coupons/:couponId/till-code', { params: { couponId } })
  const clerk = await world.staff('clerk01', 'floor')
  const { memberRef } = await clerk('POST /staff/v1/coupon-holders', {
    body: { storeId: 'S01', shown: { couponCode: code } },
  })
  await clerk('POST /staff/v1/coupon-redemptions', {
    body: {
      storeId: 'S01',
      memberRef,
      lines: [{ barcode: APPLES.barcode, quantity: 2 }],
      couponIds: [couponId],
      requestKey: randomUUID(),
      expectPayFen: 2260,
    },
  })
  await follow()
  assert.equal(await createInsight(world.ctx).rebuild(), 0)
  assert.deepEqual(await rows(world, 'select id from purchase where member_id = $1', [shopper.memberId]), [])
})

test('a line of a till that nobody here knows is money of its purchase, and no goods of ours', async () => {
  const { api } = await openPartner(world)
  const receipt = sale(world, {
    lines: [{ barcode: '2000000000008', name: '散称', quantity: 1, unitFen: 300, payFen: 300 }],
  })
  await upload(api, [receipt])
  await follow()
  const [row] = await rows<{ sku: string | null; fen: number }>(
    world,
    `select l.sku_id as sku, p.pay_fen::int as fen from till_sale s join purchase p using (id) join purchase_line l on l.purchase_id = p.id where s.pos_txn_id = $1`,
    [receipt.posTxnId],
  )
  assert.deepEqual(row, { sku: null, fen: 300 })
  assert.equal(await faults(), 0)
})

test('two servers that follow at once note each purchase once', async () => {
  const second = await world.another()
  try {
    const shopper = await newcomer()
    for (let i = 0; i < 3; i++) await payFor(await place(shopper))
    const there = second.linli.sweeps.find(({ name }) => name === 'insight.purchases')
    await Promise.all([follow(), there?.run(), follow(), there?.run()])
    await follow()
    const [row] = await rows<{ many: number; sum: number }>(
      world,
      `select (select count(*)::int from purchase where member_id = $1) as many, sum(purchases)::int as sum from member_day where member_id = $1`,
      [shopper.memberId],
    )
    assert.deepEqual(row, { many: 3, sum: 3 })
    assert.equal(await faults(), 0)
  } finally {
    await second.close()
  }
})

test('counting anew while others follow: nothing counts twice', async () => {
  const insight = createInsight(world.ctx)
  for (let round = 0; round < 3; round++) {
    const shopper = await newcomer()
    for (let i = 0; i < 3; i++) await payFor(await place(shopper))
    const wrong = await Promise.all([insight.rebuild(), follow(), insight.rebuild()])
    assert.deepEqual([wrong[0], wrong[2], await faults()], [0, 0, 0])
  }
})

test('receipts of the time before are brought in once; repeating them changes nothing, and what is wrong in the sums is put right', async () => {
  const { memberId } = await newcomer()
  const receipt: Purchase = {
    id: randomUUID(),
    source: 'history',
    storeId: 'S02',
    memberId,
    channel: 'till',
    boughtAt: new Date('2026-05-01T03:00:00Z'),
    day: '2026-05-01',
    goodsFen: 1000,
    collectedAt: new Date('2026-05-01T03:00:00Z'),
    campaignId: null,
    lines: [{ lineNo: 1, skuId: APPLE, quantity: 3, refundedQuantity: 1, payFen: 999, refundedFen: 333 }],
  }
  const insight = createInsight(world.ctx)
  for (let i = 0; i < 2; i++) await insight.bringHistory([receipt])
  assert.equal(await faults(), 0)
  assert.deepEqual(await noted(receipt.id), {
    what: ['history', 'till'],
    figures: [999, 333, 3, 1],
    collected: true,
  })
  assert.equal(await insight.rebuild(), 0)
  await rows(world, `update sales_day set pay_fen = pay_fen + 1 where day = '2026-05-01'`)
  await rows(world, `delete from member_day where member_id = $1`, [memberId])
  assert.equal(await faults(), 3)
  assert.equal(await insight.rebuild(), 3)
  assert.equal(await faults(), 0)
})
