import { send } from './actions/erp.ts'
import { importCards } from './actions/old-cards.ts'
import type { Dice } from './dice.ts'
import { COUNTED, COUNTED_STORE, SOURCE, STORE_CODE } from './erp.ts'
import { openPartner } from './partners.ts'
import { basket, paid, print, tell } from './receipts.ts'
import { headOffice, STORES, type Town } from './town.ts'

/** Head office lets systems of others in: tills of two vendors, an ERP that counts, and one that is told. Each says something first. */
export async function connect(town: Town, dice: Dice): Promise<void> {
  const { chain, sightings, receiver } = town
  const office = headOffice(town, dice)
  const open = (code: string) => openPartner(chain, sightings, office, code)
  const wanted = { name: '听的', url: receiver.url, topics: ['orders', 'sales', 'stock'] as const }
  const body = { ...wanted, topics: [...wanted.topics], storeIds: null }
  receiver.secret = (await office('POST /console/v1/webhook-endpoints', { body })).secret
  town.tills.push(await open('till-a'), await open('till-b'))
  await openErp(town, dice)
  await importCards(town, dice)
  for (const [i, partner] of town.tills.entries()) {
    const lines = paid(basket(dice).slice(0, 1), 0)
    const content = {
      kind: 'sale',
      posTxnId: dice.key('first'),
      soldAt: chain.now().toISOString(),
      lines,
    } as const
    await tell(town, dice, [print(town, { partner, storeId: STORES[i] ?? 'S01', content })])
  }
}

/** Growth is counted, and makes nobody anything more: prices stay what the stories know. */
export async function tier(town: Town, dice: Dice): Promise<void> {
  const first = { code: 'all', name: '会员', atGrowth: 0, pointsTimesBp: 10_000, offBp: 0 }
  const terms = { growthPerYuan: 100, periodMonths: 12, exceptCategoryIds: [], tiers: [first] }
  const body = { ...terms, active: true, since: null }
  await headOffice(town, dice)('POST /console/v1/tier-terms', { body })
}

async function openErp(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  const partner = await openPartner(town.chain, town.sightings, office, 'erp-vendor')
  await office('POST /console/v1/feed-sources', {
    body: {
      code: SOURCE,
      name: 'ERP',
      kind: 'erp',
      active: true,
      partnerCode: 'erp-vendor',
      topics: ['stock'],
      byBarcode: true,
      priceUnit: 'yuan',
      productFacts: [],
      staleMinutes: 10_000,
      stopMinutes: 20_000,
      widen: 'pieces',
      widenBy: 0,
      fastPerDay: 1000,
    },
  })
  const items = [{ code: STORE_CODE, storeId: COUNTED_STORE }]
  await office('PUT /console/v1/feed-sources/:sourceCode/stores', {
    params: { sourceCode: SOURCE },
    body: { items },
  })
  town.erp = { partner, events: [], lists: [], told: new Set() }
  const rows = COUNTED.map((goods) => ({ goods, count: 60 }))
  const asOf = town.chain.now().toISOString()
  const list = { key: dice.key('first-list'), asOf, rows, isClosed: false }
  town.erp.lists.push(list)
  await send(town, dice, list)
}
