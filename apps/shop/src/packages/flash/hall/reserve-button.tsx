import { Button } from '../../../components/button'
import { Words } from '../../../components/elements'
import type { FlashSale } from '../../../models/wire'
import { api, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { ensureMember } from '../../../services/sign-in'
import { askToTell, useOffered } from '../../../services/subscribe'
import { say } from '../../../services/toast'

/** 预约: be reminded ten minutes before, and let in where it is asked for. Pressing again takes it back. */
export function ReserveButton({ sale, owner }: { sale: FlashSale; owner: string | null }) {
  // Asked for here, so that WeChat's sheet can open in the tap that wants it.
  useOffered('campaign.soon')
  const params = { campaignId: sale.id }
  const mine = useLoad(owner ? `reservation.${owner}.${sale.id}` : null, () =>
    api('GET /v1/campaigns/:campaignId/reservation', { params }),
  )
  const reserved = mine.data?.at != null
  const press = async () => {
    if (!(await ensureMember())) return
    const sheet = reserved ? null : askToTell('campaign.soon')
    try {
      mine.put(
        reserved
          ? await api('DELETE /v1/campaigns/:campaignId/reservation', { params })
          : await api('PUT /v1/campaigns/:campaignId/reservation', {
              params,
              body: { storeId: sale.storeId },
            }),
      )
      say(reserved ? '预约取消了' : '预约好了，开抢前 10 分钟在「消息」里告诉您')
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await sheet
  }
  const count = mine.data?.reserved ?? 0
  return (
    <>
      <Button look={reserved ? 'line' : 'filled'} size="full" icon="bell" busyText="正在记" onPress={press}>
        {reserved ? '预约好了，点一下取消' : '预约，开抢前提醒我'}
      </Button>
      {count > 0 && <Words className="hall-reserved">{`${count} 位顾客预约了；预约不占数量`}</Words>}
    </>
  )
}
