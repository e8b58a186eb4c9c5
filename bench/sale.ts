// A flash sale to measure on, made as head office makes one.
import { randomBytes } from 'node:crypto'
import type { Chain } from './chain.ts'
import { skuIds, STORES } from './data.ts'

export const STORE = STORES[0]
export const BATCHES = 4
export const BATCH_SECONDS = 8
/** Until it begins. */
export const LEAD_SECONDS = 5
const PRICE_FEN = 50
const PASS_MS = 170_000
const PASSES = 'campaign pass'

export interface Sale {
  campaignId: string
  skuId: string
  startsAt: number
  releases: number[]
}
/** A sale through the console's own routes: from a draft to goods that are set aside; in batches where everybody may have one. */
export async function openSale(
  chain: Chain,
  at: number,
  { quota, perMember }: { quota: number; perMember: number },
): Promise<Sale> {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const reply = await fetch(`${chain.origins[0]}/console/v1/campaigns${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${chain.staffToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`campaigns${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const skuId = skuIds[at] ?? ''
  const startsAt = Date.now() + LEAD_SECONDS * 1000
  const releases = Array.from({ length: BATCHES }, (_, i) => startsAt + i * BATCH_SECONDS * 1000)
  const { id, revision } = await post<{ id: string; revision: number }>('', {
    name: '量具秒杀',
    items: [{ skuId, priceFen: PRICE_FEN, quotas: [{ storeId: STORE, quota }] }],
    perMember,
    payMinutes: 8,
    armMinutes: 60,
    tiers: null,
    firstOrder: false,
    funding: 'hq',
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + 3600_000).toISOString(),
    terms: {
      kind: 'flash',
      batches:
        perMember > 1
          ? []
          : releases.map((each) => ({ at: new Date(each).toISOString(), shareBp: 10_000 / BATCHES })),
    },
  })
  await post(`/${id}/schedule`, { revision })
  return { campaignId: id, skuId, startsAt, releases }
}

/** The right to one order of a sale, as its gate would sign it. */
export const passFor = (chain: Chain, { campaignId, startsAt }: Sale, memberId: string): string =>
  chain.sign(
    PASSES,
    [
      campaignId,
      memberId,
      startsAt.toString(36),
      randomBytes(9).toString('base64url'),
      (Date.now() + PASS_MS).toString(36),
    ].join('.'),
  )
