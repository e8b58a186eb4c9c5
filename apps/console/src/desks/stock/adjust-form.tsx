import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { DrawerForm } from './drawer-form.tsx'
import { adjustOutcome, signed, type Adjustment, type AdjustReason, type Level } from './model.ts'

const kinds: { value: AdjustReason; label: string; mode: Adjustment['mode']; example: string }[] = [
  { value: 'ADJUST', label: '盘点', mode: 'to', example: '盘点、破损、过期' },
  { value: 'RECEIVE', label: '收货', mode: 'by', example: '供应商送货、补货' },
  { value: 'RETURN', label: '退货回架', mode: 'by', example: '顾客退货，完好' },
]
const kindOf = (reason: AdjustReason) => kinds.find((each) => each.value === reason)

const useAdjust = (level: Level, done: () => void) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: (body: { idempotencyKey: string; delta: number; reason: AdjustReason; note: string }) =>
      api('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
        params: { storeId: level.storeId, skuId: level.skuId },
        body,
      }),
    onSuccess: async (now) => {
      notice.success(`记好了：在手 ${now.onHand}，可售 ${now.available}`)
      await queries.invalidateQueries({ queryKey: ['stock'] })
      done()
    },
  })
}

/** Corrects the count on hand. What it will come to is shown before the button, and the button repeats it. */
export const AdjustForm = ({ level, close }: { level: Level; close: () => void }) => {
  const [form, setForm] = useState<Adjustment>({ reason: 'ADJUST', mode: 'to', typed: '', note: '' })
  // One key per content: pressing twice, or again after a lost answer, counts once.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID())
  const outcome = adjustOutcome(level, form)
  const send = useAdjust(level, close)
  const change = (part: Partial<Adjustment>) => {
    setForm((now) => ({ ...now, ...part }))
    setKey(crypto.randomUUID())
  }
  const ready = outcome.fault === undefined
  return (
    <DrawerForm
      action={ready ? `记 ${signed(outcome.delta)} ${level.unit}` : '记账'}
      ready={ready}
      busy={send.isPending}
      error={send.error}
      outcome={ready ? <Change level={level} {...outcome} /> : <span className="quiet">{outcome.fault}</span>}
      submit={() =>
        ready &&
        send.mutate({ idempotencyKey, delta: outcome.delta, reason: form.reason, note: form.note.trim() })
      }
      close={close}
    >
      <Segmented<AdjustReason>
        value={form.reason}
        options={kinds}
        onChange={(reason) => change({ reason, mode: kindOf(reason)?.mode ?? 'by', typed: '' })}
      />
      <Fields level={level} form={form} change={change} />
    </DrawerForm>
  )
}

const Change = ({
  level,
  delta,
  onHand,
  sellable,
}: {
  level: Level
  delta: number
  onHand: number
  sellable: number
}) => (
  <>
    在手 {level.onHand} → <b>{onHand}</b>（{signed(delta)}），可售 {level.available} → <b>{sellable}</b>
  </>
)

interface FieldsProps {
  level: Level
  form: Adjustment
  change: (part: Partial<Adjustment>) => void
}

const Fields = ({ level, form, change }: FieldsProps) => (
  <div className="drawer-fields">
    <label>
      <span>{form.mode === 'to' ? `数到几${level.unit}` : `多了几${level.unit}`}</span>
      <Input
        autoFocus
        inputMode="numeric"
        value={form.typed}
        maxLength={7}
        onChange={(event) => change({ typed: event.target.value })}
      />
    </label>
    <label>
      <span>原因</span>
      <Input
        value={form.note}
        maxLength={120}
        placeholder={kindOf(form.reason)?.example}
        onChange={(event) => change({ note: event.target.value })}
      />
    </label>
  </div>
)
