import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { RotateCcw } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { api, problemOf } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { refundSteps, type OrderDetail } from './model.ts'
import { ReasonField, Steps } from './reason-field.tsx'

const reasons = ['顾客不想要了', '门店缺货', '商品有问题', '给错了货']

const Sum = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

// Every step from what the goods cost to what goes back, so that nobody has to believe the last figure.
const Sums = ({ order, amount }: { order: OrderDetail; amount: number }) => {
  const kept = order.totalFen - order.refundedFen
  return (
    <>
      <dl className="sums side-sums">
        <Sum name="商品小计">{formatFen(order.goodsFen)}</Sum>
        {order.discountFen > 0 && <Sum name="优惠">{formatFen(-order.discountFen)}</Sum>}
        {order.freightFen > 0 && <Sum name="运费">{formatFen(order.freightFen)}</Sum>}
        <Sum name="顾客实付">
          <b className="strong">{formatFen(order.totalFen)}</b>
        </Sum>
        {order.refundedFen > 0 && <Sum name="已经退过">{formatFen(-order.refundedFen)}</Sum>}
      </dl>
      <dl className="sums side-sums side-result">
        <Sum name="原路退回微信">
          <Money fen={amount} size="hero" />
        </Sum>
        <Sum name="退后订单实付">
          {formatFen(kept)} → <b className="strong">{formatFen(kept - amount)}</b>
        </Sum>
      </dl>
    </>
  )
}

const useRefund = (order: OrderDetail, amount: number, done: () => void) => {
  // One key per opened panel: pressing twice, or again after a lost answer, refunds once.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: (reason: string) =>
      api('POST /console/v1/orders/:orderId/refunds', {
        params: { orderId: order.id },
        body: { idempotencyKey, expectFen: amount, reason },
      }),
    onSuccess: (now) => {
      queries.setQueryData(['order', order.id], now)
      void queries.invalidateQueries({ queryKey: ['orders'] })
      notice.success(`${formatFen(amount)} 已提交退款，到账会出现在「收款与退款」里`)
      done()
    },
    onError: (error) => {
      if (problemOf(error)?.code === 'orders.price_changed')
        void queries.invalidateQueries({ queryKey: ['order', order.id] })
    },
  })
}

/** The refund as it will be, before the button that repeats the amount. The amount is sent along and checked again. */
export const RefundPanel = ({ order, close }: { order: OrderDetail; close: () => void }) => {
  const [reason, setReason] = useState('')
  const amount = order.refundableFen ?? 0
  const refund = useRefund(order, amount, close)
  return (
    <SidePanel title="退款试算" icon={RotateCcw} close={close}>
      <Sums order={order} amount={amount} />
      <div className="side-words">
        <ReasonField
          id="refund-reason"
          label="为什么退"
          placeholder="写一句，会留在订单里"
          usual={reasons}
          value={reason}
          change={setReason}
        />
        <Steps steps={refundSteps(order)} />
      </div>
      <footer>
        <Refusal error={refund.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!reason.trim() || amount === 0}
          loading={refund.isPending}
          onClick={() => refund.mutate(reason.trim())}
        >
          退 {formatFen(amount)} 给顾客
        </Button>
        {!reason.trim() && <p className="quiet small">先写为什么退。</p>}
      </footer>
    </SidePanel>
  )
}
