import type { ReactNode } from 'react'

import { Money } from '../../ui/money.tsx'
import { formatFen } from '../../ui/fen.ts'
import { compareName, growth, sharePercent, tenths, type Workbench } from './model.ts'

interface FigureProps {
  name: string
  meaning: string
  value: ReactNode
  change: number | undefined
  changeWords?: string | undefined
  before: string
}

const Figure = ({ name, meaning, value, change, changeWords, before }: FigureProps) => (
  <div className="figure">
    <dt title={meaning}>{name}</dt>
    <dd>
      {value}
      <small>
        {change !== undefined && (
          <b className={change < 0 ? 'down' : 'up'}>
            {change < 0 ? '↓' : '↑'} {changeWords ?? tenths(change)}
          </b>
        )}{' '}
        <span className="quiet">{before}</span>
      </small>
    </dd>
  </div>
)

const noOrders = (week: string): string => `${week}此时没有单`

const percent = (basisPoints: number | null): string | undefined =>
  basisPoints === null ? undefined : sharePercent(basisPoints)

// The share is compared in points, not in percent of a percent.
const ShareFigure = ({ now, before, week }: { now: number | null; before: number | null; week: string }) => {
  const change = now === null || before === null ? undefined : Math.round((now - before) / 10)
  return (
    <Figure
      name="自提单占比"
      meaning="自提订单数 ÷ 支付订单"
      value={
        <b className="figure-value">
          {percent(now) ?? '—'}
          {now !== null && <small>%</small>}
        </b>
      }
      change={change}
      changeWords={change === undefined ? undefined : `${(Math.abs(change) / 10).toFixed(1)} 点`}
      before={before === null ? noOrders(week) : `${week} ${percent(before)}%`}
    />
  )
}

/** The four figures of today, each with what it means and what it was at this time a week ago. */
export const Figures = ({ bench: { today, compare, compareDay } }: { bench: Workbench }) => {
  const week = compareName(compareDay)
  return (
    <dl className="figures">
      <Figure
        name="实付销售额"
        meaning="今天付款成功的订单实付合计，含后来退款的"
        value={<Money fen={today.paidFen} size="hero" />}
        change={growth(today.paidFen, compare.paidFen)}
        before={`${week} ${formatFen(compare.paidFen)}`}
      />
      <Figure
        name="支付订单"
        meaning="今天付款成功的订单数"
        value={<b className="figure-value">{today.orders.toLocaleString('en-US')}</b>}
        change={growth(today.orders, compare.orders)}
        before={`${week} ${compare.orders}`}
      />
      <Figure
        name="客单价"
        meaning="实付销售额 ÷ 支付订单"
        value={
          today.averageFen === null ? (
            <b className="figure-value">—</b>
          ) : (
            <Money fen={today.averageFen} size="hero" />
          )
        }
        change={growth(today.averageFen, compare.averageFen)}
        before={compare.averageFen === null ? noOrders(week) : `${week} ${formatFen(compare.averageFen)}`}
      />
      <ShareFigure now={today.pickupShare} before={compare.pickupShare} week={week} />
    </dl>
  )
}
