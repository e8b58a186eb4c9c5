import { campaignPlace, type Offered, togetherNow } from '../models/campaigns'
import { useFlashSales } from '../services/flash'
import { openPage } from '../services/routes'
import { Box, Press, Words } from './elements'
import { FlashStrip } from './flash'
import { Thumb } from './goods'
import { Icon } from './icon'
import { Price } from './price'

/** What runs in this store, on 首页: a flash sale, and what neighbours buy together. Nothing where nothing runs. */
export function CampaignStrips() {
  const { loaded, now } = useFlashSales(false)
  if (!loaded.data) return null
  return (
    <>
      <FlashStrip sale={loaded.data.sales[0]} now={now()} />
      <TogetherStrip offers={togetherNow(loaded.data.others)} />
    </>
  )
}

/** Group buying and bargains, side by side. */
function TogetherStrip({ offers }: { offers: readonly Offered[] }) {
  if (offers.length === 0) return null
  return (
    <Box as="section" className="ll-together">
      <Box className="ll-together-head">
        <Icon name="users" size={20} />
        <Box as="h2" className="ll-together-title">
          邻里一起买
        </Box>
        <Words className="ll-together-note">真人凑齐，没有随机</Words>
      </Box>
      <Box as="ul" className={`ll-together-list ${offers.length === 1 ? 'll-together-one' : ''}`}>
        {offers.map((offered) => (
          <Box as="li" key={`${offered.campaign.id}.${offered.item.skuId}`} className="ll-together-item">
            <Offer {...offered} />
          </Box>
        ))}
      </Box>
    </Box>
  )
}

function Offer({ campaign, item, offer }: Offered) {
  const { page, query } = campaignPlace(campaign, item.skuId)
  return (
    <Press className="ll-together-press" role="link" onPress={() => openPage(page, query)}>
      <Box className="ll-together-picture">
        <Thumb product={{ ...item, shelf: null }} />
      </Box>
      <Box className="ll-together-words">
        <Words className="ll-together-name">{item.name}</Words>
        <Words className="ll-together-kind">{offer.name}</Words>
        <Price fen={offer.priceFen} size="m" unit={item.unit} />
      </Box>
    </Press>
  )
}
