import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import type { Level } from './model.ts'

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
  const sellable =
    safety === null ? undefined : Math.max(0, level.onHand - level.reserved - safety - level.locked)
  const ready = safety !== null && safety !== level.safety
  return (
    <form
      className="drawer-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) send.mutate(safety)
      }}
    >
      <div className="drawer-fields">
        <label>
          <span>线上给门店留几{level.unit}</span>
          <InputNumber autoFocus min={0} max={100_000} precision={0} value={safety} onChange={setSafety} />
        </label>
      </div>
      <p className="drawer-outcome">
        {ready ? (
          <>
            可售 {level.available} → <b>{sellable}</b>
          </>
        ) : (
          <span className="quiet">留得越多，越不会卖超；线上也就少卖。</span>
        )}
      </p>
      <Refusal error={send.error} />
      <div className="drawer-actions">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={send.isPending}>
          改成留 {safety ?? 0}
        </Button>
        <Button onClick={close}>不改了</Button>
      </div>
    </form>
  )
}
