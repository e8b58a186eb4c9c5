import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Ban, X } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import type { OrderDetail } from './model.ts'

const reasons = ['顾客要求取消', '门店缺货', '重复下单']

/** Cancels an order that is not paid: no money moves, the pieces held for it are free again. */
export const CancelPanel = ({ order, close }: { order: OrderDetail; close: () => void }) => {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const notice = useNotice()
  const cancel = useMutation({
    mutationFn: () =>
      api('POST /console/v1/orders/:orderId/cancellation', {
        params: { orderId: order.id },
        body: { reason: reason.trim() },
      }),
    onSuccess: (now) => {
      queries.setQueryData(['order', order.id], now)
      void queries.invalidateQueries({ queryKey: ['orders'] })
      notice.success(`${order.no} 已取消`)
      close()
    },
    // It may have been paid this very moment: show what the order is now.
    onError: () => void queries.invalidateQueries({ queryKey: ['order', order.id] }),
  })
  return (
    <aside className="side-panel card" aria-label="取消订单">
      <header>
        <Ban size={16} aria-hidden="true" />
        <h2>取消订单</h2>
        <span className="quiet small">还没提交</span>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      </header>
      <div className="side-words">
        <p>顾客还没付 {formatFen(order.totalFen)}，没有钱要退。</p>
        <label htmlFor="cancel-reason">为什么取消</label>
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
          id="cancel-reason"
          value={reason}
          maxLength={60}
          rows={2}
          placeholder="顾客会看到这句话"
          onChange={(event) => setReason(event.target.value.replaceAll('\n', ' '))}
        />
        <h3>点下去会发生</h3>
        <ol>
          <li>1 先在微信关单，顾客不能再付这一单</li>
          <li>2 预占的 {order.pieces} 件放回可售</li>
          <li>3 订单变成已取消，不能恢复</li>
        </ol>
      </div>
      <footer>
        <Refusal error={cancel.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!reason.trim()}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          取消这一单
        </Button>
        {!reason.trim() && <p className="quiet small">先写为什么取消。</p>}
      </footer>
    </aside>
  )
}
