import { Button, DatePicker } from 'antd'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatFen } from '../../ui/fen.ts'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { balances, csvOf, dueChips, dueFilters, pageSize, reasonWords, type Due, type Dues } from './model.ts'
import './dues.css'

const OrderCell = ({ due }: { due: Due }) => {
  const { path } = useScope()
  return (
    <Link to={path(`/aftersales/${due.aftersaleId}`)}>
      <OrderNo no={due.orderNo} />
    </Link>
  )
}

const columnsFor = (now: number, nameOf: (storeId: string) => string): Column<Due>[] => [
  {
    key: 'name',
    title: '商品',
    cell: (due) => (
      <span className="two-lines">
        <b className="clip">{due.name}</b>
        <small>
          {due.quantity} {due.unit} · {reasonWords[due.reason]}
        </small>
      </span>
    ),
  },
  { key: 'order', title: '订单', width: 200, cell: (due) => <OrderCell due={due} /> },
  {
    key: 'debtor',
    title: '该付',
    width: 190,
    cell: (due) => <span className="clip">{nameOf(due.debtorStoreId)}</span>,
  },
  {
    key: 'creditor',
    title: '该收',
    width: 190,
    cell: (due) => <span className="clip">{nameOf(due.creditorStoreId)}</span>,
  },
  {
    key: 'amount',
    title: '金额',
    width: 110,
    align: 'right',
    bone: 'short',
    cell: (due) => <b className="strong">{formatFen(due.amountFen)}</b>,
  },
  {
    key: 'at',
    title: '收下的时间',
    width: 130,
    cell: (due) => <span className="quiet nowrap">{when(due.at, now)}</span>,
  },
]

const Balances = ({ sums, nameOf }: { sums: Dues['sums']; nameOf: (storeId: string) => string }) => (
  <section className="card dues-balances" aria-label="抵掉互欠以后">
    {balances(sums).map((each) => (
      <div key={`${each.debtorStoreId} ${each.creditorStoreId}`}>
        <small>
          {nameOf(each.debtorStoreId)} 付给 {nameOf(each.creditorStoreId)}
        </small>
        <b className="num">{formatFen(each.amountFen)}</b>
        <small>{each.count} 笔，互欠已抵</small>
      </div>
    ))}
  </section>
)

/** 门店往来: what stores owe each other for goods that one sold and another took back onto its shelf. */
export default function DuesPage() {
  const { storeWords: nameOf } = useScope()
  const now = useNow()
  const { result, filters, page, change, every } = usePagedList({
    name: 'store-dues',
    size: pageSize,
    parse: dueFilters,
    fetch: (query) => api('GET /console/v1/store-dues', { query }),
    refetchSeconds: 60,
  })
  const tools = useListTools('store-dues', columnsFor(now, nameOf))
  const { data } = result
  const clear = () => change({ from: undefined, to: undefined })
  return (
    <div className="list-page">
      <PageHead
        title="门店往来"
        note="一家店卖的货退到另一家又上了架，或由另一家换给顾客，两家按顾客实付结算"
      >
        <CsvButton name="门店往来" disabled={page.total === 0} rows={every} text={csvOf} />
      </PageHead>
      {data && data.sums.length > 0 && <Balances sums={data.sums} nameOf={nameOf} />}
      <section className="card list-card">
        <FilterRow
          chips={dueChips(filters)}
          onRemove={(key) => change({ [key]: undefined })}
          onClear={clear}
          tools={tools}
        >
          {!filters.from && !filters.to && (
            <DatePicker.RangePicker
              size="small"
              className="day-range"
              placeholder={['收下从', '到']}
              aria-label="按收下的日子筛"
              onChange={(days) =>
                change({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })
              }
            />
          )}
        </FilterRow>
        <DataTable<Due>
          label="门店往来"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={(due) => String(due.id)}
          rowLabel={(due) => `${due.name}，${nameOf(due.debtorStoreId)} 付给 ${nameOf(due.creditorStoreId)}`}
          page={page}
          empty={
            filters.from || filters.to ? (
              <NoMatch title="这几天没有往来" text="换一段日子再看。">
                <Button type="primary" onClick={clear}>
                  全清
                </Button>
              </NoMatch>
            ) : (
              <EmptyState title="门店之间互不欠" text="顾客把货退到另一家店、那家店验收上架，就会记一笔。" />
            )
          }
        />
      </section>
    </div>
  )
}
