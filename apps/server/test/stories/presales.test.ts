// Goods that are yet to come, through the contract on PostgreSQL: deposit, balance, arrival, and every way it ends without them.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { campaign, type CampaignInput, campaignOf, type Goods, goodsOf, orderIn } from '../campaigns.ts'
import { rows, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { stored } from '../stored-value.ts'
import { until } from '../until.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

const HOUR = 3600
const DAY = 24 * HOUR
let world: World
let goods: Goods[]
let next = 0
let sku: Goods

before(async () => {
  world = await openWorld({ onHand: 3 })
  goods = await goodsOf(world)
})
after(() => world.close())
beforeEach(() => {
  sku = goods[next++ % goods.length] ?? assert.fail()
})

type Deposit = NonNullable<Extract<CampaignInput['terms'], { kind: 'presale' }>['deposit']>
/** An hour to order, an hour later a day and a half to pay the balance, the goods promised for the 20th day. */
const wanted = (called: Deposit['called'] | null, over: Partial<CampaignInput> = {}): CampaignInput => {
  const at = (seconds: number) => secondsAfter(world.clock.now(), seconds).toISOString()
  const deposit = called && { called, bp: 2000, balanceFrom: at(2 * HOUR), balanceUntil: at(2 * DAY) }
  return campaignOf(world, sku, {
    name: '预售',
    perMember: 2,
    payMinutes: 30,
    terms: {
      kind: 'presale',
      deposit,
      cutoff: at(3 * HOUR),
      pickupFrom: at(3 * DAY),
      promisedBy: at(20 * DAY),
    },
    ...over,
  })
}
const hq = (): Promise<LinliApi> => world.staff('hq')
const presale = async (
  called: Deposit['called'] | null,
  over: Partial<CampaignInput> = {},
): Promise<string> => campaign(world, await hq(), wanted(called, over))

const detail = ({ api }: Shopper, orderId: string) => api('GET /v1/orders/:orderId', { params: { orderId } })
async function pay(shopper: Shopper, orderId: string, state: string): Promise<string> {
  const opened = await shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId },
    body: { provider: 'wechat' },
  })
  assert.ok(opened.provider === 'wechat')
  await settleAtCashier(world, opened.prepayId)
  await until(async () => (await detail(shopper, orderId)).state === state, state)
  return opened.outTradeNo
}
const takeBack = ({ api }: Shopper, orderId: string) =>
  api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: {} })
const arrive = async (campaignId: string, pieces: number, idempotencyKey: string = randomUUID()) =>
  (await hq())('POST /console/v1/presale-arrivals', {
    body: { campaignId, storeId: 'S01', skuId: sku.skuId, pieces, idempotencyKey },
  })
const refunds = (orderId: string) =>
  rows<{ amount_fen: number; attempt_id: string; state: string }>(
    world,
    'select amount_fen, attempt_id, state from refund where order_id = $1 order by id',
    [orderId],
  )
const sum = (fen: readonly number[]): number => fen.reduce((total, each) => total + each, 0)

