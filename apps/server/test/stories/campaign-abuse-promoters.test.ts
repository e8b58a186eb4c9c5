// Promoters who help themselves, and seats of groups that earn something.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { allRefused, tally } from '../attacks.ts'
import { type Goods, goodsOf, only } from '../campaigns.ts'
import { bind, giveBack, promoter, sumsOf, TERMS, withdrawal, wrongInCommissions } from '../commissions.ts'
import { groupCampaign, groupOf, payFor, sit } from '../groups.ts'
import { rows } from '../payments/purchase.ts'
import { neighbour, type Neighbour } from '../rallies.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
let hq: LinliApi
let goods: Goods[]

before(async () => {
  world = await openWorld({ onHand: 60 })
  second = await world.another()
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  await hq('POST /console/v1/commission-terms', { body: TERMS })
})
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInCommissions(world))]
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

let count = 0
const someone = async (name = `闲人甲乙${count}`): Promise<Neighbour> => {
  const who = await neighbour(world, `idle-${count++}`)
  await who.api('PUT /v1/me/nickname', { body: { nickname: name } })
  return who
}
const at2 = <T extends Neighbour>(who: T): T => ({ ...who, api: second.as(who.token) })

test('domain 2.3, 2.5: a seat of a group earns its promoter something once the group is full; one that fails or leaves earns nothing', async () => {
  const sku = only(goods, 3)
  const campaignId = await groupCampaign(world, hq, sku, { terms: { size: 2 } })
  const lead = await promoter(hq, await someone())
  const [a, b, c] = [await someone(), await someone(), await someone()]
  for (const each of [a, b, c]) await bind(each, lead)
  const first = await sit(a, campaignId, sku)
  await payFor(world, a, first.id)
  const alone = await sit(c, campaignId, sku)
  await payFor(world, c, alone.id)
  await world.sweep('commissions.orders')
  assert.equal((await sumsOf(lead)).pendingFen, 0)
  const { id: groupId } = await groupOf(a)
  const other = await sit(b, campaignId, sku, groupId)
  await payFor(world, b, other.id)
  await world.sweep('orders.groups')
  await world.advance(3 * 3600)
  await world.sweep('orders.groups')
  await world.sweep('commissions.orders')
  const each = Math.floor(((sku.priceFen - 50) * 500) / 10_000)
  assert.equal((await sumsOf(lead)).pendingFen, 2 * each)
  hq = await world.staff('hq')
  await giveBack(world, hq, { shopper: b, orderId: other.id, totalFen: other.totalFen })
  await world.sweep('commissions.orders')
  assert.equal((await sumsOf(lead)).pendingFen, each)
  assert.deepEqual(
    await rows(world, 'select distinct buyer_id from commission_order order by 1', []),
    [a.memberId, b.memberId].sort().map((buyer_id) => ({ buyer_id })),
  )
})

test('domain 2.5: nobody promotes by somebody else’s application, reads somebody else’s books, or takes what is not theirs', async () => {
  const [one, two] = [await promoter(hq, await someone()), await promoter(hq, await someone())]
  const outsider = await someone()
  const ask = (amountFen: unknown) =>
    one.api('POST /v1/promoter/withdrawals', {
      body: {
        idempotencyKey: randomUUID(),
        amountFen: amountFen as number,
        expectNetFen: amountFen as number,
      },
    })
  const s01 = await world.staff('s01')
  const accountId = only(
    await rows<{ id: string }>(world, 'select account_id as id from promoter where member_id = $1', [
      one.memberId,
    ]),
  ).id
  await allRefused(world, [
    ...[-1, 0, 1.5, 1e12].map((fen) => [`${fen} fen`, 'request.invalid', () => ask(fen)] as const),
    ['less than the least', 'commissions.too_little', () => ask(1)],
    ['more than there is', 'commissions.short', () => ask(5000)],
    ['a withdrawal of nobody', 'commissions.withdrawal_missing', () => withdrawal(two, randomUUID())],
    [
      'the books without being one',
      'commissions.not_promoter',
      () => outsider.api('GET /v1/promoter/shares', { query: {} }),
    ],
    [
      'the statement',
      'commissions.not_promoter',
      () => outsider.api('GET /v1/promoter/statements/:month', { params: { month: '2026-11' } }),
    ],
    [
      'of a month that there is not',
      'request.invalid',
      () => one.api('GET /v1/promoter/statements/:month', { params: { month: '2026-13' } }),
    ],
    [
      'a second application',
      'commissions.applied_already',
      () => one.api('POST /v1/promoter-applications', { body: { words: '再来' } }),
    ],
    [
      'invited by a key that nobody has',
      'commissions.key_unknown',
      () => outsider.api('POST /v1/promoter-applications', { body: { words: '我', invite: 'zzzzzzzzzzzz' } }),
    ],
    [
      'a manager reads accounts of head office',
      'staff.not_allowed',
      () =>
        s01('GET /console/v1/commission-accounts/:accountId/postings', { params: { accountId }, query: {} }),
    ],
    [
      'a shopper decides',
      'session.ended',
      () => one.api('GET /console/v1/promoter-applications', { query: {} }),
    ],
  ])
  // Applied twice at once, decided ten times at once at two servers: one application, one decision.
  const applied = await Promise.allSettled(
    Array.from({ length: 6 }, (_, i) =>
      (i % 2 === 0 ? outsider : at2(outsider)).api('POST /v1/promoter-applications', {
        body: { words: '我来' },
      }),
    ),
  )
  assert.deepEqual(tally(applied), { done: 1, 'commissions.applied_already': 5 })
  const { items } = await hq('GET /console/v1/promoter-applications', { query: { state: 'APPLIED' } })
  const params = { applicationId: only(items).id }
  const hq2 = second.as(await world.staffToken('hq', 'console'))
  const decided = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) =>
      i % 2 === 0
        ? hq('POST /console/v1/promoter-applications/:applicationId/approval', {
            params,
            body: { level: 'new' },
          })
        : hq2('POST /console/v1/promoter-applications/:applicationId/refusal', {
            params,
            body: { reason: '人满了' },
          }),
    ),
  )
  assert.deepEqual(tally(decided), { done: 1, 'commissions.application_decided': 9 })
})
