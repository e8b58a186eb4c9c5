import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Segmented } from 'antd'

import { api, type Out } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, Refusal } from '../../ui/states.tsx'
import { TableFoot } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { priceSteps, stepOption } from './price-steps.ts'

const perPage = 8

type PriceRow = Out<'GET /console/v1/products/:productId/prices'>['items'][number]

const PriceTable = ({ rows }: { rows: readonly PriceRow[] }) => {
  const now = useNow()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>生效</th>
          <th>门店</th>
          <th className="num">门店价</th>
          <th className="num">线上价</th>
          <th>谁改的</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((each) => (
          <tr key={`${each.storeId}-${each.at}`}>
            <td className="nowrap">{when(each.at, now)}</td>
            <td>{each.storeId}</td>
            <td className="num strong">{formatFen(each.priceFen)}</td>
            <td className="num quiet">
              {each.onlinePriceFen === null ? '—' : formatFen(each.onlinePriceFen)}
            </td>
            <td>{whoWords(each.by)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Steps = ({ rows }: { rows: readonly PriceRow[] }) => {
  const steps = useMemo(() => priceSteps(rows, Date.now()), [rows])
  const option = useMemo(() => stepOption(steps), [steps])
  if (rows.length < 2) return null
  const values = steps.map((each) => each.fen)
  return (
    <div className="price-steps">
      <Chart
        option={option}
        height={150}
        label={`线上成交价：最低 ${formatFen(Math.min(...values))}，最高 ${formatFen(Math.max(...values))}，现在 ${formatFen(values.at(-1) ?? 0)}`}
      />
    </div>
  )
}

const usePrices = (productId: string, store: string, page: number) => {
  const query = { page, limit: perPage, ...(store === 'all' ? {} : { storeId: store }) }
  return useQuery({
    queryKey: ['prices', productId, query],
    queryFn: () => api('GET /console/v1/products/:productId/prices', { params: { productId }, query }),
  })
}

/** Every price this product has had, store by store: the proof behind any struck-through price. */
export const PriceHistory = ({ productId }: { productId: string }) => {
  const { stores = [], storeId } = useScope()
  const [store, setStore] = useState(storeId ?? 'all')
  const [page, setPage] = useState(1)
  const prices = usePrices(productId, store, page)
  const rows = prices.data?.items ?? []
  const total = prices.data?.total ?? 0
  const choose = (next: string) => {
    setStore(next)
    setPage(1)
  }
  const choices = [{ value: 'all', label: '全部' }, ...stores.map(({ id }) => ({ value: id, label: id }))]
  return (
    <Card
      title="价格历史"
      note="只追加，不修改"
      extra={
        stores.length > 1 && <Segmented size="small" value={store} options={choices} onChange={choose} />
      }
    >
      {prices.isPending && <Bones lines={4} />}
      <Refusal error={prices.error} />
      {store !== 'all' && page === 1 && <Steps rows={rows} />}
      {rows.length > 0 && <PriceTable rows={rows} />}
      {total > perPage && <TableFoot page={{ at: page, size: perPage, total, change: setPage }} />}
    </Card>
  )
}