test('domain 2.9: a deposit and a balance are two payments of one order; the goods arrive, and it is collected', async () => {
  const shopper = await world.member('presale-0')
  const before = await levelOf(world, sku.skuId)
  const campaignId = await presale('advance')
  await stored(world, shopper, 5000)
  const quoted = await shopper.api('POST /v1/quotes', {
    body: {
      storeId: 'S01',
      fulfilment: { kind: 'pickup' },
      lines: [{ skuId: sku.skuId, quantity: 1 }],
      campaign: { campaignId },
    },
  })
  assert.equal(quoted.storedValue, null)
  await refused(orderIn(shopper, campaignId, sku, { useStoredValue: 1 }), 'stored_value.off')
  const placed = await orderIn(shopper, campaignId, sku)
  const totalFen = sku.priceFen - 50
  const depositFen = Math.floor(totalFen / 5)
  const first = await detail(shopper, placed.id)
  assert.deepEqual(
    [first.dueFen, first.presale?.depositFen, first.presale?.balanceFen],
    [depositFen, depositFen, totalFen - depositFen],
  )
  assert.deepEqual(await levelOf(world, sku.skuId), before, 'its goods are on no shelf')
  const one = await pay(shopper, placed.id, 'WAIT_BALANCE')
  const waiting = await detail(shopper, placed.id)
  assert.deepEqual(
    [waiting.payState, waiting.presale?.balanceOpen, waiting.dueFen],
    ['DEPOSIT', false, totalFen - depositFen],
  )
  assert.deepEqual(waiting.tenders, [{ provider: 'wechat', paidFen: depositFen, refundedFen: 0 }])
  await refused(
    shopper.api('POST /v1/orders/:orderId/payments', {
      params: { orderId: placed.id },
      body: { provider: 'wechat' },
    }),
    'payments.balance_not_yet',
  )
  await world.advance(2 * HOUR)
  await world.sweep('orders.presale_reminders')
  await world.sweep('orders.presale_reminders')
  await world.sweep('messages.presales')
  const two = await pay(shopper, placed.id, 'WAIT_GOODS')
  assert.notEqual(one, two)
  assert.deepEqual(await levelOf(world, sku.skuId), before)
  const staff = await hq()
  const { items } = await staff('GET /console/v1/presales')
  const row = items.find((each) => each.campaignId === campaignId)
  assert.deepEqual([row?.waitingOrders, row?.waitingPieces, row?.freePieces], [1, 1, 3])
  assert.equal((await arrive(campaignId, 5)).servedOrders, 1)
  assert.equal((await detail(shopper, placed.id)).state, 'PAID')
  assert.equal((await levelOf(world, sku.skuId)).reserved, before.reserved + 1)
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', {
    params: { orderId: placed.id },
  })
  await (
    await world.staff('clerk01', 'floor')
  )('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  assert.equal((await detail(shopper, placed.id)).state, 'COMPLETED')
  await world.sweep('payments.reports')
  const trades = [one, two].map((number) => world.sandbox.world.store.orders.get(number))
  assert.deepEqual(
    trades.map((trade) => [trade?.delayedTo !== null, trade?.shipping?.times]),
    [
      [true, 1],
      [true, 1],
    ],
    'promised for the 20th day: WeChat is asked to wait, and told of both when they are handed over',
  )
  await world.sweep('messages.orders')
  const told = await shopper.api('GET /v1/messages', { query: {} })
  assert.deepEqual(told.items.map(({ kind }) => kind).sort(), ['presale.arrived', 'presale.balance'])
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.9: taken back before the cutoff everything is refunded, over both payments; the place goes to somebody else', async () => {
  const shopper = await world.member('presale-1')
  const campaignId = await presale('advance', {
    items: [{ skuId: sku.skuId, priceFen: sku.priceFen - 50, quotas: [{ storeId: 'S01', quota: 2 }] }],
  })
  const other = await world.member('presale-2')
  const mine = await orderIn(shopper, campaignId, sku)
  const theirs = await orderIn(other, campaignId, sku)
  await refused(orderIn(await world.member('presale-3'), campaignId, sku), 'campaigns.sold_out')
  await pay(shopper, mine.id, 'WAIT_BALANCE')
  await takeBack(shopper, mine.id)
  assert.equal((await detail(shopper, mine.id)).state, 'CLOSED_REFUND')
  await orderIn(await world.member('presale-3'), campaignId, sku)
  await pay(other, theirs.id, 'WAIT_BALANCE')
  await world.advance(2 * HOUR)
  await pay(other, theirs.id, 'WAIT_GOODS')
  assert.equal((await detail(other, theirs.id)).presale?.takeBackFen, theirs.totalFen)
  await takeBack(other, theirs.id)
  const back = await refunds(theirs.id)
  assert.equal(new Set(back.map((each) => each.attempt_id)).size, 2)
  assert.equal(sum(back.map((each) => each.amount_fen)), theirs.totalFen)
  await until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await detail(other, theirs.id)).refundState === 'FULL'
  }, 'refunded')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.9: the balance that does not come closes the order: an advance goes back, an earnest is kept; what is paid later goes back', async () => {
  const shopper = await world.member('presale-4')
  const advance = await orderIn(shopper, await presale('advance'), sku)
  await pay(shopper, advance.id, 'WAIT_BALANCE')
  sku = goods[next++ % goods.length] ?? assert.fail()
  const earnest = await orderIn(shopper, await presale('earnest'), sku)
  await pay(shopper, earnest.id, 'WAIT_BALANCE')
  await world.advance(2 * HOUR)
  const opened = await shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId: earnest.id },
    body: { provider: 'wechat' },
  })
  await world.advance(2 * DAY - 3 * HOUR)
  await world.sweep('orders.presale_reminders')
  await world.sweep('messages.presales')
  const told = await shopper.api('GET /v1/messages', { query: {} })
  assert.ok(told.items.some(({ kind }) => kind === 'presale.ending'))
  await world.advance(HOUR)
  await world.sweep('orders.timeouts')
  await until(async () => (await detail(shopper, advance.id)).state === 'CLOSED_REFUND', 'advance closed')
  assert.equal((await refunds(advance.id))[0]?.amount_fen, Math.floor(advance.totalFen / 5))
  await until(async () => {
    await world.advance(61)
    await world.sweep('orders.timeouts')
    return (await detail(shopper, earnest.id)).state === 'CANCELLED'
  }, 'earnest lapsed')
  const kept = await detail(shopper, earnest.id)
  assert.deepEqual([kept.payState, kept.refundState, await refunds(earnest.id)], ['DEPOSIT', 'NONE', []])
  assert.ok(opened.provider === 'wechat')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.9: goods that come are for those who paid first; again with the same key nothing more; the rest is short, and an earnest is owed twice', async () => {
  const campaignId = await presale('earnest', { perMember: 2 })
  const shoppers = await Promise.all(Array.from({ length: 3 }, (_, i) => world.member(`presale-1${i}`)))
  const orders: { shopper: Shopper; id: string; totalFen: number }[] = []
  for (const shopper of shoppers) {
    const { id, totalFen } = await orderIn(shopper, campaignId, sku)
    await pay(shopper, id, 'WAIT_BALANCE')
    orders.push({ shopper, id, totalFen })
  }
  const clerk = await world.staff('clerk01', 'floor')
  const unpaid = async () =>
    (await clerk('GET /staff/v1/stores/:storeId/unpaid-orders', { params: { storeId: 'S01' }, query: {} }))
      .items
  const inCash = (orderId: string, fen: number) =>
    clerk('POST /staff/v1/orders/:orderId/counter-payments', {
      params: { orderId },
      body: { idempotencyKey: randomUUID(), provider: 'cash', expectFen: fen, tenderedFen: fen },
    })
  const [first] = orders
  assert.ok(first)
  const restFen = first.totalFen - Math.floor(first.totalFen / 5)
  assert.deepEqual(await unpaid(), [], 'no balance is asked for before its time')
  await refused(inCash(first.id, restFen), 'payments.balance_not_yet')
  await world.advance(2 * HOUR)
  assert.deepEqual(
    (await unpaid()).map(({ state, dueFen }) => [state, dueFen]),
    orders.map(() => ['WAIT_BALANCE', restFen]),
  )
  for (const { shopper, id } of orders.toReversed()) {
    if (id === first.id) await inCash(id, restFen)
    else await pay(shopper, id, 'WAIT_GOODS')
    await world.advance(1)
  }
  assert.equal((await detail(first.shopper, first.id)).state, 'WAIT_GOODS', 'paid at the counter')
  // WeChat says when to the second, and all of them paid in one.
  for (const [i, { id }] of orders.toReversed().entries())
    await rows(world, `update orders set paid_at = paid_at + $2 * interval '1 minute' where id = $1`, [id, i])
  const states = async () =>
    Promise.all(orders.map(async ({ shopper, id }) => (await detail(shopper, id)).state))
  const staff = await hq()
  const goodsOfIt = { campaignId, storeId: 'S01', skuId: sku.skuId }
  const trial = await staff('POST /console/v1/presale-arrival-trials', { body: { ...goodsOfIt, pieces: 1 } })
  assert.deepEqual([trial.servedOrders, trial.shortOrders, trial.freePieces], [1, 2, 3])
  const key = randomUUID()
  const due = async () =>
    (await staff('GET /console/v1/workbench', {})).todo.find(({ kind }) => kind === 'presale_due')
  assert.equal(await due(), undefined, 'they may be collected in three days: nobody needs to hurry')
  await rows(
    world,
    `update order_presale set pickup_from = pickup_from - interval '3 days' where campaign_id = $1`,
    [campaignId],
  )
  assert.deepEqual([(await due())?.storeId, (await due())?.count], ['S01', 3])
  const served = { servedOrders: 1, servedPieces: 1, shortOrders: 2, shortPieces: 2 }
  assert.deepEqual(await arrive(campaignId, 1, key), served)
  assert.deepEqual(await arrive(campaignId, 1, key), served, 'a repeat serves nobody else')
  await refused(arrive(campaignId, 2, key), 'orders.key_reused')
  assert.deepEqual(await states(), ['WAIT_GOODS', 'WAIT_GOODS', 'PAID'])
  // Two people press at once: nobody is served twice.
  await Promise.all([arrive(campaignId, 1), arrive(campaignId, 1)])
  const waiting = await staff('GET /console/v1/presale-orders', { query: goodsOfIt })
  const moves = await rows<{ pieces: number }>(
    world,
    `select coalesce(sum(reserved_delta), 0)::int as pieces from stock_ledger where reason = 'RESERVE' and order_id = any($1::uuid[])`,
    [orders.map(({ id }) => id)],
  )
  assert.equal(moves[0]?.pieces, 3 - waiting.items.length)
  const [short] = waiting.items
  if (short) {
    await staff('POST /console/v1/orders/:orderId/refunds', {
      params: { orderId: short.orderId },
      body: { idempotencyKey: randomUUID(), expectFen: short.paidFen, reason: '缺货', ourFault: true },
    })
    const debts = await staff('GET /console/v1/presale-debts')
    const debt = debts.items.find(({ orderId }) => orderId === short.orderId)
    assert.equal(debt?.owedFen, Math.floor(short.totalFen / 5))
    const params = { orderId: short.orderId }
    await staff('POST /console/v1/orders/:orderId/presale-debt', { params, body: { note: '微信转账' } })
    await refused(
      staff('POST /console/v1/orders/:orderId/presale-debt', { params, body: { note: '再付' } }),
      'orders.presale_missing',
      404,
    )
  }
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('race: whoever says again that goods came waits for whom they are just set aside, and one piece serves one order', async () => {
  const campaignId = await presale(null)
  const key = randomUUID()
  const shoppers = await Promise.all([world.member('presale-30'), world.member('presale-31')])
  const ids: string[] = []
  for (const shopper of shoppers) {
    const { id } = await orderIn(shopper, campaignId, sku)
    ids.push(id)
    if (ids.length === 1) await arrive(campaignId, 1, key)
    await pay(shopper, id, 'WAIT_GOODS')
  }
  const first = await world.ctx.database.pool.connect()
  await first.query('begin')
  await first.query(`select from presale_arrival where idem_key = $1 for no key update`, [key])
  const both = Promise.all([arrive(campaignId, 1, key), arrive(campaignId, 1, key)])
  try {
    const blocked = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%presale_arrival%'`
    await until(async () => (await rows(world, blocked)).length === 2, 'both wait')
  } finally {
    await first.query('rollback')
    first.release()
  }
  await both
  const states = await Promise.all(
    ids.map(async (id, i) => (await detail(shoppers[i] ?? assert.fail(), id)).state),
  )
  assert.deepEqual(states.toSorted(), ['PAID', 'WAIT_GOODS'])
})

