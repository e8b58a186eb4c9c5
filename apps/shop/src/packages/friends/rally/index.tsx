import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { PassOn } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { cutRows, helpedText, helpText, isOpen, seatsOf, standing, thanksText } from '../../../models/rallies'
import type { Rally } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { type Passing, usePassingOn } from '../../../services/passing-on'
import { buyReached, helpWith, startRally } from '../../../services/rallies'
import { openPage, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { CutTable, GoodsHead, PASSING_NOTE, Rules, Seats } from '../parts'

/** A bargain or an assist: how far it came, what is published of it, and the one thing to do now, for its owner or a friend. */
export default function RallyPage() {
  const rallyId = useParam('id') ?? ''
  const member = useCell(memberSession)
  const rally = useLoad(member ? `rally.${rallyId}.${member.who.id}` : null, () =>
    api('GET /v1/rallies/:rallyId', { params: { rallyId } }),
  )
  const passing = usePassingOn({
    subject: { kind: 'rally', id: rallyId },
    ...(rally.data ? { storeId: rally.data.storeId } : {}),
    page: 'rally',
    query: { id: rallyId },
    title: rally.data ? `帮我一下：${rally.data.goods?.name ?? rally.data.name}` : '邻里',
  })
  return (
    <Screen title="好友帮忙" className="friends">
      <NavBar title={rally.data?.name ?? '好友帮忙'} />
      {member ? (
        <Gate loaded={rally} skeleton={<RowBones count={3} />} safe="帮过的都算数">
          {(data) => <Whole rally={data} put={rally.put} passing={passing} />}
        </Gate>
      ) : (
        <Notice drawing="heart" title="朋友请您帮个忙" note="登录后先看商品和规则，再决定帮不帮">
          <Button size="full" busyText="正在登录" onPress={ensureMember}>
            登录看看
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

interface WholeProps {
  rally: Rally
  put: (rally: Rally) => void
  passing: Passing
}

function Whole({ rally, put, passing }: WholeProps) {
  const { goods, campaignId, storeId, kind } = rally
  const campaign = useLoad(`campaign.${campaignId}.${storeId}`, () =>
    api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query: { storeId } }),
  )
  const said = standing(rally)
  return (
    <>
      {goods && (
        <GoodsHead goods={goods} tag={`${rally.need} 位朋友`} note={`${rally.owner} 发起 · 到店自提`} />
      )}
      <Panel className="friends-standing">
        <Box as="h2" className="friends-title">
          {said.title}
        </Box>
        <Box className="friends-note">{said.note}</Box>
        {kind === 'assist' && rally.reward && (
          <Box className="friends-note">{`凑齐了，${rally.owner} 得一张「${rally.reward}」`}</Box>
        )}
        <Seats seats={seatsOf(rally)} />
        {rally.mine ? (
          <OwnerActs rally={rally} passing={passing} />
        ) : (
          <FriendActs rally={rally} put={put} ended={campaign.data?.state === 'ENDED'} />
        )}
      </Panel>
      {goods && <CutTable rows={cutRows(goods, rally.helps)} />}
      {campaign.data && <Rules rules={campaign.data.rules} />}
    </>
  )
}

function OwnerActs({ rally, passing }: Pick<WholeProps, 'rally' | 'passing'>) {
  const { state, kind, orderId } = rally
  if (state === 'REACHED' && kind === 'bargain')
    return (
      <Button size="full" className="friends-big" busyText="正在打开" onPress={() => buyReached(rally)}>
        去按底价下单
      </Button>
    )
  if (state === 'REACHED')
    return (
      <Button size="full" look="soft" onPress={() => openPage('coupons')}>
        看我的优惠券
      </Button>
    )
  if (state === 'ORDERED' && orderId)
    return (
      <Button size="full" look="soft" onPress={() => openPage('order', { id: orderId })}>
        看这一单
      </Button>
    )
  if (!isOpen(rally))
    return (
      <Button size="full" look="soft" busyText="正在打开" onPress={() => again(rally)}>
        再发起一次
      </Button>
    )
  return <PassOn passing={passing} note={PASSING_NOTE} />
}

const again = ({ campaignId, storeId }: Rally): Promise<void> => startRally({ id: campaignId, storeId })

function FriendActs({ rally, put, ended }: { rally: Rally; put: (rally: Rally) => void; ended: boolean }) {
  const mineToo = !ended && (
    <Button size="full" look="line" busyText="正在打开" onPress={() => again(rally)}>
      {rally.kind === 'bargain' ? '我也要砍' : '我也要发起'}
    </Button>
  )
  if (!isOpen(rally) || rally.helped)
    return (
      <Box className="friends-acts">
        {rally.helped && <Box className="friends-note">您帮过了，谢谢</Box>}
        {mineToo}
      </Box>
    )
  const tap = async () => {
    const answer = await helpWith(rally)
    if (!answer) return
    put(answer.rally)
    say(helpedText(answer))
  }
  return (
    <>
      <Button size="full" look="leaf" className="friends-big" busyText="正在帮" onPress={tap}>
        {helpText(rally)}
      </Button>
      <Box className="friends-small">{thanksText(rally)}</Box>
    </>
  )
}
