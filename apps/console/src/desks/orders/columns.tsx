import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import type { Column } from '../../ui/table-parts.tsx'
import { formatFen } from '../../ui/fen.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { when } from '../../ui/time.ts'
import { fulfilmentWords, orderTags, type OrderRow } from './model.ts'

const NoCell = ({ row }: { row: OrderRow }) => {
  const { path } = useScope()
  const now = useNow()
  return (
    <Link to={path(`/orders/${row.id}`)} className="order-no">
      <b>
        <OrderNo no={row.no} />
      </b>
      <small>{when(row.placedAt, now, true)}</small>
    </Link>
  )
}

const GoodsCell = ({ row }: { row: OrderRow }) => (
  <span className="order-goods">
    {row.pictures.slice(0, 4).map((each) => (
      <Thumb key={each.name} src={each.picture?.s} size={30} name={each.name} />
    ))}
    <small className="quiet nowrap">{row.pieces} 件</small>
  </span>
)

/** The list's columns. */
export const orderColumns: Column<OrderRow>[] = [
  { key: 'no', title: '订单', width: 200, bone: 'text', cell: (row) => <NoCell row={row} /> },
  { key: 'goods', title: '商品', bone: 'thumb', cell: (row) => <GoodsCell row={row} /> },
  {
    key: 'store',
    title: '门店',
    bone: 'short',
    cell: (row) => (
      <span className="two-lines">
        <span className="nowrap">{row.storeName}</span>
        <small>{fulfilmentWords(row.fulfilment)}</small>
      </span>
    ),
  },
  {
    key: 'member',
    title: '顾客',
    width: 120,
    bone: 'short',
    cell: (row) => (
      <span className="two-lines">
        <span>{row.memberName}</span>
        <small>{row.phoneTail ? `手机尾号 ${row.phoneTail}` : '没留手机'}</small>
      </span>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 190,
    bone: 'short',
    cell: (row) => (
      <span className="tag-row">
        {orderTags(row).map(({ tone, word }) => (
          <StateTag key={word} tone={tone}>
            {word}
          </StateTag>
        ))}
      </span>
    ),
  },
  {
    key: 'total',
    title: '实付',
    width: 120,
    align: 'right',
    bone: 'short',
    cell: (row) => (
      <span className="two-lines">
        <b className={row.payState === 'UNPAID' ? 'quiet' : 'strong'}>{formatFen(row.totalFen)}</b>
        {row.refundedFen > 0 && <small>退 {formatFen(row.refundedFen)}</small>}
      </span>
    ),
  },
]
