import { useState } from 'react'
import { Button } from '../../components/button'
import { Cell, Panel } from '../../components/cells'
import { Box, Picture, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import type { IconName } from '../../components/icon-names'
import { NavBar } from '../../components/nav-bar'
import { Screen } from '../../components/screen'
import { Switch } from '../../components/switch'
import { pickupPhrase, STATE_WORDS } from '../../models/order-words'
import type { OrderState, OrderSummary } from '../../models/wire'
import { api, mediaUrl, memberSession } from '../../services/api'
import { elderFace } from '../../services/faces'
import { useLoad } from '../../services/load'
import { waitingOrders } from '../../services/orders'
import { usePlace } from '../../services/place'
import { openPage, type PageName } from '../../services/routes'
import { ensureMember, signOut } from '../../services/sign-in'
import { say } from '../../services/toast'
import { useCell } from '../../services/watch'
import { Card } from './card'
import { MessagesTool } from './messages-tool'
import { RewardsCell } from './rewards-cell'
import { StoredValue } from './stored-value'
import { ProfileSheet, Who } from './who'
import './index.scss'

/** 我的: who I am, what waits for me, where my things are. */
export default function MinePage() {
  const member = useCell(memberSession)
  const chosen = usePlace()
  const [editing, setEditing] = useState(false)
  const elder = useCell(elderFace)
  return (
    <Screen title="我的" tab="mine" className="mine">
      <Box className="mine-head">
        <NavBar back={false} tone="clear">
          <Who onEdit={() => setEditing(true)} />
        </NavBar>
      </Box>
      {editing && <ProfileSheet onClose={() => setEditing(false)} />}
      <Card />
      <RewardsCell />
      <Orders />
      <StoredValue />
      <Panel className="mine-tools">
        <MessagesTool />
        <Tool icon="coupon" name="领券中心" page="offers" personal />
        <Tool icon="heart" name="收藏" page="favourites" personal />
        <Tool icon="users" name="砍价助力" page="rallies" />
        <Tool icon="clock" name="到货提醒" page="notices" personal />
        <Tool icon="pin" name="收货地址" page="addresses" personal />
        <Tool icon="users" name="推广中心" page="promoter" personal />
        <Tool icon="shield" name="隐私说明" page="privacy" />
      </Panel>
      <Panel className="mine-cells">
        <Cell
          icon="text"
          title="长辈模式"
          note="字大、页面简单"
          value={<Switch on={elder} label="长辈模式，字大、页面简单" onSwitch={elderFace.set} />}
        />
        <Cell icon="users" title="我的拼团" onPress={() => openPage('groups')} />
        <Cell
          icon="shop"
          title="自提门店"
          value={chosen?.name ?? '正在找门店'}
          onPress={() => openPage('stores')}
        />
        <Cell icon="calendar" title="预售" note="先订，货到了再取" onPress={() => openPage('presales')} />
        <Cell icon="box" title="周期购" note="每周一份，随时能停" onPress={() => openPage('boxes')} />
        <Cell icon="scan" title="店员入口" note="备货、交接、收退货" onPress={() => openPage('staffDesk')} />
        {member && (
          <Cell
            icon="back"
            title="退出登录"
            onPress={() => {
              void signOut()
              say('已退出，购物车和订单都还在')
            }}
          />
        )}
      </Panel>
    </Screen>
  )
}

const ORDER_GRID: { tab: string; icon: IconName; name: string }[] = [
  { tab: 'PENDING_PAY', icon: 'wallet', name: STATE_WORDS.PENDING_PAY },
  { tab: 'PAID', icon: 'box', name: STATE_WORDS.PAID },
  { tab: 'READY', icon: 'bag', name: STATE_WORDS.READY },
  { tab: 'COMPLETED', icon: 'check', name: STATE_WORDS.COMPLETED },
  { tab: 'all', icon: 'list', name: '全部' },
]

/** The orders of a member, with the next pickup in the same card. */
function Orders() {
  const member = useCell(memberSession)
  const owner = member?.who.id
  const waiting = useLoad(owner ? `waiting.${owner}` : null, waitingOrders)
  const unpaid = useLoad(owner ? `unpaid.${owner}` : null, () =>
    api('GET /v1/orders', { query: { state: 'PENDING_PAY' } }),
  )
  const waitingIn = (state: OrderState) => waiting.data?.filter((order) => order.state === state).length ?? 0
  const counts: Record<string, number> = {
    PENDING_PAY: unpaid.data?.items.length ?? 0,
    PAID: waitingIn('PAID'),
    READY: waitingIn('READY'),
  }
  const open = async (tab: string) => {
    if (await ensureMember()) openPage('orders', { tab })
  }
  const next = waiting.data?.[0]
  return (
    <Panel title="我的订单">
      <Box className="mine-orders">
        {ORDER_GRID.map(({ tab, icon, name }) => {
          const count = counts[tab] ?? 0
          return (
            <Press
              key={tab}
              className="mine-order"
              label={count > 0 ? `${name}，${count} 单` : name}
              onPress={() => void open(tab)}
            >
              <Box className="mine-order-icon">
                <Icon name={icon} />
                {count > 0 && <Words className="ll-badge">{count}</Words>}
              </Box>
              <Words className="mine-order-name">{name}</Words>
            </Press>
          )
        })}
      </Box>
      {next && <NextPickup order={next} />}
    </Panel>
  )
}

function NextPickup({ order }: { order: OrderSummary }) {
  return (
    <Box className="mine-next">
      {order.pictures[0]?.picture && (
        <Box className="mine-next-picture">
          <Picture src={mediaUrl(order.pictures[0].picture.s)} alt="" />
        </Box>
      )}
      <Box className="mine-next-words">
        <Box className="mine-next-title">{order.state === 'READY' ? '备好了，来取吧' : '店里在备货'}</Box>
        <Box className="mine-next-note">
          {order.storeName} · {pickupPhrase(order, Date.now())}
        </Box>
      </Box>
      <Button look="leaf" onPress={() => openPage('order', { id: order.id })}>
        提货码
      </Button>
    </Box>
  )
}

function Tool({
  icon,
  name,
  page,
  personal = false,
}: {
  icon: IconName
  name: string
  page: PageName
  personal?: boolean
}) {
  const open = async () => {
    if (!personal || (await ensureMember())) openPage(page)
  }
  return (
    <Press className="mine-order" onPress={() => void open()}>
      <Icon name={icon} />
      <Words className="mine-order-name">{name}</Words>
    </Press>
  )
}
