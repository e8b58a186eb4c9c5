// Who paid when their group was over, and the money of groups that failed, whatever the provider does.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Goods, goodsOf } from '../campaigns.ts'
import { groupCampaign, groupOf, ladderOf, payFor, sit } from '../groups.ts'
import { fault, only, paidUnheard, rows } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let goods: Goods[]
let people: Shopper[]
before(async () => {
  world = await openWorld({ onHand: 90 })
  goods = await goodsOf(world)
  people = await Promise.all(Array.from({ length: 6 }, (_, i) => world.member(`neighbour-${i}`)))
})
after(() => world.close())
let next = 0
let sku: Goods
beforeEach(async () => {
  // Hours pass in these stories, and a session of staff ends.
  hq = await world.staff('hq')
  sku = goods[next++ % goods.length] ?? assert.fail()
})

const person = (i: number): Shopper => people[i] ?? assert.fail()
const orderOf = ({ api }: Shopper, orderId: string) => api('GET /v1/orders/:orderId', { params: { orderId } })
const shown = (groupId: string) => world.api('GET /v1/groups/:groupId', { params: { groupId } })
type Seat = readonly [Shopper, string]
/** Somebody opens a group and pays; the others join and pay. */
async function paidSeats(campaignId: string, who: readonly Shopper[], into?: string) {
  const seats: Seat[] = []
  let groupId = into
  for (const each of who) {
    const { id } = await sit(each, campaignId, sku, groupId)
    await payFor(world, each, id)
    groupId ??= (await groupOf(each)).id
    seats.push([each, id])
  }
  return { seats, groupId: groupId ?? assert.fail() }
}
/** Works groups and refunds until these orders stand so. */
async function settled(seats: readonly Seat[], state: string, refundState: string): Promise<void> {
  await until(async () => {
    await world.sweep('orders.groups')
    await world.sweep('payments.refunds')
    const orders = await Promise.all(seats.map((seat) => orderOf(...seat)))
    if (orders.every((order) => order.state === state && order.refundState === refundState)) return true
    // What could not be settled at once, or was not answered, is looked at again some seconds later.
    await world.advance(5)
    return false
  }, `orders ${state} ${refundState}`)
}
/** Pays an order, and we hear nothing of it before we ask. */
const payUnheard = (shopper: Shopper, orderId: string) =>
  paidUnheard(world, { shopper, orderId, totalFen: 0 })
const refundsOf = (orderId: string) =>
  rows<{ cause: string; fen: number; state: string; no: string }>(
    world,
    'select cause, amount_fen as fen, state, out_refund_no as no from refund where order_id = $1 order by created_at, id',
    [orderId],
  )
const tradeOf = async (orderId: string): Promise<string> => {
  const { no } = await only<{ no: string }>(
    world,
    'select out_trade_no as no from payment_attempt where order_id = $1',
    [orderId],
  )
  return no
}
const atWechat = async (orderId: string) => {
  const trade = await tradeOf(orderId)
  return [...world.sandbox.world.store.refunds.values()].filter(({ outTradeNo }) => outTradeNo === trade)
}

for (const latePayer of ['refund', 'new_group'] as const)
  test(`who paid when the group was made already is not counted: ${latePayer}`, async () => {
    const first = sku.priceFen - 50
    const campaignId = await groupCampaign(world, hq, sku, { terms: { ...ladderOf(sku), latePayer } })
    const { seats, groupId } = await paidSeats(campaignId, [person(0), person(1)])
    await world.advance(100 * 60)
    const late = await sit(person(2), campaignId, sku, groupId)
    await payUnheard(person(2), late.id)
    await world.advance(20 * 60)
    // The group ends as two who paid; the money of the third is found when their order is closed.
    await settled(seats, 'PAID', 'NONE')
    const made = await shown(groupId)
    assert.deepEqual([made.state, made.priceFen, made.paid], ['SUCCESS', first, 2])
    const seat: Seat = [person(2), late.id]
    if (latePayer === 'refund') {
      await world.advance(31)
      await settled([seat], 'CLOSED_REFUND', 'FULL')
      assert.equal((await groupOf(person(2))).seat, 'REFUNDED')
      assert.deepEqual(
        (await refundsOf(late.id)).map(({ fen }) => fen),
        [first],
      )
    } else {
      const own = await groupOf(person(2))
      assert.deepEqual([own.state, own.seat, own.orderId, own.paid], ['OPEN', 'PAID', late.id, 1])
      assert.notEqual(own.id, groupId)
      const joined = await paidSeats(campaignId, [person(3)], own.id)
      await world.advance(2 * 3600)
      await settled([seat, ...joined.seats], 'PAID', 'NONE')
    }
    assert.deepEqual(await wrongInTheBooks(world), [])
  })

