import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'

import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import { AftersalesCard } from './aftersales-card.tsx'
import { CancelPanel } from './cancel-panel.tsx'
import { LinesCard } from './lines-card.tsx'
import { mayCancelNow, mayRefundNow, orderTags, type OrderDetail, type OrderRow } from './model.ts'
import { useOrder } from './page-data.ts'
import { PaymentsCard, PersonCard, TimelineCard } from './parts.tsx'
import { PresaleCard } from './presale-card.tsx'
import { RefundPanel } from './refund-panel.tsx'
import { mayWeighNow } from './weigh-model.ts'
import { WeighPanel } from './weigh-panel.tsx'
import './orders.css'

// The neighbours come from the list the person was just looking at, if it is still in the cache.
const useNeighbours = (orderId: string) => {
  const lists = useQueryClient().getQueriesData<{ items: OrderRow[] }>({ queryKey: ['orders'] })
  const items = lists.map(([, list]) => list?.items).find((rows) => rows?.some((row) => row.id === orderId))
  const at = items?.findIndex((row) => row.id === orderId) ?? -1
  return { before: items?.[at - 1]?.id, after: items?.[at + 1]?.id, at, of: items?.length ?? 0 }
}

const CopyNo = ({ no }: { no: string }) => {
  const notice = useNotice()
  const copy = () => void navigator.clipboard.writeText(no).then(() => notice.success('订单号已复制'))
  return (
    <button type="button" className="bare quiet" aria-label="复制订单号" onClick={copy}>
      <Copy size={15} aria-hidden="true" />
    </button>
  )
}

const Tags = ({ order }: { order: OrderDetail }) => (
  <>
    <CopyNo no={order.no} />
    {orderTags(order).map(({ tone, word }) => (
      <StateTag key={word} tone={tone}>
        {word}
      </StateTag>
    ))}
    {order.payState === 'PAID' && <StateTag tone="done">已付款</StateTag>}
    <Label>{order.fulfilment.kind === 'delivery' ? '配送' : '自提'}</Label>
  </>
)

type Panel = 'cancel' | 'refund' | 'weigh'

interface HeadProps {
  order: OrderDetail
  panel: string | undefined
  open: (panel: Panel) => void
}

const Head = ({ order, panel, open }: HeadProps) => {
  const { path, go } = useScope()
  const { before, after, at, of } = useNeighbours(order.id)
  const mayCancel = useMay('orders.cancel') && mayCancelNow(order)
  const mayRefund = useMay('orders.refund') && mayRefundNow(order)
  const mayWeigh = useMay('handovers.write') && mayWeighNow(order)
  const walk = (to: string | undefined) => to && go(`/orders/${to}`)
  useKeys([
    { keys: 'j', label: '下一单', run: () => walk(after) },
    { keys: 'k', label: '上一单', run: () => walk(before) },
    { keys: 'Escape', label: '回订单列表', run: () => go('/orders') },
  ])
  useKeys(mayRefund ? [{ keys: 'r', label: '试算退款（不会直接退）', run: () => open('refund') }] : [])
  return (
    <PageHead
      title={order.no}
      heading={<OrderNo no={order.no} />}
      back={{ to: path('/orders'), label: '回订单列表' }}
      tags={<Tags order={order} />}
    >
      {of > 1 && (
        <span className="quiet small order-walk">
          第 {at + 1} / {of} 单 <kbd>K</kbd> <kbd>J</kbd>
        </span>
      )}
      {mayWeigh && !panel && <Button onClick={() => open('weigh')}>记重量</Button>}
      {mayCancel && !panel && <Button onClick={() => open('cancel')}>取消订单</Button>}
      {mayRefund && !panel && <Button onClick={() => open('refund')}>试算退款</Button>}
    </PageHead>
  )
}

/** 订单 · one order: every fen explained, every event dated, and money only moves after it was shown. */
export default function OrderPage() {
  const { orderId = '' } = useParams()
  const { path } = useScope()
  const order = useOrder(orderId)
  const [panel, setPanel] = useState<{ kind: Panel; orderId: string }>()
  const open = panel?.orderId === orderId ? panel.kind : undefined
  const close = () => setPanel(undefined)
  if (!order.data)
    return (
      <>
        <PageHead title="订单" back={{ to: path('/orders'), label: '回订单列表' }} />
        <Card>
          {order.isPending ? (
            <Bones lines={9} />
          ) : (
            <ErrorState title="这个订单没取回来" error={order.error} retry={() => void order.refetch()} />
          )}
        </Card>
      </>
    )
  const { data } = order
  return (
    <>
      <Head order={data} panel={open} open={(kind) => setPanel({ kind, orderId })} />
      <div className="order">
        <div className="order-main">
          <LinesCard order={data} />
          <AftersalesCard orderId={orderId} />
          <div className="order-columns">
            <TimelineCard order={data} />
            <div>
              <PresaleCard order={data} />
              <PaymentsCard order={data} />
              {open && <PersonCard order={data} />}
            </div>
          </div>
        </div>
        {!open && <PersonCard order={data} />}
        {open === 'refund' && <RefundPanel key={orderId} order={data} close={close} />}
        {open === 'weigh' && <WeighPanel key={orderId} order={data} close={close} />}
        {open === 'cancel' && <CancelPanel key={orderId} order={data} close={close} />}
      </div>
    </>
  )
}
