import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tabs } from '../../../components/tabs'
import { Tag } from '../../../components/tag'
import { SHORTAGE_WORDS, STATE_WORDS } from '../../../models/order-words'
import { clockOf, momentOf } from '../../../models/times'
import { gramsText, toWeigh } from '../../../models/weight'
import type { HandoverSheet, ShortageChoice } from '../../../models/wire'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage, replacePage } from '../../../services/routes'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { staffStore, storesOf } from '../staff-store'
import { WeighSheet } from '../weigh'
import './index.scss'

const TABS = { PAID: STATE_WORDS.PAID, READY: STATE_WORDS.READY } as const
type TabKey = keyof typeof TABS

/** 店员: who waits for what, and the way to 交接. */
export default function StaffDeskPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [tab, setTab] = useState<TabKey>('PAID')
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  const mine = useLoad(staff ? `staff.stores.${staff.who.id}` : null, async () =>
    staff ? storesOf(staff.who) : [],
  )
  useEffect(() => {
    const [first] = mine.data ?? []
    if (first && !mine.data?.some((each) => each.id === store?.id))
      staffStore.set({ id: first.id, name: first.name })
  }, [mine.data, store])
  const list = useLoad(staff && store ? `pickups.${store.id}.${tab}` : null, async () =>
    floorApi('GET /staff/v1/stores/:storeId/pickups', {
      params: { storeId: store?.id ?? '' },
      query: { state: tab },
    }),
  )
  if (!staff) return <Screen title="店员">{null}</Screen>

  const nextStore = () => {
    const stores = mine.data ?? []
    const at = stores.findIndex((each) => each.id === store?.id)
    const next = stores[(at + 1) % stores.length]
    if (next) staffStore.set({ id: next.id, name: next.name })
  }
  const signOut = () => {
    void floorApi('DELETE /staff/v1/sessions/current').catch(() => undefined)
    staffSession.set(null)
  }
  return (
    <Screen
      title="店员"
      className="staff"
      bar={
        <>
          <Button look="line" icon="back" onPress={() => openPage('staffReturns')}>
            退换货
          </Button>
          <Button className="staff-bar-wide" icon="scan" onPress={() => openPage('handover')}>
            交接提货码
          </Button>
        </>
      }
    >
      <Box className="staff-head">
        <NavBar tone="light" title="店员" />
        <Box className="staff-who">
          <Box>
            <Box className="staff-store">{store?.name ?? ''}</Box>
            <Words>{staff.who.name}</Words>
          </Box>
          <Box className="staff-links">
            {(mine.data?.length ?? 0) > 1 && (
              <Press className="staff-link" onPress={nextStore}>
                换一家店
              </Press>
            )}
            {staff.who.permissions.includes('arrivals.write') && (
              <Press className="staff-link" onPress={() => openPage('arrivals')}>
                到货
              </Press>
            )}
            {staff.who.permissions.includes('counter.write') && (
              <Press className="staff-link" onPress={() => openPage('counter')}>
                柜台
              </Press>
            )}
            {staff.who.permissions.includes('cards.bind') && (
              <Press className="staff-link" onPress={() => openPage('oldCard')}>
                绑老卡
              </Press>
            )}
            {staff.who.permissions.includes('coupons.redeem') && (
              <Press className="staff-link" onPress={() => openPage('redeem')}>
                核销券
              </Press>
            )}
            <Press className="staff-link" onPress={() => openPage('staffGuide')}>
              我的引导
            </Press>
            <Press className="staff-link" onPress={() => openPage('staffPassword')}>
              改密码
            </Press>
            <Press className="staff-link" onPress={() => void list.reload()}>
              刷新
            </Press>
            <Press className="staff-link" onPress={signOut}>
              退出
            </Press>
          </Box>
        </Box>
        <Tabs
          label="待取订单"
          tabs={TABS}
          chosen={tab}
          onChoose={setTab}
          look="dark"
          className="staff-tabs"
        />
      </Box>
      <Gate loaded={list} skeleton={<RowBones count={3} />} safe="订单都存在系统里">
        {({ items }) =>
          items.length === 0 ? (
            <Notice
              drawing="box"
              title={tab === 'PAID' ? '没有要备的货' : '没有待自提的货'}
              note="新订单不会自己出现，点右上角「刷新」"
            />
          ) : (
            items.map((sheet) => <PickupCard key={sheet.orderId} sheet={sheet} onChanged={list.reload} />)
          )
        }
      </Gate>
    </Screen>
  )
}

function PickupCard({ sheet, onChanged }: { sheet: HandoverSheet; onChanged: () => Promise<void> }) {
  const [weighing, setWeighing] = useState(false)
  const left = toWeigh(sheet.lines).length
  const hasWeighed = sheet.lines.some(({ weight }) => weight !== null)
  const ready = async () => {
    try {
      await floorApi('POST /staff/v1/orders/:orderId/readiness', { params: { orderId: sheet.orderId } })
      say(`${sheet.customer}的货备好了`)
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await onChanged()
  }
  const pieces = sheet.lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <Box as="section" className="staff-card">
      <Box className="staff-card-head">
        <Words className="ll-strong">{sheet.customer}</Words>
        <Words className="ll-quiet staff-no">订单尾号 {sheet.no.slice(-4)}</Words>
        <Words className="staff-due">
          {sheet.slotStart
            ? `${momentOf(sheet.slotStart, Date.now())} 起取`
            : `${clockOf(sheet.placedAt)} 下单`}
        </Words>
      </Box>
      <Box as="ul">
        {sheet.lines.flatMap((line) => [
          <Box as="li" key={line.lineNo} className="staff-line">
            <Words className="staff-line-shelf">{line.shelf ?? ''}</Words>
            <Words className="staff-line-name">{line.name}</Words>
            {line.weight && line.weight.finalGrams !== null && (
              <Words className="ll-quiet">{gramsText(line.weight.finalGrams)}</Words>
            )}
            <Words className="ll-strong">
              {line.quantity} {line.unit}
            </Words>
          </Box>,
          ...line.components.map((part) => (
            <Box as="li" key={`${line.lineNo} ${part.name}`} className="staff-line staff-line-part">
              <Words className="staff-line-shelf">{part.shelf ?? ''}</Words>
              <Words className="staff-line-name">{part.name}</Words>
              <Words className="ll-strong">
                {part.quantity} {part.unit}
              </Words>
            </Box>
          )),
        ])}
      </Box>
      {sheet.remark !== '' && (
        <Box className="staff-remark">
          <Icon name="info" size={16} />
          <Words>{sheet.remark}</Words>
        </Box>
      )}
      <Box className="staff-card-foot">
        <Tag>{`缺货：${SHORTAGE_WORDS[sheet.ifShort as ShortageChoice].name}`}</Tag>
        <Box className="staff-card-acts">
          {hasWeighed && (
            <Button look={left > 0 ? 'soft' : 'line'} size="small" onPress={() => setWeighing(true)}>
              {left > 0 ? `称重 ${left} 样` : '改重量'}
            </Button>
          )}
          {sheet.state === 'PAID' && left === 0 && (
            <Button look="soft" size="small" busyText="正在记" onPress={ready}>
              {`${pieces} 件备好了`}
            </Button>
          )}
        </Box>
      </Box>
      {weighing && (
        <WeighSheet
          sheet={sheet}
          onWeighed={() => void onChanged()}
          onStale={() => void onChanged()}
          onClose={() => setWeighing(false)}
        />
      )}
    </Box>
  )
}