test('who paid when a group had failed already leads a new one where the terms say so', async () => {
  const campaignId = await groupCampaign(world, hq, sku, { terms: { latePayer: 'new_group' } })
  const { seats, groupId } = await paidSeats(campaignId, [person(0)])
  await world.advance(100 * 60)
  const late = await sit(person(1), campaignId, sku, groupId)
  await payUnheard(person(1), late.id)
  await world.advance(20 * 60)
  await settled(seats, 'CLOSED_REFUND', 'FULL')
  const own = await groupOf(person(1))
  assert.deepEqual([own.state, own.seat, own.orderId], ['OPEN', 'PAID', late.id])
  const joined = await paidSeats(campaignId, [person(2), person(3)], own.id)
  await settled([[person(1), late.id], ...joined.seats], 'PAID', 'NONE')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

// What becomes of the refund of one member; the other's goes through. `heal`: what mends it, where a person has to.
type Heal = (orderId: string, totalFen: number) => Promise<unknown>
const wait: Heal = async () => {
  for (const seconds of [10, 60, 600]) {
    world.clock.advance(seconds)
    await world.sweep('payments.refunds')
  }
}
const TROUBLES: readonly [mode: string, rules: Parameters<typeof fault>[2], heal: Heal][] = [
  [
    'mode 44 · abnormal, mended at WeChat',
    [
      ['refund', 'refund-abnormal'],
      ['notify', 'drop'],
    ],
    async (orderId) => {
      for (const { outRefundNo } of await atWechat(orderId))
        await world.sim('POST', `/_sim/refunds/${outRefundNo}/succeed`)
      world.clock.advance(86_400)
      await world.sweep('payments.refunds')
    },
  ],
  [
    'mode 45 · closed, sent again by a person',
    [['refund', 'refund-closed']],
    async (orderId, expectFen) => {
      hq = await world.staff('hq')
      await hq('POST /console/v1/orders/:orderId/refunds', {
        params: { orderId },
        body: { idempotencyKey: `again-${orderId}`, expectFen, reason: '没拼成，再退一次' },
      })
      world.clock.advance(61)
      await world.sweep('payments.refunds')
    },
  ],
  [
    'mode 46 · not enough money, and then enough',
    [['refund', { kind: 'status', status: 403, code: 'NOT_ENOUGH' }]],
    wait,
  ],
  [
    'mode 47 · done, and the answer is lost',
    [
      ['refund', 'error-after', 1],
      ['notify', 'drop'],
    ],
    wait,
  ],
  ['mode 48 · the notification overtakes the answer', [['refund', 'notify-before-reply']], wait],
]
for (const [mode, rules, heal] of TROUBLES)
  test(`a group that failed, ${mode}: everybody has their money back, once`, async () => {
    const first = sku.priceFen - 50
    const campaignId = await groupCampaign(world, hq, sku)
    const { seats, groupId } = await paidSeats(campaignId, [person(0), person(1)])
    const [[shopper, orderId], other] = [seats[0] ?? assert.fail(), seats[1] ?? assert.fail()]
    await fault(world, await tradeOf(orderId), rules)
    await world.advance(2 * 3600)
    await settled([other], 'CLOSED_REFUND', 'FULL')
    await until(async () => {
      await world.sweep('payments.refunds')
      const { state, refundState } = await orderOf(shopper, orderId)
      return state === 'CLOSED_REFUND' && refundState !== 'NONE'
    }, 'given up')
    // However often the sweep looks, it is the same refund.
    for (let turn = 0; turn < 3; turn++) {
      await world.advance(31)
      await world.sweep('orders.groups')
    }
    assert.equal((await refundsOf(orderId)).length, 1)
    await until(
      async () => (await atWechat(orderId)).length > 0 || mode.startsWith('mode 46'),
      'WeChat was asked',
    )
    if ((await orderOf(shopper, orderId)).refundState !== 'FULL') {
      if (mode.startsWith('mode 45'))
        await until(async () => (await orderOf(shopper, orderId)).refundState === 'FAILED', 'closed')
      await fault(world, await tradeOf(orderId), [])
      await heal(orderId, first)
    }
    await settled(seats, 'CLOSED_REFUND', 'FULL')
    for (const [who, id] of seats) {
      const { refundedFen, totalFen } = await orderOf(who, id)
      assert.deepEqual([refundedFen, totalFen], [first, first])
      const done = (await atWechat(id)).filter(({ state }) => state === 'SUCCESS')
      assert.equal(done.length, 1, 'once at WeChat')
      assert.equal((await refundsOf(id)).filter(({ state }) => state === 'SUCCESS').length, 1)
      assert.equal((await groupOf(who)).seat, 'REFUNDED')
    }
    assert.equal((await shown(groupId)).state, 'FAILED')
    assert.deepEqual(await wrongInTheBooks(world), [])
  })
