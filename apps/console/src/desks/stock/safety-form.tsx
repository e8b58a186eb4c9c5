import { useMutation, useQueryClient } from '@tanstack/react-query'
import { InputNumber } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { DrawerForm } from './drawer-form.tsx'
import { rawSellable, type Level } from './model.ts'

/** Sets how many pieces are kept back for the shop floor. */
export const SafetyForm = ({ level, close }: { level: Level; close: () => void }) => {
  const [safety, setSafety] = useState<number | null>(level.safety)
  const queries = useQueryClient()
  const notice = useNotice()
  const send = useMutation({
    mutationFn: (wanted: number) =>
      api('PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety', {
        params: { storeId: level.storeId, skuId: level.skuId },
        body: { safety: wanted },
      }),
    onSuccess: async (now) => {
      notice.success(`安全库存改成 ${now.safety}，可售 ${now.available}`)
      await queries.invalidateQueries({ queryKey: ['stock'] })
      close()
    },
  })
  const wanted = safety ?? level.safety
  const ready = wanted !== level.safety
  const after = Math.max(0, rawSellable({ ...level, safety: wanted }))
  return (
    <DrawerForm
      action={`改成留 ${wanted}`}
      ready={ready}
      busy={send.isPending}
      error={send.error}
      outcome={
        ready ? (
          `可售 ${level.available} → ${after}`
        ) : (
          <span className="quiet">留得越多，越不会卖超；线上也就少卖。</span>
        )
      }
      submit={() => send.mutate(wanted)}
      close={close}
    >
      <div className="drawer-fields">
        <label>
          <span>给门店留几{level.unit}</span>
          <InputNumber autoFocus min={0} max={100_000} precision={0} value={safety} onChange={setSafety} />
        </label>
      </div>
    </DrawerForm>
  )
}
