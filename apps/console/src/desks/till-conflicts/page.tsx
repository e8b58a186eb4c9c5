import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { EmptyState } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { givenName } from '../../ui/who.ts'
import { ends, factsOf, kinds, type Conflict } from './model.ts'
import { useConflicts } from './page-data.ts'
import { ConflictPanel } from './panel.tsx'
import './till-conflicts.css'

const pageSize = 30

const At = ({ at }: { at: string }) => <span className="quiet small nowrap">{when(at, useNow())}</span>

const standingOf = ({ owner, resolution }: Conflict): string => {
  if (resolution) return ends[resolution]
  if (owner) return owner.mine ? '归我在办' : `${givenName(owner.name)} 在办`
  return '还没人认领'
}

const columns: Column<Conflict>[] = [
  {
    key: 'kind',
    title: '什么事',
    width: 140,
    bone: 'short',
    cell: (row) => <StateTag tone={row.resolvedAt ? 'done' : 'alarm'}>{kinds[row.kind]}</StateTag>,
  },
  {
    key: 'facts',
    title: '哪里不对',
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        {factsOf(row)}
        <small>
          {row.partnerName} · {row.posTxnId}
        </small>
      </span>
    ),
  },
  { key: 'store', title: '门店', width: 70, bone: 'short', cell: (row) => row.storeId },
  {
    key: 'money',
    title: '牵涉金额',
    width: 100,
    align: 'right',
    bone: 'short',
    cell: ({ amountFen }) => (amountFen > 0 ? <span className="num">{formatFen(amountFen)}</span> : ''),
  },
  { key: 'who', title: '谁在办', width: 130, bone: 'short', cell: (row) => standingOf(row) },
  { key: 'at', title: '什么时候', width: 110, bone: 'short', cell: (row) => <At at={row.openedAt} /> },
]

const views = [
  { key: 'open', label: '等处理', filter: { open: true } },
  { key: 'mine', label: '归我的', filter: { open: true, mine: true } },
  { key: 'over', label: '处理过的', filter: { open: false } },
] as const

/** 收银冲突: what tills told us and our books do not bear out. Each waits for a person, who says who bears it. */
export default function TillConflictsPage() {
  const { params, change } = useUrlFilters()
  const view = views.find(({ key }) => key === params.get('view')) ?? views[0]
  const open = params.get('conflict') ?? undefined
  const at = pageOf(params)
  const result = useConflicts({ ...view.filter, page: at, limit: pageSize })
  const { data } = result
  const show = (id: string | undefined) => change({ conflict: id, page: String(at) })
  const tabs = views.map(({ key, label }) => ({
    key,
    label,
    count: key === view.key ? data?.total : undefined,
    change: { view: key === 'open' ? undefined : key, conflict: undefined },
    on: key === view.key,
  }))
  return (
    <div className="list-page">
      <PageHead title="收银冲突" note="收银机说的和账对不上的，小票都收下了，一条条有人管到底" />
      <div className={open ? 'conflicts-body conflicts-open' : 'conflicts-body'}>
        <section className="card list-card">
          <CountTabs label="处理没有" tabs={tabs} />
          <DataTable<Conflict>
            label="收银冲突"
            result={result}
            columns={open ? columns.slice(0, 2) : columns}
            rowKey={(row) => row.id}
            rowLabel={(row) => kinds[row.kind]}
            open={(row) => show(row.id === open ? undefined : row.id)}
            current={open}
            page={{
              at,
              size: pageSize,
              total: data?.total ?? 0,
              change: (to) => change({ page: String(to) }),
            }}
            empty={
              <EmptyState
                title="收银机和账都对得上"
                text="不认识的条码、离线收了却用不成的券、卖掉了线上订的货，会出现在这里。"
              />
            }
          />
        </section>
        {open && <ConflictPanel id={open} close={() => show(undefined)} />}
      </div>
    </div>
  )
}
