import type { Campaign as CampaignSchema, ShopCampaign as ShopSchema } from '@linli/contract/campaigns'
import type { Static } from 'typebox'
import type { CampaignRow, StockRow } from './campaigns.sql.ts'
import { releasedOf } from './claims.ts'
import { releasedBp } from './kinds/index.ts'
import type { Room } from './room.ts'
import { rulesOf } from './words.ts'

export type ShopCampaign = Static<typeof ShopSchema>
type Campaign = Static<typeof CampaignSchema>

/** What of a store's quota may be had by now, sold pieces counted. */
export const releasedNow = (row: CampaignRow, stock: StockRow, at: Date): number =>
  releasedOf(
    { ...stock, campaignId: row.id, from: row.startsAt, until: row.endsAt, open: true, paused: false },
    releasedBp(row, at),
  )

/** A campaign as a shopper of one store sees it; goods that the store has stopped selling are left out. */
export function shopView({ ctx, catalog }: Room, row: CampaignRow, storeId: string): ShopCampaign {
  const at = ctx.clock.now()
  return {
    id: row.id,
    kind: row.terms.kind,
    name: row.name,
    storeId,
    state: row.state,
    paused: row.paused,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    now: at.toISOString(),
    perMember: row.perMember,
    payMinutes: row.payMinutes,
    terms: row.terms,
    items: row.items.flatMap(({ skuId, priceFen }) => {
      const stock = row.stock.find((each) => each.storeId === storeId && each.skuId === skuId)
      const sold = catalog.sellable(storeId, skuId)
      if (!stock || !sold) return []
      const released = releasedNow(row, stock, at)
      return {
        skuId,
        productId: sold.productId,
        name: sold.name,
        unit: sold.unit,
        picture: catalog.picture(sold.pictureId),
        priceFen,
        aloneFen: sold.unitFen,
        quota: stock.quota,
        released,
        left: row.state === 'ENDED' ? 0 : Math.max(0, released - stock.taken),
      }
    }),
    rules: rulesOf(row),
  }
}

/** A campaign as the console sees it. */
export function consoleView({ ctx, catalog }: Room, row: CampaignRow): Campaign {
  const at = ctx.clock.now()
  const { stock, items, startsAt, endsAt, createdAt, endedAt, ...head } = row
  return {
    ...head,
    items,
    kind: row.terms.kind,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    goods: items.map(({ skuId, quotas }) => {
      const sold = quotas.map(({ storeId }) => catalog.sellable(storeId, skuId)).find((each) => each)
      return {
        skuId,
        name: sold?.name ?? '',
        unit: sold?.unit ?? '',
        picture: catalog.picture(sold?.pictureId ?? null),
      }
    }),
    stock: stock.map((each) => ({
      storeId: each.storeId,
      skuId: each.skuId,
      quota: each.quota,
      carved: each.carved,
      released: row.state === 'LIVE' ? releasedNow(row, each, at) : each.released,
      taken: each.taken,
    })),
  }
}
