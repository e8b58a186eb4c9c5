import path from 'node:path'
import pg from 'pg'
import type { Secrets } from '../../src/kernel/secrets.ts'
import { foundAudiences } from '../found/audiences.ts'
import { plantBenefits } from './benefits.ts'
import { plantCampaigns } from './campaigns.ts'
import { plantMembership } from './membership.ts'
import { plantGoods, plantPictures, plantStock } from './plant-goods.ts'
import { plantChain, plantMembers, plantStaff } from './plant-people.ts'
import { drawPictures } from './pictures.ts'
import { plantRewards } from './rewards.ts'
import { plantRules } from './rules.ts'

export type SeedOptions = {
  /** Where composed pictures are kept between runs. */
  readonly cacheFolder?: string
  readonly environment?: string | undefined
  /** Seals phones of members; none have one without it. */
  readonly secrets?: Secrets
}

/** `DATA_DIR` is read from here, as the scripts read it. */
const CHECKOUT = path.join(import.meta.dirname, '../../../..')
/** Two starts at once take turns; any constant will do. */
const LOCK = 7_164_230

/**
 * Fills a migrated, empty database with the demo chain: stores, staff, goods with pictures, price rules, opening stock, members, coupons and
 * points, tiers, old cards, what tasks and birthdays are worth, and a few campaigns. No orders.
 * A database that has a chain is left as it is. Refused in production.
 */
export async function seedDemo(
  databaseUrl: string,
  log: (line: string) => void,
  {
    cacheFolder = path.resolve(CHECKOUT, process.env['DATA_DIR'] || '.data', 'pictures-cache'),
    environment = process.env['NODE_ENV'],
    secrets,
  }: SeedOptions = {},
): Promise<void> {
  if (environment === 'production') throw new Error('the demo seed never runs in production')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    if (await hasChain(client)) return log('demo data is in place')
    await client.query('select pg_advisory_lock($1)', [LOCK])
    if (await hasChain(client)) return log('demo data is in place')
    await plant(client, { cacheFolder, secrets, log })
  } finally {
    await client.end()
  }
}

async function hasChain(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('select from chain')
  return rowCount !== 0
}

interface Planting {
  cacheFolder: string
  secrets: Secrets | undefined
  log: (line: string) => void
}
async function plant(client: pg.Client, { cacheFolder, secrets, log }: Planting): Promise<void> {
  const started = performance.now()
  const drawn = await drawPictures(cacheFolder, (done, all) => {
    if (done % 40 === 0 || done === all) log(`demo pictures ${done}/${all}`)
  })
  await client.query('begin')
  try {
    await plantChain(client)
    await plantStaff(client)
    await plantMembers(client, secrets)
    const pictures = await plantPictures(client, drawn)
    await plantGoods(client, drawn, pictures)
    await plantRules(client)
    await plantStock(client)
    await plantBenefits(client)
    await plantMembership(client)
    await plantRewards(client)
    await plantCampaigns(client)
    await foundAudiences(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  await client.query('analyze')
  log(`demo data planted in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
