// Promoters: who brought a buyer, what of the order is theirs, what goes back with the money, and how it is paid out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  bind,
  confirm,
  giveBack,
  handOver,
  promoter,
  type Promoter,
  sumsOf,
  TERMS,
  withdraw,
  wrongInCommissions,
} from '../commissions.ts'
import { NOON } from '../messages.ts'
import { only, paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

const DAY = 86_400
let world: World
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ start: NOON, onHand: 100_000 })
  await signIn()
  await hq('POST /console/v1/commission-terms', { body: TERMS })
})
after(async () => {
  const wrong = await wrongInCommissions(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const signIn = async () => {
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
}
const advance = async (days: number) => {
  await world.advance(days * DAY)
  await signIn()
}
let number = 500
const someone = () => world.member(`shopper-0${number++}`)
const follow = () => world.sweep('commissions.orders')
const NOTHING = { pendingFen: 0, frozenFen: 0, availableFen: 0, withdrawingFen: 0, paidFen: 0 }
/** How many of it the workbench of head office lists. */
const errandOf = async (kind: string) =>
  (await hq('GET /console/v1/workbench', {})).todo.find((item) => item.kind === kind)?.count

test('domain 2.5 申请 · applies without fee or purchase, refused with a reason, let in, never twice; who is no promoter earns nothing', async () => {
  const shopper = await someone()
  const applies = () => shopper.api('POST /v1/promoter-applications', { body: { words: '小区里认识人多' } })
  await refused(shopper.api('GET /v1/promoter/shares', { query: {} }), 'commissions.not_promoter', 409)
  await applies()
  await refused(applies(), 'commissions.applied_already', 409)
  assert.equal(await errandOf('commission_application'), 1)
  const { items } = await hq('GET /console/v1/promoter-applications', { query: { state: 'APPLIED' } })
  const params = { applicationId: items[0]?.id ?? '' }
  await hq('POST /console/v1/promoter-applications/:applicationId/refusal', {
    params,
    body: { reason: '请先写明在哪推广' },
  })
  assert.equal((await shopper.api('GET /v1/promoter')).application?.reason, '请先写明在哪推广')
  await refused(
    hq('POST /console/v1/promoter-applications/:applicationId/approval', { params, body: { level: 'new' } }),
    'commissions.application_decided',
    409,
  )
  const who = await promoter(hq, shopper)
  assert.deepEqual(await sumsOf(who), NOTHING)
  await refused(applies(), 'commissions.applied_already', 409)
  const code = await who.api('GET /v1/promoter/code')
  assert.equal(code.scene, `p.${who.key}`)
  assert.match(code.picture, /^data:image\/png;base64,iVBOR/)
})

test('domain 2.5 归因 · PENDING as it is paid, FROZEN as it is collected, AVAILABLE when the after-sales term is over; base is what the line costs after discounts', async () => {
  const who = await promoter(hq, await someone())
  const buyer = await someone()
  assert.equal((await bind(buyer, who)).bound, true)
  const purchase = await paid(world, buyer, 3)
  await follow()
  const fen = Math.floor((purchase.totalFen * 500) / 10_000)
  assert.deepEqual(await sumsOf(who), { ...NOTHING, pendingFen: fen })
  await handOver(world, clerk, purchase)
  await Promise.all([follow(), follow()])
  assert.deepEqual(await sumsOf(who), { ...NOTHING, frozenFen: fen })
  await advance(7)
  await follow()
  assert.deepEqual(await sumsOf(who), { ...NOTHING, frozenFen: fen }, 'the seventh day is not over')
  await advance(1)
  await Promise.all([follow(), follow(), follow()])
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
  const { items } = await who.api('GET /v1/promoter/shares', { query: {} })
  assert.deepEqual(
    items.map(({ state, rateBp, baseFen, amountFen, leftFen }) => ({
      state,
      rateBp,
      baseFen,
      amountFen,
      leftFen,
    })),
    [{ state: 'AVAILABLE', rateBp: 500, baseFen: purchase.totalFen, amountFen: fen, leftFen: fen }],
  )
  assert.match(items[0]?.buyer ?? '', /\*/)
  assert.equal(items[0]?.buyer.includes(buyer.memberId), false)
})

test('domain 2.5 快照 · another level, another promoter and other terms change nothing of an order that was placed', async () => {
  const [who, other] = [await promoter(hq, await someone()), await promoter(hq, await someone())]
  const buyer = await someone()
  await bind(buyer, who)
  const purchase = await paid(world, buyer)
  world.clock.advance(1)
  await hq('POST /console/v1/promoters/:memberId/standing', {
    params: { memberId: who.memberId },
    body: { active: false, level: 'gold', reason: '停一停' },
  })
  assert.equal((await bind(buyer, other)).bound, false, 'the first holds while it is valid')
  await follow()
  const { pendingFen } = await sumsOf(who)
  assert.equal(pendingFen, Math.floor((purchase.totalFen * 500) / 10_000))
  const later = await paid(world, buyer)
  await follow()
  assert.deepEqual(await sumsOf(who), { ...NOTHING, pendingFen }, 'stopped: nothing of later orders')
  assert.ok(later.orderId)
  await advance(11)
  assert.equal((await bind(buyer, other)).bound, true, 'run out')
  await paid(world, buyer)
  await follow()
  assert.ok((await sumsOf(other)).pendingFen > 0)
})

test('domain 2.5 绑定 · terms may let the latest win; nobody binds themselves; one at a time, in twenty requests', async () => {
  await hq('POST /console/v1/commission-terms', { body: { ...TERMS, bindMode: 'latest' } })
  const all = [await promoter(hq, await someone()), await promoter(hq, await someone())] as const
  const buyer = await someone()
  assert.equal((await bind(all[0], all[0])).bound, false)
  await Promise.all(Array.from({ length: 20 }, (_, i) => bind(buyer, i % 2 === 0 ? all[0] : all[1])))
  const open = await rows(world, 'select 1 from promoter_binding where member_id = $1 and ended_at is null', [
    buyer.memberId,
  ])
  assert.equal(open.length, 1)
  world.clock.advance(1)
  assert.equal((await bind(buyer, all[0])).bound, true)
  world.clock.advance(1)
  assert.equal((await bind(buyer, all[1])).bound, true)
  await refused(bind(buyer, { key: 'zzzzzzzzzzzz' }), 'commissions.key_unknown', 404)
  world.clock.advance(1)
  await hq('POST /console/v1/commission-terms', { body: TERMS })
  const { items } = await all[1].api('GET /v1/promoter/bindings', { query: {} })
  assert.ok(items.every(({ name }) => name.includes('*')))
})

test('domain 2.5 两级 · whoever invited the promoter shares of goods; never a third, never for inviting, never of what one buys oneself', async () => {
  const first = await promoter(hq, await someone(), { level: 'gold' })
  const second = await promoter(hq, await someone(), { invite: first.key })
  const third = await promoter(hq, await someone(), { invite: second.key })
  assert.deepEqual([await sumsOf(first), await sumsOf(second)], [NOTHING, NOTHING], 'inviting earns nothing')
  const buyer = await someone()
  await bind(buyer, third)
  const { totalFen } = await paid(world, buyer, 5)
  await follow()
  assert.equal((await sumsOf(third)).pendingFen, Math.floor((totalFen * 500) / 10_000))
  assert.equal((await sumsOf(second)).pendingFen, Math.floor((totalFen * 100) / 10_000))
  assert.deepEqual(await sumsOf(first), NOTHING, 'not the third')
  // The upper buys through their own lower: neither share is theirs.
  await bind(second, third)
  const before = await sumsOf(second)
  await paid(world, second, 5)
  await follow()
  assert.deepEqual(await sumsOf(second), before)
  const { orderId } = await only<{ orderId: string }>(
    world,
    'select order_id as "orderId" from commission_order where buyer_id = $1',
    [buyer.memberId],
  )
  const share = (depth: number, whom: Promoter) =>
    rows(
      world,
      `insert into commission_line (order_id, line_no, depth, promoter_id, account_id, level, rate_bp, base_fen, amount_fen)
       select order_id, line_no, $2, p.member_id, p.account_id, 'new', 100, 10000, 100 from commission_line l, promoter p
       where l.order_id = $1 and l.depth = 1 and p.member_id = $3 on conflict do nothing`,
      [orderId, depth, whom.memberId],
    )
  await assert.rejects(share(3, first), /commission_line_depth/)
  await assert.rejects(share(2, first), /whoever invited the first/)
})

test('domain 2.5 退款 · a part that goes back takes its part along, a row with a minus; before it is free, and after it was paid out', async () => {
  const who = await promoter(hq, await someone())
  const buyer = await someone()
  await bind(buyer, who)
  const purchase = await paid(world, buyer, 4)
  await follow()
  const whole = Math.floor((purchase.totalFen * 500) / 10_000)
  await giveBack(world, hq, purchase, [{ lineNo: 1, quantity: 1 }])
  await follow()
  const three = Math.floor((((purchase.totalFen * 3) / 4) * 500) / 10_000)
  assert.equal((await sumsOf(who)).pendingFen, three)
  await handOver(world, clerk, purchase)
  await follow()
  await advance(8)
  await follow()
  assert.equal((await sumsOf(who)).availableFen, three)
  const shown = await withdraw(who, three)
  await confirm(world, who, shown)
  assert.deepEqual(await sumsOf(who), { ...NOTHING, paidFen: three })
  await giveBack(world, hq, purchase)
  await follow()
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: -three, paidFen: three })
  await refused(withdraw(who, 10), 'commissions.short', 409)
  const { items } = await hq('GET /console/v1/commission-accounts/:accountId/postings', {
    params: {
      accountId:
        (await hq('GET /console/v1/promoters', { query: {} })).items.find(
          ({ member }) => member.id === who.memberId,
        )?.accountId ?? '',
    },
    query: {},
  })
  assert.deepEqual(items.map(({ reason }) => reason).toReversed(), [
    'earn',
    'refund',
    'collect',
    'free',
    'withdraw',
    'withdrawn',
    'refund',
  ])
  assert.ok(whole > three)
  // Later earnings make up for it.
  const next = await paid(world, buyer, 20)
  await handOver(world, clerk, next)
  await follow()
  await advance(8)
  await follow()
  assert.equal((await sumsOf(who)).availableFen, Math.floor((next.totalFen * 500) / 10_000) - three)
  const month = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7)
  const statement = await who.api('GET /v1/promoter/statements/:month', { params: { month } })
  const { availableFen } = await sumsOf(who)
  assert.equal(statement.closingFen, availableFen)
  const rowsSum = statement.items.reduce((sum, row) => sum + row.availableFen + row.withdrawingFen, 0)
  assert.equal(statement.openingFen + rowsSum, statement.closingFen, 'every fen has a row')
})

