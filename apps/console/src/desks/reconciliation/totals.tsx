import type { ReactNode } from 'react'

import { formatFen } from '../../ui/fen.ts'
import { billerWords, feeFen, feeRate, signedFen, type Day } from './model.ts'

const Line = ({ name, count, children }: { name: string; count?: ReactNode; children: ReactNode }) => (
  <div>
    <dt>
      {name}
      {count !== undefined && <span>{count}</span>}
    </dt>
    <dd>{children}</dd>
  </div>
)

const Total = ({ name, lead, children }: { name: string; lead: ReactNode; children: ReactNode }) => (
  <section className="total" aria-label={name}>
    <h2>{name}</h2>
    <p className="total-lead">{lead}</p>
    <dl>{children}</dl>
  </section>
)

const Delta = ({ fen }: { fen: number }) =>
  fen === 0 ? (
    <b className="total-level">平</b>
  ) : (
    <>
      差 <b className="total-delta">{signedFen(fen)}</b>
    </>
  )

const Sides = ({ name, unit, sides }: { name: string; unit: string; sides: Day['payments'] }) => (
  <Total name={name} lead={<Delta fen={sides.theirsFen - sides.oursFen} />}>
    <Line name="我方" count={`${sides.ours.toLocaleString('en-US')} ${unit}`}>
      {formatFen(sides.oursFen)}
    </Line>
    <Line name="对方" count={`${sides.theirs.toLocaleString('en-US')} ${unit}`}>
      {formatFen(sides.theirsFen)}
    </Line>
  </Total>
)

/** The sums of a day with their parts in sight: what came, what went back, what WeChat kept, what is due to us. */
export const Totals = ({ day }: { day: Day }) => {
  const fee = feeFen(day.feeMilliFen)
  const moved = day.fundsInFen - day.fundsOutFen
  return (
    <section className="totals card" aria-label="当日合计">
      <Sides name={`${billerWords[day.provider]}收款`} unit="笔" sides={day.payments} />
      <Sides name={`${billerWords[day.provider]}退款`} unit="笔" sides={day.refunds} />
      <Total name="手续费" lead={<b>{formatFen(fee)}</b>}>
        <Line name="占应结">{feeRate(day) ?? '—'}</Line>
        <Line name="账单行数">{day.billRows.toLocaleString('en-US')}</Line>
      </Total>
      <Total name="应到账" lead={<b>{formatFen(day.settleFen - fee)}</b>}>
        <Line name="应结 − 手续费">
          {formatFen(day.settleFen)} − {formatFen(fee)}
        </Line>
        <Line name="资金账单净变动">{day.fundsAt ? formatFen(moved) : '没有这份账单'}</Line>
      </Total>
    </section>
  )
}
