import { Button, Input, Select, Switch } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen, parseFen } from '../../ui/fen.ts'
import { newListing, type Faults, type GoodsForm, type ListingForm, type Product } from './form.ts'

interface ListingsProps {
  product: Product
  form: GoodsForm
  change: (part: Partial<GoodsForm>) => void
  faults: Faults
  disabled: boolean
}

// One price for every store at once; the person still presses save.
const FillAll = ({ fill }: { fill: (price: string) => void }) => {
  const [price, setPrice] = useState('')
  return (
    <span className="fill-all">
      <Input
        size="small"
        prefix="¥"
        value={price}
        maxLength={10}
        aria-label="所有门店改成这个价"
        placeholder="所有店同价"
        onChange={(event) => setPrice(event.target.value)}
      />
      <Button
        size="small"
        disabled={!parseFen(price)}
        onClick={() => {
          fill(price)
          setPrice('')
        }}
      >
        填到各店
      </Button>
    </span>
  )
}

/** Price, online price, shelf place and on/off shelf, store by store. What changed is said beside it. */
export const Listings = ({ product, form, change, faults, disabled }: ListingsProps) => {
  const { stores } = useScope()
  const set = (storeId: string, part: Partial<ListingForm>) =>
    change({
      listings: form.listings.map((each) => (each.storeId === storeId ? { ...each, ...part } : each)),
    })
  const fill = (price: string) => change({ listings: form.listings.map((each) => ({ ...each, price })) })
  const onShelf = form.listings.filter((each) => each.onShelf).length
  const others = (stores ?? []).filter(({ id }) => !form.listings.some((each) => each.storeId === id))
  const add = (storeId: string) =>
    change({
      listings: [...form.listings, newListing(storeId)].sort((a, b) => (a.storeId < b.storeId ? -1 : 1)),
    })
  const drop = (storeId: string) =>
    change({ listings: form.listings.filter((each) => each.storeId !== storeId) })
  return (
    <div id="listings">
      <Card
        title="门店价与货位"
        note={`${form.listings.length} 家店，${onShelf} 家在架`}
        extra={!disabled && form.listings.length > 1 && <FillAll fill={fill} />}
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
                drop={() => drop(listing.storeId)}
              />
            ))}
          </tbody>
        </table>
        {!disabled && others.length > 0 && (
          <div className="listings-more">
            <Plus size={15} aria-hidden="true" />
            <Select
              size="small"
              placeholder={`再上一家店（还有 ${others.length} 家没卖它）`}
              aria-label="再上一家店"
              popupMatchSelectWidth={220}
              value={null}
              options={others.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
              onChange={add}
            />
          </div>
        )}
      </Card>
    </div>
  )
}

interface CellProps {
  label: string
  value: string
  placeholder?: string
  money?: boolean
  fault: string | undefined
  help?: string | undefined
  disabled: boolean
  set: (value: string) => void
}

const Cell = ({ label, value, placeholder, money = false, fault, help, disabled, set }: CellProps) => (
  <td>
    <Input
      prefix={money ? '¥' : undefined}
      value={value}
      maxLength={10}
      inputMode={money ? 'decimal' : 'text'}
      disabled={disabled}
      placeholder={placeholder}
      status={fault ? 'error' : ''}
      aria-label={label}
      onChange={(event) => set(event.target.value)}
    />
    {(fault ?? help) && <p className={fault ? 'field-fault' : 'field-help'}>{fault ?? help}</p>}
  </td>
)

interface ListingRowProps {
  name: string
  listing: ListingForm
  before: Product['listings'][number] | undefined
  faults: Faults
  disabled: boolean
  set: (part: Partial<ListingForm>) => void
  /** Takes back a store that was only just added here. */
  drop: () => void
}

const ListingRow = ({ name, listing, before, faults, disabled, set, drop }: ListingRowProps) => {
  const fault = (field: string) => faults[`${field}.${listing.storeId}`]
  const priceFen = parseFen(listing.price)
  const moved = before && priceFen !== undefined && priceFen !== before.priceFen
  const priceHelp = moved ? `原来 ${formatFen(before.priceFen)}` : before ? undefined : '这家店第一次卖它'
  return (
    <tr>
      <td className="nowrap">
        <span className="quiet small">{listing.storeId}</span> {name}
      </td>
      <Cell
        label={`${name}门店价`}
        money
        value={listing.price}
        fault={fault('price')}
        help={priceHelp}
        disabled={disabled}
        set={(price) => set({ price })}
      />
      <Cell
        label={`${name}线上价`}
        money
        value={listing.online}
        placeholder="同门店价"
        fault={fault('online')}
        disabled={disabled}
        set={(online) => set({ online })}
      />
      <Cell
        label={`${name}货位`}
        value={listing.shelf}
        placeholder="L02-3-2"
        fault={fault('shelf')}
        disabled={disabled}
        set={(shelf) => set({ shelf: shelf.toUpperCase() })}
      />
      <td>
        <Switch
          checked={listing.onShelf}
          disabled={disabled}
          aria-label={`${name}上架`}
          onChange={(onShelf) => set({ onShelf })}
        />
        {!before && (
          <button type="button" className="bare listing-drop" aria-label={`${name}先不卖`} onClick={drop}>
            <X size={15} />
          </button>
        )}
      </td>
    </tr>
  )
}
