// What campaigns, groups, bargains and invites are when somebody passes them on; and what a promoter's share does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { offered } from '../benefits.ts'
import { campaign, campaignOf, type Goods, goodsOf } from '../campaigns.ts'
import { promoter, TERMS } from '../commissions.ts'
import { groupCampaign, groupOf, payFor, sit } from '../groups.ts'
import { neighbour, runBargain, start } from '../rallies.ts'
import { only, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { openGiving } from '../rewards.ts'
import { phone } from '../sharing.ts'
import type { LinliApi, Shopper, World } from '../world.ts'

let world: World
let hq: LinliApi
let goods: Goods[]
before(async () => {
  const giving = await openGiving()
  world = giving.world
  hq = giving.hq
  goods = await goodsOf(world)
})
after(() => world.close())

let number = 700
const somebody = () => neighbour(world, `shopper-0${number++}`)
const sku = (at: number): Goods => goods[at] ?? assert.fail('too few goods')
const nameOf = async ({ skuId }: Goods) =>
  (
    await only<{ name: string }>(
      world,
      'select p.name from sku s join product p on p.id = s.product_id where s.id = $1',
      [skuId],
    )
  ).name
const pass = ({ api }: Pick<Shopper, 'api'>, kind: string, id: string, storeId = 'S01') =>
  api('POST /v1/shares', { body: { storeId, subject: { kind, id }, device: phone() } })
const drawn = async (path: string) => {
  const { statusCode } = await world.linli.http.app.inject({ method: 'GET', url: path })
  return statusCode
}
const titleIn = async (key: string) => {
  const { id } = await only<{ id: string }>(world, 'select id from share where key = $1', [key])
  return (await hq('GET /console/v1/shares/:shareId', { params: { shareId: id } })).share.title
}

test('domain 2.3 拼团分享: a campaign and a group are passed on by name and price; from the share to the order; of another store or no store they are nothing', async () => {
  const campaignId = await groupCampaign(world, hq, sku(0), { perMember: 1 })
  const [leader, friend] = [await somebody(), await somebody()]
  const { id: first } = await sit(leader, campaignId, sku(0))
  await payFor(world, leader, first)
  const { id: groupId } = await groupOf(leader)
  const name = await nameOf(sku(0))
  const price = ((sku(0).priceFen - 50) / 100).toFixed(2)
  assert.equal((await pass(leader, 'campaign', campaignId)).title, `${name} 拼团价 ¥${price}`)
  const share = await pass(leader, 'group', groupId)
  assert.equal(share.title, `一起拼：${name} 拼团价 ¥${price}`)
  assert.deepEqual([await drawn(share.card), await drawn(share.poster)], [200, 200])
  for (const [kind, id] of [
    ['group', campaignId],
    ['campaign', groupId],
    ['group', 'no-id'],
    ['box', groupId],
  ] as const)
    await refused(pass(leader, kind, id), 'shares.subject_missing')
  await refused(pass(leader, 'group', groupId, 'S02'), 'shares.subject_missing')
  await refused(pass(leader, 'campaign', campaignId, 'S02'), 'shares.subject_missing')

  const { subject } = await friend.api('POST /v1/share-opens', { body: { key: share.key, device: phone() } })
  assert.deepEqual(subject, { kind: 'group', id: groupId })
  world.clock.advance(60)
  const { id: orderId } = await sit(friend, campaignId, sku(0), groupId)
  await world.sweep('shares.orders')
  const put = await rows<{ key: string }>(
    world,
    'select s.key from share_order o join share s on s.id = o.share_id where o.order_id = $1',
    [orderId],
  )
  assert.deepEqual(put, [{ key: share.key }])
  assert.equal(await titleIn(share.key), name)
})

test('a bargain, an invite and a flash sale; what is over has no price any more and can still be opened', async () => {
  const owner = await somebody()
  const bargain = await runBargain(world, hq, sku(1))
  const rally = await start(owner, bargain)
  const name = await nameOf(sku(1))
  const help = await pass(owner, 'rally', rally.id)
  assert.equal(help.title, `帮我砍价：${name}`)
  assert.equal(await drawn(help.poster), 200)

  const templateId = await offered(world, { way: 'reward', label: '分享满20减3', mostEach: 50 })
  const sharing = await campaign(
    world,
    hq,
    campaignOf(world, sku(2), {
      name: '请邻居来',
      items: [],
      terms: {
        kind: 'share_off',
        storeIds: ['S01'],
        act: 'buy',
        newOnly: false,
        days: 3,
        templateId,
        friendTemplateId: null,
        mostEach: 2,
      },
    }),
  )
  const body = { campaignId: sharing, storeId: 'S01', device: owner.device }
  const invite = await owner.api('POST /v1/invites', { body })
  const invited = await pass(owner, 'invite', invite.id)
  assert.equal(invited.title, '请您来看看：请邻居来')
  assert.deepEqual([await drawn(invited.card), await drawn(invited.poster)], [200, 200])

  const flash = await campaign(world, hq, campaignOf(world, sku(3)))
  const sale = await pass(owner, 'campaign', flash)
  assert.match(sale.title, /秒杀价 ¥/)
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId: flash },
    body: { reason: '进货价错了' },
  })
  const over = await pass(owner, 'campaign', flash)
  assert.deepEqual([over.key, over.title], [sale.key, '限时秒杀'], 'no price that nobody gets')
  assert.equal(await drawn(over.card), 200)
})

test('domain 2.5 推广员分享: who opens a promoter’s share came by their link; a share of anybody else says nothing of promoters', async () => {
  await hq('POST /console/v1/commission-terms', { body: TERMS })
  const who = await promoter(hq, await somebody())
  const [plain, friend] = [await somebody(), await somebody()]
  const open = async (key: string, { api }: Pick<Shopper, 'api'>) =>
    (await api('POST /v1/share-opens', { body: { key, device: phone() } })).promoterKey
  const theirs = await pass(who, 'store', 'S01')
  assert.equal(await open(theirs.key, friend), who.key)
  assert.equal(await open(theirs.key, who), null, 'nobody comes by their own link')
  assert.equal(await open((await pass(plain, 'store', 'S01')).key, friend), null)
  await hq('POST /console/v1/promoters/:memberId/standing', {
    params: { memberId: who.memberId },
    body: { active: false, level: 'new', reason: '停用' },
  })
  assert.equal(await open(theirs.key, friend), null, 'stopped')
  const { items } = await who.api('GET /v1/messages', { query: {} })
  assert.deepEqual(
    items.map(({ kind, page }) => [kind, page]),
    [['promoter.approved', 'promoter']],
  )
})
