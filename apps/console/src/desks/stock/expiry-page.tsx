import { Segmented } from 'antd'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { emptyDraft } from './entry-model.ts'
import { StockTabs } from './tabs.tsx'
import { keepDraft } from './use-entry.ts'
import './stock.css'
import './documents.css'

type Lot = Out<'GET /console/v1/stock-lots'>['items'][number]

const marks: Record<Lot['mark'], { tone: Tone; word: (days: number) => string }> = {
  expired: { tone: 'alarm', word: (days) => `过期 ${-days} 天，已停售` },
  today: { tone: 'alarm', word: () => '今天最后一天' },
  near: { tone: 'doing', word: (days) => `临期，还有 ${days} 天` },
  fresh: { tone: 'done', word: (days) => `还有 ${days} 天` },
}
const filters = (params: URLSearchParams): { only?: 'near' | 'expired' } => {
  const only = params.get('only')
  return only === 'near' || only === 'expired' ? { only } : {}
}

const columnsFor = (withStore: boolean, writeOff: ((lot: Lot) => void) | undefined): Column<Lot>[] => [
  {
    key: 'name',
    title: '商品',
    cell: (lot) => (
      <>
        <span className="entry-reason">{lot.name}</span>
        <small className="entry-ref">
          {[lot.barcode, lot.shelf, lot.batchNo && `批号 ${lot.batchNo}`].filter(Boolean).join(' · ')}
        </small>
      </>
    ),
  },
  ...(withStore
    ? [
        {
          key: 'store',
          title: '门店',
          width: 64,
          cell: (lot: Lot) => <span className="quiet">{lot.storeId}</span>,
        },
      ]
    : []),
  {
    key: 'mark',
    title: '临期',
    width: 176,
    cell: (lot) => <StateTag tone={marks[lot.mark].tone}>{marks[lot.mark].word(lot.daysLeft)}</StateTag>,
  },
  {
    key: 'expires',
    title: '到期日',
    width: 112,
    cell: (lot) => <span className="nowrap">{lot.expiresOn}</span>,
  },
  { key: 'remaining', title: '估计还剩', width: 88, align: 'right', cell: (lot) => <b>{lot.remaining}</b> },
  {
    key: 'onHand',
    title: '在手',
    width: 72,
    align: 'right',
    cell: (lot) => <span className="quiet">{lot.onHand}</span>,
  },
  ...(writeOff
    ? [
        {
          key: 'act',
          title: '',
          width: 72,
          align: 'right' as const,
          cell: (lot: Lot) => (
            <button type="button" className="bare go small" onClick={() => writeOff(lot)}>
              报损
            </button>
          ),
        },
      ]
    : []),
]

/** 临期: what has a date, soonest first. */
export default function ExpiryPage() {
  const { storeId, go } = useScope()
  const may = useMay('stock.adjust')
  const {
    result,
    filters: chosen,
    page,
    change,
  } = usePagedList({
    name: 'stock-lots',
    size: 30,
    parse: filters,
    fetch: (query) => api('GET /console/v1/stock-lots', { query }),
    refetchSeconds: 60,
  })
  const { data } = result
  const writeOff = (lot: Lot) => {
    const { id, remaining, expiresOn, skuId, name, barcode, unit, onHand } = lot
    const line = { id: lot.id, skuId, name, barcode, unit, onHand, reserved: 0, quantity: remaining }
    keepDraft('wastes', {
      ...emptyDraft(lot.storeId),
      reason: lot.mark === 'expired' ? 'EXPIRED' : 'SPOILT',
      lines: [{ ...line, batchNo: '', made: '', expires: '', lot: { id, remaining, expiresOn } }],
    })
    go('/stock/wastes/new')
  }
  return (
    <div className="list-page">
      <PageHead title="临期" note="按先到期先卖估出来的，以货架为准；过期的自动停售，等你报损">
        {data && <Freshness at={data.asOf} />}
      </PageHead>
      <section className="card list-card">
        <StockTabs />
        <div className="filter-row">
          <Segmented
            value={chosen.only ?? 'all'}
            options={[
              { value: 'all', label: '全部批次' },
              { value: 'near', label: `临期 ${data?.near ?? ''}` },
              { value: 'expired', label: `已过期 ${data?.expired ?? ''}` },
            ]}
            onChange={(only) => change({ only: only === 'all' ? undefined : only })}
          />
        </div>
        <DataTable<Lot>
          label="批次"
          result={result}
          columns={columnsFor(!storeId, may ? writeOff : undefined)}
          rowKey={(lot) => lot.id}
          rowLabel={(lot) => `${lot.name} ${lot.expiresOn}`}
          open={(lot) => go(`/stock?q=${lot.barcode}`)}
          page={page}
          empty={
            chosen.only ? (
              <NoMatch title="没有要处理的批次" text="收货时填了到期日的，快到期会自己出现在这里。" />
            ) : (
              <EmptyState
                title="还没有带日期的批次"
                text="收货时填上到期日，这里就会按先后排好，快到期的会提醒。"
              />
            )
          }
        />
      </section>
    </div>
  )
}
