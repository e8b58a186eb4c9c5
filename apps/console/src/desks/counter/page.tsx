import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { DaySteps } from '../../ui/day-steps.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { businessDay, longDay, when } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { TENDER_WORDS } from '../orders/tenders.ts'
import { netOf, sumWords, totalOf, type CounterDay, type CounterRow } from './model.ts'
import './counter.css'

const People = ({ rows }: { rows: readonly CounterRow[] }) => {
  const { storeWords } = useScope()
  const { cash, card } = totalOf(rows)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>门店</th>
          <th>谁</th>
          <th className="num">收现金</th>
          <th className="num">退现金</th>
          <th className="num">现金应有</th>
          <th className="num">收刷卡</th>
          <th className="num">退刷卡</th>
          <th className="num">刷卡净额</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.storeId}.${row.staffId}`}>
            <td className="nowrap">{storeWords(row.storeId)}</td>
            <td>
              {row.name} <small className="quiet">{row.account}</small>
            </td>
            <td className="num">{sumWords(row.cashIn)}</td>
            <td className="num">{sumWords(row.cashOut)}</td>
            <td className="num counter-net">{formatFen(netOf(row, 'cash'))}</td>
            <td className="num">{sumWords(row.cardIn)}</td>
            <td className="num">{sumWords(row.cardOut)}</td>
            <td className="num counter-net">{formatFen(netOf(row, 'card'))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>合计</td>
          <td className="num counter-net">{formatFen(cash)}</td>
          <td colSpan={2} />
          <td className="num counter-net">{formatFen(card)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

const Waiting = ({ waiting }: { waiting: CounterDay['waiting'] }) => {
  const now = useNow()
  const { path, storeWords } = useScope()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>门店</th>
          <th>订单</th>
          <th>怎么收的</th>
          <th>为什么退</th>
          <th>从什么时候等</th>
          <th className="num">要退</th>
        </tr>
      </thead>
      <tbody>
        {waiting.map((refund) => (
          <tr key={refund.id}>
            <td className="nowrap">{storeWords(refund.storeId)}</td>
            <td>
              <Link className="go" to={path(`/orders/${refund.orderId}`)}>
                <OrderNo no={refund.orderNo} />
              </Link>
            </td>
            <td>
              {TENDER_WORDS[refund.provider]}
              {refund.slip && <small className="quiet"> 凭证 {refund.slip}</small>}
            </td>
            <td>{refund.reason}</td>
            <td className="quiet nowrap">{when(refund.since, now)}</td>
            <td className="num strong">{formatFen(refund.amountFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 柜台收退: what each person took and gave back at the counters in a day, and what shoppers have still to get. */
export default function CounterPage() {
  const now = useNow()
  const { storeId } = useScope()
  const { params, change } = useUrlFilters()
  const today = businessDay(now)
  const day = params.get('day') ?? today
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['counter-day', day, storeId],
    queryFn: () =>
      api('GET /console/v1/counter-days/:day', { params: { day }, query: storeId ? { storeId } : {} }),
    placeholderData: keepPreviousData,
  })
  const go = (to: string) => change({ day: to === today ? undefined : to })
  return (
    <div className="list-page">
      <PageHead title="柜台收退" note={`${longDay(`${day}T12:00:00+08:00`)} · 按收和退的人、营业日算`}>
        <DaySteps day={day} today={today} go={go} />
      </PageHead>
      <Card className="list-card">
        {isPending && <Bones lines={5} />}
        {isError && !data && <ErrorState title="没取回来" error={error} retry={() => void refetch()} />}
        {data && (
          <div className="counter-table">
            {data.rows.length > 0 ? (
              <People rows={data.rows} />
            ) : (
              <EmptyState
                title="这天柜台没有收退"
                text="店员在店员入口「柜台」里收的现金和刷卡，会按人列在这里。"
              />
            )}
            <h2>待柜台退款</h2>
            {data.waiting.length > 0 ? (
              <Waiting waiting={data.waiting} />
            ) : (
              <p className="quiet">没有等着退的钱。柜台收的钱退款时，由店员当面退给顾客后确认。</p>
            )}
          </div>
        )}
      </Card>
    </div>
  )
}
