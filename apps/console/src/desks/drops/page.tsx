import { Button, Pagination } from 'antd'
import { Plus } from 'lucide-react'
import { Link } from 'react-router'

import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { hourMinute, when } from '../../ui/time.ts'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { PAGE, useDrops } from './data.ts'
import { axisOf, type Row, stateTones, stateWords } from './model.ts'
import { Interval, Shares, Verdict } from './uplift.tsx'
import './drops.css'

const Line = ({ row: { drop, result }, axis }: { row: Row; axis: ReturnType<typeof axisOf> }) => {
  const { path } = useScope()
  const now = useNow()
  return (
    <tr>
      <td>
        <span className="two-lines">
          <Link className="drop-name" to={path(`/drops/${drop.id}`)}>
            {drop.name}
          </Link>
          <small className="quiet clip">
            {drop.audience} · {drop.coupon}
          </small>
        </span>
      </td>
      <td>
        <StateTag tone={stateTones[drop.state]}>{stateWords[drop.state]}</StateTag>
      </td>
      <td className="quiet nowrap">
        {drop.schedule === 'daily' ? '每天，' : ''}
        {when(drop.startsAt, now)} 起
      </td>
      <td>
        <Shares result={result} />
      </td>
      <td>
        <Interval result={result} axis={axis} />
      </td>
      <td>{drop.state === 'DRAFT' ? <span className="quiet">还没发</span> : <Verdict result={result} />}</td>
      <td className="num">{formatFen(result.costFen)}</td>
    </tr>
  )
}

/** 定向发券: what was sent to whom, and whether it helped. */
export default function DropsPage() {
  const { go } = useScope()
  const mayWrite = useMay('drops.write')
  const { params, change } = useUrlFilters()
  const at = pageOf(params)
  const drops = useDrops(at)
  const axis = axisOf(drops.data?.items.map(({ result }) => result) ?? [])
  const asOf = drops.data?.items[0]?.result.asOf
  return (
    <div className="drop-list">
      <PageHead
        title="定向发券"
        note={`每次都留一部分人不发，才知道券有没有用${asOf ? ` · 截至 ${hourMinute(asOf)}` : ''}`}
      >
        {mayWrite && (
          <Button type="primary" icon={<Plus size={15} />} onClick={() => go('/drops/new')}>
            发一轮券
          </Button>
        )}
      </PageHead>
      <Card
        title="发券有没有用"
        note="收到券的人 − 对照组，在约定天数内来买的比例之差，95% 区间（Newcombe 法）"
      >
        {drops.isPending && <Bones lines={6} />}
        {drops.isError && (
          <ErrorState title="没取回来" error={drops.error} retry={() => void drops.refetch()} />
        )}
        {drops.data?.total === 0 && (
          <EmptyState
            title="还没有发过"
            text="选一个人群、一张券，先试算能发到谁。系统留一成的人不发，到时候比一比。"
          />
        )}
        {drops.data && drops.data.items.length > 0 && (
          <table className="plain-table">
            <thead>
              <tr>
                <th>名字</th>
                <th>状态</th>
                <th>什么时候</th>
                <th>来买的 发了 / 对照</th>
                <th>多来（个点）</th>
                <th>结论</th>
                <th className="num">券花了</th>
              </tr>
            </thead>
            <tbody>
              {drops.data.items.map((row) => (
                <Line key={row.drop.id} row={row} axis={axis} />
              ))}
            </tbody>
          </table>
        )}
        {drops.data && drops.data.total > PAGE && (
          <Pagination
            className="drop-pages"
            current={at}
            pageSize={PAGE}
            total={drops.data.total}
            showSizeChanger={false}
            onChange={(page) => change({ page: String(page) })}
          />
        )}
      </Card>
    </div>
  )
}
