import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, InputNumber, Segmented } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { DrawerForm } from './drawer-form.tsx'
import { rawSellable, type Level } from './model.ts'

/** Sets how many pieces are kept back for the shop floor. */
export const SafetyForm = ({ level, close }: { level: Level; close: () => void }) => {
  const [safety, setSafety] = useState<number | null>(level.coverDays === null ? level.safety : 0)
  const [coverDays, setCoverDays] = useState<number | null>(level.coverDays)
  const [mode, setMode] = useState<'fixed' | 'days'>(level.coverDays === null ? 'fixed' : 'days')
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const notice = useNotice()
  const send = useMutation({
    mutationFn: (body: { safety: number; coverDays?: number; reason: string }) =>
      api('PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety', {
        params: { storeId: level.storeId, skuId: level.skuId },
        body,
      }),
    onSuccess: async (now) => {
      notice.success(`安全库存改成 ${now.safety}，可售 ${now.available}`)
      await queries.invalidateQueries({ queryKey: ['stock'] })
      close()
    },
  })
  const least = safety ?? 0
  const days = mode === 'days' ? coverDays : null
  const fault = safetyFault(level, { mode, least, days, reason })
  const after = Math.max(0, rawSellable({ ...level, safety: least }))
  return (
    <DrawerForm
      action={mode === 'fixed' ? `改成留 ${least}` : `改成留 ${days ?? '几'} 天的量`}
      ready={fault === undefined}
      busy={send.isPending}
      error={send.error}
      outcome={
        fault !== undefined ? (
          <span className="quiet">{fault}</span>
        ) : mode === 'fixed' ? (
          `可售 ${level.available} → ${after}`
        ) : (
          `按近 28 天的销量算，至少留 ${least}；每夜重算`
        )
      }
      submit={() =>
        send.mutate({ safety: least, reason: reason.trim(), ...(days === null ? {} : { coverDays: days }) })
      }
      close={close}
    >
      <Segmented<'fixed' | 'days'>
        value={mode}
        options={[
          { value: 'fixed', label: '固定几件' },
          { value: 'days', label: '跟着销量' },
        ]}
        onChange={setMode}
      />
      <div className="drawer-fields">
        {mode === 'days' && (
          <label>
            <span>留几天的量</span>
            <InputNumber min={1} max={60} precision={0} value={coverDays} onChange={setCoverDays} />
          </label>
        )}
        <label>
          <span>{mode === 'days' ? `至少留几${level.unit}` : `给门店留几${level.unit}`}</span>
          <InputNumber autoFocus min={0} max={100_000} precision={0} value={safety} onChange={setSafety} />
        </label>
        <label className={mode === 'days' ? 'drawer-wide' : ''}>
          <span>为什么</span>
          <Input
            value={reason}
            maxLength={120}
            placeholder="周末人多、常有人现买"
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
    </DrawerForm>
  )
}

interface Wish {
  mode: 'fixed' | 'days'
  least: number
  days: number | null
  reason: string
}
const safetyFault = (level: Level, { mode, least, days, reason }: Wish): string | undefined => {
  if (mode === 'days' && days === null) return '填留几天的量'
  const same = mode === 'fixed' && level.coverDays === null && least === level.safety
  if (same) return '留得越多，越不会卖超；线上也就少卖。'
  return reason.trim() ? undefined : '写一句为什么，会留在审计里'
}
