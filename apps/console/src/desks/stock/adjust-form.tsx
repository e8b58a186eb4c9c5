import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import { adjustOutcome, signed, type Adjustment, type AdjustReason, type Level } from './model.ts'

const kinds: { value: AdjustReason; label: string; mode: Adjustment['mode']; notes: string[] }[] = [
  { value: 'ADJUST', label: '盘点', mode: 'to', notes: ['盘点', '破损', '过期'] },
  { value: 'RECEIVE', label: '收货', mode: 'by', notes: ['供应商送货', '补货'] },
  { value: 'RETURN', label: '退货回架', mode: 'by', notes: ['顾客退货，完好'] },
]

/** Corrects the count on hand. What it will come to is shown before the button, and the button repeats it. */
export const AdjustForm = ({ level, close }: { level: Level; close: () => void }) => {
  const [form, setForm] = useState<Adjustment>({ reason: 'ADJUST', mode: 'to', typed: '', note: '' })
  // One key per opened form: pressing twice, or again after a lost answer, counts once.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const notice = useNotice()
  const outcome = adjustOutcome(level, form)
  const kind = kinds.find((each) => each.value === form.reason)
  const send = useMutation({
    mutationFn: (delta: number) =>
      api('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
        params: { storeId: level.storeId, skuId: level.skuId },
        body: { idempotencyKey, delta, reason: form.reason, note: form.note.trim() },
      }),
    onSuccess: async (now) => {
      notice.success(`记好了：在手 ${now.onHand}，可售 ${now.available}`)
      await queries.invalidateQueries({ queryKey: ['stock'] })
      close()
    },
  })
  const change = (part: Partial<Adjustment>) => {
    setForm((now) => ({ ...now, ...part }))
    setKey(crypto.randomUUID())
  }
  return (
    <form
      className="drawer-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (outcome.fault === undefined) send.mutate(outcome.delta)
      }}
    >
      <Segmented<AdjustReason>
        value={form.reason}
        options={kinds}
        onChange={(reason) =>
          change({ reason, mode: kinds.find((each) => each.value === reason)?.mode ?? 'by', typed: '' })
        }
      />
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
            placeholder={kind?.notes.join('、')}
            onChange={(event) => change({ note: event.target.value })}
          />
        </label>
      </div>
      <p className="drawer-outcome">
        {outcome.fault === undefined ? (
          <>
            在手 {level.onHand} → <b>{outcome.onHand}</b>（{signed(outcome.delta)}），可售 {level.available} →{' '}
            <b>{outcome.sellable}</b>
          </>
        ) : (
          <span className="quiet">{outcome.fault}</span>
        )}
      </p>
      <Refusal error={send.error} />
      <div className="drawer-actions">
        <Button
          type="primary"
          htmlType="submit"
          disabled={outcome.fault !== undefined}
          loading={send.isPending}
        >
          {outcome.fault === undefined ? `记 ${signed(outcome.delta)} ${level.unit}` : '记账'}
        </Button>
        <Button onClick={close}>不改了</Button>
      </div>
    </form>
  )
}
