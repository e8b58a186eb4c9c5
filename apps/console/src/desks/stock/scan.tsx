import { useMutation } from '@tanstack/react-query'
import { Input, type InputRef } from 'antd'
import { ScanBarcode } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { api } from '../../api.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { Refusal } from '../../ui/states.tsx'
import { meant, parseScan } from './entry-model.ts'
import type { Level } from './model.ts'

interface ScanProps {
  storeId: string
  /** What was scanned or chosen, and how many. */
  found: (level: Level, quantity: number) => void
  placeholder?: string
  /** One field among others: it neither takes the focus nor a key. */
  aside?: boolean
}

interface Choice {
  quantity: number
  text: string
  levels: readonly Level[]
}

const Choices = ({ choice, pick }: { choice: Choice; pick: (level: Level) => void }) => (
  <ul className="scan-choices">
    {choice.levels.map((level) => (
      <li key={level.skuId}>
        <button type="button" className="bare" onClick={() => pick(level)}>
          <b>{level.name}</b>
          <small className="quiet">
            {level.barcode} · 在手 {level.onHand}
          </small>
        </button>
      </li>
    ))}
  </ul>
)

/** The one field a scanner types into: barcode and Enter adds a piece, `12*` before it adds twelve; a name offers a choice. */
export const Scan = ({
  storeId,
  found,
  placeholder = '扫条码，或输名称回车；12*条码 记 12 件',
  aside = false,
}: ScanProps) => {
  const [typed, setTyped] = useState('')
  const [choice, setChoice] = useState<Choice>()
  const field = useRef<InputRef>(null)
  const back = () => field.current?.focus()
  useEffect(() => {
    if (!aside) back()
  }, [aside])
  useKeys(aside ? [] : [{ keys: 'f', label: '回到扫码框', run: back }])
  const look = useMutation({
    mutationFn: async (scan: string): Promise<Choice> => {
      const { quantity, text } = parseScan(scan)
      const { items } = await api('GET /console/v1/stock-levels', { query: { storeId, q: text, limit: 8 } })
      return { quantity, text, levels: items }
    },
    onSuccess: (answer) => {
      const level = meant(answer.levels, answer.text)
      if (level) return take(level, answer.quantity)
      setChoice(answer)
      field.current?.select()
    },
  })
  const take = (level: Level, quantity: number) => {
    setTyped('')
    setChoice(undefined)
    found(level, quantity)
    back()
  }
  return (
    <div className="scan">
      <Input
        ref={field}
        size="large"
        value={typed}
        maxLength={46}
        prefix={<ScanBarcode size={18} aria-hidden="true" />}
        placeholder={placeholder}
        aria-label="扫码"
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault()
          if (typed.trim()) look.mutate(typed)
        }}
      />
      <div className="scan-answer" aria-live="polite">
        <Refusal error={look.error} />
        {choice?.levels.length === 0 && (
          <p className="refusal">这家店没有「{choice.text}」。条码对吗？新商品要先上架到这家店。</p>
        )}
        {choice && choice.levels.length > 0 && (
          <Choices choice={choice} pick={(level) => take(level, choice.quantity)} />
        )}
      </div>
    </div>
  )
}
