import { Button } from '../../../components/button'
import { FriendButton } from '../../../components/friend-button'
import { NavBar } from '../../../components/nav-bar'
import { PassOn } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Gate, RowBones } from '../../../components/states'
import { groupTermsOf, isJoinable, wantedOf } from '../../../models/groups'
import { yuanText } from '../../../models/money'
import type { Group, MyGroup, ShopCampaign } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useAgain } from '../../../services/again'
import { useLoad } from '../../../services/load'
import { type Passing, usePassingOn } from '../../../services/passing-on'
import { usePlace } from '../../../services/place'
import { openPage, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import { GoodsHead, How, Ladder, Others, Rules, Seats } from './parts'
import './index.scss'

const LOOK_AGAIN_MS = 5_000

interface Shown {
  campaign: ShopCampaign
  item: ShopCampaign['items'][number]
  /** Null: nobody has opened it yet. */
  group: Group | null
  /** My own seat in it. */
  mine: MyGroup | null
  others: Awaited<ReturnType<typeof othersOf>>
}
const othersOf = (campaignId: string, storeId: string) =>
  api('GET /v1/campaigns/:campaignId/groups', { params: { campaignId }, query: { storeId } })

async function load(of: {
  groupId: string | null
  campaignId: string
  skuId: string
  storeId: string
  member: boolean
}): Promise<Shown> {
  const group = of.groupId ? await api('GET /v1/groups/:groupId', { params: { groupId: of.groupId } }) : null
  const campaignId = group?.campaignId ?? of.campaignId
  const storeId = group?.storeId ?? of.storeId
  const [campaign, others, seats] = await Promise.all([
    api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query: { storeId } }),
    othersOf(campaignId, storeId),
    of.member ? api('GET /v1/groups', { query: { limit: 50 } }) : null,
  ])
  const skuId = group?.goods?.skuId ?? of.skuId
  const item = campaign.items.find((each) => each.skuId === skuId) ?? campaign.items[0]
  if (!item) throw new Error('the campaign has no goods here')
  const mine =
    seats?.items.find(({ id, seat }) => id === group?.id && seat !== 'RELEASED' && seat !== 'REFUNDED') ??
    null
  return { campaign, item, group, mine, others }
}

/** 拼团: who sits in it, how it is made, all rules, and other groups of neighbours. Also where a group is opened. */
export default function GroupPage() {
  const groupId = useParam('id')
  const campaignId = useParam('campaignId') ?? ''
  const skuId = useParam('skuId') ?? ''
  const storeId = usePlace()?.storeId ?? ''
  const member = useCell(memberSession) !== null
  const key = groupId ?? (storeId ? `${campaignId}.${skuId}` : null)
  const page = useLoad(key && `group.${key}.${String(member)}`, () =>
    load({ groupId, campaignId, skuId, storeId, member }),
  )
  useAgain({
    on: page.data?.group?.state === 'OPEN',
    work: page.reload,
    restBefore: () => LOOK_AGAIN_MS,
  })
  const passing = usePassingOn({
    subject: groupId ? { kind: 'group', id: groupId } : { kind: 'campaign', id: campaignId },
    ...(page.data ? { storeId: page.data.campaign.storeId } : {}),
    page: 'group',
    query: groupId ? { id: groupId } : { campaignId, skuId },
    title: page.data ? `${page.data.item.name} 拼团价 ${yuanText(page.data.item.priceFen)}` : '邻里拼团',
  })
  return (
    <Screen
      title="邻里拼团"
      className="group"
      bar={page.data ? <Bar shown={page.data} passing={passing} /> : undefined}
    >
      <NavBar title="邻里拼团" />
      <Gate loaded={page} skeleton={<RowBones count={5} />} safe="付的钱和座位都记着，不会丢">
        {({ campaign, item, group, mine, others }) => (
          <>
            <GoodsHead campaign={campaign} item={item} />
            {group && (
              <Seats group={group}>
                {mine && group.state === 'OPEN' && (
                  <PassOn
                    passing={passing}
                    note={`分享不给奖励，也不强制。${group.rungs.length > 1 ? '人越多，大家都越便宜' : '拼成了大家都是这个价'}`}
                  />
                )}
                {mine && (
                  <Button look="line" size="full" onPress={() => openPage('order', { id: mine.orderId })}>
                    看我的订单
                  </Button>
                )}
              </Seats>
            )}
            <Ladder campaign={campaign} item={item} group={group} />
            <How campaign={campaign} />
            <Rules campaign={campaign} item={item} />
            <Others groups={others.items.filter(({ id }) => id !== group?.id)} now={campaign.now} />
          </>
        )}
      </Gate>
    </Screen>
  )
}

/** What a stranger does next: buy alone, join, or open a group. */
function Bar({ shown: { campaign, item, group, mine }, passing }: { shown: Shown; passing: Passing }) {
  const terms = groupTermsOf(campaign)
  const buy = async (groupId: string | null) => {
    if (!(await ensureMember())) return
    openPage('checkout', {
      id: item.productId,
      skuId: item.skuId,
      quantity: '1',
      campaignId: campaign.id,
      anyTime: '1',
      ...(groupId ? { groupId } : {}),
    })
  }
  const open = campaign.state === 'LIVE' && !campaign.paused && item.left > 0
  const joins = group !== null && isJoinable(group, Date.parse(group.now))
  return (
    <>
      <Button look="line" onPress={() => openPage('product', { id: item.productId })}>
        {`单独买 ${yuanText(item.aloneFen)}`}
      </Button>
      {mine && group?.state === 'OPEN' ? (
        mine.seat === 'SEATED' ? (
          <Button size="full" className="group-go" onPress={() => openPage('pay', { id: mine.orderId })}>
            先去付款
          </Button>
        ) : (
          <FriendButton
            passing={passing}
            className="group-go"
            label={wantedOf(group) > 0 ? `再邀请 ${wantedOf(group)} 位` : '分享给邻居'}
          />
        )
      ) : (
        <Button
          size="full"
          className="group-go"
          disabled={!open}
          onPress={() => buy(joins ? group.id : null)}
        >
          {open
            ? `${joins ? '参团' : `开 ${terms?.size ?? ''} 人团`} ${yuanText(item.priceFen)}`
            : campaign.state === 'LIVE'
              ? '现在不能参加'
              : '活动结束了'}
        </Button>
      )}
    </>
  )
}
