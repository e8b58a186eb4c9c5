import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import {
  callChips,
  callFilters,
  pageSize,
  refusalWords,
  routeWords,
  type CallFilters,
  type PartnerCall,
} from './model.ts'
import { usePartners } from './page-data.ts'
import './partners.css'

const At = ({ at }: { at: string }) => <span className="quiet small nowrap">{when(at, useNow(), true)}</span>

const columns: Column<PartnerCall>[] = [
  { key: 'at', title: '什么时候', width: 130, bone: 'short', cell: (row) => <At at={row.at} /> },
  {
    key: 'partner',
    title: '接入方',
    width: 210,
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        <span className="clip">{row.partnerName}</span>
        <small>{row.keyId}</small>
      </span>
    ),
  },
  {
    key: 'route',
    title: '调了什么',
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        <span>{routeWords(row)}</span>
        <small className="clip" title={`${row.method} ${row.route}`}>
          {row.method} {row.route.replace('/partner/v1', '')}
        </small>
      </span>
    ),
  },
  { key: 'store', title: '门店', width: 70, bone: 'short', cell: (row) => row.storeId ?? '' },
  {
    key: 'status',
    title: '结果',
    width: 220,
    bone: 'short',
    cell: ({ status, code }) => (
      <span className="two-lines">
        <span className={status >= 400 ? 'call-refused' : 'quiet'}>
          {code ? refusalWords(code) : '办好了'}
        </span>
        <small>
          {status}
          {code && ` · ${code}`}
        </small>
      </span>
    ),
  },
  { key: 'ms', title: '用时', width: 84, align: 'right', bone: 'short', cell: (row) => `${row.ms} 毫秒` },
  {
    key: 'request',
    title: '请求编号',
    width: 120,
    bone: 'short',
    cell: (row) => (
      <code className="small quiet" title={row.requestId}>
        …{row.requestId.slice(-8)}
      </code>
    ),
  },
]

const tabs = ({ outcome }: CallFilters, total: number | undefined) =>
  (['all', 'done', 'refused'] as const).map((key) => ({
    key,
    label: { all: '全部', done: '办好了', refused: '没让做' }[key],
    count: key === (outcome ?? 'all') ? total : undefined,
    change: { outcome: key === 'all' ? undefined : key },
    on: key === (outcome ?? 'all'),
  }))

/** 调用记录: what systems asked for, and how each call ended. Nothing that was in them. */
export default function CallsPage() {
  const { path } = useScope()
  const { result, filters, page, change } = usePagedList({
    name: 'partner-calls',
    size: pageSize,
    parse: callFilters,
    fetch: (query) => api('GET /console/v1/partner-calls', { query }),
    refetchSeconds: 15,
  })
  const partners = usePartners().data?.items ?? []
  return (
    <div className="list-page">
      <PageHead
        title="调用记录"
        note="留 30 天；不记内容，也不记顾客"
        back={{ to: path('/partners'), label: '回开放平台' }}
      />
      <section className="card list-card">
        <CountTabs label="结果" tabs={tabs(filters, result.data?.total)} />
        <FilterRow
          chips={callChips(filters, partners)}
          onRemove={(key) => change({ [key]: undefined })}
          onClear={() => change({ q: undefined, partner: undefined })}
        >
          {!filters.partnerId && (
            <PickFilter
              name="接入方"
              options={partners.map(({ id, name }) => ({ value: id, label: name }))}
              pick={(partner) => change({ partner })}
            />
          )}
          <SearchField
            value={filters.q ?? ''}
            change={(q) => change({ q })}
            placeholder="接口、原因、钥匙、编号"
          />
        </FilterRow>
        <DataTable<PartnerCall>
          label="调用记录"
          result={result}
          columns={columns}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.route}
          page={page}
          dense
          empty={
            filters.q || filters.partnerId || filters.outcome ? (
              <NoMatch title="没有这样的调用" text="去掉一个条件再看。" />
            ) : (
              <EmptyState title="还没有谁连进来过" text="有系统调用时会一条条出现在这里。" />
            )
          }
        />
      </section>
    </div>
  )
}
