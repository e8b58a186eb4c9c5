// People who help, bring and promote themselves, and what they see of each other.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { allRefused, tally } from '../attacks.ts'
import { offered } from '../benefits.ts'
import { campaign, campaignOf, type Goods, goodsOf, only, orderIn } from '../campaigns.ts'
import { bind, promoter, TERMS, wrongInCommissions } from '../commissions.ts'
import { groupCampaign, groupOf, payFor, sit } from '../groups.ts'
import { rows } from '../payments/purchase.ts'
import { bargainOf, help, look, neighbour, type Neighbour, start, assistOf } from '../rallies.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
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
const crowd = (n: number): Promise<Neighbour[]> => Promise.all(Array.from({ length: n }, () => someone()))
const at2 = <T extends Neighbour>(who: T): T => ({ ...who, api: second.as(who.token) })
const shownAt2 = (campaignId: string) =>
  second.as('')('GET /v1/campaigns/:campaignId', { params: { campaignId }, query: { storeId: 'S01' } })
const waiting = async (): Promise<number> => {
  const text = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return (await rows(world, text, [])).length
}
const pause = (campaignId: string) =>
  hq('POST /console/v1/campaigns/:campaignId/pause', {
    params: { campaignId },
    body: { reason: '价格要核对' },
  })
const resume = (campaignId: string) =>
  hq('POST /console/v1/campaigns/:campaignId/resumption', { params: { campaignId } })

test('domain 2.4: nobody helps themselves, in somebody else’s name, before they looked, while it is paused or after it', async () => {
  const sku = only(goods, 0)
  const campaignId = await campaign(world, hq, bargainOf(world, sku, { friends: 2 }))
  const [owner, friend, stranger] = [await someone(), await someone(), await someone()]
  const { id: rallyId } = await start(owner, campaignId)
  const { seen } = await look(friend, rallyId)
  const tap = (who: Neighbour, over: { seen?: string | null; device?: string; rallyId?: string } = {}) =>
    who.api('POST /v1/rallies/:rallyId/helps', {
      params: { rallyId: over.rallyId ?? rallyId },
      body: { seen: over.seen ?? seen ?? assert.fail(), device: over.device ?? who.device },
    })
  const [at, mac] = (seen ?? '').split('.')
  const buy = (who: Neighbour, over: object = {}) =>
    orderIn(who, campaignId, sku, { campaign: { campaignId, rallyId, ...over } })
  await allRefused(world, [
    ['the owner with the note of a friend', 'rallies.unseen', () => tap(owner)],
    ['a stranger with the note of a friend', 'rallies.unseen', () => tap(stranger)],
    [
      'a note that is dated later',
      'rallies.unseen',
      () => tap(friend, { seen: `${Number(at) + 600}.${mac}` }),
    ],
    ['a note with no signature', 'rallies.unseen', () => tap(friend, { seen: `${at}.${'A'.repeat(43)}` })],
    ['the owner’s telephone in a friend’s hand', 'rallies.own', () => tap(friend, { device: owner.device })],
    ['of a bargain that there is not', 'rallies.missing', () => tap(friend, { rallyId: randomUUID() })],
    ['bought before it is reached', 'rallies.not_reached', () => buy(owner)],
    ['bought by a friend', 'rallies.missing', () => buy(friend)],
    ['at the floor without a bargain', 'campaigns.rally_wanted', () => orderIn(owner, campaignId, sku)],
  ])
  await pause(campaignId)
  await allRefused(world, [
    ['helped while it is paused', 'campaigns.paused', () => tap(friend)],
    ['begun while it is paused', 'campaigns.paused', () => start(stranger, campaignId)],
  ])
  await resume(campaignId)
  await until(async () => !(await shownAt2(campaignId)).paused, 'the other server knows')
  // Ten taps at two servers count once.
  const taps = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) => tap(i % 2 === 0 ? friend : at2(friend))),
  )
  assert.deepEqual(tally(taps), { done: 10 })
  assert.equal((await look(owner, rallyId)).helps, 1)
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '停了' },
  })
  await allRefused(world, [
    ['helped after it was stopped', 'campaigns.missing', () => help(stranger, rallyId)],
  ])
})

test('domain 2.4: while a campaign is paused no hold and no time of friends runs out; once it goes on there is time to order', async () => {
  const sku = only(goods, 1)
  const campaignId = await campaign(world, hq, bargainOf(world, sku, { friends: 1, quota: 3, hours: 2 }))
  const [owner, friend, slow] = [await someone(), await someone(), await someone()]
  const { id } = await start(owner, campaignId)
  await help(friend, id)
  const { id: waiting } = await start(slow, campaignId)
  const held = (await look(owner, id)).heldUntil ?? assert.fail()
  await pause(campaignId)
  for (let i = 0; i < 3; i++) {
    await world.advance(3600)
    await world.sweep('rallies.end')
  }
  assert.ok(new Date(held) < world.clock.now())
  assert.deepEqual([(await look(owner, id)).state, (await look(slow, waiting)).state], ['REACHED', 'CUTTING'])
  hq = await world.staff('hq')
  await resume(campaignId)
  await world.advance(9 * 60)
  await world.sweep('rallies.end')
  const { totalFen } = await orderIn(owner, campaignId, sku, { campaign: { campaignId, rallyId: id } })
  assert.equal(totalFen, sku.priceFen - 10)
  await world.advance(3600)
  await world.sweep('rallies.end')
  assert.equal((await look(slow, waiting)).state, 'EXPIRED')
})

