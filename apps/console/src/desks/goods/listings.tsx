import { Button, Input, Switch } from 'antd'
import { useState } from 'react'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen, parseFen } from '../../ui/fen.ts'
import type { Faults, GoodsForm, ListingForm, Product } from './form.ts'

interface ListingsProps {
  product: Product
  form: GoodsForm
  change: (part: Partial<GoodsForm>) => void
  faults: Faults
  disabled: boolean
}

/** Price, online price, shelf place and on/off shelf, store by store. What changed is said beside it. */
export const Listings = ({ product, form, change, faults, disabled }: ListingsProps) => {
  const { stores } = useScope()
  const [everywhere, setEverywhere] = useState('')
  const set = (storeId: string, part: Partial<ListingForm>) =>
    change({
      listings: form.listings.map((each) => (each.storeId === storeId ? { ...each, ...part } : each)),
    })
  const fill = () => {
    change({ listings: form.listings.map((each) => ({ ...each, price: everywhere })) })
    setEverywhere('')
  }
  return (
    <div id="listings">
      <Card
        title="门店价与货位"
        note={`${form.listings.length} 家店，${form.listings.filter((each) => each.onShelf).length} 家在架`}
        extra={
          !disabled &&
          form.listings.length > 1 && (
            <span className="fill-all">
              <Input
                size="small"
                prefix="¥"
                value={everywhere}
                maxLength={10}
                aria-label="所有门店改成这个价"
                placeholder="所有店同价"
                onChange={(event) => setEverywhere(event.target.value)}
              />
              <Button size="small" disabled={!parseFen(everywhere)} onClick={fill}>
                填到各店
              </Button>
            </span>
          )
        }
      >
        <table className="plain-table listings">
          <thead>
            <tr>
              <th>门店</th>
              <th>门店价</th>
              <th>线上价 · 选填</th>
              <th>货位 · 选填</th>
              <th>上架</th>
            </tr>
          </thead>
          <tbody>
            {form.listings.map((listing) => (
              <ListingRow
                key={listing.storeId}
                name={stores?.find((store) => store.id === listing.storeId)?.name ?? ''}
                listing={listing}
                before={product.listings.find((each) => each.storeId === listing.storeId)}
                faults={faults}
                disabled={disabled}
                set={(part) => set(listing.storeId, part)}
              />
            ))}
          </tbody>
        </table>
      </Card>
    </div>
  )
}

interface ListingRowProps {
  name: string
  listing: ListingForm
  before: Product['listings'][number] | undefined
  faults: Faults
  disabled: boolean
  set: (part: Partial<ListingForm>) => void
}

const ListingRow = ({ name, listing, before, faults, disabled, set }: ListingRowProps) => {
  const fault = (field: string) => faults[`${field}.${listing.storeId}`]
  const priceFen = parseFen(listing.price)
  const moved = before && priceFen !== undefined && priceFen !== before.priceFen
  return (
    <tr>
      <td className="nowrap">
        <span className="quiet small">{listing.storeId}</span> {name}
      </td>
      <td>
        <Input
          prefix="¥"
          value={listing.price}
          maxLength={10}
          inputMode="decimal"
          disabled={disabled}
          status={fault('price') ? 'error' : ''}
          aria-label={`${name}门店价`}
          onChange={(event) => set({ price: event.target.value })}
        />
        <CellNote fault={fault('price')} help={moved ? `原来 ${formatFen(before.priceFen)}` : undefined} />
      </td>
      <td>
        <Input
          prefix="¥"
          value={listing.online}
          maxLength={10}
          inputMode="decimal"
          disabled={disabled}
          placeholder="同门店价"
          status={fault('online') ? 'error' : ''}
          aria-label={`${name}线上价`}
          onChange={(event) => set({ online: event.target.value })}
        />
        <CellNote fault={fault('online')} help={undefined} />
      </td>
      <td>
        <Input
          value={listing.shelf}
          maxLength={8}
          disabled={disabled}
          placeholder="L02-3-2"
          status={fault('shelf') ? 'error' : ''}
          aria-label={`${name}货位`}
          onChange={(event) => set({ shelf: event.target.value.toUpperCase() })}
        />
        <CellNote fault={fault('shelf')} help={undefined} />
      </td>
      <td>
        <Switch
          checked={listing.onShelf}
          disabled={disabled}
          aria-label={`${name}上架`}
          onChange={(onShelf) => set({ onShelf })}
        />
      </td>
    </tr>
  )
}

const CellNote = ({ fault, help }: { fault: string | undefined; help: string | undefined }) =>
  (fault ?? help) ? <p className={fault ? 'field-fault' : 'field-help'}>{fault ?? help}</p> : null
