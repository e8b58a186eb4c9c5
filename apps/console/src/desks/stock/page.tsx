import { Segmented } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { useListTools, type ListTools } from '../../ui/list-tools.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import type { FilterChange } from '../../ui/url-filters.ts'
import { useWide } from '../../ui/wide.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { useCategories } from '../goods/page-data.ts'
import { stockColumns } from './columns.tsx'
import { csvOf } from './csv.ts'
import { StockDrawer } from './drawer.tsx'
import { keyOf, onlyChoices, pageSize, stockFilters, type Level, type StockFilters } from './model.ts'
import { StoreStrip } from './store-strip.tsx'
import { StockTabs } from './tabs.tsx'
import './stock.css'
import './documents.css'

interface FilterProps {
  filters: StockFilters
  counts: { soldOut: number; low: number; short: number } | undefined
  change: (change: FilterChange) => void
}

const OnlyPicker = ({ filters, counts, change }: FilterProps) => {
  const countOf = { sold_out: counts?.soldOut, low: counts?.low, reserved: undefined, short: counts?.short }
  return (
    <Segmented
      value={filters.only ?? 'all'}
      options={[
        { value: 'all', label: '全部' },
        ...onlyChoices.map(([value, word]) => ({
          value,
          label: (
            <>
              {word} <small className="quiet">{countOf[value]}</small>
            </>
          ),
        })),
      ]}
      onChange={(only) => change({ only: only === 'all' ? undefined : only })}
    />
  )
}

const StockFilterRow = ({
  filters,
  counts,
  change,
  tools,
}: FilterProps & { tools: ListTools<Level> | undefined }) => {
  const categories = useCategories().data ?? []
  const chosen = filters.categoryId
  const name = categories.find((each) => each.id === chosen)?.name ?? chosen
  return (
    <FilterRow
      chips={chosen && name ? [{ key: 'cat', label: '分类', value: name }] : []}
      onRemove={(key) => change({ [key]: undefined })}
      onClear={() => change({ q: undefined, cat: undefined })}
      tools={tools}
    >
      <OnlyPicker filters={filters} counts={counts} change={change} />
      {!chosen && (
        <PickFilter
          name="分类"
          width={180}
          options={categories.map((each) => ({ value: each.id, label: `${each.zone}　${each.name}` }))}
          pick={(cat) => change({ cat })}
        />
      )}
      <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="名称、条码、货位" />
    </FilterRow>
  )
}

const NoStock = ({ filters }: { filters: StockFilters }) => {
  if (filters.only === 'short') return <NoMatch title="没有欠货" text="每一单已下的，店里的货都够交。" />
  if (filters.only === 'sold_out') return <NoMatch title="没有卖完的" text="在这个范围里，每样都还有得卖。" />
  return Object.keys(filters).length > 0 ? (
    <NoMatch title="没有同时符合这些条件的库存" text="去掉一个条件再看。" />
  ) : (
    <EmptyState title="这里还没有库存" text="商品上架后收第一批货，就会出现在这里。" />
  )
}

/** 库存: levels per store with the sum in the open, and the ledger in a drawer that pushes the list aside. */
export default function StockPage() {
  const { result, filters, page, change, every } = usePagedList({
    name: 'stock',
    size: pageSize,
    parse: stockFilters,
    fetch: (query) => api('GET /console/v1/stock-levels', { query }),
    refetchSeconds: 30,
  })
  const { storeId } = useScope()
  const [openKey, setOpenKey] = useState<string>()
  const wide = useWide()
  const { data } = result
  const open = data?.items.find((level) => keyOf(level) === openKey)
  const besideDrawer = wide ? 'some' : 'little'
  const most = Math.max(1, ...(data?.items ?? []).map((level) => level.onHand))
  const tools = useListTools(
    'stock',
    stockColumns({ withStore: !storeId, room: open ? besideDrawer : 'full', most }),
  )

  return (
    <div className={open ? 'stock stock-open' : 'stock'}>
      <div className="stock-list list-page">
        <PageHead title="库存" note="可售 = 在手 − 预占 − 安全 − 活动锁 − 过期停售 − 缓冲">
          {data && <Freshness at={data.asOf} />}
          <CsvButton name="库存" disabled={page.total === 0} rows={every} text={csvOf} />
        </PageHead>
        <StoreStrip />
        <section className="card list-card">
          <StockTabs />
          <StockFilterRow filters={filters} counts={data} change={change} tools={open ? undefined : tools} />
          <DataTable<Level>
            label="库存"
            result={result}
            columns={tools.shown}
            dense={tools.look.dense}
            rowKey={keyOf}
            rowLabel={(level) => `${level.name} ${level.storeId}`}
            open={(level) => setOpenKey(keyOf(level) === openKey ? undefined : keyOf(level))}
            current={openKey}
            page={page}
            empty={<NoStock filters={filters} />}
          />
        </section>
      </div>
      {open && <StockDrawer key={openKey} level={open} close={() => setOpenKey(undefined)} />}
    </div>
  )
}
