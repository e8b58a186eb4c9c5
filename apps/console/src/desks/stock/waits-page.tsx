import { api, type Out } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { StockTabs } from './tabs.tsx'
import './stock.css'
import './documents.css'

type Wait = Out<'GET /console/v1/restock-waits'>['items'][number]

const columnsFor = (withStore: boolean, now: number): Column<Wait>[] => [
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
  ...(withStore
    ? [
        {
          key: 'store',
          title: '门店',
          width: 72,
          cell: (row: Wait) => <span className="quiet">{row.storeId}</span>,
        },
      ]
    : []),
  {
    key: 'waiting',
    title: '几位在等',
    width: 96,
    align: 'right',
    cell: (row) => <b className="sellable">{row.waiting}</b>,
  },
  { key: 'available', title: '可售', width: 80, align: 'right', cell: (row) => row.available },
  {
    key: 'since',
    title: '最早从',
    width: 128,
    cell: (row) => <span className="quiet nowrap">{when(row.since, now)}</span>,
  },
]

/** 等货: what shoppers asked to be told about, most wanted first; numbers, never names. */
export default function WaitsPage() {
  const { storeId, go } = useScope()
  const now = useNow()
  const { result, page } = usePagedList({
    name: 'restock-waits',
    size: 30,
    parse: () => ({}),
    fetch: (query) => api('GET /console/v1/restock-waits', { query }),
    refetchSeconds: 60,
  })
  return (
    <div className="list-page">
      <PageHead title="等货" note="顾客点过「到货提醒」的，等得多的在前；到货半分钟内自动标记，一人一次" />
      <section className="card list-card">
        <StockTabs />
        <DataTable<Wait>
          label="等货"
          result={result}
          columns={columnsFor(!storeId, now)}
          rowKey={(row) => `${row.storeId}.${row.skuId}`}
          rowLabel={(row) => row.name}
          open={(row) => go(`/stock?q=${row.barcode}`)}
          page={page}
          empty={<EmptyState title="没有人在等货" text="卖完的商品有顾客点「到货提醒」，就会排在这里。" />}
        />
      </section>
    </div>
  )
}
