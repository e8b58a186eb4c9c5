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
import { useListTools } from '../../ui/list-tools.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import { BulkBar } from './bulk.tsx'
import { goodsColumns } from './columns.tsx'
import { GoodsPickers } from './filters.tsx'
import { GoodsImport } from './import-tray.tsx'
import { goodsChips, goodsFilters, goodsTabs, pageSize, type GoodsFilters, type GoodsRow } from './model.ts'
import { useCategories } from './page-data.ts'
import './goods.css'

const anyFilter = { q: undefined, cat: undefined, stock: undefined, shelf: undefined }

// A selection belongs to what is on screen; after another filter nobody knows any more what was in it.
const useSelection = (filters: GoodsFilters) => {
  const [selected, setSelected] = useState<string[]>([])
  const key = JSON.stringify(filters)
  useEffect(() => setSelected([]), [key])
  useKeys(selected.length > 0 ? [{ keys: 'Escape', label: '不选了', run: () => setSelected([]) }] : [])
  return { selected, setSelected }
}

const NoGoods = ({
  filtered,
  clear,
  start,
}: {
  filtered: boolean
  clear: () => void
  start?: (() => void) | undefined
}) =>
  filtered ? (
    <NoMatch title="没有同时符合这些条件的商品" text="去掉一个条件再看。">
      <Button type="primary" onClick={clear}>
        全清
      </Button>
    </NoMatch>
  ) : (
    <EmptyState
      title="还没有商品"
      text="可以一个一个建，也可以把表格导进来。导入前会先查一遍，有错不会动任何商品。"
    >
      {start && (
        <Button type="primary" onClick={start}>
          导入商品
        </Button>
      )}
    </EmptyState>
  )

const HeadActions = ({ start }: { start: () => void }) => {
  const { go } = useScope()
  useKeys([{ keys: 'n', label: '新建商品', run: () => go('/goods/new') }])
  return (
    <>
      <Button icon={<Upload size={16} />} onClick={start}>
        导入
      </Button>
      <Button type="primary" icon={<Plus size={16} />} onClick={() => go('/goods/new')}>
        新建商品
      </Button>
    </>
  )
}

/** 商品: every product, filtered and paged by the server, with bulk shelving and import. */
export default function GoodsPage() {
  const { result, filters, page, change } = usePagedList({
    name: 'goods',
    size: pageSize,
    parse: goodsFilters,
    fetch: (query) => api('GET /console/v1/products', { query }),
  })
  const { selected, setSelected } = useSelection(filters)
  const [importing, setImporting] = useState(false)
  const { go } = useScope()
  const categories = useCategories().data ?? []
  const tools = useListTools('goods', goodsColumns(categories))
  const mayWrite = useMay('goods.write')
  const chips = goodsChips(filters, categories)
  const clear = () => change(anyFilter)
  const start = () => setImporting(true)
  const { data } = result

  return (
    <div className="list-page">
      <PageHead title="商品" note={data && `${data.onShelf + data.offShelf} 个`}>
        {mayWrite && <HeadActions start={start} />}
      </PageHead>
      <section className="card list-card">
        <CountTabs label="商品视图" tabs={goodsTabs(filters, data)} tools={tools} />
        <FilterRow chips={chips} onRemove={(key) => change({ [key]: undefined })} onClear={clear}>
          <GoodsPickers filters={filters} categories={categories} change={change} />
        </FilterRow>
        <DataTable<GoodsRow>
          label="商品"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          open={(row) => go(`/goods/${row.id}`)}
          selection={mayWrite ? { keys: selected, change: setSelected } : undefined}
          page={page}
          foot={selected.length > 0 && <BulkBar ids={selected} done={() => setSelected([])} />}
          empty={
            <NoGoods
              filtered={Object.keys(filters).some((key) => key !== 'sort')}
              clear={clear}
              start={mayWrite ? start : undefined}
            />
          }
        />
      </section>
      {importing && <GoodsImport close={() => setImporting(false)} />}
    </div>
  )
}