test('domain 2.5 售后期 · while somebody asks for money back nothing is freed', async () => {
  const who = await promoter(hq, await someone())
  const buyer = await someone()
  await bind(buyer, who)
  const purchase = await paid(world, buyer, 2)
  await handOver(world, clerk, purchase)
  await follow()
  await rows(
    world,
    `insert into aftersale (id, order_id, store_id, member_id, idem_key, body_hash, kind, reason, our_fault, state, amount_fen, since, applied_at)
     select gen_random_uuid(), id, store_id, member_id, 'k', 'x', 'return', 'no_reason', false, 'APPLIED', 1, now(), now() from orders where id = $1`,
    [purchase.orderId],
  )
  await advance(9)
  await follow()
  assert.ok((await sumsOf(who)).frozenFen > 0)
  await rows(world, `update aftersale set state = 'CANCELLED' where order_id = $1`, [purchase.orderId])
  await follow()
  assert.ok((await sumsOf(who)).availableFen > 0)
})

test('books are compared nightly; sums follow their postings and nobody else', async () => {
  const check = await hq('POST /console/v1/commission-checks')
  assert.deepEqual(check.faults, [])
  assert.ok(check.accounts > 5)
  await assert.rejects(
    rows(world, 'update commission_account set available_fen = available_fen + 1'),
    /follows its postings/,
  )
  await assert.rejects(rows(world, 'delete from commission_posting'), /only added to|append|may not/i)
  await rows(world, 'alter table commission_account disable trigger commission_account_follows')
  await rows(
    world,
    'update commission_account set available_fen = available_fen + 1 where available_fen = (select max(available_fen) from commission_account)',
  )
  const found = await hq('POST /console/v1/commission-checks')
  assert.ok(found.faults.length > 0)
  assert.equal(await errandOf('commission_sums'), found.faults.length, 'the workbench says so')
  await rows(
    world,
    'update commission_account set available_fen = available_fen - 1 where available_fen = (select max(available_fen) from commission_account)',
  )
  await rows(world, 'alter table commission_account enable trigger commission_account_follows')
})

test('terms that contradict themselves are refused by name', async () => {
  const bad = (over: object) => hq('POST /console/v1/commission-terms', { body: { ...TERMS, ...over } })
  const [level] = TERMS.levels
  assert.ok(level)
  await refused(bad({ levels: [level, level] }), 'commissions.terms_unsound', 422)
  await refused(bad({ depth: 1 }), 'commissions.terms_unsound', 422)
  await refused(bad({ depth: 3 }), 'request.invalid', 400)
  await refused(bad({ since: '2020-01-01T00:00:00Z' }), 'commissions.terms_unsound', 422)
  await refused(bad({ leastFen: 5000, dailyFen: 100 }), 'commissions.terms_unsound', 422)
})
