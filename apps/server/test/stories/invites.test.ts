// Share rewards over the wire: a coupon for who brought somebody that claimed or bought, never for sharing (domain handbook §2.4).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mine, offered } from '../benefits.ts'
import { campaign, type CampaignInput, campaignOf } from '../campaigns.ts'
import { neighbour, type Neighbour } from '../rallies.ts'
import { refused } from '../refused.ts'
import { openGiving, type Giving } from '../rewards.ts'
import { pay, place, settleAtCashier, stateOf } from '../payments/purchase.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

type Terms = Extract<CampaignInput['terms'], { kind: 'share_off' }>
let giving: Giving
let world: World
let sharer: Neighbour
let templateId: string

before(async () => {
  giving = await openGiving()
  world = giving.world
  sharer = await neighbour(world, 'shopper-0100')
  templateId = await offered(world, { way: 'reward', label: '分享满20减3', mostEach: 50 })
})
after(() => world.close())

const DAYS = 3
const run = (over: Partial<Terms> = {}): Promise<string> =>
  campaign(
    world,
    giving.hq,
    campaignOf(
      world,
      { skuId: '', priceFen: 0 },
      {
        name: '分享立减',
        items: [],
        endsAt: new Date(world.clock.now().getTime() + 9 * 86_400_000).toISOString(),
        terms: {
          kind: 'share_off',
          storeIds: ['S01'],
          act: 'buy',
          newOnly: false,
          days: DAYS,
          templateId,
          friendTemplateId: null,
          mostEach: 2,
          ...over,
        },
      },
    ),
  )
const share = ({ api, device }: Neighbour, campaignId: string) =>
  api('POST /v1/invites', { body: { campaignId, storeId: 'S01', device } })
const see = ({ api }: Pick<Neighbour, 'api'>, inviteId: string) =>
  api('GET /v1/invites/:inviteId', { params: { inviteId } })
async function open(friend: Neighbour, inviteId: string) {
  const { seen } = await see(friend, inviteId)
  return friend.api('POST /v1/invites/:inviteId/openings', {
    params: { inviteId },
    body: { seen: seen ?? 'nothing.was.shown.to.me', device: friend.device },
  })
}
const coupons = async (label: string): Promise<number> =>
  (await mine(sharer)).filter((coupon) => coupon.label === label).length
/** Buys, pays and collects. */
async function buy(friend: Neighbour) {
  const purchase = await place(friend)
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'paid')
  return purchase
}

test('domain 2.4 分享立减: opening brings nothing; a friend who buys and collects brings the sharer a coupon, once; a whole refund takes it back', async () => {
  const campaignId = await run()
  const { id, mine: own, friends } = await share(sharer, campaignId)
  assert.deepEqual([own, friends], [true, { opened: 0, done: 0, given: 0 }])
  assert.equal((await share(sharer, campaignId)).id, id)
  const friend = await neighbour(world, 'shopper-0101')
  const { invite } = await open(friend, id)
  assert.deepEqual([invite.joined, invite.seen], ['OPEN', null])
  await world.sweep('rallies.friends')
  assert.equal(await coupons('分享满20减3'), 0)
  const bought = await buy(friend)
  await world.sweep('rallies.friends')
  assert.equal(await coupons('分享满20减3'), 0)
  await giving.handOver(bought)
  for (let i = 0; i < 2; i++) await world.sweep('rallies.friends')
  assert.equal(await coupons('分享满20减3'), 1)
  assert.deepEqual((await see(sharer, id)).friends, { opened: 1, done: 1, given: 1 })
  await giving.refund(bought)
  await world.sweep('rallies.friends')
  assert.equal(await coupons('分享满20减3'), 0)
  const sums = await giving.hq('GET /console/v1/campaigns/:campaignId/invites', { params: { campaignId } })
  assert.deepEqual([sums.sharers, sums.opened, sums.reversed], [1, 1, 1])
})

test('domain 2.4 分享立减: nobody brings themselves, nobody counts twice, and old customers only where the terms say so', async () => {
  const campaignId = await run({ newOnly: true })
  const { id } = await share(sharer, campaignId)
  const fresh = await neighbour(world, 'shopper-0102')
  await refused(open(sharer, id), 'rallies.unseen')
  await refused(open({ ...fresh, device: sharer.device }, id), 'rallies.own')
  const old = await neighbour(world, 'shopper-0101')
  const friend = await neighbour(world, 'shopper-0103')
  await buy(friend)
  await refused(open(friend, id), 'rallies.not_new')
  // Sent again it answers like the first time.
  const { seen } = await see(fresh, id)
  const body = { seen: seen ?? assert.fail(), device: fresh.device }
  for (let i = 0; i < 2; i++)
    await fresh.api('POST /v1/invites/:inviteId/openings', { params: { inviteId: id }, body })
  assert.equal((await see(sharer, id)).friends?.opened, 1)
  const other = await share(old, campaignId)
  await refused(open(fresh, other.id), 'rallies.unseen')
  const same = await neighbour(world, 'shopper-0104')
  await refused(open({ ...same, device: fresh.device }, other.id), 'rallies.brought_before')
})

test('domain 2.4 分享立减: where claiming counts, a friend’s tap brings both a coupon, as many as the terms say', async () => {
  const friendTemplateId = await offered(world, { way: 'reward', label: '朋友满20减2', mostEach: 5 })
  const label = '领券分享满20减4'
  const campaignId = await run({
    act: 'claim',
    friendTemplateId,
    mostEach: 2,
    templateId: await offered(world, { way: 'reward', label, mostEach: 50 }),
  })
  const { id } = await share(sharer, campaignId)
  const friends = await Promise.all(
    Array.from({ length: 12 }, (_, n) => neighbour(world, `shopper-02${n + 10}`)),
  )
  const taps = await Promise.all(
    friends.map(async (friend) => {
      const { seen } = await see(friend, id)
      const body = { seen: seen ?? assert.fail(), device: friend.device }
      return () =>
        friend.api('POST /v1/invites/:inviteId/openings', { params: { inviteId: id }, body }).then(
          ({ coupon }) => coupon,
          (error: { problem: { code: string } }) => error.problem.code,
        )
    }),
  )
  const outcomes = await Promise.all(taps.map((tap) => tap()))
  assert.equal(outcomes.filter((each) => each === '朋友满20减2').length, 2)
  assert.equal(outcomes.filter((each) => each === 'rallies.limit_reached').length, 10)
  await world.sweep('rallies.friends')
  assert.equal(await coupons(label), 2)
})

test('domain 2.4 分享立减: a purchase that comes too late earns nothing', async () => {
  const campaignId = await run()
  const { id } = await share(sharer, campaignId)
  const friend = await neighbour(world, 'shopper-0108')
  await open(friend, id)
  await giving.nextMorning(DAYS)
  const before = await coupons('分享满20减3')
  await giving.handOver(await buy(friend))
  await world.sweep('rallies.friends')
  assert.equal(await coupons('分享满20减3'), before)
})
