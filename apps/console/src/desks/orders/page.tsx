import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Select } from 'antd'
import { CircleAlert } from 'lucide-react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { Money } from '../../ui/money.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorState, NoMatch } from '../../ui/states.tsx'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { orderColumns } from './columns.tsx'
import { useOpenAlarms } from './page-data.ts'
import { orderChips, orderFilters, orderTabs, pageSize, refundChoices, type OrderRow } from './model.ts'
import './orders.css'

const useOrders = () => {
  const { params, change } = useUrlFilters()
  const { storeId } = useScope()
  const page = pageOf(params)
  const filters = orderFilters(params)
  const query = { ...filters, page, limit: pageSize, ...(storeId ? { storeId } : {}) }
  const orders = useQuery({
    queryKey: ['orders', query],
    queryFn: () => api('GET /console/v1/orders', { query }),
    placeholderData: keepPreviousData,
  })
  return { orders, filters, page, change }
}

const nothing = { q: undefined, refund: undefined, from: undefined, to: undefined }

/** 订单: every order in scope, newest first, by state, day, refund and words. */
export default function OrdersPage() {
  const { orders, filters, page, change } = useOrders()
  const { go, path } = useScope()
  const mayAlarms = useMay('payments.read')
  const alarms = useOpenAlarms(mayAlarms)
  const { data } = orders
  const chips = orderChips(filters)

  return (
    <div className="list-page">
      <PageHead
        title="订单"
        note={
          data && (
            <>
              {data.total} 单，付款合计 <Money fen={data.paidFen} />
            </>
          )
        }
      >
        {mayAlarms && alarms > 0 && (
          <Link to={path('/orders/alarms')}>
            <Button icon={<CircleAlert size={16} />} danger>
              {alarms} 笔收款对不上
            </Button>
          </Link>
        )}
      </PageHead>
      <section className="card list-card">
        <CountTabs
          label="订单状态"
          tabs={orderTabs(data?.counts).map((tab) => ({
            ...tab,
            change: { state: tab.key },
            on: (filters.state ?? '') === tab.key,
          }))}
        />
        <FilterRow
          chips={chips}
          onRemove={(key) =>
            change(key === 'day' ? { from: undefined, to: undefined } : { [key]: undefined })
          }
          onClear={() => change(nothing)}
        >
          {!filters.from && !filters.to && (
            <DatePicker.RangePicker
              size="small"
              className="day-range"
              placeholder={['下单从', '到']}
              aria-label="按下单日筛"
              onChange={(days) =>
                change({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })
              }
            />
          )}
          {!filters.refundState && (
            <Select
              size="small"
              className="refund-picker"
              placeholder="退款"
              aria-label="按退款筛"
              popupMatchSelectWidth={140}
              value={null}
              options={refundChoices}
              onChange={(refund: string) => change({ refund })}
            />
          )}
          <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="订单号、手机尾号" />
        </FilterRow>
        {orders.isError && !data ? (
          <ErrorState title="订单没取回来" error={orders.error} retry={() => void orders.refetch()} />
        ) : (
          <DataTable<OrderRow>
            label="订单"
            columns={orderColumns}
            rows={data?.items}
            rowKey={(row) => row.id}
            rowLabel={(row) => `订单 ${row.no}`}
            open={(row) => go(`/orders/${row.id}`)}
            page={{
              at: page,
              size: pageSize,
              total: data?.total ?? 0,
              change: (to) => change({ page: String(to) }),
            }}
            empty={
              chips.length > 0 || filters.state || filters.q ? (
                <NoMatch title="没有同时符合这些条件的订单" text="去掉一个条件再看。">
                  <Button type="primary" onClick={() => change({ ...nothing, state: undefined })}>
                    全清
                  </Button>
                </NoMatch>
              ) : (
                <EmptyState
                  title="还没接到第一单"
                  text="商品和价格都就绪后，把店码摆到收银台，顾客一扫就能买。"
                />
              )
            }
          />
        )}
      </section>
    </div>
  )
}
