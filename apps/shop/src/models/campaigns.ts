import { momentWords, phaseOf } from './flash.ts'
import type { GroupTerms } from './groups.ts'
import { yuanText } from './money.ts'
import type { Place } from './share.ts'
import { momentOf } from './times.ts'
import type { ShopCampaign } from './wire.ts'

type Item = ShopCampaign['items'][number]

/** The page on which shoppers take part in a campaign, with one of its goods where it shows one. */
export function campaignPlace(
  { id, kind, storeId, items }: Pick<ShopCampaign, 'id' | 'kind' | 'storeId' | 'items'>,
  skuId = items[0]?.skuId ?? '',
): Place {
  switch (kind) {
    case 'flash':
      return { page: 'flash', query: {} }
    case 'group':
      return { page: 'group', query: { campaignId: id, skuId } }
    case 'bargain':
    case 'assist':
    case 'share_off':
      return { page: 'friendsCampaign', query: { id, store: storeId } }
    case 'presale':
      return { page: 'presales', query: {} }
    case 'box':
      return { page: 'boxOffer', query: { id, store: storeId } }
  }
}

/** What somebody who looks at goods is told of a campaign on them: what it asks for, and what the goods cost in it. */
export interface Offer {
  /** `3 人拼团`. */
  name: string
  priceFen: number
  note: string
}

/** In words of the server's clock; null: there is nothing to take part in, now or soon. */
export function offerOf(campaign: ShopCampaign, { priceFen, left, unit }: Item): Offer | null {
  const { terms, state, startsAt, endsAt, paused } = campaign
  const now = Date.parse(campaign.now)
  if (state === 'ENDED') return null
  const soon = Date.parse(startsAt) > now ? `${momentOf(startsAt, now)} 开始` : null
  const standing = soon ?? (paused ? '暂停中' : left === 0 ? '现在没有了' : null)
  switch (terms.kind) {
    case 'flash': {
      const phase = phaseOf(campaign, now)
      if (phase.kind === 'ended') return null
      const running = left > 0 ? `正在抢，还剩 ${left} ${unit}` : '这一批抢完了'
      const note = phase.kind === 'soon' ? `${momentWords(phase.at, now)} 开抢` : running
      return { name: '限量秒杀', priceFen, note: phase.kind === 'paused' ? '暂停中' : note }
    }
    case 'group':
      return { name: `${terms.size} 人拼团`, priceFen, note: standing ?? groupOfferNote(terms) }
    case 'bargain':
      return {
        name: `${terms.cuts.length} 位朋友帮砍`,
        priceFen,
        note: standing ?? '每位砍多少事先定好，没有随机',
      }
    case 'presale':
      return { name: '预售', priceFen, note: soon ?? `${momentOf(endsAt, now)} 前可订，到货了来取` }
    case 'box':
      return { name: '周期购', priceFen, note: standing ?? '每周一份，下单后再付，随时能停' }
    case 'assist':
    case 'share_off':
      return null
  }
}
/** `满 5 人每份 ¥29.90，差价退回` of a ladder. */
function groupOfferNote({ steps }: GroupTerms): string {
  const last = steps?.[steps.length - 1]
  return last ? `满 ${last.size} 人每份 ${yuanText(last.priceFen)}，差价退回` : '没拼成全额退回'
}
/** The same in one line: `3 人拼团 ¥34.90`. */
export const offerTitle = ({ name, priceFen }: Offer): string => `${name} ${yuanText(priceFen)}`

export interface Offered {
  campaign: ShopCampaign
  item: Item
  offer: Offer
}
/** Every campaign on one SKU that can be taken part in, now or soon. */
export const offersOn = (campaigns: readonly ShopCampaign[], skuId: string): Offered[] =>
  campaigns.flatMap((campaign) => {
    const item = campaign.items.find((each) => each.skuId === skuId)
    const offer = item && offerOf(campaign, item)
    return item && offer ? [{ campaign, item, offer }] : []
  })

const MOST_ON_STRIP = 4
/** Goods that neighbours can have cheaper together now: what the strip of 首页 shows. */
export const togetherNow = (campaigns: readonly ShopCampaign[]): Offered[] =>
  campaigns
    .filter(
      ({ kind, state, paused }) => (kind === 'group' || kind === 'bargain') && state === 'LIVE' && !paused,
    )
    .flatMap((campaign) =>
      campaign.items.flatMap((item) => {
        const offer = item.left > 0 ? offerOf(campaign, item) : null
        return offer ? [{ campaign, item, offer }] : []
      }),
    )
    .slice(0, MOST_ON_STRIP)
