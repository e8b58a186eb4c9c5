// Operators in a hurry: what cannot be is refused by name and field, and what runs is edited by nobody.
import type { AllRoutes, Input } from '@linli/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { allRefused } from '../attacks.ts'
import { campaign, type CampaignInput, campaignOf, type Goods, goodsOf, only } from '../campaigns.ts'
import { SLOT_STORE } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const STORE = 'S01'
let world: World
let hq: LinliApi
let goods: Goods[]
let people: Shopper[]

before(async () => {
  world = await openWorld({ onHand: 40 })
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  people = await Promise.all(Array.from({ length: 12 }, (_, i) => world.member(`abuser-${i}`)))
})
after(() => world.close())

let next = 0
let sku: Goods
beforeEach(() => {
  sku = only(goods, next++ % goods.length)
})
afterEach(async () => {
  const { items } = await hq('GET /console/v1/campaigns', { query: { limit: 100 } })
  for (const { id, state } of items) if (state === 'LIVE' || state === 'SCHEDULED') await stop(id)
  assert.deepEqual(await wrongInTheBooks(world), [])
})
const person = (i: number): Shopper => only(people, i)
const wanted = (over: Partial<CampaignInput> = {}): CampaignInput => campaignOf(world, sku, over)
const live = (over: Partial<CampaignInput> = {}): Promise<string> => campaign(world, hq, wanted(over))
const draft = async (over: Partial<CampaignInput> = {}, by = hq): Promise<string> =>
  (await by('POST /console/v1/campaigns', { body: wanted(over) })).id
const schedule = (campaignId: string, by = hq, revision = 1) =>
  by('POST /console/v1/campaigns/:campaignId/schedule', { params: { campaignId }, body: { revision } })
const stop = (campaignId: string, by = hq) =>
  by('POST /console/v1/campaigns/:campaignId/stop', { params: { campaignId }, body: { reason: '试试看' } })
const pause = (campaignId: string, by = hq) =>
  by('POST /console/v1/campaigns/:campaignId/pause', { params: { campaignId }, body: { reason: '试试看' } })
const resume = (campaignId: string, by = hq) =>
  by('POST /console/v1/campaigns/:campaignId/resumption', { params: { campaignId } })
const inSeconds = (seconds: number): string => secondsAfter(world.clock.now(), seconds).toISOString()

test('bad input: numbers that are none, below nothing, in halves, or beyond all measure are refused before anything is read', async () => {
  const item = only(wanted().items)
  const of = (over: object): (() => Promise<unknown>) => {
    const body = { ...wanted(), ...over } as Input<AllRoutes['POST /console/v1/campaigns']>['body']
    return () => hq('POST /console/v1/campaigns', { body })
  }
  const numbers = [-1, 0, 1.5, 1e12, null, '3', Number.MAX_SAFE_INTEGER]
  const group = { kind: 'group', size: 3, hours: 2, quietMinutes: 15, latePayer: 'refund', newOnly: false }
  await allRefused(world, [
    ...numbers.flatMap((n) => [
      [`price ${n}`, 'request.invalid', of({ items: [{ ...item, priceFen: n }] })] as const,
      [
        `quota ${n}`,
        'request.invalid',
        of({ items: [{ ...item, quotas: [{ storeId: STORE, quota: n }] }] }),
      ] as const,
      [`limit ${n}`, 'request.invalid', of({ perMember: n })] as const,
    ]),
    ['minutes to pay', 'request.invalid', of({ payMinutes: 0 })],
    ['an end that is no day', 'request.invalid', of({ endsAt: 'tomorrow' })],
    ['an end in the year 9999', 'request.invalid', of({ endsAt: '9999-12-31T23:59:59Z' })],
    ['no stores', 'request.invalid', of({ items: [{ ...item, quotas: [] }] })],
    ['a field that nobody knows', 'request.invalid', of({ virtualSales: 500 })],
    ['robots', 'request.invalid', of({ terms: { ...group, robots: 3 } })],
    ['a group of one', 'request.invalid', of({ terms: { ...group, size: 1 } })],
    ['a kind that we do not build', 'request.invalid', of({ terms: { kind: 'lottery' } })],
    ['no tier at all', 'request.invalid', of({ tiers: [] })],
  ])
})

