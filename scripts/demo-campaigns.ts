// The demo chain's campaigns beside its flash sales, made as head office makes them: a draft, then scheduled. Shops have something on from the first
// minute, and nothing in it was sold by anybody but the shoppers of the demo (demo-neighbours.ts).
import type { AllRoutes, Input } from '@linli/contract'
import { seedId } from '../apps/server/db/seed/ids.ts'
import type { Office } from './demo-partners.ts'

type CampaignInput = Input<AllRoutes['POST /console/v1/campaigns']>['body']

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
export const MILK = seedId('sku 6999913000013')
const CUP = seedId('sku 6999919000048')
export const APPLES = seedId('sku 6999911000015')
export const STRAWBERRIES = seedId('sku 6999911000107')
export const RICE = seedId('sku 6999914000029')
const WEEK_BOX = seedId('sku 6999920000013')
const couponOf = (label: string): string => seedId(`coupon template ${label}`)

/** Whole hours from the one that runs. */
const clock = (from: number) => {
  const hour = Math.floor(from / HOUR_MS) * HOUR_MS
  return (days: number, hours = 0): string => new Date(hour + days * DAY_MS + hours * HOUR_MS).toISOString()
}
const quotas = (quota: number, ...stores: string[]) => stores.map((storeId) => ({ storeId, quota }))
const friends = { hours: 48, helpsEach: 5, helpsPerDay: 2 }

/** What runs, by the name that the story calls it by. */
export function campaignsFrom(now: number) {
  const at = clock(now)
  const head = {
    perMember: 1,
    payMinutes: 30,
    armMinutes: 60,
    tiers: null,
    firstOrder: false,
    funding: 'hq',
    startsAt: at(0),
  } as const
  return {
    group: {
      ...head,
      name: '纯牛奶三人团',
      endsAt: at(4),
      perMember: 2,
      items: [{ skuId: MILK, priceFen: 3490, quotas: quotas(30, 'S01', 'S02', 'S03') }],
      terms: { kind: 'group', size: 3, hours: 24, quietMinutes: 45, latePayer: 'refund', newOnly: false },
    },
    ladder: {
      ...head,
      name: '香米阶梯团',
      endsAt: at(4),
      items: [{ skuId: RICE, priceFen: 2790, quotas: quotas(24, 'S01', 'S02', 'S03') }],
      terms: {
        kind: 'group',
        size: 2,
        hours: 24,
        quietMinutes: 45,
        latePayer: 'refund',
        newOnly: false,
        steps: [
          { size: 4, priceFen: 2690 },
          { size: 6, priceFen: 2590 },
        ],
      },
    },
    bargain: {
      ...head,
      name: '保温杯邻居帮砍',
      endsAt: at(4),
      items: [{ skuId: CUP, priceFen: 2990, quotas: quotas(6, 'S01', 'S02') }],
      terms: {
        kind: 'bargain',
        startFen: 5990,
        cuts: [600, 500, 450, 400, 350, 300, 250, 150],
        holdMinutes: 120,
        helperTemplateId: couponOf('帮砍谢礼满20减2'),
        ...friends,
      },
    },
    assist: {
      ...head,
      name: '三位邻居助力领券',
      endsAt: at(6),
      items: [],
      terms: {
        kind: 'assist',
        storeIds: ['S01', 'S02', 'S03', 'S04', 'S05', 'S06'],
        helpers: 3,
        templateId: couponOf('助力满30减6'),
        helperTemplateId: null,
        ...friends,
      },
    },
    share: {
      ...head,
      name: '带邻居来买',
      endsAt: at(10),
      items: [],
      terms: {
        kind: 'share_off',
        storeIds: ['S01', 'S02', 'S03', 'S04', 'S05', 'S06'],
        act: 'buy',
        newOnly: true,
        days: 7,
        templateId: couponOf('带邻居来满30减5'),
        friendTemplateId: couponOf('邻居见面满25减4'),
        mostEach: 5,
      },
    },
    apples: {
      ...head,
      name: '内丘苹果产地预售',
      endsAt: at(3),
      perMember: 5,
      items: [{ skuId: APPLES, priceFen: 980, quotas: quotas(200, 'S01', 'S02', 'S03') }],
      terms: {
        kind: 'presale',
        deposit: { called: 'earnest', bp: 2000, balanceFrom: at(3, 1), balanceUntil: at(5) },
        cutoff: at(3),
        pickupFrom: at(6),
        promisedBy: at(8),
      },
    },
    strawberries: {
      ...head,
      name: '草莓现摘预售',
      endsAt: at(0, 20),
      perMember: 2,
      items: [{ skuId: STRAWBERRIES, priceFen: 1490, quotas: quotas(40, 'S01', 'S02') }],
      terms: {
        kind: 'presale',
        deposit: null,
        cutoff: at(0, 20),
        pickupFrom: at(0, 23),
        promisedBy: at(2),
      },
    },
    boxes: {
      ...head,
      name: '一周菜箱',
      endsAt: at(28),
      perMember: 8,
      items: [{ skuId: WEEK_BOX, priceFen: 10_980, quotas: quotas(80, 'S01', 'S02', 'S03') }],
      terms: { kind: 'box', weekday: 6, ordersDaysBefore: 2, payUntilHour: 20 },
    },
  } satisfies Record<string, CampaignInput>
}
export type DemoCampaigns = Record<keyof ReturnType<typeof campaignsFrom>, string>

/** Drafts and schedules them; answers their ids. They begin by themselves, a moment later. */
export async function runCampaigns(office: Office): Promise<DemoCampaigns> {
  const ids: Partial<DemoCampaigns> = {}
  for (const [name, body] of Object.entries(campaignsFrom(Date.now())) as [
    keyof DemoCampaigns,
    CampaignInput,
  ][]) {
    const { id, revision } = await office('POST /console/v1/campaigns', { body })
    await office('POST /console/v1/campaigns/:campaignId/schedule', {
      params: { campaignId: id },
      body: { revision },
    })
    ids[name] = id
  }
  return ids as DemoCampaigns
}

/** What promoting is worth in the demo: five or eight in a hundred of what stays paid, two levels deep. */
export const PROMOTING: Input<AllRoutes['POST /console/v1/commission-terms']>['body'] = {
  active: true,
  depth: 2,
  bindMode: 'first',
  bindDays: 15,
  selfReward: false,
  holdDays: 7,
  levels: [
    { code: 'new', name: '邻里推广员', rateBp: 500, upperBp: 100 },
    { code: 'gold', name: '金牌推广员', rateBp: 800, upperBp: 200 },
  ],
  leastFen: 100,
  dailyFen: 50_000,
  tax: 'labour',
  taxNote: '演示：按劳务报酬代扣，真实经营前请财务和法务确认',
  since: null,
}
