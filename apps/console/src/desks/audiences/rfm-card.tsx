import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { type Rfm, segmentWords, share } from './model.ts'

const FIVE = [5, 4, 3, 2, 1]
const cutWords = (cuts: readonly number[] | undefined, unit: string): string =>
  cuts ? cuts.map((cut) => `${Math.round(cut * 10) / 10}${unit}`).join(' · ') : ''

const Grid = ({ run }: { run: Rfm }) => {
  const { path } = useScope()
  const most = Math.max(1, ...run.cells.map(({ members }) => members))
  const cellOf = (r: number, f: number) => run.cells.find((cell) => cell.r === r && cell.f === f)
  return (
    <table className="rfm-grid">
      <caption className="sr-only">按最近程度（行）和次数（列）分的会员数</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">最近程度</span>
          </th>
          {FIVE.toReversed().map((f) => (
            <th scope="col" key={f}>
              F{f}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {FIVE.map((r) => (
          <tr key={r}>
            <th scope="row">R{r}</th>
            {FIVE.toReversed().map((f) => {
              const cell = cellOf(r, f)
              if (!cell) return <td key={f}>0</td>
              const depth = Math.round((cell.members / most) * 70)
              return (
                <td
                  key={f}
                  style={{ background: `color-mix(in srgb, var(--persimmon) ${depth}%, var(--alt))` }}
                >
                  <Link
                    to={path(`/audiences/new?r=${r}&f=${f}`)}
                    title={`R${r} F${f}，花了 ${formatFen(cell.keptFen)}`}
                  >
                    {cell.members.toLocaleString('en-US')}
                  </Link>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Everybody who ever bought, by how lately and how often; each cell and each segment leads to an audience of it. */
export const RfmCard = () => {
  const { path } = useScope()
  const [rule, setRule] = useState<'A' | 'B'>('A')
  const rfm = useQuery({
    queryKey: ['rfm', rule],
    queryFn: () => api('GET /console/v1/rfm', { query: { rule } }),
    staleTime: 60_000,
  })
  const run = rfm.data?.run
  return (
    <Card
      title="RFM 分层"
      note={
        run
          ? `截至 ${run.day}，线上订单 + 门店小票，${run.members.toLocaleString('en-US')} 位买过的会员`
          : undefined
      }
      extra={
        <Segmented
          size="small"
          value={rule}
          onChange={setRule}
          options={[
            { value: 'A' as const, label: '按分位' },
            { value: 'B' as const, label: '五等分' },
          ]}
        />
      }
    >
      {rfm.isPending && <Bones lines={5} />}
      {rfm.isError && <ErrorState title="分层没取回来" error={rfm.error} retry={() => void rfm.refetch()} />}
      {rfm.data && !run && (
        <EmptyState title="还没分过层" text="每晚 2 点以后算一次：最近一次是哪天、买过几次、一共花多少。" />
      )}
      {run?.members === 0 && <EmptyState title="还没有会员买过" text="有会员的订单或小票，当晚就会分层。" />}
      {run && run.members > 0 && (
        <div className="rfm">
          <div>
            <Grid run={run} />
            <p className="quiet small">
              行：R 最近一次，5 分最近。列：F 次数，5 分最多。按一格，圈出这些人。
              {run.cuts && (
                <>
                  <br />
                  分界：R {cutWords(run.cuts.r, ' 天')}；F {cutWords(run.cuts.f, ' 次')}
                </>
              )}
            </p>
          </div>
          <table className="plain-table">
            <thead>
              <tr>
                <th>分层</th>
                <th className="num">会员</th>
                <th className="num">占</th>
                <th className="num">一共花（退款扣掉）</th>
              </tr>
            </thead>
            <tbody>
              {run.segments.map(({ segment, members, keptFen }) => (
                <tr key={segment}>
                  <td>
                    <Link className="go" to={path(`/audiences/new?segment=${segment}`)}>
                      {segmentWords[segment]}
                    </Link>
                  </td>
                  <td className="num strong">{members.toLocaleString('en-US')}</td>
                  <td className="num quiet">{share(members, run.members)}</td>
                  <td className="num">{formatFen(keptFen)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
