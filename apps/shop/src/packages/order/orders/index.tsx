import { useState } from 'react'
import { Button } from '../../../components/button'
import { Box, Picture, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tabs } from '../../../components/tabs'
import { aftersaleWord } from '../../../models/aftersale-words'
import { isWaiting, pickupPhrase, STATE_WORDS, stateWord } from '../../../models/order-words'
import { momentOf } from '../../../models/times'
import type { AftersaleSummary, OrderSummary } from '../../../models/wire'
import { api, mediaUrl, memberSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { buyAgain, openAftersales } from '../../../services/orders'
import { usePaged } from '../../../services/paged'
import { openPage, openTab, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { Receipts } from './receipts'
import './index.scss'

/** One tab for each state, so that no order is left out; and what was bought at tills, which is no order. */
const TABS = { all: '全部', receipts: '门店小票', ...STATE_WORDS } as const
type TabKey = keyof typeof TABS
type OrdersTab = Exclude<TabKey, 'receipts'>
const PAGE_SIZE = 20

const ordersOf = (tab: OrdersTab, cursor?: string) =>
  api('GET /v1/orders', {
    query: { limit: PAGE_SIZE, ...(tab !== 'all' && { state: tab }), ...(cursor && { cursor }) },
  })

/** 我的订单, newest first. */
export default function OrdersPage() {
  const wanted = useParam('tab')
  const member = useCell(memberSession)
  const [tab, setTab] = useState<TabKey>(wanted && wanted in TABS ? (wanted as TabKey) : 'all')
  return (
    <Screen title="我的订单" className="orders">
      <NavBar title="我的订单" />
      <Tabs label="订单状态" tabs={TABS} chosen={tab} onChoose={setTab} look="scroll" />
      {member ? (
        tab === 'receipts' ? (
          <Receipts owner={member.who.id} />
        ) : (
          <Orders key={tab} owner={member.who.id} tab={tab} />
        )
      ) : (
        <Notice drawing="list" title="登录后看订单">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

function Orders({ owner, tab }: { owner: string; tab: OrdersTab }) {
  const { list, more } = usePaged(
    `orders.${owner}.${tab}`,
    (cursor) => ordersOf(tab, cursor),
    tab === 'PAID' || tab === 'READY',
  )
  // What is asked for after paying is worth seeing before the order is opened.
  const asked = useLoad(`aftersales.open.${owner}`, openAftersales)
  return (
    <Gate loaded={list} skeleton={<RowBones count={3} />} safe="订单都存在店里的系统，不会丢">
      {(data) =>
        data.items.length === 0 ? (
          <Notice
            drawing="list"
            title={tab === 'all' ? '还没有订单' : `没有${TABS[tab]}的订单`}
            note="挑几样，备好了到店取"
          >
            <Button onPress={() => openTab('category')}>去逛逛</Button>
          </Notice>
        ) : (
          <>
            {data.items.map((order) => (
              <OrderCard key={order.id} order={order} asked={asked.data?.[order.id]} />
            ))}
            {data.nextCursor && (
              <Box className="orders-more">
                <Button look="line" size="small" busyText="正在取" onPress={more}>
                  再看一些
                </Button>
              </Box>
            )}
          </>
        )
      }
    </Gate>
  )
}

function OrderCard({ order, asked }: { order: OrderSummary; asked: AftersaleSummary | undefined }) {
  const now = Date.now()
  const word = stateWord(order)
  const open = () => openPage('order', { id: order.id })
  const again = async () => buyAgain(await api('GET /v1/orders/:orderId', { params: { orderId: order.id } }))
  const note =
    order.state === 'PENDING_PAY' && order.expiresAt
      ? `${momentOf(order.expiresAt, now)} 前付款`
      : order.state === 'WAIT_BALANCE' && order.expiresAt
        ? `尾款 ${momentOf(order.expiresAt, now)} 前付清`
        : order.state === 'WAIT_GOODS' && order.goodsBy
          ? `最晚 ${momentOf(order.goodsBy, now)} 到店`
          : isWaiting(order)
            ? pickupPhrase(order, now)
            : momentOf(order.placedAt, now)
  return (
    <Box as="section" className="orders-card">
      <Press className="orders-head" label={`${order.storeName}，${word}，${note}，看详情`} onPress={open}>
        <Icon name="shop" size={18} />
        <Words className="ll-strong">{order.storeName}</Words>
        <Words className={`orders-state orders-state-${order.state}`}>{word}</Words>
      </Press>
      <Press className="orders-body" label={`${order.pieces} 件，看详情`} onPress={open}>
        <Box className="orders-pictures">
          {order.pictures.slice(0, 4).map(({ name, picture }, i) => (
            <Box key={i} className="orders-picture">
              {picture ? <Picture src={mediaUrl(picture.s)} alt={name} /> : <Words>{name.slice(0, 1)}</Words>}
            </Box>
          ))}
        </Box>
        <Box className="orders-sums">
          <Price fen={order.totalFen} size="s" />
          <Box className="ll-quiet orders-small">共 {order.pieces} 件</Box>
        </Box>
      </Press>
      <Box className="orders-foot">
        <Words className="orders-note">{asked ? `售后：${aftersaleWord(asked)}` : note}</Words>
        {order.state === 'WAIT_BALANCE' || order.state === 'WAIT_GOODS' ? (
          <Button size="small" look="line" onPress={open}>
            看进度
          </Button>
        ) : order.state === 'PENDING_PAY' ? (
          <Button size="small" onPress={() => openPage('pay', { id: order.id })}>
            去付款
          </Button>
        ) : isWaiting(order) ? (
          <Button size="small" look="leaf" onPress={open}>
            提货码
          </Button>
        ) : (
          <Button
            size="small"
            look="line"
            busyText="正在加"
            onPress={() => again().catch((error: unknown) => say(troubleFrom(error).text))}
          >
            再来一单
          </Button>
        )}
      </Box>
    </Box>
  )
}
