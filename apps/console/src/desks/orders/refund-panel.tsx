import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { RotateCcw, X } from 'lucide-react'
import { useState } from 'react'

import { api, problemOf } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import { refundSteps, type OrderDetail } from './model.ts'

const reasons = ['顾客不想要了', '门店缺货', '商品有问题', '送错了']

/** The refund as it will be, before the button that repeats the amount. The amount is sent along and checked again. */
export const RefundPanel = ({ order, close }: { order: OrderDetail; close: () => void }) => {
  const [reason, setReason] = useState('')
  // One key per opened panel: pressing twice, or again after a lost answer, refunds once.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const notice = useNotice()
  const amount = order.refundableFen ?? 0
  const refund = useMutation({
    mutationFn: () =>
      api('POST /console/v1/orders/:orderId/refunds', {
        params: { orderId: order.id },
        body: { idempotencyKey, expectFen: amount, reason: reason.trim() },
      }),
    onSuccess: (now) => {
      queries.setQueryData(['order', order.id], now)
      void queries.invalidateQueries({ queryKey: ['orders'] })
      notice.success(`${formatFen(amount)} 已提交退款，到账会出现在「收款与退款」里`)
      close()
    },
    onError: (error) => {
      if (problemOf(error)?.code === 'orders.price_changed')
        void queries.invalidateQueries({ queryKey: ['order', order.id] })
    },
  })
  return (
    <aside className="side-panel card" aria-label="退款试算">
      <header>
        <RotateCcw size={16} aria-hidden="true" />
        <h2>退款试算</h2>
        <span className="quiet small">还没提交</span>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      </header>
      <dl className="sums side-sums">
        <div>
          <dt>商品小计</dt>
          <dd>{formatFen(order.goodsFen)}</dd>
        </div>
        <div>
          <dt>优惠</dt>
          <dd>{formatFen(-order.discountFen)}</dd>
        </div>
        {order.freightFen > 0 && (
          <div>
            <dt>运费</dt>
            <dd>{formatFen(order.freightFen)}</dd>
          </div>
        )}
        <div>
          <dt>顾客实付</dt>
          <dd className="strong">{formatFen(order.totalFen)}</dd>
        </div>
        {order.refundedFen > 0 && (
          <div>
            <dt>已经退过</dt>
            <dd>{formatFen(-order.refundedFen)}</dd>
          </div>
        )}
      </dl>
      <dl className="sums side-sums side-result">
        <div>
          <dt>原路退回微信</dt>
          <dd>
            <Money fen={amount} size="hero" />
          </dd>
        </div>
        <div>
          <dt>退后订单实付</dt>
          <dd>
            {formatFen(order.totalFen - order.refundedFen)} →{' '}
            <b className="strong">{formatFen(order.totalFen - order.refundedFen - amount)}</b>
          </dd>
        </div>
      </dl>
      <div className="side-words">
        <label htmlFor="refund-reason">为什么退</label>
        <div className="reason-chips">
          {reasons.map((each) => (
            <button
              key={each}
              type="button"
              className={each === reason ? 'chip chip-on' : 'chip'}
              aria-pressed={each === reason}
              onClick={() => setReason(each)}
            >
              {each}
            </button>
          ))}
        </div>
        <Input.TextArea
          id="refund-reason"
          value={reason}
          maxLength={60}
          rows={2}
          placeholder="写一句，会留在订单里"
          onChange={(event) => setReason(event.target.value.replaceAll('\n', ' '))}
        />
        <h3>点下去会发生</h3>
        <ol>
          {refundSteps(order).map((step, index) => (
            <li key={step}>
              {index + 1} {step}
            </li>
          ))}
        </ol>
      </div>
      <footer>
        <Refusal error={refund.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!reason.trim() || amount === 0}
          loading={refund.isPending}
          onClick={() => refund.mutate()}
        >
          退 {formatFen(amount)} 给顾客
        </Button>
        {!reason.trim() && <p className="quiet small">先写为什么退。</p>}
      </footer>
    </aside>
  )
}
