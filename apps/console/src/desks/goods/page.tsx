import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Plus, Upload } from 'lucide-react'
import { useEffect, useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { EmptyState, ErrorState, NoMatch } from '../../ui/states.tsx'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { BulkBar } from './bulk.tsx'
import { goodsColumns } from './columns.tsx'
import { GoodsPickers } from './filters.tsx'
import { ImportTray } from './import-tray.tsx'
import { goodsChips, goodsFilters, pageSize, type GoodsRow } from './model.ts'
import { useCategories } from './page-data.ts'
import './goods.css'

const useGoods = () => {
  const { params, change } = useUrlFilters()
  const { storeId } = useScope()
  const page = pageOf(params)
  const filters = goodsFilters(params)
  const query = { ...filters, page, limit: pageSize, ...(storeId ? { storeId } : {}) }
  const goods = useQuery({
    queryKey: ['goods', query],
    queryFn: () => api('GET /console/v1/products', { query }),
    placeholderData: keepPreviousData,
  })
  return { goods, filters, page, change }
}

/** 商品: every product, filtered and paged by the server, with bulk shelving and import. */
export default function GoodsPage() {
  const { goods, filters, page, change } = useGoods()
  const { go } = useScope()
  const categories = useCategories().data ?? []
  const mayWrite = useMay('goods.write')
  const [selected, setSelected] = useState<string[]>([])
  const [importing, setImporting] = useState(false)
  const open = (row: GoodsRow) => go(`/goods/${row.id}`)
  useKeys([
    ...(mayWrite ? [{ keys: 'n', label: '新建商品', run: () => go('/goods/new') }] : []),
    ...(selected.length > 0 ? [{ keys: 'Escape', label: '不选了', run: () => setSelected([]) }] : []),
  ])
  // A selection belongs to what is on screen; after another filter nobody knows any more what was in it.
  const filterKey = JSON.stringify(filters)
  useEffect(() => setSelected([]), [filterKey])
  const chips = goodsChips(filters, categories)
  const clear = () => change({ q: undefined, cat: undefined, stock: undefined })
  const { data } = goods

  return (
    <div className="list-page">
      <PageHead title="商品" note={data && `${data.onShelf + data.offShelf} 个`}>
        {mayWrite && (
          <>
            <Button icon={<Upload size={16} />} onClick={() => setImporting(true)}>
              导入
            </Button>
            <Button type="primary" icon={<Plus size={16} />} onClick={() => go('/goods/new')}>
              新建商品
            </Button>
          </>
        )}
      </PageHead>
      <section className="card list-card">
        <CountTabs
          label="商品视图"
          tabs={[
            {
              key: 'all',
              label: '全部',
              count: data && data.onShelf + data.offShelf,
              change: { shelf: undefined },
              on: !filters.shelf,
            },
            {
              key: 'on',
              label: '在架',
              count: data?.onShelf,
              change: { shelf: 'on' },
              on: filters.shelf === 'on',
            },
            {
              key: 'off',
              label: '已下架',
              count: data?.offShelf,
              change: { shelf: 'off' },
              on: filters.shelf === 'off',
            },
          ]}
        />
        <FilterRow chips={chips} onRemove={(key) => change({ [key]: undefined })} onClear={clear}>
          <GoodsPickers filters={filters} categories={categories} change={change} />
        </FilterRow>
        {goods.isError && !data ? (
          <ErrorState title="商品没取回来" error={goods.error} retry={() => void goods.refetch()} />
        ) : (
          <DataTable<GoodsRow>
            label="商品"
            columns={goodsColumns(categories)}
            rows={data?.items}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.name}
            open={open}
            selection={mayWrite ? { keys: selected, change: setSelected } : undefined}
            page={{
              at: page,
              size: pageSize,
              total: data?.total ?? 0,
              change: (to) => change({ page: String(to) }),
            }}
            foot={selected.length > 0 && <BulkBar ids={selected} done={() => setSelected([])} />}
            empty={
              chips.length > 0 || filters.shelf || filters.q ? (
                <NoMatch title="没有同时符合这些条件的商品" text="去掉一个条件再看。">
                  <Button
                    type="primary"
                    onClick={() =>
                      change({ q: undefined, cat: undefined, stock: undefined, shelf: undefined })
                    }
                  >
                    全清
                  </Button>
                </NoMatch>
              ) : (
                <EmptyState
                  title="还没有商品"
                  text="可以一个一个建，也可以把表格导进来。导入前会先查一遍，有错不会动任何商品。"
                >
                  {mayWrite && (
                    <Button type="primary" onClick={() => setImporting(true)}>
                      导入商品
                    </Button>
                  )}
                </EmptyState>
              )
            }
          />
        )}
      </section>
      {importing && <ImportTray close={() => setImporting(false)} />}
    </div>
  )
}
