import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Minus, Plus, RotateCcw } from 'lucide-react'
import { useState, type ReactNode } from 'react'

import { api, problemOf } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import type { OrderDetail } from './model.ts'
import { BenefitsBack, FaultChoice } from './benefits-back.tsx'
import { Steps } from './steps.tsx'
import { backWords } from './tenders.ts'
import { WordsField } from '../../ui/words-field.tsx'
import {
  pickAll,
  type Picked,
  pickLines,
  type PickLine,
  pieceSteps,
  type Quote,
  shareWords,
  wantedOf,
} from './refund-model.ts'
import './refund-panel.css'

const reasons = ['顾客不想要了', '门店缺货', '商品有问题', '给错了货']

const Sum = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

interface PickProps {
  pick: PickLine
  quantity: number
  change: (quantity: number) => void
}
const Pick = ({ pick: { line, left }, quantity, change }: PickProps) => (
  <li className={quantity > 0 ? 'refund-pick refund-pick-on' : 'refund-pick'}>
    <Thumb src={line.picture?.s} size={40} />
    <span className="two-lines">
      <span className="clip">{line.name}</span>
      <small>
        买 {line.quantity} {line.unit}，已退 {line.quantity - left} {line.unit}
      </small>
    </span>
    <span className="refund-stepper" role="group" aria-label={`${line.name} 退几${line.unit}`}>
      <button
        type="button"
        disabled={quantity === 0}
        aria-label="少退一件"
        onClick={() => change(quantity - 1)}
      >
        <Minus size={14} aria-hidden="true" />
      </button>
      <output aria-live="polite">{quantity}</output>
      <button
        type="button"
        disabled={quantity === left}
        aria-label="多退一件"
        onClick={() => change(quantity + 1)}
      >
        <Plus size={14} aria-hidden="true" />
      </button>
    </span>
  </li>
)

// One line is explained to the fen; of several, each says what it gives back.
const Lines = ({ lines, quote }: { lines: readonly PickLine[]; quote: Quote }) => {
  const [only] = quote.lines
  const pick = quote.lines.length === 1 && lines.find(({ line }) => line.lineNo === only?.lineNo)
  const rows =
    pick && only
      ? shareWords(pick, only.quantity, only.amountFen)
      : quote.lines.map(({ lineNo, quantity, amountFen }) => {
          const line = lines.find((each) => each.line.lineNo === lineNo)?.line
          return { name: `${line?.name ?? ''} × ${quantity}`, fen: amountFen }
        })
  return (
    <dl className="sums side-sums refund-lines">
      {rows.map(({ name, fen }) => (
        <Sum key={name} name={name}>
          {formatFen(fen)}
        </Sum>
      ))}
    </dl>
  )
}

const Result = ({ order, quote }: { order: OrderDetail; quote: Quote }) => (
  <dl className="sums side-sums side-result">
    <Sum name={quote.parts.length > 1 ? '一共退回' : backWords(quote.parts)}>
      <Money fen={quote.amountFen} size="hero" />
    </Sum>
    {quote.parts.length > 1 &&
      quote.parts.map((part) => (
        <Sum key={part.provider} name={backWords([part])}>
          {formatFen(part.amountFen)}
        </Sum>
      ))}
    <BenefitsBack quote={quote} />
    <Sum name="库存">{order.state === 'COMPLETED' ? '不动 · 货已取走' : '放回可售'}</Sum>
    <Sum name="退后订单实付">
      {formatFen(quote.keptFen + quote.amountFen)} → <b className="strong">{formatFen(quote.keptFen)}</b>
    </Sum>
  </dl>
)

// All pieces went back, and one of several tenders failed to give its money: there is nothing to pick any more, only to send.
const leftOver = (order: OrderDetail): boolean =>
  order.refundable.length === 0 && (order.refundableFen ?? 0) > 0
const piecesOf = (quote: Quote) =>
  quote.lines.flatMap(({ lineNo, quantity }) => (quantity > 0 ? [{ lineNo, quantity }] : []))

