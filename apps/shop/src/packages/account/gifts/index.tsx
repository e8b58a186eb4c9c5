import { useState } from 'react'
import { Button } from '../../../components/button'
import { Box, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Sheet } from '../../../components/sheet'
import { Gate, Notice, RowBones } from '../../../components/states'
import { gifts } from '../../../models/offers'
import { pointsText } from '../../../models/points'
import type { Offer } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { ensureMember } from '../../../services/sign-in'
import { OfferRow } from '../offers/offer-row'
import { useOffers } from '../offers/use-offers'
import '../offers/index.scss'

/** 积分兑礼: coupons and gifts that points buy, beside how many points there are. */
export default function GiftsPage() {
  const { member, offers, storeName, buy } = useOffers()
  const points = useLoad(member ? `points.${member.who.id}` : null, () => api('GET /v1/points'))
  const [wanted, setWanted] = useState<Offer>()
  const available = points.data?.available ?? 0
  const take = async (offer: Offer) => {
    await buy(offer)
    setWanted(undefined)
    await points.reload()
  }
  return (
    <Screen title="积分兑礼" className="offers">
      <NavBar title="积分兑礼" />
      {member ? (
        <>
          <Box className="offers-balance">
            <Box className="offers-balance-note">可用积分</Box>
            <Words className="offers-balance-sum">{points.data ? pointsText(available) : '\u2013'}</Words>
          </Box>
          <Gate loaded={offers} skeleton={<RowBones count={3} />} safe="您的积分都在">
            {({ items }) =>
              gifts(items).length === 0 ? (
                <Notice drawing="bags" title="现在没有可换的" note="积分也能在结算时当钱花" />
              ) : (
                <Box as="ul" className="offers-list">
                  {gifts(items).map((offer) => (
                    <OfferRow
                      key={offer.id}
                      offer={offer}
                      storeName={storeName}
                      busyText="正在换"
                      onTake={() => Promise.resolve(setWanted(offer))}
                    />
                  ))}
                </Box>
              )
            }
          </Gate>
        </>
      ) : (
        <Notice drawing="bags" title="登录后换礼">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
      {wanted && (
        <Confirm offer={wanted} available={available} onTake={take} onClose={() => setWanted(undefined)} />
      )}
    </Screen>
  )
}

interface ConfirmProps {
  offer: Offer
  available: number
  onTake: (offer: Offer) => Promise<unknown>
  onClose: () => void
}
/** Points are as good as money: asked once more, with what is left afterwards. */
function Confirm({ offer, available, onTake, onClose }: ConfirmProps) {
  const price = offer.pricePoints ?? 0
  const short = price - available
  return (
    <Sheet title={`换「${offer.label}」`} onClose={onClose}>
      <Box className="offers-confirm">
        {short > 0
          ? `要 ${pointsText(price)} 积分，还差 ${pointsText(short)}`
          : `用 ${pointsText(price)} 积分，换完还有 ${pointsText(available - price)}。换了不能退，领到后 ${offer.validDays} 天内用`}
      </Box>
      <Button size="full" disabled={short > 0} busyText="正在换" onPress={() => onTake(offer)}>
        {short > 0 ? '积分不够' : `用 ${pointsText(price)} 积分换`}
      </Button>
    </Sheet>
  )
}
