import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, RowBones } from '../../../components/states'
import { Stepper } from '../../../components/stepper'
import { weekTitle } from '../../../models/boxes'
import { yuanText } from '../../../models/money'
import { momentOf } from '../../../models/times'
import type { BoxOffer } from '../../../models/wire'
import { api, troubleFrom } from '../../../services/api'
import { type Loaded, useLoad } from '../../../services/load'
import { replacePage, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { GoodsHead, Rules } from '../parts'

/** What a store offers every week, before anybody subscribes: what is in it, when it is paid, all the rules, and one button. */
export default function BoxOfferPage() {
  const campaignId = useParam('id') ?? ''
  const storeId = useParam('store') ?? ''
  const loaded = useLoad(`box-offer.${campaignId}.${storeId}`, () =>
    api('GET /v1/campaigns/:campaignId/box-offer', { params: { campaignId }, query: { storeId } }),
  )
  const title = loaded.data?.name ?? '周期购'
  return (
    <Screen title={title} className="boxes">
      <NavBar title={title} />
      <Gate loaded={loaded} skeleton={<RowBones count={3} />} safe="订好的都还在「我的周期购」里">
        {(offer) => <Whole offer={offer} reload={loaded.reload} />}
      </Gate>
    </Screen>
  )
}

function Whole({ offer, reload }: { offer: BoxOffer } & Pick<Loaded<BoxOffer>, 'reload'>) {
  const { goods, weeks, now, most, placesLeft, rules } = offer
  const [quantity, setQuantity] = useState(1)
  const [first] = weeks
  const left = Math.min(most, placesLeft)
  const subscribe = async () => {
    if (!(await ensureMember())) return
    const { campaignId, storeId } = offer
    try {
      const { id } = await api('POST /v1/boxes', { body: { campaignId, storeId, quantity } })
      say('订好了，到日子替您下单')
      replacePage('box', { id })
    } catch (error) {
      say(troubleFrom(error).text)
      await reload()
    }
  }
  const standing = first
    ? placesLeft > 0
      ? `还有 ${placesLeft} 个名额，每人每周最多 ${most} 份`
      : '名额满了，换一家店看看'
    : '这一期的周都订完了'
  return (
    <>
      {goods && <GoodsHead goods={goods} note={standing} />}
      {first && (
        <Panel title="从哪一周开始">
          <SumLine name="第一次取" value={weekTitle(first)} />
          <SumLine name="替您下单" value={momentOf(first.ordersAt, Date.parse(now))} />
          <SumLine name="最晚付款" value={momentOf(first.payUntil, Date.parse(now))} />
          <SumLine name="一共" value={`${weeks.length} 周`} />
          <SumLine name="现在付" strong value="¥0" />
        </Panel>
      )}
      {goods && first && left > 0 && (
        <Panel>
          <Box className="boxes-many">
            <Words>每周几份</Words>
            <Stepper
              product={{ ...goods, available: left }}
              quantity={quantity}
              least={1}
              onQuantity={(next) => setQuantity(Math.min(next, left))}
            />
          </Box>
          <Button size="full" busyText="正在订" onPress={subscribe}>
            {`每周订 ${quantity} 份，每周 ${yuanText(goods.priceFen * quantity)}`}
          </Button>
        </Panel>
      )}
      <Rules rules={rules} />
    </>
  )
}
