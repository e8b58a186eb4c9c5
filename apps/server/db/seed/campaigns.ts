import type pg from 'pg'
import { seedId } from './ids.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ARM_MINUTES = 60

interface SeedCampaign {
  name: string
  barcode: string
  priceFen: number
  quotas: Readonly<Record<string, number>>
  /** From the moment of planting, in hours; whole hours are counted from the last one that began. */
  startsIn: number
  hours: number
  /** When a quarter of the quota comes, in hours after the start; none: all of it at once. */
  batchesAt: readonly number[]
  state: 'DRAFT' | 'SCHEDULED' | 'ENDED'
  /** Why it was stopped before it began. */
  stopped?: string
}
/**
 * The first runs as soon as a server does: its goods are set aside and it is started by the server itself, as for any other that is due. Nothing has
 * been sold in any of them.
 */
export const CAMPAIGNS: readonly SeedCampaign[] = [
  {
    name: '鲜鸡蛋分批抢',
    barcode: '6999912000083',
    priceFen: 1990,
    quotas: { S01: 52, S02: 48 },
    startsIn: -2,
    hours: 12,
    batchesAt: [0, 2, 6, 10],
    state: 'SCHEDULED',
  },
  {
    name: '砂糖橘周末抢',
    barcode: '6999911000053',
    priceFen: 990,
    quotas: { S01: 12, S02: 12, S03: 12 },
    startsIn: 72,
    hours: 10,
    batchesAt: [],
    state: 'SCHEDULED',
  },
  {
    name: '保温杯换季抢',
    barcode: '6999919000048',
    priceFen: 3990,
    quotas: { S01: 20, S02: 20 },
    startsIn: 120,
    hours: 48,
    batchesAt: [0, 12, 24, 36],
    state: 'DRAFT',
  },
  {
    name: '香蕉早市抢',
    barcode: '6999911000046',
    priceFen: 498,
    quotas: { S01: 10 },
    startsIn: 24,
    hours: 4,
    batchesAt: [],
    state: 'ENDED',
    stopped: '到货晚了，改天再办',
  },
]

const SHARES_BP = 10_000

async function plantOne(client: pg.Client, campaign: SeedCampaign): Promise<void> {
  const id = seedId(`campaign ${campaign.name}`)
  const skuId = seedId(`sku ${campaign.barcode}`)
  const now = Date.now()
  const starts = Math.floor(now / HOUR_MS) * HOUR_MS + campaign.startsIn * HOUR_MS
  const ends = starts + campaign.hours * HOUR_MS
  const terms = {
    kind: 'flash',
    batches: campaign.batchesAt.map((hours) => ({
      at: new Date(starts + hours * HOUR_MS).toISOString(),
      shareBp: SHARES_BP / campaign.batchesAt.length,
    })),
  }
  await client.query(
    `insert into campaign (id, kind, name, state, starts_at, ends_at, per_member, pay_minutes, arm_minutes, first_order, funding, terms, created_at,
       created_by, stop_reason, ended_at)
     values ($1, 'flash', $2, $3, $4, $5, 1, 8, $6, false, 'hq', $7, $8, 'seed', $9, $10)`,
    [
      id,
      campaign.name,
      campaign.state,
      new Date(starts),
      new Date(ends),
      ARM_MINUTES,
      JSON.stringify(terms),
      new Date(now - DAY_MS),
      campaign.stopped ?? null,
      campaign.state === 'ENDED' ? new Date(now) : null,
    ],
  )
  await client.query(
    `insert into campaign_item (campaign_id, sku_id, position, price_fen) values ($1, $2, 1, $3)`,
    [id, skuId, campaign.priceFen],
  )
  await client.query(
    `insert into campaign_stock (campaign_id, sku_id, store_id, quota, during, parts, open)
     select $1, $2, store, quota, tstzrange($3, $4), case when $5 = 'DRAFT' then '[]'::jsonb else $6::jsonb end, $5 = 'SCHEDULED'
     from unnest($7::text[], $8::int[]) x(store, quota)`,
    [
      id,
      skuId,
      new Date(starts),
      new Date(ends),
      campaign.state,
      JSON.stringify([{ skuId, quantity: 1 }]),
      Object.keys(campaign.quotas),
      Object.values(campaign.quotas),
    ],
  )
  const verbs = { DRAFT: ['draft'], SCHEDULED: ['draft', 'schedule'], ENDED: ['draft', 'schedule', 'stop'] }
  for (const [i, verb] of verbs[campaign.state].entries())
    await client.query(
      `insert into campaign_event (campaign_id, verb, words, by, at) values ($1, $2, $3, 'seed', $4)`,
      [id, verb, verb === 'stop' ? campaign.stopped : '', new Date(now - DAY_MS + (i * DAY_MS) / 2)],
    )
}

/** One sale that runs, one that is to come, a draft, and one that was stopped before it began. A real chain begins without. */
export async function plantCampaigns(client: pg.Client): Promise<void> {
  for (const campaign of CAMPAIGNS) await plantOne(client, campaign)
}
