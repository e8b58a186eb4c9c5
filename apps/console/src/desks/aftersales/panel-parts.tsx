import type { ReactNode } from 'react'

import { formatFen } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { BenefitsBack } from '../orders/benefits-back.tsx'
import type { Quote } from '../orders/refund-model.ts'
import { backWords } from '../orders/tenders.ts'
import type { Aftersale } from './model.ts'

/** The right-hand side of a request: what can be done about it now. */
export const Panel = ({ title, note, children }: { title: string; note: string; children: ReactNode }) => (
  <aside className="side-panel card" aria-label={title}>
    <header>
      <h2>{title}</h2>
      <span className="quiet small">{note}</span>
    </header>
    {children}
  </aside>
)

/** What is exchanged for the same: no money moves. */
const Swap = ({ asked }: { asked: Aftersale }) => (
  <dl className="sums side-sums side-result">
    <div>
      <dt>换同样的</dt>
      <dd>
        <b className="strong">{asked.pieces} 件</b>，不退钱
      </dd>
    </div>
    <div>
      <dt>没货可换就退</dt>
      <dd>{formatFen(asked.amountFen)}</dd>
    </div>
  </dl>
)

/** What goes back, and what the shopper will have paid then. */
export const Sums = ({ asked, back }: { asked: Aftersale; back?: Quote | undefined }) => {
  if (asked.kind === 'exchange') return <Swap asked={asked} />
  const kept = asked.order.totalFen - asked.order.refundedFen
  const done = asked.state === 'DONE'
  const parts = back?.parts ?? []
  const only = parts.length === 1 ? parts[0] : undefined
  const several = parts.length > 1 ? parts : []
  return (
    <dl className="sums side-sums side-result">
      <div>
        <dt>{done ? '已退' : only ? backWords([only]) : '按原路退回'}</dt>
        <dd>
          <Money fen={asked.amountFen} size="hero" />
        </dd>
      </div>
      {several.map((part) => (
        <div key={part.provider}>
          <dt>{backWords([part])}</dt>
          <dd>{formatFen(part.amountFen)}</dd>
        </div>
      ))}
      <div>
        <dt>退后订单实付</dt>
        <dd>
          {!done && `${formatFen(kept)} → `}
          <b className="strong">{formatFen(done ? kept : Math.max(0, kept - asked.amountFen))}</b>
        </dd>
      </div>
      {back && <BenefitsBack quote={back} />}
    </dl>
  )
}

export const Steps = ({ title, steps }: { title: string; steps: readonly string[] }) => (
  <>
    <h3>{title}</h3>
    <ol>
      {steps.map((step, i) => (
        <li key={step}>
          {i + 1} {step}
        </li>
      ))}
    </ol>
  </>
)
