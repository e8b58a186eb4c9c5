import { Select } from 'antd'

import { SearchField } from '../../ui/search-field.tsx'
import type { FilterChange } from '../../ui/url-filters.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { sortChoices, stockChoices, type Category, type GoodsFilters } from './model.ts'

interface GoodsPickersProps {
  filters: GoodsFilters
  categories: readonly Category[]
  change: (change: FilterChange) => void
}

/** Pickers that add a filter. One already in force is shown as a chip instead. */
export const GoodsPickers = ({ filters, categories, change }: GoodsPickersProps) => (
  <>
    {!filters.categoryId && (
      <PickFilter
        name="分类"
        width={180}
        options={categories.map((each) => ({
          value: each.id,
          label: `${each.zone}　${each.name}　${each.products}`,
        }))}
        pick={(cat) => change({ cat })}
      />
    )}
    {!filters.stock && <PickFilter name="库存" options={stockChoices} pick={(stock) => change({ stock })} />}
    <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="名称、拼音、条码" />
    <Select
      size="small"
      className="picker picker-sort"
      aria-label="排序"
      popupMatchSelectWidth={140}
      value={filters.sort ?? 'updated'}
      options={sortChoices}
      onChange={(sort) => change({ sort: sort === 'updated' ? undefined : sort })}
    />
  </>
)
