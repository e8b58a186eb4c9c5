import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Pagination, Segmented } from 'antd'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { priceSteps, stepOption } from './price-steps.ts'

const perPage = 8

/** Every price this product has had, store by store: the proof behind any struck-through price. */
export const PriceHistory = ({ productId }: { productId: string }) => {
  const { stores = [], storeId } = useScope()
  const [store, setStore] = useState(storeId ?? 'all')
  const [page, setPage] = useState(1)
  const now = useNow()
  const query = { page, limit: perPage, ...(store === 'all' ? {} : { storeId: store }) }
  const prices = useQuery({
    queryKey: ['prices', productId, query],
    queryFn: () => api('GET /console/v1/products/:productId/prices', { params: { productId }, query }),
  })
  return (
    <Card
      title="价格历史"
      note="只追加，不修改"
      extra={
        stores.length > 1 && (
          <Segmented
            size="small"
            value={store}
            options={[
              { value: 'all', label: '全部' },
              ...stores.map((each) => ({ value: each.id, label: each.id })),
            ]}
            onChange={(next) => {
              setStore(next)
              setPage(1)
            }}
          />
        )
      }
    >
      {prices.isPending && <Bones lines={4} />}
      <Refusal error={prices.error} />
      {prices.data && (
        <>
          {store !== 'all' && page === 1 && <Steps items={prices.data.items} />}
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
              {prices.data.items.map((each) => (
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
          {prices.data.total > perPage && (
            <footer className="history-foot">
              <Pagination
                size="small"
                current={page}
                pageSize={perPage}
                total={prices.data.total}
                showSizeChanger={false}
                onChange={setPage}
              />
            </footer>
          )}
        </>
      )}
    </Card>
  )
}

const Steps = ({ items }: { items: Parameters<typeof priceSteps>[0] }) => {
  const steps = useMemo(() => priceSteps(items, Date.now()), [items])
  const option = useMemo(() => stepOption(steps), [steps])
  if (items.length < 2) return null
  const values = steps.map((each) => each.fen)
  return (
    <div className="price-steps">
      <Chart
        option={option}
        height={150}
        label={`成交用的价：最低 ${formatFen(Math.min(...values))}，最高 ${formatFen(Math.max(...values))}，现在 ${formatFen(values.at(-1) ?? 0)}`}
      />
    </div>
  )
}