// The desk's own plan, asked for each choice: what the button says is what goes back.
const useQuote = (order: OrderDetail, picked: Picked, ourFault: boolean) => {
  const lines = wantedOf(picked)
  return useQuery({
    queryKey: ['refund-quote', order.id, order.refundableFen, lines, ourFault],
    queryFn: () =>
      api('POST /console/v1/orders/:orderId/refund-quotes', {
        params: { orderId: order.id },
        body: { ourFault, ...(leftOver(order) ? {} : { lines }) },
      }),
    enabled: lines.length > 0 || leftOver(order),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

const useRefund = (order: OrderDetail, done: () => void) => {
  // One key per opened panel: pressing twice, or again after a lost answer, refunds once.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: ({ quote, reason, ourFault }: { quote: Quote; reason: string; ourFault: boolean }) =>
      api('POST /console/v1/orders/:orderId/refunds', {
        params: { orderId: order.id },
        body: {
          idempotencyKey,
          ...(leftOver(order) ? {} : { lines: piecesOf(quote) }),
          expectFen: quote.amountFen,
          reason,
          ourFault,
        },
      }),
    onSuccess: (now, { quote }) => {
      queries.setQueryData(['order', order.id], now)
      void queries.invalidateQueries({ queryKey: ['orders'] })
      notice.success(
        quote.amountFen > 0
          ? `${formatFen(quote.amountFen)} 已提交退款，到账会出现在「收款与退款」里`
          : '已经退掉，没有钱要退',
      )
      done()
    },
    onError: (error) => {
      if (problemOf(error)?.code === 'orders.price_changed')
        for (const queryKey of [['order', order.id], ['refund-quote']])
          void queries.invalidateQueries({ queryKey })
    },
  })
}

function buttonWords(quote: Quote | undefined): string {
  if (!quote) return '退给顾客'
  return quote.amountFen > 0 ? `退 ${formatFen(quote.amountFen)} 给顾客` : '退掉，不退钱'
}

/** The refund as it will be, line by line, before the button that repeats the amount. The amount is sent along and checked again. */
export const RefundPanel = ({ order, close }: { order: OrderDetail; close: () => void }) => {
  const lines = pickLines(order)
  const [picked, setPicked] = useState<Picked>(() => (lines.length === 1 ? pickAll(order) : {}))
  const [reason, setReason] = useState('')
  const [ourFault, setOurFault] = useState(false)
  const asked = useQuote(order, picked, ourFault)
  const chosen = wantedOf(picked).length > 0 || leftOver(order)
  const quote = chosen && !asked.isError && !asked.isPlaceholderData ? asked.data : undefined
  const refund = useRefund(order, close)
  return (
    <SidePanel title="退款试算" icon={RotateCcw} close={close}>
      <ul className="refund-picks">
        {lines.map((pick) => (
          <Pick
            key={pick.line.lineNo}
            pick={pick}
            quantity={picked[pick.line.lineNo] ?? 0}
            change={(quantity) => setPicked((before) => ({ ...before, [pick.line.lineNo]: quantity }))}
          />
        ))}
      </ul>
      {lines.length > 1 && (
        <button type="button" className="bare go refund-all" onClick={() => setPicked(pickAll(order))}>
          剩下的全退
        </button>
      )}
      <Refusal error={chosen && asked.error} />
      {quote && <Lines lines={lines} quote={quote} />}
      {quote && <Result order={order} quote={quote} />}
      <div className="side-words">
        <FaultChoice value={ourFault} change={setOurFault} />
        <WordsField
          most={60}
          id="refund-reason"
          label="为什么退"
          placeholder="写一句，会留在订单里"
          usual={reasons}
          value={reason}
          change={setReason}
        />
        {quote && <Steps steps={pieceSteps(order, picked, quote)} />}
      </div>
      <footer>
        <Refusal error={refund.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!reason.trim() || !quote}
          loading={refund.isPending}
          onClick={() => quote && refund.mutate({ quote, reason: reason.trim(), ourFault })}
        >
          {buttonWords(quote)}
        </Button>
        {!chosen && <p className="quiet small">先选退哪一行、退几件。</p>}
        {chosen && !reason.trim() && <p className="quiet small">先写为什么退。</p>}
      </footer>
    </SidePanel>
  )
}
