import type { Clock } from '#kernel/clock'
import type { Tx } from '#kernel/db'
import type { Inventory } from '#room/inventory'
import * as sql from './campaigns.sql.ts'
import { type CampaignKey, releasedOf } from './claims.ts'
import { releasedBp } from './kinds/index.ts'

export type Goods = Pick<CampaignKey, 'storeId' | 'skuId'>

/**
 * Locks the goods of a campaign in one store, and says how many of them are free now. Whoever locks something of their own besides does it after this: the
 * order desk does.
 */
export async function lockPieces(
  tx: Tx,
  { clock }: { clock: Clock },
  campaign: sql.CampaignRow,
  goods: Goods,
): Promise<{ free: number }> {
  const stock = await sql.lockGoods(tx, { campaignId: campaign.id, ...goods })
  const at = clock.now()
  if (!stock?.open || stock.paused || at < stock.from || at >= stock.until) return { free: 0 }
  return { free: releasedOf(stock, releasedBp(campaign, at)) - stock.taken }
}

/**
 * Sets pieces aside that `lockPieces` found free (`pieces` above zero), or lets go of pieces that were: to the campaign while it runs, to the shelf after
 * it.
 */
export async function movePieces(
  tx: Tx,
  { inventory }: { inventory: Pick<Inventory, 'carve'> },
  campaign: sql.CampaignRow,
  { storeId, skuId, pieces }: Goods & { pieces: number },
  stamp: { by: string; at: Date },
): Promise<void> {
  const key = { campaignId: campaign.id, storeId, skuId }
  const stock = await sql.lockGoods(tx, key)
  if (!stock) throw new Error(`campaign ${campaign.id} has no goods ${skuId} in ${storeId}`)
  const released = releasedOf(stock, releasedBp(campaign, stamp.at))
  const over = pieces < 0 && (!stock.open || stamp.at >= stock.until)
  const gone = over ? pieces : 0
  await sql.setGoods(tx, key, {
    taken: stock.taken + pieces,
    released: (over ? stock.released : released) + gone,
    carved: stock.carved + gone,
  })
  if (!over) return
  const [moved] = await inventory.carve(tx, [{ storeId, parts: stock.parts, quantity: pieces }], {
    note: campaign.name,
    ...stamp,
  })
  if (moved !== pieces) throw new Error(`the shelf does not know of what is kept for campaign ${campaign.id}`)
}
