import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import type { IconName } from '../../../components/icon-names'
import { campaignPlace, offersOn, offerTitle } from '../../../models/campaigns'
import type { ShopCampaign } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage } from '../../../services/routes'

const ICONS: Partial<Record<ShopCampaign['kind'], IconName>> = {
  flash: 'bolt',
  group: 'users',
  bargain: 'users',
  presale: 'calendar',
  box: 'box',
}

/** Campaigns that have this product now or soon, each with the way there; without an answer the page is what it is. */
export function Offers({ skuId, storeId }: { skuId: string; storeId: string }) {
  const found = useLoad(`offers.${storeId}`, () =>
    api('GET /v1/stores/:storeId/campaigns', { params: { storeId }, query: {} }),
  )
  const offers = offersOn(found.data?.items ?? [], skuId)
  if (offers.length === 0) return null
  return (
    <Box as="section" className="product-block">
      {offers.map(({ campaign, item, offer }) => {
        const { page, query } = campaignPlace(campaign, item.skuId)
        return (
          <Press
            key={campaign.id}
            className="product-offer"
            role="link"
            label={`${offerTitle(offer)}，${offer.note}，去看看`}
            onPress={() => openPage(page, query)}
          >
            <Icon name={ICONS[campaign.kind] ?? 'flag'} size={22} />
            <Box className="product-offer-words">
              <Words className="product-offer-title">{offerTitle(offer)}</Words>
              <Words className="product-fact-note">{offer.note}</Words>
            </Box>
            <Words className="product-offer-go">去看看</Words>
            <Icon name="right" size={18} />
          </Press>
        )
      })}
    </Box>
  )
}