test('coupons that nobody made, or that are over, are promised to nobody', async () => {
  const good = await offered(world, { way: 'reward', label: '助力满20减3', mostEach: 50 })
  const claimed = await offered(world, { way: 'claim', label: '人人可领' })
  const faults = async (body: ReturnType<typeof assistOf>): Promise<string[]> =>
    (await hq('POST /console/v1/campaign-trials', { body })).faults.map(
      ({ field, code }) => `${field} ${code}`,
    )
  assert.deepEqual(await faults(assistOf(world, good)), [])
  assert.deepEqual(await faults(assistOf(world, randomUUID())), ['terms/templateId coupon_unknown'])
  assert.deepEqual(await faults(assistOf(world, claimed)), ['terms/templateId coupon_unknown'])
  const body = assistOf(world, good, { helperTemplateId: randomUUID() })
  assert.deepEqual(await faults(body), ['terms/helperTemplateId coupon_unknown'])
  const { id } = await hq('POST /console/v1/campaigns', { body })
  await refused(
    hq('POST /console/v1/campaigns/:campaignId/schedule', {
      params: { campaignId: id },
      body: { revision: 1 },
    }),
    'campaigns.unsound',
  )
})

test('an assist that is paused or stopped counts for nobody from the commit on, at any server, though no server has heard of it', async () => {
  const templateId = await offered(world, { way: 'reward', label: '停了就停了', mostEach: 50 })
  const ways = [
    ['update campaign set paused = true where id = $1', 'campaigns.paused'],
    [`update campaign set state = 'ENDED', ended_at = now() where id = $1`, 'campaigns.missing'],
  ] as const
  for (const [text, code] of ways) {
    const campaignId = await campaign(world, hq, assistOf(world, templateId, { helpers: 20 }))
    const [owner, friends] = [await someone(), await crowd(6)]
    const { id: rallyId } = await start(owner, campaignId)
    const notes = await Promise.all(friends.map(async (each) => (await look(each, rallyId)).seen))
    const client = await world.ctx.database.pool.connect()
    try {
      await client.query('begin')
      await client.query(text, [campaignId])
      const taps = Promise.allSettled(
        friends.map((each, i) =>
          (i % 2 === 0 ? each : at2(each)).api('POST /v1/rallies/:rallyId/helps', {
            params: { rallyId },
            body: { seen: notes[i] ?? assert.fail(), device: each.device },
          }),
        ),
      )
      await until(async () => (await waiting()) > 0, 'a help waits for whoever pauses')
      await client.query('commit')
      assert.deepEqual(tally(await taps), { [code]: friends.length })
    } finally {
      client.release()
    }
    assert.equal((await look(owner, rallyId)).helps, 0)
  }
})

test('whom a campaign is for is asked again when they order, at every server; what was quoted is no promise', async () => {
  const sku = only(goods, 2)
  const body = campaignOf(world, sku, { firstOrder: true, terms: { ...only([TERMS_OF_GROUP]) } })
  const campaignId = await campaign(world, hq, {
    ...body,
    items: [{ skuId: sku.skuId, priceFen: sku.priceFen - 50, quotas: [{ storeId: 'S01', quota: 20 }] }],
    endsAt: secondsAfter(world.clock.now(), 86_400).toISOString(),
  })
  const who = await someone()
  const wish = {
    storeId: 'S01',
    fulfilment: { kind: 'pickup' as const },
    lines: [{ skuId: sku.skuId, quantity: 1 }],
    campaign: { campaignId },
  }
  const quote = await who.api('POST /v1/quotes', { body: wish })
  assert.equal(quote.totalFen, sku.priceFen - 50)
  await order(who)
  await allRefused(world, [
    ['ordered after another purchase', 'campaigns.not_for_you', () => orderIn(who, campaignId, sku)],
    ['at the other server', 'campaigns.not_for_you', () => orderIn(at2(who), campaignId, sku)],
    ['quoted again', 'campaigns.not_for_you', () => who.api('POST /v1/quotes', { body: wish })],
  ])
  const fresh = await someone()
  await pause(campaignId)
  await allRefused(world, [
    ['paused between quote and order', 'campaigns.paused', () => orderIn(fresh, campaignId, sku)],
  ])
})

test('what friends see of each other is a masked name: no account, no number, no whole nickname', async () => {
  const sku = only(goods, 4)
  const names = ['欧阳翠花', '司马小明', '诸葛大力']
  const [a, b, c] = await Promise.all(names.map((name) => someone(name)))
  assert.ok(a && b && c)
  const rallies = await campaign(world, hq, bargainOf(world, sku, { friends: 3 }))
  const { id: rallyId } = await start(a, rallies)
  await help(b, rallyId)
  const groups = await groupCampaign(world, hq, only(goods, 5))
  const { id: orderId } = await sit(a, groups, only(goods, 5))
  await payFor(world, a, orderId)
  const { id: groupId } = await groupOf(a)
  const lead = await promoter(hq, a)
  await bind(c, lead)
  const read = [
    await look(c, rallyId),
    await world.api('GET /v1/groups/:groupId', { params: { groupId } }),
    await world.api('GET /v1/campaigns/:campaignId/groups', {
      params: { campaignId: groups },
      query: { storeId: 'S01' },
    }),
    await c.api('GET /v1/promoter', {}),
    await lead.api('GET /v1/promoter/bindings', { query: {} }),
    await lead.api('GET /v1/promoter/shares', { query: {} }),
  ]
  const secrets = [...names, a.memberId, b.memberId, c.memberId, a.device, b.device, orderId]
  for (const answer of read)
    for (const secret of secrets)
      assert.ok(
        !JSON.stringify(answer).includes(secret),
        `${secret} in ${JSON.stringify(answer).slice(0, 300)}`,
      )
  assert.ok(JSON.stringify(read).includes('欧**花'))
})

const TERMS_OF_GROUP = {
  kind: 'group' as const,
  size: 2,
  hours: 2,
  quietMinutes: 15,
  latePayer: 'refund' as const,
  newOnly: false,
}
