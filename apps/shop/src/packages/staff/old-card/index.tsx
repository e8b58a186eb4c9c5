import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Notice } from '../../../components/states'
import { oldCardText, readShown } from '../../../models/old-cards'
import type { MemberAtDesk, SeenCard } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { CodeEntry } from '../code-entry'
import { staffStore } from '../staff-store'
import './index.scss'

/** 绑老会员卡: who stands here, the card they brought, and one button. Nothing changes before it. */
export default function OldCardPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [member, setMember] = useState<MemberAtDesk | null>(null)
  const [card, setCard] = useState<SeenCard | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  if (!staff) return <Screen title="绑老会员卡">{null}</Screen>
  if (!store)
    return (
      <Screen title="绑老会员卡">
        <NavBar title="绑老会员卡" />
        <Notice drawing="box" title="先看清在哪家店" note="回店员页选好门店，再来绑卡">
          <Button onPress={() => replacePage('staffDesk')}>回店员页</Button>
        </Notice>
      </Screen>
    )
  const storeId = store.id

  const attempt = async (work: () => Promise<void>) => {
    setFault(null)
    try {
      await work()
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  const identify = async (text: string) => {
    const shown = readShown(text)
    if (!shown) return setFault('扫会员卡上的码，或者输手机尾四位加六位会员码')
    await attempt(async () =>
      setMember(await floorApi('POST /staff/v1/member-identifications', { body: { storeId, shown } })),
    )
  }
  const see = (no: string) =>
    attempt(async () =>
      setCard(await floorApi('POST /staff/v1/old-card-lookups', { body: { storeId, no: no.trim() } })),
    )
  const bind = () =>
    attempt(async () => {
      if (!member || !card) return
      setCard(
        await floorApi('POST /staff/v1/old-card-bindings', {
          body: { storeId, no: card.no, memberId: member.id },
        }),
      )
    })
  const again = () => {
    setMember(null)
    setCard(null)
    setFault(null)
  }
  return (
    <Screen title="绑老会员卡" className="old-card">
      <NavBar title={`绑老会员卡 · ${store.name}`} />
      {!member && (
        <CodeEntry
          title="先认顾客"
          note="扫会员卡，或输手机尾号加六位码"
          name="会员码"
          verb="认出顾客"
          fault={fault}
          onFault={setFault}
          onCode={identify}
        />
      )}
      {member && <Who member={member} />}
      {member && !card && (
        <CodeEntry
          key="card"
          title="再看卡"
          note="卡要在您手上，照卡面输卡号"
          name="卡号"
          verb="查这张卡"
          fault={fault}
          onFault={setFault}
          onCode={see}
        />
      )}
      {member && card && <CardSeen card={card} fault={fault} onBind={bind} onAgain={again} />}
    </Screen>
  )
}

const Who = ({ member: { name, phoneTail } }: { member: MemberAtDesk }) => (
  <Panel className="old-card-who">
    <SumLine name="顾客" value={name} strong />
    <SumLine name="手机尾号" value={phoneTail ?? '没绑手机'} />
  </Panel>
)

interface CardSeenProps {
  card: SeenCard
  fault: string | null
  onBind: () => Promise<void>
  onAgain: () => void
}
function CardSeen({ card, fault, onBind, onAgain }: CardSeenProps) {
  const [wanted, setWanted] = useState(false)
  const done = wanted && card.state === 'bound'
  return (
    <Panel title={done ? '绑好了' : `卡号 ${card.no}`}>
      <SumLine name="登记姓名" value={card.name ?? '没有记'} />
      <SumLine name="登记手机尾号" value={card.phoneTail ?? '没有记'} />
      <Box className="old-card-text">{oldCardText(card)}</Box>
      {done ? (
        <Box className="old-card-note" role="status">
          <Icon name="check" size={18} />
          <Words>积分已经到顾客账上</Words>
        </Box>
      ) : (
        <Box className="old-card-note">
          {card.state === 'free' && '请问顾客姓名或老手机号，和上面对得上再绑'}
          {card.state === 'lost' && '这张卡挂失了，请找店长'}
          {card.state === 'bound' && '这张卡已经绑给一位会员，绑错了请找店长解绑'}
        </Box>
      )}
      {fault && (
        <Box className="old-card-note" role="alert">
          {fault}
        </Box>
      )}
      {card.state === 'free' && (
        <Button
          size="full"
          busyText="正在绑"
          onPress={() => {
            setWanted(true)
            return onBind()
          }}
        >
          对上了，绑给这位顾客
        </Button>
      )}
      <Button look="line" size="full" className="old-card-more" onPress={done ? goBack : onAgain}>
        {done ? '回到店员页' : '换一位顾客或一张卡'}
      </Button>
    </Panel>
  )
}
