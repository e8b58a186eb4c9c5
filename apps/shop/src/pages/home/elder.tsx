import { Button } from '../../components/button'
import { Box, Picture, Press, Words } from '../../components/elements'
import { ElderGoods } from '../../components/goods'
import { Icon } from '../../components/icon'
import { NavBar } from '../../components/nav-bar'
import { NotOrdering } from '../../components/advice'
import { DRAWINGS, Gate, RowBones } from '../../components/states'
import { whyNot } from '../../models/ordering'
import { dayOf, spokenClock, spokenTimeOfDay } from '../../models/times'
import type { OrderSummary, Store } from '../../models/wire'
import { memberSession } from '../../services/api'
import { callPhone } from '../../services/device'
import { elderFace } from '../../services/faces'
import { useLoad } from '../../services/load'
import { waitingOrders } from '../../services/orders'
import { openPage } from '../../services/routes'
import { useCell } from '../../services/watch'
import { storeOf, type FaceProps } from './normal'

/** The elder face of 首页: one column, few blocks, words on every control. */
export function ElderHome(props: FaceProps) {
  const { home, stores, place } = props
  const store = storeOf(props)
  const storeName = place?.name ?? ''
  const member = useCell(memberSession)
  const waiting = useLoad(member ? `waiting.${member.who.id}` : null, waitingOrders)
  const next = waiting.data?.[0]
  const phone = store?.phone ?? null
  return (
    <>
      <Box className="home-head">
        <NavBar back={false} tone="clear">
          <Press
            className="home-store"
            label={`自提门店 ${storeName}，换一家`}
            onPress={() => openPage('stores')}
          >
            <Box className="ll-mark home-mark" hidden />
            <Words className="home-store-name">{storeName}</Words>
          </Press>
        </NavBar>
        <Box className="elder-row">
          <Words>{store ? hoursSpoken(store) : ''}</Words>
          <Button look="line" icon="swap" onPress={() => elderFace.set(false)}>
            普通模式
          </Button>
        </Box>
        <Press
          className="elder-search"
          role="link"
          label="想买点什么，点这里搜索"
          onPress={() => openPage('search')}
        >
          <Icon name="search" />
          <Words className="ll-quiet">想买点什么</Words>
          <Words className="elder-search-go">搜索</Words>
        </Press>
      </Box>
      {place && <NotOrdering storeId={place.storeId} stores={stores} />}
      <Box className="elder-tiles">
        <Press className="elder-tile elder-tile-orders" onPress={() => openPage('orders')}>
          <Icon name="bag" size={36} />
          <Words className="elder-tile-name">我的订单</Words>
          <Words>{waitingText(waiting.data ?? [])}</Words>
        </Press>
        {phone !== null ? (
          <Press className="elder-tile elder-tile-call" onPress={() => callPhone(phone)}>
            <Icon name="phone" size={36} />
            <Words className="elder-tile-name">打电话给门店</Words>
            <Words>{store ? callText(store) : ''}</Words>
          </Press>
        ) : (
          <Press className="elder-tile elder-tile-call" onPress={() => openPage('stores')}>
            <Icon name="pin" size={36} />
            <Words className="elder-tile-name">换一家店</Words>
            <Words>看看哪家离得近</Words>
          </Press>
        )}
      </Box>
      {next && (
        <Box className="elder-ready">
          <Box className="elder-ready-words">
            <Box className="elder-ready-drawing">
              <Picture src={DRAWINGS.bags} alt="" />
            </Box>
            <Box>
              <Box as="h2" className="elder-title">
                {next.state === 'READY' ? '您的菜备好了' : '店里在给您备菜'}
              </Box>
              {next.fulfilment.slotEnd && <Words>{dueText(next.fulfilment.slotEnd)}</Words>}
            </Box>
          </Box>
          <Button look="leaf" size="full" icon="code" onPress={() => openPage('order', { id: next.id })}>
            打开提货码
          </Button>
        </Box>
      )}
      <Gate loaded={home} skeleton={<RowBones count={3} />} safe="购物车里的东西都在">
        {(data) => (
          <>
            <Box as="h2" className="elder-heading">
              本店好货
            </Box>
            <Box as="ul" className="elder-list">
              {data.goods.map((product) => (
                <ElderGoods key={product.id} product={product} />
              ))}
            </Box>
          </>
        )}
      </Gate>
    </>
  )
}

const hoursSpoken = (store: Store): string => {
  const why = whyNot(store)
  if (why) return why.tag
  return store.openNow
    ? `今天开到${spokenTimeOfDay(store.closesAt)}`
    : `店已打烊，${spokenTimeOfDay(store.opensAt)}开门，可以先下单`
}

const callText = ({ openNow, opensAt }: Store): string =>
  openNow ? '现在营业' : `${spokenTimeOfDay(opensAt)}开门`

const waitingText = (orders: OrderSummary[]): string => {
  const packed = orders.filter(({ state }) => state === 'READY').length
  if (packed > 0) return `有 ${packed} 单备好了`
  return orders.length > 0 ? `有 ${orders.length} 单在备货` : '看看买过什么'
}

/** `今天中午 12 点前来取`. */
const dueText = (slotEnd: string): string => `${dayOf(slotEnd, Date.now())}${spokenClock(slotEnd)}前来取`
