import { useState } from 'react'
import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { claimable, gifts } from '../../../models/offers'
import { openPage } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { OfferRow } from './offer-row'
import { useOffers } from './use-offers'
import './index.scss'

/** 领券中心: what may be claimed in this store, and where a code or a word is said. */
export default function OffersPage() {
  const { member, offers, storeName, claim, sayCode } = useOffers()
  return (
    <Screen title="领券中心" className="offers">
      <NavBar title="领券中心" />
      {member ? (
        <>
          <CodeEntry sayCode={sayCode} />
          <Gate loaded={offers} skeleton={<RowBones count={4} />} safe="领过的券都在我的优惠券里">
            {({ items }) => (
              <>
                {claimable(items).length === 0 ? (
                  <Notice drawing="bags" title="现在没有可领的券" note="新的券会摆在这里，先到先得" />
                ) : (
                  <Box as="ul" className="offers-list">
                    {claimable(items).map((offer) => (
                      <OfferRow
                        key={offer.id}
                        offer={offer}
                        storeName={storeName}
                        busyText="正在领"
                        onTake={() => claim(offer)}
                      />
                    ))}
                  </Box>
                )}
                <Panel className="offers-more">
                  {gifts(items).length > 0 && (
                    <Cell
                      icon="gift"
                      title="积分兑礼"
                      note="用积分换券和礼品"
                      onPress={() => openPage('gifts')}
                    />
                  )}
                  <Cell icon="coupon" title="我的优惠券" onPress={() => openPage('coupons')} />
                </Panel>
              </>
            )}
          </Gate>
        </>
      ) : (
        <Notice drawing="bags" title="登录后领券">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

/** A code from paper, or a word that was made known. */
function CodeEntry({ sayCode }: { sayCode: (code: string) => Promise<boolean> }) {
  const [typed, setTyped] = useState('')
  const send = async () => {
    if (await sayCode(typed.trim())) setTyped('')
  }
  return (
    <Box className="offers-code">
      <Field
        label="券码或口令"
        placeholder="卡片上的码，或门店的口令"
        value={typed}
        maxLength={40}
        onValue={setTyped}
      />
      <Button look="soft" disabled={typed.trim().length < 2} busyText="正在领" onPress={send}>
        领券
      </Button>
    </Box>
  )
}
