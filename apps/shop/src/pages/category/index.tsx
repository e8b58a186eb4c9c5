import { useEffect, useState } from 'react'
import { Box, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { NavBar } from '../../components/nav-bar'
import { ProductRows } from '../../components/product-list'
import { SearchBar } from '../../components/search-bar'
import { Screen } from '../../components/screen'
import { Sheet } from '../../components/sheet'
import { Floor } from '../../components/floor'
import { Gate, Notice, RowBones } from '../../components/states'
import { NotOrdering } from '../../components/advice'
import { piecesByZone } from '../../models/basket'
import { aislesOf, aisleSpan } from '../../models/shelf'
import type { Category } from '../../models/wire'
import { api } from '../../services/api'
import { cart } from '../../services/cart'
import { useLoad } from '../../services/load'
import { wantedCategory } from '../../services/open-category'
import { useInStore, usePlace, useStores } from '../../services/place'
import { useProductList, type ListQuery } from '../../services/product-list'
import { useCell } from '../../services/watch'
import { FloatingCart, Rail, ZoneSign } from './parts'
import './index.scss'

type Sort = NonNullable<ListQuery['sort']>

/** 分类: the zones of the shop floor on the left, what stands there on the right. */
export default function CategoryPage() {
  const chosen = usePlace()
  const wanted = useCell(wantedCategory)
  const [sort, setSort] = useState<Sort>('recommended')
  const [onlyInStock, setOnlyInStock] = useState(false)
  const categories = useInStore(
    'categories',
    async (storeId) => (await api('GET /v1/stores/:storeId/categories', { params: { storeId } })).items,
    true,
  )
  const stores = useStores()
  const current = categories.data?.find((each) => each.id === wanted) ?? categories.data?.[0] ?? null
  const list = useProductList(
    current ? { storeId: chosen?.storeId ?? null, categoryId: current.id, sort } : null,
  )
  const pieces = piecesByZone(useCell(cart))
  return (
    <Screen title="分类" tab="category" className="category">
      <NavBar back={false}>
        <SearchBar sunk hint={`搜索${chosen?.name ?? '商品'}`} />
      </NavBar>
      {chosen && <NotOrdering storeId={chosen.storeId} stores={stores.data} />}
      <Gate loaded={categories} skeleton={<RowBones count={6} />} safe="购物车里的东西都在">
        {(zones) => (
          <Box className="category-body">
            <Rail categories={zones} current={current?.id ?? ''} pieces={pieces} />
            <Box className="category-list">
              {current && <Sign category={current} storeId={chosen?.storeId ?? ''} />}
              <SortBar
                sort={sort}
                onSort={setSort}
                onlyInStock={onlyInStock}
                onOnlyInStock={setOnlyInStock}
              />
              <ProductRows
                list={list}
                onlyInStock={onlyInStock}
                empty={<Notice drawing="basket" title="这一类暂时没货" note="看看别的分类，或者换一家店" />}
              />
            </Box>
          </Box>
        )}
      </Gate>
      <FloatingCart />
    </Screen>
  )
}

/** The aisle sign; 看地图 opens the floor plan with the zone filled. */
function Sign({ category, storeId }: { category: Category; storeId: string }) {
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(false), [category.id])
  const store = useLoad(
    storeId === '' ? null : `store.${storeId}`,
    () => api('GET /v1/stores/:storeId', { params: { storeId } }),
    true,
  )
  const aisles = aislesOf(store.data?.floorPlan.shelves ?? [], category.zone)
  return (
    <>
      <ZoneSign category={category} aisles={aisles} onMap={store.data ? () => setOpen(true) : null} />
      {open && store.data && (
        <Sheet title={`${category.name}在店里哪儿`} onClose={() => setOpen(false)}>
          <Floor
            plan={store.data.floorPlan}
            zones={store.data.zones}
            target={{ kind: 'zone', zone: category.zone }}
            label={`店内地图，${category.name}在 ${category.zone} 区，货架 ${aisleSpan(category.zone, aisles)}`}
          />
        </Sheet>
      )}
    </>
  )
}

interface SortBarProps {
  sort: Sort
  onSort: (sort: Sort) => void
  onlyInStock: boolean
  onOnlyInStock: (on: boolean) => void
}

function SortBar({ sort, onSort, onlyInStock, onOnlyInStock }: SortBarProps) {
  const byPrice = sort === 'price_up' || sort === 'price_down'
  const tabs: [Sort, string, boolean][] = [
    ['recommended', '推荐', sort === 'recommended'],
    ['newest', '新上架', sort === 'newest'],
    [sort === 'price_up' ? 'price_down' : 'price_up', '价格', byPrice],
  ]
  return (
    <Box className="category-sorts">
      {tabs.map(([next, name, on]) => (
        <Press
          key={name}
          className={`category-sort ${on ? 'category-sort-on' : ''}`}
          on={on}
          onPress={() => onSort(next)}
        >
          <Words>{name}</Words>
          {name === '价格' && <Icon name={sort === 'price_up' ? 'up' : 'down'} size={16} />}
        </Press>
      ))}
      <Press
        className={`category-sort ${onlyInStock ? 'category-sort-on' : ''}`}
        on={onlyInStock}
        onPress={() => onOnlyInStock(!onlyInStock)}
      >
        只看有货
      </Press>
    </Box>
  )
}
