import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
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
import { businessDay, dayBeside, hourMinute, longDay } from '../../ui/time.ts'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { sumWords } from '../counter/model.ts'
import { TENDER_WORDS, type Tender } from '../orders/tenders.ts'
import { dayLines, netOf, rowsOf, tendersIn, totalOf, type Entry, type TakingsRow } from './model.ts'
import './takings.css'

const SHOWN_DAYS = 7
const PAGE = 20

const wordsOf = (day: string): string => longDay(`${day}T12:00:00+08:00`)

interface Picked {
  storeId: string
  provider: Tender
}

const Days = ({
  rows,
  day,
  pick,
}: {
  rows: readonly TakingsRow[]
  day: string
  pick: (day: string) => void
}) => {
  const tenders = tendersIn(rows)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>营业日</th>
          {tenders.map((tender) => (
            <th key={tender} className="num">
              {TENDER_WORDS[tender]}净收
            </th>
          ))}
          <th className="num">一共收</th>
          <th className="num">一共退</th>
        </tr>
      </thead>
      <tbody>
        {dayLines(rows).map((line) => (
          <tr key={line.day} aria-current={line.day === day ? 'date' : undefined}>
            <td>
              <button type="button" className="bare go" onClick={() => pick(line.day)}>
                {wordsOf(line.day)}
              </button>
            </td>
            {tenders.map((tender) => (
              <td key={tender} className="num">
                {line.nets[tender] === undefined ? '–' : formatFen(line.nets[tender])}
              </td>
            ))}
            <td className="num">{formatFen(line.inFen)}</td>
            <td className="num">{formatFen(line.outFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface StoresProps {
  rows: readonly TakingsRow[]
  picked: Picked | null
  pick: (picked: Picked) => void
}
const Stores = ({ rows, picked, pick }: StoresProps) => {
  const { storeWords } = useScope()
  const total = totalOf(rows)
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>门店</th>
          <th>怎么付的</th>
          <th className="num">收</th>
          <th className="num">退</th>
          <th className="num">净收</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={`${row.storeId}.${row.provider}`}
            aria-current={
              picked?.storeId === row.storeId && picked.provider === row.provider ? 'true' : undefined
            }
          >
            <td>{storeWords(row.storeId)}</td>
            <td>
              <button type="button" className="bare go" onClick={() => pick(row)}>
                {TENDER_WORDS[row.provider]}
              </button>
            </td>
            <td className="num">{sumWords(row.in)}</td>
            <td className="num">{sumWords(row.out)}</td>
            <td className="num strong">{formatFen(netOf(row))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>合计</td>
          <td className="num">{sumWords(total.in)}</td>
          <td className="num">{sumWords(total.out)}</td>
          <td className="num strong">{formatFen(netOf(total))}</td>
        </tr>
      </tfoot>
    </table>
  )
}

const EntryRow = ({ entry }: { entry: Entry }) => {
  const { path } = useScope()
  return (
    <tr>
      <td className="quiet nowrap">{hourMinute(entry.at)}</td>
      <td>
        <Link className="go" to={path(`/orders/${entry.orderId}`)}>
          <OrderNo no={entry.orderNo} />
        </Link>
      </td>
      <td>{entry.way === 'in' ? '收' : '退'}</td>
      <td className="quiet">{entry.number}</td>
      <td className="num strong">
        {entry.way === 'in' ? '' : '−'}
        {formatFen(entry.amountFen)}
      </td>
    </tr>
  )
}

const Entries = ({ day, picked }: { day: string; picked: Picked }) => {
  const { params, change } = useUrlFilters()
  const page = pageOf(params)
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['takings', 'entries', day, picked.storeId, picked.provider, page],
    queryFn: () =>
      api('GET /console/v1/takings/:day/entries', {
        params: { day },
        query: { storeId: picked.storeId, provider: picked.provider, page, limit: PAGE },
      }),
    placeholderData: keepPreviousData,
  })
  if (isPending) return <Bones lines={4} />
  if (isError && !data) return <ErrorState title="明细没取回来" error={error} retry={() => void refetch()} />
  const turn = (to: number) => change({ page: String(to) })
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th>时间</th>
            <th>订单</th>
            <th>收退</th>
            <th>商户单号</th>
            <th className="num">金额</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
      {data.total > PAGE && (
        <p className="takings-pages quiet">
          共 {data.total} 笔，第 {page} 页
          <Button size="small" disabled={page === 1} onClick={() => turn(page - 1)}>
            上一页
          </Button>
          <Button size="small" disabled={page * PAGE >= data.total} onClick={() => turn(page + 1)}>
            下一页
          </Button>
        </p>
      )}
    </>
  )
}

const pickedIn = (params: URLSearchParams, rows: readonly TakingsRow[]): Picked | null =>
  rows.find((row) => row.storeId === params.get('at') && row.provider === params.get('tender')) ?? null

/** 收款汇总: what came in and went back by tender, per day and store, down to every payment and refund. */
export default function TakingsPage() {
  const now = useNow()
  const { storeId, storeWords } = useScope()
  const { params, change } = useUrlFilters()
  const today = businessDay(now)
  const day = params.get('day') ?? today
  const from = dayBeside(day, 1 - SHOWN_DAYS)
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['takings', from, day, storeId],
    queryFn: () =>
      api('GET /console/v1/takings', { query: { from, to: day, ...(storeId ? { storeId } : {}) } }),
    placeholderData: keepPreviousData,
  })
  const go = (to: string) => change({ day: to === today ? undefined : to, at: undefined, tender: undefined })
  const rows = rowsOf(data?.rows ?? [], day)
  const picked = pickedIn(params, rows)
  return (
    <div className="list-page">
      <PageHead title="收款汇总" note={`${wordsOf(day)} · 钱收到、退到的那一天算`}>
        <DaySteps day={day} today={today} go={go} />
      </PageHead>
      <Card className="list-card">
        {isPending && <Bones lines={6} />}
        {isError && !data && <ErrorState title="没取回来" error={error} retry={() => void refetch()} />}
        {data && (
          <div className="takings">
            {rows.length > 0 ? (
              <Stores
                rows={rows}
                picked={picked}
                pick={({ storeId: at, provider: tender }) => change({ at, tender })}
              />
            ) : (
              <EmptyState
                title="这天没有收退"
                text="微信、支付宝、现金、刷卡收到和退掉的钱，会按门店列在这里。"
              />
            )}
            {picked && (
              <>
                <h2>
                  {storeWords(picked.storeId)} · {TENDER_WORDS[picked.provider]}的每一笔
                </h2>
                <Entries day={day} picked={picked} />
              </>
            )}
            {data.rows.length > 0 && (
              <>
                <h2>到这天为止的 {SHOWN_DAYS} 天</h2>
                <Days rows={data.rows} day={day} pick={go} />
              </>
            )}
          </div>
        )}
      </Card>
    </div>
  )
}
