import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Box, Field, Press, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tabs } from '../../../components/tabs'
import { yuanText } from '../../../models/money'
import { clockOf, momentOf } from '../../../models/times'
import type { CounterBill, CounterRefund } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { replacePage } from '../../../services/routes'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { staffStore } from '../staff-store'
import { Till } from './till'
import { TopUps } from './top-up'
import '../desk/index.scss'
import './index.scss'

const TABS = { bills: '到店收款', refunds: '待柜台退款', topUps: '充值' } as const
type TabKey = keyof typeof TABS

/** 柜台: orders that wait for money, taken in cash or by card, money that shoppers get back here, and money they pay ahead. */
export default function CounterPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [tab, setTab] = useState<TabKey>('bills')
  const [bill, setBill] = useState<CounterBill | null>(null)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  if (!staff) return <Screen title="柜台">{null}</Screen>
  const { topUps, ...others } = TABS
  const tabs = staff.who.permissions.includes('value.top_up') ? { ...others, topUps } : others
  if (!store)
    return (
      <Screen title="柜台">
        <NavBar title="柜台" />
        <Notice drawing="pin" title="先选在哪家店" note="回到店员页，选好今天所在的门店，再来收款。" />
      </Screen>
    )
  return (
    <Screen title="柜台" className="counter">
      <NavBar title={`柜台 · ${store.name}`} />
      {bill ? (
        <Till bill={bill} onClose={() => setBill(null)} />
      ) : (
        <>
          <Tabs<TabKey>
            label="柜台"
            tabs={tabs}
            chosen={tab}
            onChoose={setTab}
            look="dark"
            className="counter-tabs"
          />
          {tab === 'bills' && <Bills storeId={store.id} onOpen={setBill} />}
          {tab === 'refunds' && <Refunds storeId={store.id} />}
          {tab === 'topUps' && <TopUps storeId={store.id} />}
        </>
      )}
    </Screen>
  )
}

function Bills({ storeId, onOpen }: { storeId: string; onOpen: (bill: CounterBill) => void }) {
  const [typed, setTyped] = useState('')
  const tail = /^\d{4,16}$/.test(typed) ? typed : ''
  const list = useLoad(`counter.bills.${storeId}.${tail}`, () =>
    floorApi('GET /staff/v1/stores/:storeId/unpaid-orders', {
      params: { storeId },
      query: tail === '' ? {} : { tail },
    }),
  )
  return (
    <>
      <Box className="counter-find">
        <Field
          label="订单号或尾号"
          kind="digits"
          placeholder="订单号，或最后四位以上"
          value={typed}
          maxLength={16}
          onValue={(value) => setTyped(value.replace(/\D/g, ''))}
        />
      </Box>
      <Gate loaded={list} skeleton={<RowBones count={3} />} safe="订单都存在系统里">
        {({ items }) =>
          items.length === 0 ? (
            <Notice
              drawing="box"
              title={tail === '' ? '没有等付款的订单' : '没有这样的待付款订单'}
              note="已经付过、取消了，或是别家店的单不在这里"
            />
          ) : (
            items.map((bill) => (
              <Press key={bill.orderId} className="counter-card" onPress={() => onOpen(bill)}>
                <Box className="counter-row">
                  <Words className="ll-strong">{bill.customer}</Words>
                  <Words className="counter-sum">{yuanText(bill.dueFen)}</Words>
                </Box>
                <Box className="counter-row ll-quiet">
                  <Words>{`${bill.state === 'WAIT_BALANCE' ? '预售尾款 · ' : ''}${bill.first}${bill.pieces > 1 ? ` 等 ${bill.pieces} 件` : ''}`}</Words>
                  <Words>{`尾号 ${bill.no.slice(-4)} · ${clockOf(bill.placedAt)} 下单`}</Words>
                </Box>
              </Press>
            ))
          )
        }
      </Gate>
    </>
  )
}

const WAYS = { cash: '退现金', card: '刷卡机上退回卡里' } as const

function Refunds({ storeId }: { storeId: string }) {
  const list = useLoad(`counter.refunds.${storeId}`, () =>
    floorApi('GET /staff/v1/stores/:storeId/counter-refunds', { params: { storeId } }),
  )
  const handBack = async ({ id, amountFen }: CounterRefund) => {
    try {
      await floorApi('POST /staff/v1/counter-refunds/:refundId/handing', {
        params: { refundId: id },
        body: { expectFen: amountFen },
      })
      say(`${yuanText(amountFen)} 退好了，记在您名下`)
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await list.reload()
  }
  return (
    <Gate loaded={list} skeleton={<RowBones count={2} />} safe="要退的钱都记着">
      {({ items }) =>
        items.length === 0 ? (
          <Notice drawing="box" title="没有等着退的钱" note="柜台收的现金和刷卡，退款时会出现在这里" />
        ) : (
          items.map((refund) => (
            <Box key={refund.id} as="section" className="counter-card">
              <Box className="counter-row">
                <Words className="ll-strong">{`订单尾号 ${refund.orderNo.slice(-4)}`}</Words>
                <Words className="counter-sum">{yuanText(refund.amountFen)}</Words>
              </Box>
              <Box className="ll-quiet">
                {`${WAYS[refund.provider]}${refund.slip ? `，原凭证 ${refund.slip}` : ''} · ${refund.reason}`}
              </Box>
              <Box className="counter-row">
                <Words className="ll-quiet">{`${momentOf(refund.since, Date.now())} 起等着`}</Words>
                <Button look="soft" size="small" busyText="正在记" onPress={() => handBack(refund)}>
                  当面退给顾客了
                </Button>
              </Box>
            </Box>
          ))
        )
      }
    </Gate>
  )
}
