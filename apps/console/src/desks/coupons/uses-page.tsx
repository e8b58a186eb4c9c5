import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { everyRow } from '../../ui/csv.ts'
import { DaySteps } from '../../ui/day-steps.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { businessDay, dayBeside, longDay } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { fundingWords } from '../rules/model.ts'
import { borneFen, byCoupon, byFunding, type CouponUse, singlesCsv, sourceWords, usesCsv } from './uses.ts'
import './coupons.css'

const shownDays = 30

/** Who bears how much of it. */
const Funders = ({ rows }: { rows: readonly CouponUse[] }) => (
  <dl className="coupon-figures use-figures">
    {byFunding(rows).map(({ funding, fen }) => (
      <div key={funding}>
        <dt>{fundingWords[funding]}</dt>
        <dd>{formatFen(fen)}</dd>
      </div>
    ))}
    <div>
      <dt>一共</dt>
      <dd>{formatFen(rows.reduce((sum, row) => sum + borneFen(row), 0))}</dd>
    </div>
  </dl>
)

const Table = ({ rows }: { rows: readonly CouponUse[] }) => {
  const { path, storeWords } = useScope()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>券</th>
          <th>门店</th>
          <th>哪里用的</th>
          <th>谁出钱</th>
          <th className="num">用掉</th>
          <th className="num">减了</th>
          <th className="num">退货收回</th>
          <th className="num">实际承担</th>
        </tr>
      </thead>
      <tbody>
        {byCoupon(rows).map((row) => (
          <tr key={`${row.templateId} ${row.storeId} ${row.source}`}>
            <td>
              <Link className="go" to={path(`/coupons/${row.templateId}`)}>
                {row.label}
              </Link>
            </td>
            <td>{storeWords(row.storeId)}</td>
            <td>{sourceWords[row.source]}</td>
            <td>{fundingWords[row.funding]}</td>
            <td className="num">{row.count} 张</td>
            <td className="num">{formatFen(row.offFen)}</td>
            <td className="num">{row.backFen === 0 ? '–' : formatFen(row.backFen)}</td>
            <td className="num strong">{formatFen(borneFen(row))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 用券账: what used coupons took off in thirty days, and who bears it. */
export default function CouponUsesPage() {
  const { path, storeId } = useScope()
  const { params, change } = useUrlFilters()
  const today = businessDay(useNow())
  const to = params.get('to') ?? today
  const from = dayBeside(to, 1 - shownDays)
  const asked = { from, to, ...(storeId ? { storeId } : {}) }
  const uses = useQuery({
    queryKey: ['coupon-uses', from, to, storeId],
    queryFn: () => api('GET /console/v1/coupon-uses', { query: asked }),
    placeholderData: keepPreviousData,
  })
  const rows = uses.data?.rows ?? []
  const span = `${longDay(`${from}T12:00:00+08:00`)} 到 ${longDay(`${to}T12:00:00+08:00`)}`
  return (
    <div className="list-page">
      <PageHead title="用券账" note={span} back={{ to: path('/coupons'), label: '回优惠券' }}>
        <DaySteps day={to} today={today} go={(day) => change({ to: day === today ? undefined : day })} />
        <CsvButton
          name={`用券账 ${from} ${to}`}
          label="按天导出"
          disabled={rows.length === 0}
          rows={() => Promise.resolve({ rows, total: rows.length })}
          text={usesCsv}
        />
        <CsvButton
          name={`用券逐笔 ${from} ${to}`}
          label="逐笔导出"
          disabled={rows.length === 0}
          rows={(exporting) =>
            everyRow(
              (page) => api('GET /console/v1/coupon-uses/purchases', { query: { ...asked, ...page } }),
              exporting,
            )
          }
          text={singlesCsv}
        />
      </PageHead>
      {uses.isPending && <Bones lines={8} />}
      {uses.isError && (
        <ErrorState title="用券账没取回来" error={uses.error} retry={() => void uses.refetch()} />
      )}
      {uses.data && (
        <Card title="谁承担了多少" note="按付款、核销那天算；退货那几件的优惠不算谁的">
          {rows.length === 0 ? (
            <EmptyState
              title="这些天没有人用券"
              text="顾客付了款，或在收银台核销了，用掉的券马上记在这里。"
            />
          ) : (
            <>
              <Funders rows={rows} />
              <Table rows={rows} />
            </>
          )}
        </Card>
      )}
    </div>
  )
}
