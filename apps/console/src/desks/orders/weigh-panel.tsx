import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Scale } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import type { OrderDetail } from './model.ts'
import { Steps } from './steps.tsx'
import {
  looksWrong,
  parseGrams,
  weighedAs,
  weighedLines,
  weightWords,
  type WeighedLine,
} from './weigh-model.ts'

interface Weighed {
  line: WeighedLine
  grams: number
}

const useWeigh = (order: OrderDetail, done: () => void) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: (weighed: readonly Weighed[]) =>
      api('POST /console/v1/orders/:orderId/weights', {
        params: { orderId: order.id },
        body: {
          lines: weighed.map(({ line: { lineNo, weight }, grams }) => ({
            lineNo,
            grams,
            expectGrams: weight.finalGrams,
          })),
        },
      }),
    onSuccess: (now) => {
      queries.setQueryData(['order', order.id], now)
      notice.success('重量已记下，交接时结算')
      done()
    },
    // Somebody on the shop floor may have weighed it meanwhile: show what the order is now.
    onError: () => void queries.invalidateQueries({ queryKey: ['order', order.id] }),
  })
}

interface FieldProps {
  line: WeighedLine
  text: string
  set: (text: string) => void
}

const GramsField = ({ line, text, set }: FieldProps) => {
  const grams = parseGrams(text)
  const bad = text !== '' && grams === undefined
  const odd = grams !== undefined && looksWrong(line.weight, grams)
  const id = `grams-${line.lineNo}`
  return (
    <div className="field">
      <label htmlFor={id}>
        {line.name}，{line.quantity - line.withdrawnQuantity} {line.unit}，实付{' '}
        {formatFen(line.weight.payFen)}
      </label>
      <Input
        id={id}
        value={text}
        maxLength={7}
        inputMode="numeric"
        suffix="g"
        status={bad ? 'error' : odd ? 'warning' : ''}
        aria-describedby={`${id}-said`}
        onChange={(event) => set(event.target.value)}
      />
      <p id={`${id}-said`} className={bad ? 'field-fault' : 'field-help'}>
        {bad
          ? '填整数克，1 到 1000000'
          : `${odd ? '差得很多，再核一遍：' : ''}${weightWords(grams === undefined ? { ...line.weight, finalGrams: null } : weighedAs(line.weight, grams), false)}`}
      </p>
    </div>
  )
}

/** Notes what the scales say, with the exact sum that will go back. No money moves before the bag is handed over. */
export const WeighPanel = ({ order, close }: { order: OrderDetail; close: () => void }) => {
  const lines = weighedLines(order)
  const [typed, setTyped] = useState<Record<number, string>>({})
  const textOf = ({ lineNo, weight }: WeighedLine) => typed[lineNo] ?? String(weight.finalGrams ?? '')
  const weigh = useWeigh(order, close)
  const known = lines.flatMap((line) => {
    const grams = parseGrams(textOf(line))
    return grams === undefined ? [] : [{ line, grams }]
  })
  const changed = known.filter(({ line, grams }) => line.weight.finalGrams !== grams)
  const backFen = known.reduce((sum, { line, grams }) => sum + weighedAs(line.weight, grams).backFen, 0)
  return (
    <SidePanel title="记重量" icon={Scale} close={close}>
      <div className="side-words">
        {lines.map((line) => (
          <GramsField
            key={line.lineNo}
            line={line}
            text={textOf(line)}
            set={(text) => setTyped({ ...typed, [line.lineNo]: text })}
          />
        ))}
        <Steps
          steps={[
            '现在只记重量，不动钱；交接前随时能改',
            backFen > 0 ? `交接时自动原路退 ${formatFen(backFen)}，一次` : '交接时没有差价要退',
            known.length < lines.length
              ? `还有 ${lines.length - known.length} 样没称，称完才能备好、交接`
              : '都称过了，可以备好',
          ]}
        />
      </div>
      <footer>
        <Refusal error={weigh.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={changed.length === 0}
          loading={weigh.isPending}
          onClick={() => weigh.mutate(changed)}
        >
          {changed.length === 0 ? '没有改动' : `记下 ${changed.length} 样的重量`}
        </Button>
      </footer>
    </SidePanel>
  )
}
