import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Ban } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import type { OrderDetail } from './model.ts'
import { Steps } from './steps.tsx'
import { WordsField } from '../../ui/words-field.tsx'

const reasons = ['顾客要求取消', '门店缺货', '重复下单']

const useCancel = (order: OrderDetail, done: () => void) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: (reason: string) =>
      api('POST /console/v1/orders/:orderId/cancellation', {
        params: { orderId: order.id },
        body: { reason },
      }),
    onSuccess: (now) => {
      queries.setQueryData(['order', order.id], now)
      void queries.invalidateQueries({ queryKey: ['orders'] })
      notice.success(`${order.no} 已取消`)
      done()
    },
    // It may have been paid this very moment: show what the order is now.
    onError: () => void queries.invalidateQueries({ queryKey: ['order', order.id] }),
  })
}

/** Cancels an order that is not paid: no money moves, the pieces held for it are free again. */
export const CancelPanel = ({ order, close }: { order: OrderDetail; close: () => void }) => {
  const [reason, setReason] = useState('')
  const cancel = useCancel(order, close)
  return (
    <SidePanel title="取消订单" icon={Ban} close={close}>
      <div className="side-words">
        <p>
          顾客还没付 {formatFen(order.totalFen - order.storedValueFen)}，没有钱要退
          {order.storedValueFen > 0 && `；留着的余额 ${formatFen(order.storedValueFen)} 马上还给他`}。
        </p>
        <WordsField
          most={60}
          id="cancel-reason"
          label="为什么取消"
          placeholder="顾客会看到这句话"
          usual={reasons}
          value={reason}
          change={setReason}
        />
        <Steps
          steps={[
            '先在微信关单，顾客不能再付这一单',
            `预占的 ${order.pieces} 件放回可售`,
            '订单变成已取消，不能恢复',
          ]}
        />
      </div>
      <footer>
        <Refusal error={cancel.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!reason.trim()}
          loading={cancel.isPending}
          onClick={() => cancel.mutate(reason.trim())}
        >
          取消这一单
        </Button>
        {!reason.trim() && <p className="quiet small">先写为什么取消。</p>}
      </footer>
    </SidePanel>
  )
}
