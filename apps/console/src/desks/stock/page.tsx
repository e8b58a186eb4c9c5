import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Segmented, Select } from 'antd'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, NoMatch } from '../../ui/states.tsx'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useWide } from '../../ui/wide.ts'
import { useCategories } from '../goods/page-data.ts'
import { stockColumns } from './columns.tsx'
import { StockDrawer } from './drawer.tsx'
import { onlyChoices, pageSize, stockFilters, type Level } from './model.ts'
import { StoreStrip } from './store-strip.tsx'
import './stock.css'

const keyOf = (level: Level) => `${level.storeId}.${level.skuId}`

const useLevels = () => {
  const { params, change } = useUrlFilters()
  const { storeId } = useScope()
  const page = pageOf(params)
  const filters = stockFilters(params)
  const query = { ...filters, page, limit: pageSize, ...(storeId ? { storeId } : {}) }
  const levels = useQuery({
    queryKey: ['stock', query],
    queryFn: () => api('GET /console/v1/stock-levels', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return { levels, filters, page, change }
}

/** 库存: levels per store with the sum in the open, and the ledger in a drawer that pushes the list aside. */
export default function StockPage() {
  const { levels, filters, page, change } = useLevels()
  const { storeId } = useScope()
  const categories = useCategories().data ?? []
  const [openKey, setOpenKey] = useState<string>()
  const wide = useWide()
  const { data } = levels
  const open = data?.items.find((level) => keyOf(level) === openKey)
  const category = categories.find((each) => each.id === filters.categoryId)
  const chips = filters.categoryId
    ? [{ key: 'cat', label: '分类', value: category?.name ?? filters.categoryId }]
    : []

  return (
    <div className={open ? 'stock stock-open' : 'stock'}>
      <div className="stock-list list-page">
        <PageHead title="库存" note="可售 = 在手 − 预占 − 安全 − 活动锁">
          {data && <Freshness at={levels.dataUpdatedAt} />}
        </PageHead>
        <StoreStrip />
        <section className="card list-card">
          <FilterRow
            chips={chips}
            onRemove={(key) => change({ [key]: undefined })}
            onClear={() => change({ q: undefined, cat: undefined })}
          >
            <Segmented
              value={filters.only ?? 'all'}
              options={[
                { value: 'all', label: '全部' },
                ...onlyChoices.map(([value, word]) => ({
                  value,
                  label: <OnlyLabel word={word} count={countOf(data, value)} />,
                })),
              ]}
              onChange={(only) => change({ only: only === 'all' ? undefined : only })}
            />
            {!filters.categoryId && (
              <Select
                size="small"
                className="picker"
                placeholder="分类"
                aria-label="按分类筛"
                popupMatchSelectWidth={180}
                value={null}
                options={categories.map((each) => ({ value: each.id, label: `${each.zone}　${each.name}` }))}
                onChange={(cat: string) => change({ cat })}
              />
            )}
            <SearchField
              value={filters.q ?? ''}
              change={(q) => change({ q })}
              placeholder="名称、条码、货位"
            />
          </FilterRow>
          {levels.isError && !data ? (
            <ErrorState title="库存没取回来" error={levels.error} retry={() => void levels.refetch()} />
          ) : (
            <DataTable<Level>
              label="库存"
              columns={stockColumns({
                withStore: !storeId,
                room: open === undefined ? 'full' : wide ? 'some' : 'little',
                most: Math.max(1, ...(data?.items ?? []).map((level) => level.onHand)),
              })}
              rows={data?.items}
              rowKey={keyOf}
              rowLabel={(level) => `${level.name} ${level.storeId}`}
              open={(level) => setOpenKey(keyOf(level) === openKey ? undefined : keyOf(level))}
              current={openKey}
              page={{
                at: page,
                size: pageSize,
                total: data?.total ?? 0,
                change: (to) => change({ page: String(to) }),
              }}
              empty={
                chips.length > 0 || filters.only || filters.q ? (
                  <NoMatch
                    title={filters.only === 'sold_out' ? '没有卖完的' : '没有同时符合这些条件的库存'}
                    text={
                      filters.only === 'sold_out' ? '在这个范围里，每样都还有得卖。' : '去掉一个条件再看。'
                    }
                  />
                ) : (
                  <EmptyState title="这里还没有库存" text="商品上架后收第一批货，就会出现在这里。" />
                )
              }
            />
          )}
        </section>
      </div>
      {open && <StockDrawer key={openKey} level={open} close={() => setOpenKey(undefined)} />}
    </div>
  )
}

const countOf = (data: { soldOut: number; low: number } | undefined, only: string): number | undefined => {
  if (only === 'sold_out') return data?.soldOut
  return only === 'low' ? data?.low : undefined
}

const OnlyLabel = ({ word, count }: { word: string; count: number | undefined }) => (
  <>
    {word}
    {count !== undefined && <small className="quiet"> {count}</small>}
  </>
)
