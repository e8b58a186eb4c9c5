import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { PassOn } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Steps } from '../../../components/steps'
import { Gate, RowBones } from '../../../components/states'
import { cutRows, shortText } from '../../../models/rallies'
import { momentOf } from '../../../models/times'
import type { RallyOffer, ShopCampaign } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { type Passing, usePassingOn } from '../../../services/passing-on'
import { startInvite, startRally } from '../../../services/rallies'
import { useParam } from '../../../services/routes'
import { CutTable, GoodsHead, PASSING_NOTE, Rules } from '../parts'

/** A campaign in which friends help, before anything is begun: the goods, the whole table, all the rules, and one button. */
export default function FriendsCampaignPage() {
  const campaignId = useParam('id') ?? ''
  const storeId = useParam('store') ?? ''
  const loaded = useLoad(`friends.${campaignId}.${storeId}`, async () => {
    const [campaign, offer] = await Promise.all([
      api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query: { storeId } }),
      api('GET /v1/campaigns/:campaignId/rally-offer', { params: { campaignId } }),
    ])
    return { campaign, offer }
  })
  const campaign = loaded.data?.campaign
  const passing = usePassingOn({
    subject: { kind: 'campaign', id: campaignId },
    storeId,
    page: 'friendsCampaign',
    query: { id: campaignId, store: storeId },
    title: campaign?.items[0]?.name ?? campaign?.name ?? '邻里',
  })
  return (
    <Screen
      title={campaign?.name ?? '活动'}
      className="friends"
      bar={campaign ? <Start campaign={campaign} /> : undefined}
    >
      <NavBar title={campaign?.name ?? '活动'} />
      <Gate loaded={loaded} skeleton={<RowBones count={3} />} safe="发起过的都还在">
        {(data) => <Whole {...data} passing={passing} />}
      </Gate>
    </Screen>
  )
}

interface WholeProps {
  campaign: ShopCampaign
  offer: RallyOffer
  passing: Passing
}

function Whole({ campaign, offer, passing }: WholeProps) {
  const { terms, items, now } = campaign
  const [item] = items
  return (
    <>
      {item && terms.kind === 'bargain' && (
        <GoodsHead
          goods={{ ...item, startFen: terms.startFen, floorFen: item.priceFen }}
          tag={`${offer.need} 位朋友`}
          note={`还能砍 ${item.left} ${item.unit} · 到店自提`}
        />
      )}
      {terms.kind !== 'bargain' && (
        <Panel title={shortText(campaign)}>
          <Box className="friends-note">
            {offer.reward
              ? `${offer.need > 0 ? '凑齐了' : '每位朋友算数，您'}得一张「${offer.reward}」`
              : '券已经发完了'}
          </Box>
        </Panel>
      )}
      {offer.need > 0 && (
        <Steps
          steps={[
            { name: '发起', state: 'now' },
            { name: `${offer.need} 位朋友点一下`, state: 'later' },
            { name: terms.kind === 'bargain' ? '按底价下单' : '券进券包', state: 'later' },
          ]}
        />
      )}
      {terms.kind === 'bargain' && <CutTable rows={cutRows(terms)} />}
      {offer.helperCoupon && (
        <Panel title="来的朋友">
          <Box className="friends-note">{`每位得一张「${offer.helperCoupon}」，人人一样`}</Box>
        </Panel>
      )}
      <Panel title="活动时间">
        <Box className="friends-note">
          {`${momentOf(campaign.startsAt, Date.parse(now))} 到 ${momentOf(campaign.endsAt, Date.parse(now))}`}
        </Box>
      </Panel>
      <Rules rules={campaign.rules} />
      {campaign.state !== 'ENDED' && (
        <Panel title="告诉朋友">
          <PassOn passing={passing} note={PASSING_NOTE} />
        </Panel>
      )}
    </>
  )
}

/** Why it cannot be begun now; null when it can. */
function hurdleOf({ state, paused, startsAt, now, items, terms }: ShopCampaign): string | null {
  if (state === 'ENDED') return '活动结束了'
  if (startsAt > now) return `${momentOf(startsAt, Date.parse(now))} 开始`
  if (paused) return '活动暂停了'
  return terms.kind === 'bargain' && (items[0]?.left ?? 0) < 1 ? '货都被留走了，晚点再看' : null
}

function Start({ campaign }: { campaign: ShopCampaign }) {
  const hurdle = hurdleOf(campaign)
  const { terms } = campaign
  return (
    <Button
      size="full"
      disabled={hurdle !== null}
      busyText="正在发起"
      onPress={() => (terms.kind === 'share_off' ? startInvite(campaign) : startRally(campaign))}
    >
      {hurdle ??
        (terms.kind === 'bargain' ? '发起砍价' : terms.kind === 'assist' ? '发起助力' : '分享给朋友')}
    </Button>
  )
}
