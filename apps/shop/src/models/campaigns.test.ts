import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campaignPlace, offerOf, offersOn, offerTitle, togetherNow } from './campaigns.ts'
import type { ShopCampaign } from './wire.ts'

const at = (hours: number): string => new Date(Date.UTC(2026, 10, 24, 2 + hours)).toISOString()
const item = (over: Partial<ShopCampaign['items'][number]> = {}): ShopCampaign['items'][number] => ({
  skuId: 'sku',
  productId: 'product',
  name: '鲜鸡蛋 30 枚',
  unit: '板',
  picture: null,
  priceFen: 1990,
  aloneFen: 2490,
  quota: 25,
  released: 25,
  left: 7,
  ...over,
})
const campaign = (terms: ShopCampaign['terms'], over: Partial<ShopCampaign> = {}): ShopCampaign => ({
  id: 'c',
  kind: terms.kind,
  name: '活动',
  storeId: 'S01',
  state: 'LIVE',
  paused: false,
  startsAt: at(-1),
  endsAt: at(5),
  now: at(0),
  perMember: 1,
  payMinutes: 8,
  terms,
  items: [item()],
  rules: [],
  ...over,
})
const friends = { hours: 24, helpsEach: 5, helpsPerDay: 3, helperTemplateId: null }
const FLASH = campaign({ kind: 'flash', batches: [] })
const GROUP = campaign({
  kind: 'group',
  size: 3,
  hours: 24,
  quietMinutes: 15,
  latePayer: 'refund',
  newOnly: false,
})
const LADDER = campaign({
  kind: 'group',
  size: 3,
  hours: 24,
  quietMinutes: 15,
  latePayer: 'refund',
  newOnly: false,
  steps: [
    { size: 5, priceFen: 1890 },
    { size: 8, priceFen: 1690 },
  ],
})
const BARGAIN = campaign({ kind: 'bargain', startFen: 2490, cuts: [250, 250], holdMinutes: 30, ...friends })
const PRESALE = campaign({
  kind: 'presale',
  deposit: null,
  cutoff: at(10),
  pickupFrom: at(24),
  promisedBy: at(48),
})
const ASSIST = campaign(
  { kind: 'assist', storeIds: ['S01'], helpers: 2, templateId: 't', ...friends },
  { items: [] },
)

test('every kind leads to the page where one takes part', () => {
  assert.deepEqual(
    [FLASH, GROUP, BARGAIN, ASSIST, PRESALE].map((each) => campaignPlace(each)),
    [
      { page: 'flash', query: {} },
      { page: 'group', query: { campaignId: 'c', skuId: 'sku' } },
      { page: 'friendsCampaign', query: { id: 'c', store: 'S01' } },
      { page: 'friendsCampaign', query: { id: 'c', store: 'S01' } },
      { page: 'presales', query: {} },
    ],
  )
  assert.equal(campaignPlace(GROUP, 'other').query['skuId'], 'other')
})

test('a product page says what runs on it, at which price and since when, by the clock of the server', () => {
  const said = (of: ShopCampaign) => {
    const [found] = offersOn([of], 'sku')
    return found && `${offerTitle(found.offer)}，${found.offer.note}`
  }
  assert.equal(said(FLASH), '限量秒杀 ¥19.90，正在抢，还剩 7 板')
  assert.equal(said({ ...FLASH, items: [item({ left: 0 })] }), '限量秒杀 ¥19.90，这一批抢完了')
  const soon = { startsAt: at(2), state: 'SCHEDULED' } as const
  assert.equal(said({ ...FLASH, ...soon }), '限量秒杀 ¥19.90，今天 12:00 开抢')
  assert.equal(said(GROUP), '3 人拼团 ¥19.90，没拼成全额退回')
  assert.equal(said({ ...GROUP, ...soon }), '3 人拼团 ¥19.90，今天 12:00 开始')
  assert.equal(said({ ...GROUP, paused: true }), '3 人拼团 ¥19.90，暂停中')
  assert.equal(said(BARGAIN), '2 位朋友帮砍 ¥19.90，每位砍多少事先定好，没有随机')
  assert.equal(said({ ...BARGAIN, items: [item({ left: 0 })] }), '2 位朋友帮砍 ¥19.90，现在没有了')
  assert.equal(said(PRESALE), '预售 ¥19.90，今天 15:00 前可订，到货了来取')
  for (const of of [
    ASSIST,
    { ...FLASH, state: 'ENDED' as const },
    { ...GROUP, items: [item({ skuId: 'x' })] },
  ])
    assert.equal(said(of), undefined)
})

test('the strip of 首页 shows what can be had together now, four at most, and nothing else', () => {
  const names = (of: readonly ShopCampaign[]) => togetherNow(of).map(({ campaign: { kind } }) => kind)
  assert.deepEqual(names([FLASH, GROUP, BARGAIN, PRESALE, ASSIST]), ['group', 'bargain'])
  assert.deepEqual(
    names([
      { ...GROUP, paused: true },
      { ...BARGAIN, state: 'SCHEDULED' },
    ]),
    [],
  )
  assert.deepEqual(names([{ ...GROUP, items: [item({ left: 0 })] }]), [])
  assert.equal(names(Array.from({ length: 6 }, () => GROUP)).length, 4)
  assert.equal(offerOf({ ...GROUP, state: 'ENDED' }, item()), null)
})

test('a ladder says how low its price may come', () => {
  assert.equal(offerOf(LADDER, item())?.note, '满 8 人每份 ¥16.90，差价退回')
})
