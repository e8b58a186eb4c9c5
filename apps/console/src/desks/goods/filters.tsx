import { Select } from 'antd'

import { SearchField } from '../../ui/search-field.tsx'
import type { FilterChange } from '../../ui/url-filters.ts'
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
      <Select
        size="small"
        className="picker"
        placeholder="分类"
        aria-label="按分类筛"
        popupMatchSelectWidth={180}
        value={null}
        options={categories.map((each) => ({
          value: each.id,
          label: `${each.zone}　${each.name}　${each.products}`,
        }))}
        onChange={(cat: string) => change({ cat })}
      />
    )}
    {!filters.stock && (
      <Select
        size="small"
        className="picker"
        placeholder="库存"
        aria-label="按库存筛"
        popupMatchSelectWidth={120}
        value={null}
        options={stockChoices}
        onChange={(stock: string) => change({ stock })}
      />
    )}
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
