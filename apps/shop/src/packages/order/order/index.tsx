import { useState } from 'react'
import { Button } from '../../../components/button'
import { Choice } from '../../../components/check'
import { Box, Picture, Words } from '../../../components/elements'
import { Floor } from '../../../components/floor'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Sheet } from '../../../components/sheet'
import { DRAWINGS, Gate, RowBones } from '../../../components/states'
import { cancelBrings } from '../../../models/benefit-words'
import { yuanText } from '../../../models/money'
import { dueFenOf } from '../../../models/stored-value'
import { CANCEL_REASONS, headline, isWaiting, mayAsk } from '../../../models/order-words'
import { WAITING_ORDER_MS } from '../../../models/waiting'
import type { Order } from '../../../models/wire'
import { useAgain } from '../../../services/again'
import { api, codeOf, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { buyAgain } from '../../../services/orders'
import { openPage, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import { AftersalesBlock } from './aftersales'
import { PickupCard } from './code'
import {
  BenefitsBlock,
  CounterBlock,
  counterHint,
  LinesBlock,
  NumberBlock,
  PresaleBlock,
  Timeline,
} from './parts'
import './index.scss'

/** 订单: one job, hand over the code. */
export default function OrderPage() {
  const orderId = useParam('id') ?? ''
  const order = useLoad(
    `order.${orderId}`,
    () => api('GET /v1/orders/:orderId', { params: { orderId } }),
    true,
  )
  useAgain({
    on: order.data !== null && isWaiting(order.data),
    work: order.reload,
    restBefore: () => WAITING_ORDER_MS,
  })
  const bar = order.data && <Bar order={order.data} onOrder={order.put} onStale={order.reload} />
  return (
    <Screen title="订单" className="order" bar={bar ?? undefined}>
      {order.data ? <Head order={order.data} /> : <NavBar title="订单" />}
      <Gate loaded={order} skeleton={<RowBones count={4} />} safe="订单存在店里的系统，不会丢">
        {(data) => (
          <Box className="order-body">
            <PresaleBlock order={data} />
            {isWaiting(data) ? <Collect order={data} onHanded={order.reload} /> : <Timeline order={data} />}
            <AftersalesBlock order={data} />
            <LinesBlock order={data} />
            <BenefitsBlock order={data} />
            <NumberBlock order={data} />
          </Box>
        )}
      </Gate>
    </Screen>
  )
}

/** The code, how far the store is, and the way to the counter. */
function Collect({ order, onHanded }: { order: Order; onHanded: () => Promise<void> }) {
  const [mapOpen, setMapOpen] = useState(false)
  const { storeId } = order
  const store = useLoad(
    `store.${storeId}`,
    () => api('GET /v1/stores/:storeId', { params: { storeId } }),
    true,
  )
  return (
    <>
      <PickupCard
        order={order}
        onMap={store.data && (() => setMapOpen(true))}
        phone={store.data?.phone ?? null}
        onHanded={onHanded}
      />
      <Timeline order={order} />
      {store.data && <CounterBlock store={store.data} />}
      {mapOpen && store.data && (
        <Sheet title="取货点在店里哪儿" onClose={() => setMapOpen(false)}>
          <Floor
            plan={store.data.floorPlan}
            zones={store.data.zones}
            target={{ kind: 'service' }}
            label={`店内地图：${counterHint(store.data)}`}
          />
          <Box className="order-hint">{counterHint(store.data)}</Box>
        </Sheet>
      )}
    </>
  )
}

function Head({ order }: { order: Order }) {
  const words = headline(order, Date.now())
  return (
    <Box className={`order-head order-head-${words.tone}`}>
      <NavBar tone={words.tone === 'go' ? 'light' : 'clear'} />
      <Box className="order-head-words">
        <Box>
          <Box as="h1" className="order-title">
            {words.title}
          </Box>
          <Words>{words.note}</Words>
        </Box>
        {words.tone === 'go' && (
          <Box className="order-head-drawing">
            <Picture src={DRAWINGS.bags} alt="" eager />
          </Box>
        )}
      </Box>
    </Box>
  )
}

interface BarProps {
  order: Order
  onOrder: (order: Order) => void
  onStale: () => Promise<void>
}

function Bar({ order, onOrder, onStale }: BarProps) {
  const [cancelling, setCancelling] = useState(false)
  const cancelSheet = cancelling && (
    <CancelSheet order={order} onOrder={onOrder} onStale={onStale} onClose={() => setCancelling(false)} />
  )
  if (order.state === 'WAIT_BALANCE' || order.state === 'WAIT_GOODS')
    return (
      <>
        {order.presale?.takeBackFen != null && (
          <Button look="line" onPress={() => setCancelling(true)}>
            取消退款
          </Button>
        )}
        {order.state === 'WAIT_BALANCE' && (
          <Button
            size="full"
            className="order-pay"
            disabled={!order.presale?.balanceOpen}
            onPress={() => openPage('pay', { id: order.id })}
          >
            {`付尾款 ${yuanText(order.dueFen)}`}
          </Button>
        )}
        {cancelSheet}
      </>
    )
  if (order.state === 'WAIT_GROUP')
    return (
      <>
        <Button look="line" onPress={() => setCancelling(true)}>
          退出，全额退款
        </Button>
        <Button size="full" className="order-pay" onPress={() => openPage('groups')}>
          看拼团
        </Button>
        {cancelSheet}
      </>
    )
  if (order.state !== 'PENDING_PAY')
    return (
      <>
        {mayAsk(order) && (
          <Button look="line" onPress={() => openPage('aftersaleApply', { orderId: order.id })}>
            {isWaiting(order) ? '申请退款' : '申请售后'}
          </Button>
        )}
        <Button
          size="full"
          className="order-pay"
          look={isWaiting(order) ? 'line' : 'filled'}
          busyText="正在加"
          onPress={() => buyAgain(order)}
        >
          再来一单
        </Button>
      </>
    )
  return (
    <>
      <Button look="line" onPress={() => setCancelling(true)}>
        取消订单
      </Button>
      <Button size="full" className="order-pay" onPress={() => openPage('pay', { id: order.id })}>
        {`付款 ${yuanText(dueFenOf(order))}`}
      </Button>
      {cancelSheet}
    </>
  )
}

function CancelSheet({ order, onOrder, onStale, onClose }: BarProps & { onClose: () => void }) {
  const [reason, setReason] = useState<string>(CANCEL_REASONS[0])
  const cancel = async () => {
    try {
      onOrder(
        await api('POST /v1/orders/:orderId/cancellation', {
          params: { orderId: order.id },
          body: { reason },
        }),
      )
      say(order.payState === 'UNPAID' ? '已取消，没有扣款' : '已取消，款按原路全额退回')
    } catch (error) {
      say(troubleFrom(error).text)
      if (codeOf(error) !== null) await onStale()
    }
    onClose()
  }
  const backFen = order.presale?.takeBackFen ?? null
  const brings =
    backFen === null || order.payState === 'UNPAID'
      ? cancelBrings(order)
      : `付过的 ${yuanText(backFen)} 全部按原路退回`
  return (
    <Sheet title="为什么取消" onClose={onClose}>
      {brings && (
        <Box as="p" className="order-brings">
          {brings}
        </Box>
      )}
      <Box role="radiogroup" label="为什么取消">
        {CANCEL_REASONS.map((each) => (
          <Choice key={each} on={reason === each} title={each} onChoose={() => setReason(each)} />
        ))}
      </Box>
      <Box className="order-cancel">
        <Button size="full" busyText="正在取消" onPress={cancel}>
          取消这一单
        </Button>
      </Box>
    </Sheet>
  )
}
