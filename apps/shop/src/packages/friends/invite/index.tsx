import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { PassOn } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { inviteAsk, inviteText } from '../../../models/rallies'
import { momentOf } from '../../../models/times'
import type { Invite } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { type Passing, usePassingOn } from '../../../services/passing-on'
import { openInvite } from '../../../services/rallies'
import { openPage, openTab, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { PASSING_NOTE, Rules } from '../parts'

/** What somebody passed on: for them how far it came, for a friend what it is about and one button. */
export default function InvitePage() {
  const inviteId = useParam('id') ?? ''
  const member = useCell(memberSession)
  const invite = useLoad(member ? `invite.${inviteId}.${member.who.id}` : null, () =>
    api('GET /v1/invites/:inviteId', { params: { inviteId } }),
  )
  const passing = usePassingOn({
    subject: { kind: 'invite', id: inviteId },
    ...(invite.data ? { storeId: invite.data.storeId } : {}),
    page: 'invite',
    query: { id: inviteId },
    title: invite.data?.name ?? '邻里',
  })
  return (
    <Screen title="朋友分享" className="friends">
      <NavBar title={invite.data?.name ?? '朋友分享'} />
      {member ? (
        <Gate loaded={invite} skeleton={<RowBones count={3} />} safe="来过的朋友都算着">
          {(data) => <Whole invite={data} put={invite.put} passing={passing} />}
        </Gate>
      ) : (
        <Notice drawing="heart" title="朋友给您分享了活动" note="登录后先看规则，再决定要不要">
          <Button size="full" busyText="正在登录" onPress={ensureMember}>
            登录看看
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

interface WholeProps {
  invite: Invite
  put: (invite: Invite) => void
  passing: Passing
}

function Whole({ invite, put, passing }: WholeProps) {
  const { campaignId, storeId, endsAt, now, mine, reward, friendCoupon } = invite
  const campaign = useLoad(`campaign.${campaignId}.${storeId}`, () =>
    api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query: { storeId } }),
  )
  return (
    <>
      <Panel className="friends-standing">
        <Box as="h2" className="friends-title">
          {mine ? inviteText(invite) : `${invite.owner} 请您来看看`}
        </Box>
        <Box className="friends-note">
          {mine ? `${momentOf(endsAt, Date.parse(now))} 截止` : inviteAsk(invite)}
        </Box>
        {mine && (
          <Box className="friends-note">
            {reward ? `每位朋友算数，您得一张「${reward}」` : '券已经发完了'}
          </Box>
        )}
        {friendCoupon && <Box className="friends-note">{`来的朋友得一张「${friendCoupon}」`}</Box>}
        <Box className="friends-gap">
          {mine ? <PassOn passing={passing} note={PASSING_NOTE} /> : <FriendActs invite={invite} put={put} />}
        </Box>
      </Panel>
      {campaign.data && <Rules rules={campaign.data.rules} />}
    </>
  )
}

function FriendActs({ invite, put }: { invite: Invite; put: (invite: Invite) => void }) {
  if (invite.joined !== null)
    return (
      <Button size="full" onPress={() => (invite.friendCoupon ? openPage('coupons') : openTab('category'))}>
        {invite.friendCoupon ? '看我的优惠券' : '去逛逛'}
      </Button>
    )
  if (invite.seen === null)
    return (
      <Button size="full" look="soft" onPress={() => openTab('category')}>
        您已经算过一位朋友的了，去逛逛
      </Button>
    )
  const tap = async () => {
    const answer = await openInvite(invite)
    if (!answer) return
    put(answer.invite)
    say(answer.coupon ? `「${answer.coupon}」在您的券包里` : '记下了，慢慢逛')
  }
  return (
    <Button size="full" look="leaf" className="friends-big" busyText="正在记" onPress={tap}>
      {invite.friendCoupon ? `领「${invite.friendCoupon}」` : '我来看看'}
    </Button>
  )
}