test('on the telephone a clerk takes in what orders of their store wait for, once, and nothing of another store', async () => {
  const campaignId = await presale(null)
  const first = await world.member('presale-30')
  const { id } = await orderIn(first, campaignId, sku)
  await pay(first, id, 'WAIT_GOODS')
  const clerk = await world.staff('clerk01', 'floor')
  const params = { storeId: 'S01' }
  const awaited = async () => {
    const { items } = await clerk('GET /staff/v1/stores/:storeId/awaited-goods', { params })
    assert.ok(items.every(({ storeId }) => storeId === 'S01'))
    return items.find((each) => each.campaignId === campaignId)
  }
  const before = await awaited()
  assert.deepEqual([before?.waitingOrders, before?.waitingPieces, before?.ofBox], [1, 1, false])

  const stranger = await world.staff('clerk02', 'floor')
  const body = { campaignId, skuId: sku.skuId, pieces: 2, idempotencyKey: randomUUID() }
  await refused(stranger('GET /staff/v1/stores/:storeId/awaited-goods', { params }), 'staff.out_of_scope')
  await refused(stranger('POST /staff/v1/stores/:storeId/arrivals', { params, body }), 'staff.out_of_scope')
  await refused(
    stranger('POST /staff/v1/stores/:storeId/arrivals', { params: { storeId: 'S02' }, body }),
    'orders.presale_missing',
  )
  assert.equal((await detail(first, id)).state, 'WAIT_GOODS')

  const served = { servedOrders: 1, servedPieces: 1, shortOrders: 0, shortPieces: 0 }
  for (const _ of [1, 2])
    assert.deepEqual(await clerk('POST /staff/v1/stores/:storeId/arrivals', { params, body }), served)
  await refused(
    clerk('POST /staff/v1/stores/:storeId/arrivals', { params, body: { ...body, pieces: 3 } }),
    'orders.key_reused',
  )
  assert.equal((await detail(first, id)).state, 'PAID')
  assert.equal(await awaited(), undefined)
  const noted = await rows<{ actor: string }>(
    world,
    `select e.actor from audit_event e where e.action = 'orders.presale_arrived' and e.subject = $1`,
    [`campaign:${campaignId}`],
  )
  assert.equal(noted.length, 1)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('race: of a balance and its time-out on two servers one wins, and the money agrees', async () => {
  const shopper = await world.member('presale-20')
  const { id, totalFen } = await orderIn(shopper, await presale('advance'), sku)
  await pay(shopper, id, 'WAIT_BALANCE')
  await world.advance(2 * DAY - 60)
  const opened = await shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId: id },
    body: { provider: 'wechat' },
  })
  assert.ok(opened.provider === 'wechat')
  await world.advance(60)
  const second = await world.another()
  try {
    const sweep = second.linli.sweeps.find(({ name }) => name === 'orders.timeouts')
    await Promise.all([settleAtCashier(world, opened.prepayId), world.sweep('orders.timeouts'), sweep?.run()])
    await until(async () => {
      await world.advance(61)
      await world.sweep('orders.timeouts')
      await world.sweep('payments.refunds')
      const { state, refundState } = await detail(shopper, id)
      return state === 'WAIT_GOODS' || refundState === 'FULL'
    }, 'decided')
    const { state } = await detail(shopper, id)
    const back = sum((await refunds(id)).map((each) => each.amount_fen))
    const paid = await rows<{ fen: number }>(
      world,
      `select sum(amount_fen)::int as fen from payment_attempt where order_id = $1 and state = 'PAID'`,
      [id],
    )
    assert.equal((paid[0]?.fen ?? 0) - back, state === 'WAIT_GOODS' ? totalFen : 0)
  } finally {
    await second.close()
  }
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('tables: a deposit is paid as it was agreed, and nothing waits for goods that were promised for no day', async () => {
  const shopper = await world.member('presale-21')
  const { id } = await orderIn(shopper, await presale('advance'), sku)
  await pay(shopper, id, 'WAIT_BALANCE')
  const fails = (set: string, constraint: string) =>
    assert.rejects(rows(world, `update orders set ${set} where id = $1`, [id]), { constraint })
  await fails('paid_fen = paid_fen + 1', 'orders_deposit_paid')
  await fails(`deposit_fen = total_fen - 1`, 'orders_deposit')
  await fails(`pay_state = 'UNPAID', paid_fen = 0`, 'orders_awaits_balance')
  await fails(`state = 'WAIT_GOODS'`, 'orders_goods_need_money')
  await assert.rejects(
    rows(world, `update order_presale set called = 'advance', owed_fen = 1 where order_id = $1`, [id]),
    { constraint: 'order_presale_owed' },
  )
})
