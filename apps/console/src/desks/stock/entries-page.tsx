import { api, type Out } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { NoMatch } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { accountTones, entryLines, noteWords, reasonWords, signed } from './model.ts'
import { StockTabs } from './tabs.tsx'
import './stock.css'
import './documents.css'

type Entry = Out<'GET /console/v1/stock-entries'>['items'][number]
type Reason = Entry['reason']

const filters = (params: URLSearchParams): { reason?: Reason; q?: string } => {
  const [reason, q] = [params.get('reason'), params.get('q')?.trim().slice(0, 40)]
  return {
    ...(reason && Object.hasOwn(reasonWords, reason) ? { reason: reason as Reason } : {}),
    ...(q ? { q } : {}),
  }
}

const columnsFor = (withStore: boolean, now: number): Column<Entry>[] => [
  {
    key: 'at',
    title: '时间',
    width: 128,
    cell: (row) => <span className="quiet nowrap">{when(row.at, now, true)}</span>,
  },
  ...(withStore
    ? [
        {
          key: 'store',
          title: '门店',
          width: 64,
          cell: (row: Entry) => <span className="quiet">{row.storeId}</span>,
        },
      ]
    : []),
  {
    key: 'name',
    title: '商品',
    cell: (row) => (
      <>
        <span className="entry-reason">{row.name}</span>
        <small className="entry-ref">{row.barcode}</small>
      </>
    ),
  },
  {
    key: 'reason',
    title: '原因',
    cell: (row) => (
      <>
        <span className="entry-reason">{reasonWords[row.reason]}</span>
        <small className="entry-ref">
          {[row.reference, noteWords(row), whoWords(row.by)].filter(Boolean).join(' · ')}
        </small>
      </>
    ),
  },
  {
    key: 'account',
    title: '账',
    width: 72,
    cell: (row) => (
      <span className="entry-stack">
        {entryLines(row).map(({ account }) => (
          <Label key={account} tone={accountTones[account]}>
            {account}
          </Label>
        ))}
      </span>
    ),
  },
  {
    key: 'delta',
    title: '变动',
    width: 72,
    align: 'right',
    cell: (row) => (
      <span className="entry-stack">
        {entryLines(row).map(({ account, delta }) => (
          <b key={account} className={delta > 0 ? 'up' : ''}>
            {signed(delta)}
          </b>
        ))}
      </span>
    ),
  },
  {
    key: 'after',
    title: '之前 → 之后',
    width: 116,
    align: 'right',
    cell: (row) => (
      <span className="entry-stack quiet">
        {entryLines(row).map(({ account, before, after }) => (
          <span key={account} className="nowrap">
            {after === null ? '—' : `${before} → `}
            <b className="entry-after">{after}</b>
          </span>
        ))}
      </span>
    ),
  },
]

/** 流水: every change of every level, newest first. */
export default function EntriesPage() {
  const { storeId, go } = useScope()
  const now = useNow()
  const {
    result,
    filters: chosen,
    page,
    change,
  } = usePagedList({
    name: 'stock-entries',
    size: 30,
    parse: filters,
    fetch: (query) => api('GET /console/v1/stock-entries', { query }),
    refetchSeconds: 30,
  })
  const tools = useListTools('stock-entries', columnsFor(!storeId, now))
  return (
    <div className="list-page">
      <PageHead title="库存流水" note="只追加，不修改；记错了用冲回" />
      <section className="card list-card">
        <StockTabs />
        <FilterRow
          chips={chosen.reason ? [{ key: 'reason', label: '原因', value: reasonWords[chosen.reason] }] : []}
          onRemove={() => change({ reason: undefined })}
          onClear={() => change({ reason: undefined, q: undefined })}
          tools={tools}
        >
          {!chosen.reason && (
            <PickFilter
              name="原因"
              options={Object.entries(reasonWords).map(([value, label]) => ({ value, label }))}
              pick={(reason) => change({ reason })}
            />
          )}
          <SearchField value={chosen.q ?? ''} change={(q) => change({ q })} placeholder="名称、条码、单号" />
        </FilterRow>
        <DataTable<Entry>
          label="库存流水"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={(row) => row.id}
          rowLabel={(row) => `${row.name} ${reasonWords[row.reason]}`}
          open={(row) => go(`/stock?q=${row.barcode}`)}
          page={page}
          empty={<NoMatch title="没有这样的变动" text="去掉一个条件再看。" />}
        />
      </section>
    </div>
  )
}
