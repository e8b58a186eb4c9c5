import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { Batches, FlashGoods } from '../../../components/flash'
import { NavBar } from '../../../components/nav-bar'
import { PassOn } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { momentWords, phaseOf, sessionsOf, waitWords } from '../../../models/flash'
import { clockOf } from '../../../models/times'
import type { FlashSale } from '../../../models/wire'
import { memberSession } from '../../../services/api'
import { comeIn, sayHere, useFlashSales, type Waiting } from '../../../services/flash'
import { usePassingOn } from '../../../services/passing-on'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import { ReserveButton } from './reserve-button'
import './index.scss'

type Item = FlashSale['items'][number]

/** 秒杀会场: what sells in a flash in this store, now and soon. Times are of the server; nothing here runs down. */
export default function HallPage() {
  const { loaded, now } = useFlashSales(true)
  const first = loaded.data?.sales[0]
  const passing = usePassingOn({
    subject: { kind: 'campaign', id: first?.id ?? '' },
    ...(first ? { storeId: first.storeId } : {}),
    page: 'flash',
    query: {},
    title: first ? `秒杀会场：${first.items[0]?.name ?? first.name}` : '邻里秒杀会场',
  })
  return (
    <Screen title="秒杀会场" className="hall">
      <NavBar title="秒杀会场" />
      <Gate loaded={loaded} skeleton={<RowBones count={3} />} safe="抢到的都在「我的订单」里">
        {({ sales }) =>
          sales.length === 0 ? (
            <Notice drawing="bags" title="这家店现在没有秒杀" note="有新的会摆在首页">
              <Button onPress={() => openTab('home')}>回首页</Button>
            </Notice>
          ) : (
            <>
              {sales.map((sale) => (
                <Sale key={sale.id} sale={sale} now={now()} onChange={loaded.reload} />
              ))}
              <Panel title="告诉朋友">
                <PassOn passing={passing} note="转发没有奖励，也不强制；谁来都按一样的先后" />
              </Panel>
            </>
          )
        }
      </Gate>
    </Screen>
  )
}

interface SaleProps {
  sale: FlashSale
  now: number
  onChange: () => Promise<void>
}

function Sale({ sale, now, onChange }: SaleProps) {
  const sessions = sessionsOf(sale)
  const phase = phaseOf(sale, now)
  const member = useCell(memberSession)
  useEffect(() => {
    if (member && phase.kind === 'live') sayHere(sale.id)
  }, [member, phase.kind, sale.id])
  return (
    <Panel title={sale.name} note={phase.kind === 'live' ? `${clockOf(phase.until)} 结束` : '还没开始'}>
      {sessions.length > 1 && (
        <Box as="ul" className="hall-sessions" label="场次">
          {sessions.map(({ from, until }) => (
            <Box
              as="li"
              key={from}
              className={Date.parse(until) <= now ? 'hall-session hall-over' : 'hall-session'}
            >
              <Words>{momentWords(from, now)}</Words>
              <Words>{`到 ${clockOf(until)}`}</Words>
            </Box>
          ))}
        </Box>
      )}
      {sale.items.map((item) => (
        <Box key={item.skuId} className="hall-item">
          <FlashGoods sale={sale} item={item} />
          <Batches sale={sale} item={item} now={now} />
          {phase.kind === 'live' ? (
            <Grab sale={sale} item={item} onChange={onChange} />
          ) : (
            <Words className="hall-state">
              {phase.kind === 'soon'
                ? `${momentWords(phase.at, now)} 开抢`
                : phase.kind === 'paused'
                  ? '暂停了，请过一会儿再来'
                  : '已经结束'}
            </Words>
          )}
        </Box>
      ))}
      {phase.kind === 'soon' && <ReserveButton sale={sale} owner={member?.who.id ?? null} />}
      <Rules sale={sale} />
    </Panel>
  )
}

/** Asks at the gate, waits in line where there is one, and leads on to the checkout with a pass. */
function Grab({ sale, item, onChange }: { sale: FlashSale; item: Item; onChange: () => Promise<void> }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const here = useRef(true)
  const grab = async () => {
    if (!(await ensureMember())) return
    here.current = true
    const pass = await comeIn(sale, item.skuId, (turn) => {
      if (here.current) setWaiting(turn)
      return here.current
    })
    setWaiting(null)
    if (pass === null) return onChange()
    openPage('checkout', {
      id: item.productId,
      skuId: item.skuId,
      quantity: '1',
      campaignId: sale.id,
      pass,
    })
  }
  const leave = () => {
    here.current = false
    setWaiting(null)
  }
  return (
    <>
      {waiting && (
        <Box className="hall-line" role="status">
          <Words className="hall-place">{waitWords(waiting)}</Words>
          <Words className="ll-quiet">请别离开这一页，轮到您会自动去结算</Words>
          <Button look="line" size="small" onPress={leave}>
            不排了
          </Button>
        </Box>
      )}
      <Button className="hall-grab" size="full" disabled={item.left === 0} busyText="正在排队" onPress={grab}>
        {item.left === 0 ? soldOutWords(sale) : `抢一${item.unit}`}
      </Button>
    </>
  )
}

/** More is released later, or somebody does not pay: then there are pieces again. */
const soldOutWords = ({ terms, now }: FlashSale): string => {
  const next =
    terms.kind === 'flash' ? terms.batches.find(({ at }) => Date.parse(at) > Date.parse(now)) : undefined
  return next ? `这一批抢完了，${clockOf(next.at)} 再放` : '抢完了，有人没付款会再放出来'
}

function Rules({ sale }: { sale: FlashSale }) {
  return (
    <Box as="ul" className="hall-rules" label="规则">
      {sale.rules.map(({ title, words }) => (
        <Box as="li" key={title} className="hall-rule">
          <Words className="hall-rule-title">{title}</Words>
          <Words className="hall-rule-words">{words}</Words>
        </Box>
      ))}
    </Box>
  )
}
