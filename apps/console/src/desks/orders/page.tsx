import { Button, DatePicker } from 'antd'
import { CircleAlert } from 'lucide-react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { Money } from '../../ui/money.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import type { FilterChange } from '../../ui/url-filters.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { useOpenAlarms } from '../alarms/page-data.ts'
import { orderColumns } from './columns.tsx'
import {
  orderChips,
  orderFilters,
  orderTabs,
  pageSize,
  refundChoices,
  type OrderFilters,
  type OrderRow,
} from './model.ts'
import './orders.css'

const anyFilter = { q: undefined, refund: undefined, from: undefined, to: undefined }

const Pickers = ({ filters, change }: { filters: OrderFilters; change: (change: FilterChange) => void }) => (
  <>
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
      <PickFilter name="退款" options={refundChoices} pick={(refund) => change({ refund })} />
    )}
    <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="单号、手机尾号、名字" />
  </>
)

const NoOrders = ({ filtered, clear }: { filtered: boolean; clear: () => void }) =>
  filtered ? (
    <NoMatch title="没有同时符合这些条件的订单" text="去掉一个条件再看。">
      <Button type="primary" onClick={clear}>
        全清
      </Button>
    </NoMatch>
  ) : (
    <EmptyState title="还没接到第一单" text="商品上了架、门店在接单，顾客下的第一单会出现在这里。" />
  )

const AlarmsLink = () => {
  const alarms = useOpenAlarms(useMay('payments.read'))
  const { go } = useScope()
  if (alarms === 0) return null
  return (
    <Button icon={<CircleAlert size={16} />} danger onClick={() => go('/alarms')}>
      {alarms} 笔收付款要人核对
    </Button>
  )
}

/** 订单: every order in scope, newest first, by state, day, refund and words. */
export default function OrdersPage() {
  const { result, filters, page, change } = usePagedList({
    name: 'orders',
    size: pageSize,
    parse: orderFilters,
    fetch: (query) => api('GET /console/v1/orders', { query }),
  })
  const tools = useListTools('orders', orderColumns)
  const { go } = useScope()
  const { data } = result
  const remove = (key: string) =>
    change(key === 'day' ? { from: undefined, to: undefined } : { [key]: undefined })

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
        <AlarmsLink />
      </PageHead>
      <section className="card list-card">
        <CountTabs label="订单状态" tabs={orderTabs(data?.counts, filters.state)} tools={tools} />
        <FilterRow chips={orderChips(filters)} onRemove={remove} onClear={() => change(anyFilter)}>
          <Pickers filters={filters} change={change} />
        </FilterRow>
        <DataTable<OrderRow>
          label="订单"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={(row) => row.id}
          rowLabel={(row) => `订单 ${row.no}`}
          open={(row) => go(`/orders/${row.id}`)}
          page={page}
          empty={
            <NoOrders
              filtered={Object.keys(filters).length > 0}
              clear={() => change({ ...anyFilter, state: undefined })}
            />
          }
        />
      </section>
    </div>
  )
}
