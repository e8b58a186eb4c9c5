import { useQuery } from '@tanstack/react-query'
import { Popover } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import type { Column } from '../../ui/table-parts.tsx'
import { formatFen } from '../../ui/fen.ts'
import { Freshness } from '../../ui/freshness.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, Refusal } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { Ticks } from '../../ui/ticks.tsx'
import { when } from '../../ui/time.ts'
import type { Product } from './form.ts'
import { priceRange, sellable, shelfState, ticksOf, type Category, type GoodsRow } from './model.ts'

const ChangedAt = ({ at }: { at: string }) => <span className="quiet small nowrap">{when(at, useNow())}</span>

const NameCell = ({ row }: { row: GoodsRow }) => {
  const { path } = useScope()
  return (
    <Link to={path(`/goods/${row.id}`)} className="product-cell">
      <Thumb src={row.picture?.s} />
      <span>
        <b>{row.name}</b>
        <small>{row.barcode}</small>
      </span>
    </Link>
  )
}

const StockCell = ({ row }: { row: GoodsRow }) => {
  const [open, setOpen] = useState(false)
  const total = sellable(row)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottom"
      arrow={false}
      destroyOnHidden
      styles={{ container: { padding: 0 } }}
      content={<StoreBreakdown row={row} />}
    >
      <button type="button" className="bare stock-cell" aria-label={`${row.name} 可售 ${total}，看各店`}>
        <Ticks ticks={ticksOf(row)} />
        <b className={total === 0 ? 'down' : ''}>{total}</b>
      </button>
    </Popover>
  )
}

const BreakdownRow = ({
  row,
  listing,
  usual,
}: {
  row: GoodsRow
  listing: Product['listings'][number]
  usual: number | undefined
}) => {
  const { stores } = useScope()
  const stock = row.stores.find((each) => each.storeId === listing.storeId)
  return (
    <tr>
      <td className="nowrap">
        {stores?.find((store) => store.id === listing.storeId)?.name ?? listing.storeId}{' '}
        {listing.priceFen !== usual && <Label tone="slate">独立价</Label>}
      </td>
      <td className="num">{formatFen(listing.priceFen)}</td>
      <td className="num quiet">
        {listing.onlinePriceFen === null ? '—' : formatFen(listing.onlinePriceFen)}
      </td>
      <td className="quiet">{listing.shelf ?? '—'}</td>
      <td className="num strong">
        {listing.onShelf ? (stock?.available ?? 0) : <span className="quiet">下架</span>}
      </td>
    </tr>
  )
}

const BreakdownTable = ({ row, product }: { row: GoodsRow; product: Product }) => {
  const usual = mostCommon(product.listings.map((listing) => listing.priceFen))
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>门店</th>
          <th className="num">门店价</th>
          <th className="num">线上价</th>
          <th>货位</th>
          <th className="num">可售</th>
        </tr>
      </thead>
      <tbody>
        {product.listings.map((listing) => (
          <BreakdownRow key={listing.storeId} row={row} listing={listing} usual={usual} />
        ))}
      </tbody>
    </table>
  )
}

const StoreBreakdown = ({ row }: { row: GoodsRow }) => {
  const product = useQuery({
    queryKey: ['product', row.id],
    queryFn: () => api('GET /console/v1/products/:productId', { params: { productId: row.id } }),
  })
  return (
    <div className="breakdown">
      <header>
        <b>{row.name} · 各店价与可售</b>
        {product.data && <Freshness at={product.dataUpdatedAt} />}
      </header>
      {product.isPending && <Bones lines={5} />}
      <Refusal error={product.error} />
      {product.data && <BreakdownTable row={row} product={product.data} />}
      <footer>
        <span className="quiet small">合计可售 {sellable(row)}</span>
        <Link className="go small" to={`/goods/${row.id}`}>
          改门店价
        </Link>
        <Link className="go small" to={`/stock?q=${row.barcode}`}>
          看库存账
        </Link>
      </footer>
    </div>
  )
}

const mostCommon = (values: readonly number[]): number | undefined => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** The list's columns. */
export const goodsColumns = (categories: readonly Category[]): Column<GoodsRow>[] => [
  { key: 'name', title: '商品', bone: 'thumb', cell: (row) => <NameCell row={row} /> },
  {
    key: 'category',
    title: '分类',
    width: 120,
    bone: 'short',
    cell: (row) => (
      <span className="quiet nowrap">
        {categories.find((each) => each.id === row.categoryId)?.name ?? row.categoryId}
      </span>
    ),
  },
  {
    key: 'price',
    title: '售价',
    width: 150,
    align: 'right',
    bone: 'short',
    cell: (row) => <span className="strong nowrap price-range">{priceRange(row)}</span>,
  },
  { key: 'stock', title: '可售', width: 170, bone: 'text', cell: (row) => <StockCell row={row} /> },
  {
    key: 'shelf',
    title: '状态',
    width: 140,
    bone: 'short',
    cell: (row) => {
      const { tone, word } = shelfState(row)
      return <StateTag tone={tone}>{word}</StateTag>
    },
  },
  {
    key: 'changed',
    title: '最近改动',
    width: 130,
    bone: 'short',
    cell: (row) => <ChangedAt at={row.updatedAt} />,
  },
]
