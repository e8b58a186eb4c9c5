import type { ReactNode } from 'react'
import { Button } from '../../../components/button'
import { Box, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { PayBy } from '../../../components/pay-by'
import { Price } from '../../../components/price'
import { Screen } from '../../../components/screen'
import { Gate, RowBones } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { headline, whereAndWhen } from '../../../models/order-words'
import { PROVIDER_WORDS, providerOf } from '../../../models/provider-words'
import { dueFenOf } from '../../../models/stored-value'
import { momentOf } from '../../../models/times'
import type { Order, Provider } from '../../../models/wire'
import { api } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openTab, replacePage, useParam } from '../../../services/routes'
import { TellWhenReady } from './tell-when-ready'
import { usePaying } from './paying'
import './index.scss'

/** 支付: opens the cashier at once, then asks the server. */
export default function PayPage() {
  const orderId = useParam('id') ?? ''
  const order = useLoad(`pay.${orderId}`, () => api('GET /v1/orders/:orderId', { params: { orderId } }))
  const arrival = { by: providerOf(useParam('by')), returned: useParam('from') === 'alipay' }
  const { phase, waits, offers, by, choose, pay, check } = usePaying(orderId, order, arrival)
  const payBy = offers.length > 1 ? <PayBy offers={offers} by={by} onBy={choose} /> : null
  return (
    <Screen title="付款" className="pay">
      <NavBar title="付款" />
      <Gate loaded={order} skeleton={<RowBones count={2} />} safe="订单已经存好，在「我的订单」里能找到">
        {(data) =>
          !waits ? (
            <Settled order={data} />
          ) : phase === 'checking' ? (
            <Checking />
          ) : phase === 'unknown' ? (
            <Unknown order={data} onCheck={check} />
          ) : (
            <Unpaid
              order={data}
              waiting={phase === 'opening'}
              by={by}
              payBy={payBy}
              onPay={pay}
              onCheck={check}
            />
          )
        }
      </Gate>
    </Screen>
  )
}

function Checking() {
  return (
    <Box className="pay-card" role="status">
      <Box className="pay-ring" hidden />
      <Box as="h2" className="pay-title">
        正在核对这笔款
      </Box>
      <Box className="ll-quiet">一般 3 秒内出结果；万一付重了，多的会退回</Box>
    </Box>
  )
}

/** Nobody knows yet: nothing here may tempt anybody to pay twice. */
function Unknown({ order, onCheck }: { order: Order; onCheck: () => Promise<void> }) {
  return (
    <Box className="pay-card">
      <Box className="pay-ring" hidden />
      <Box as="h2" className="pay-title" role="status">
        正在确认付款结果
      </Box>
      <Box className="ll-quiet">暂时连不上，付没付成以系统为准，别重复付</Box>
      <Box className="pay-actions">
        <Button size="full" look="line" busyText="正在问" onPress={onCheck}>
          现在再问一次
        </Button>
        <Button size="full" look="line" onPress={() => replacePage('order', { id: order.id })}>
          看订单
        </Button>
      </Box>
    </Box>
  )
}

interface UnpaidProps {
  order: Order
  waiting: boolean
  by: Provider
  /** The choice, where there is one. */
  payBy: ReactNode
  onPay: () => Promise<void>
  onCheck: () => Promise<void>
}

function Unpaid({ order, waiting, by, payBy, onPay, onCheck }: UnpaidProps) {
  return (
    <Box className="pay-card">
      <Price fen={dueFenOf(order)} size="x" />
      {order.storedValueFen > 0 && (
        <Box className="ll-quiet">{`余额已付 ${yuanText(order.storedValueFen)}，一共 ${yuanText(order.totalFen)}`}</Box>
      )}
      <Box as="h2" className="pay-title">
        {waiting ? `正在打开${PROVIDER_WORDS[by].name}` : '还没付款'}
      </Box>
      <Box className="ll-quiet">
        {order.expiresAt ? `${momentOf(order.expiresAt, Date.now())} 前付款，${kept(order)}` : kept(order)}
      </Box>
      {!waiting && (
        <Box className="pay-actions">
          {payBy}
          <Button size="full" busyText={`正在打开${PROVIDER_WORDS[by].name}`} onPress={onPay}>
            {payBy
              ? `${PROVIDER_WORDS[by].pay} ${yuanText(dueFenOf(order))}`
              : `继续支付 ${yuanText(dueFenOf(order))}`}
          </Button>
          <Button size="full" look="line" busyText="正在核对" onPress={onCheck}>
            我已经付了
          </Button>
          <Button size="full" look="line" onPress={() => replacePage('order', { id: order.id })}>
            看订单
          </Button>
        </Box>
      )}
    </Box>
  )
}

const kept = ({ goodsBy }: Order): string => (goodsBy ? '名额给您留着' : '货给您留着')

function Settled({ order }: { order: Order }) {
  // Money that came for a closed order is on its way back: that is not a purchase.
  const closed = order.state === 'CANCELLED' || order.state === 'CLOSED_REFUND'
  const paid = order.payState !== 'UNPAID' && !closed
  const goesBack = order.payState === 'PAID' && closed
  const ahead = order.state === 'WAIT_BALANCE' || order.state === 'WAIT_GOODS'
  return (
    <Box className="pay-card">
      <Box className={`pay-seal ${paid ? 'pay-seal-paid' : ''}`} hidden>
        <Icon name={paid ? 'check' : 'info'} size={36} />
      </Box>
      <Box as="h2" className="pay-title" role="status">
        {!paid
          ? '这一单已经关闭'
          : order.totalFen === 0
            ? '不用付款，订单好了'
            : order.state === 'WAIT_BALANCE'
              ? '首款付好了'
              : '付好了'}
      </Box>
      <Price
        fen={order.state === 'WAIT_BALANCE' ? (order.presale?.depositFen ?? 0) : order.totalFen}
        size="l"
      />
      <Box className="ll-quiet">
        {paid ? (
          <Words>{ahead ? headline(order, Date.now()).note : whereAndWhen(order, Date.now())}</Words>
        ) : (
          <Words>{goesBack ? '您的付款正按原路退回' : '没有扣款；要是刚付过，款会按原路退回'}</Words>
        )}
      </Box>
      <Box className="pay-actions">
        <Button
          size="full"
          look={paid ? 'leaf' : 'filled'}
          icon={paid && !ahead ? 'code' : 'list'}
          onPress={() => replacePage('order', { id: order.id })}
        >
          {paid && !ahead ? '看提货码' : '看订单'}
        </Button>
        {paid && order.state === 'PAID' && <TellWhenReady />}
        <Button size="full" look="line" onPress={() => openTab('home')}>
          回首页
        </Button>
      </Box>
    </Box>
  )
}