test('bad input: what contradicts itself or names what is not there is refused by field, as a draft or as it is to count', async () => {
  const item = only(wanted().items)
  const other = only(goods, next + 2)
  const flash = (sessions: { from: string; until: string }[]) => ({
    kind: 'flash' as const,
    batches: [],
    sessions,
  })
  const keep = (over: Partial<CampaignInput>) => () =>
    hq('POST /console/v1/campaigns', { body: wanted(over) })
  const s01 = await world.staff('s01')
  const stranger = { ...item, skuId: randomUUID() }
  await allRefused(world, [
    ['ends before it starts', 'campaigns.unsound', keep({ endsAt: inSeconds(-60) })],
    ['ends as it starts', 'campaigns.unsound', keep({ endsAt: wanted().startsAt })],
    ['one SKU twice', 'campaigns.unsound', keep({ items: [item, item] })],
    [
      'one store twice',
      'campaigns.unsound',
      keep({ items: [{ ...item, quotas: [...item.quotas, ...item.quotas] }] }),
    ],
    ['a SKU that there is not', 'campaigns.unsound', keep({ items: [stranger] })],
    [
      'a store that there is not',
      'staff.not_allowed',
      async () => {
        return s01('POST /console/v1/campaigns', {
          body: wanted({ items: [{ ...item, quotas: [{ storeId: 'S99', quota: 2 }] }] }),
        })
      },
    ],
  ])
  const faultsOf = async (over: Partial<CampaignInput>): Promise<string[]> => {
    const { faults } = await hq('POST /console/v1/campaign-trials', { body: wanted(over) })
    const id = await draft(over)
    await refused(schedule(id), 'campaigns.unsound', 422)
    await hq('DELETE /console/v1/campaigns/:campaignId', { params: { campaignId: id } })
    return faults.map(({ field, code }) => `${field} ${code}`).sort()
  }
  const table: readonly [Partial<CampaignInput>, string[]][] = [
    [{ startsAt: inSeconds(-7200), endsAt: inSeconds(-3600) }, ['endsAt over_already']],
    [{ endsAt: inSeconds(61 * 86_400) }, ['endsAt too_long']],
    [{ items: [{ ...item, priceFen: sku.priceFen }] }, ['items/0/priceFen not_lower']],
    [{ perMember: 5 }, ['items/0/quotas/0/quota below_limit']],
    [{ items: [] }, ['items goods_missing']],
    [{ tiers: ['nobody'] }, ['tiers tier_unknown']],
    [
      {
        terms: flash([
          { from: inSeconds(600), until: inSeconds(1200) },
          { from: inSeconds(900), until: inSeconds(1500) },
        ]),
      },
      ['terms/sessions/1/from order'],
    ],
    [{ terms: flash([{ from: inSeconds(900), until: inSeconds(600) }]) }, ['terms/sessions/0/until empty']],
    [
      { terms: flash([{ from: inSeconds(-60), until: inSeconds(7200) }]) },
      ['terms/sessions/0/from outside', 'terms/sessions/0/until outside'],
    ],
  ]
  for (const [over, faults] of table) assert.deepEqual(await faultsOf(over), faults)
  assert.notEqual(other.skuId, sku.skuId)
})

test('a live campaign: nobody edits, discards, schedules, resumes or stops what is not theirs or not in that state', async () => {
  const everywhere = {
    items: [
      {
        skuId: sku.skuId,
        priceFen: sku.priceFen - 50,
        quotas: ['S01', SLOT_STORE].map((storeId) => ({ storeId, quota: 2 })),
      },
    ],
  }
  const campaignId = await live(everywhere)
  const ended = await draft()
  const params = { campaignId }
  const [s01, s02] = [await world.staff('s01'), await world.staff('s02')]
  const clerk = world.as(await world.staffToken('clerk01', 'floor'))
  const body = { ...wanted(), revision: 1 }
  await allRefused(world, [
    ['edit', 'campaigns.state_wrong', () => hq('PUT /console/v1/campaigns/:campaignId', { params, body })],
    ['discard', 'campaigns.state_wrong', () => hq('DELETE /console/v1/campaigns/:campaignId', { params })],
    ['schedule again', 'campaigns.state_wrong', () => schedule(campaignId)],
    ['resume what runs', 'campaigns.state_wrong', () => resume(campaignId)],
    ['pause a draft', 'campaigns.state_wrong', () => pause(ended)],
    ['stop a draft', 'campaigns.state_wrong', () => stop(ended)],
    ['stop what is of two stores, by the manager of one', 'staff.not_allowed', () => stop(campaignId, s01)],
    [
      'copy it',
      'staff.not_allowed',
      () =>
        s02('POST /console/v1/campaigns/:campaignId/copies', { params, body: { startsAt: inSeconds(60) } }),
    ],
    [
      'edit somebody else’s draft',
      'staff.not_allowed',
      () => s02('PUT /console/v1/campaigns/:campaignId', { params: { campaignId: ended }, body }),
    ],
    [
      'look at the draft of another store',
      'campaigns.missing',
      () => s02('GET /console/v1/campaigns/:campaignId', { params: { campaignId: ended } }),
    ],
    ['a clerk stops it', 'session.ended', () => stop(campaignId, clerk)],
    ['a shopper stops it', 'session.ended', () => stop(campaignId, person(0).api)],
    [
      'a shopper looks at a draft',
      'campaigns.missing',
      () =>
        world.api('GET /v1/campaigns/:campaignId', {
          params: { campaignId: ended },
          query: { storeId: STORE },
        }),
    ],
  ])
  // Nor does anybody who is at the tables.
  const { pool } = world.ctx.database
  for (const [text, values] of [
    ['update campaign_item set price_fen = 1 where campaign_id = $1', [campaignId]],
    ['delete from campaign_item where campaign_id = $1', [campaignId]],
    ['update campaign_stock set quota = quota + 1 where campaign_id = $1', [campaignId]],
    [
      `update campaign_stock set during = tstzrange(lower(during), upper(during) + interval '1 day') where campaign_id = $1`,
      [campaignId],
    ],
    [`update campaign_stock set parts = '[]' where campaign_id = $1`, [campaignId]],
    ['update campaign set per_member = 20 where id = $1', [campaignId]],
    ["update campaign set ends_at = ends_at + interval '1 day' where id = $1", [campaignId]],
  ] as const)
    await assert.rejects(pool.query(text, [...values]), { code: '23001' }, text)
})
