import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { InputNumber, Select } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import type { SectionProps } from './fields.tsx'
import type { BundlePart, Faults } from './form.ts'

const MOST = 20

const useFound = (q: string) =>
  useQuery({
    queryKey: ['bundle-goods', q],
    queryFn: () => api('GET /console/v1/products', { query: { q, limit: 10 } }),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
  })

const Finder = ({ parts, add }: { parts: readonly BundlePart[]; add: (part: BundlePart) => void }) => {
  const [q, setQ] = useState('')
  const found = useFound(q)
  const items = (found.data?.items ?? []).filter(({ skuId }) => parts.every((part) => part.skuId !== skuId))
  const pick = (skuId: string) => {
    const row = items.find((each) => each.skuId === skuId)
    if (row) add({ skuId, name: row.name, unit: row.unit, quantity: 1 })
    setQ('')
  }
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setQ, searchValue: q }}
      value={null}
      aria-label="往套餐里放一样商品"
      placeholder="输名称、首字母或条码，放一样进来"
      className="bundle-finder"
      notFoundContent={q.trim() === '' ? null : found.isFetching ? '正在找' : '没有找到'}
      options={items.map(({ skuId, name, barcode, minPriceFen }) => ({
        value: skuId,
        label: `${name}　${barcode}　${formatFen(minPriceFen)}`,
      }))}
      onChange={pick}
    />
  )
}

interface BundleCardProps extends SectionProps {
  parts: readonly BundlePart[]
  faults: Faults
}

/** What is in the bundle. Stock, picking and refunds go by these; orders keep what they were sold with. */
export const BundleCard = ({ parts, change, disabled, faults }: BundleCardProps) => {
  const put = (components: BundlePart[]) => change({ components })
  return (
    <div id="bundle">
      <Card
        title="套餐里有"
        note="没有自己的库存：能卖几套，看里面最缺的那样。改了只管以后的单，下过的单不变"
      >
        <table className="plain-table">
          <tbody>
            {parts.map((part) => (
              <tr key={part.skuId}>
                <td>{part.name}</td>
                <td className="num">
                  <InputNumber
                    min={1}
                    max={99}
                    precision={0}
                    value={part.quantity}
                    disabled={disabled}
                    suffix={part.unit}
                    aria-label={`${part.name} 每套几${part.unit}`}
                    onChange={(quantity) =>
                      put(parts.map((each) => (each === part ? { ...each, quantity: quantity ?? 1 } : each)))
                    }
                  />
                </td>
                <td className="num">
                  {!disabled && (
                    <button
                      type="button"
                      className="bare quiet"
                      aria-label={`拿掉${part.name}`}
                      onClick={() => put(parts.filter((each) => each !== part))}
                    >
                      <Trash2 size={15} aria-hidden="true" />
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {faults['components'] && <p className="field-fault bundle-fault">{faults['components']}</p>}
        {!disabled && parts.length < MOST && <Finder parts={parts} add={(part) => put([...parts, part])} />}
        <p className="field-help bundle-fault">称重商品和别的套餐放不进来。</p>
      </Card>
    </div>
  )
}
