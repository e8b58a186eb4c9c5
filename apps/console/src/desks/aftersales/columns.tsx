import { Camera } from 'lucide-react'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { when } from '../../ui/time.ts'
import { type AftersaleRow, dueWords, kindWords, reasonWords, stateOf } from './model.ts'

const GoodsCell = ({ row }: { row: AftersaleRow }) => {
  const { path } = useScope()
  const [first] = row.lines
  return (
    <Link to={path(`/aftersales/${row.id}`)} className="product-cell">
      <Thumb src={first?.picture?.s} />
      <span className="two-lines">
        <b className="clip">
          {first?.name}
          {row.lines.length > 1 && ` 等 ${row.lines.length} 样`}
        </b>
        <small>
          {row.pieces} 件 · <OrderNo no={row.orderNo} />
        </small>
      </span>
    </Link>
  )
}

const WaitCell = ({ row }: { row: AftersaleRow }) => {
  const now = useNow()
  const due = dueWords(row, now)
  return (
    <span className="two-lines">
      <span className={due?.late ? 'after-late' : undefined}>{due?.words ?? when(row.since, now)}</span>
      <small>{when(row.appliedAt, now)} 申请</small>
    </span>
  )
}

const WhyCell = ({ row }: { row: AftersaleRow }) => (
  <span className="two-lines">
    <span>
      {reasonWords[row.reason]}
      {row.photos > 0 && (
        <small className="after-photos">
          <Camera size={13} aria-hidden="true" /> {row.photos} 张
        </small>
      )}
    </span>
    <small>{kindWords[row.kind]}</small>
  </span>
)

export const aftersaleColumns: readonly Column<AftersaleRow>[] = [
  { key: 'goods', title: '商品', bone: 'thumb', cell: (row) => <GoodsCell row={row} /> },
  { key: 'why', title: '为什么', width: 150, cell: (row) => <WhyCell row={row} /> },
  {
    key: 'who',
    title: '顾客',
    width: 200,
    cell: (row) => (
      <span className="two-lines">
        <span>{row.memberName}</span>
        <small>
          {row.phoneTail ? `尾号 ${row.phoneTail}` : '没有绑手机'} · {row.storeName}
        </small>
      </span>
    ),
  },
  {
    key: 'amount',
    title: '退',
    width: 100,
    align: 'right',
    bone: 'short',
    cell: (row) =>
      row.kind === 'exchange' ? (
        <span className="quiet">换货</span>
      ) : (
        <b className="strong">{formatFen(row.amountFen)}</b>
      ),
  },
  {
    key: 'state',
    title: '到哪一步',
    width: 150,
    cell: (row) => (
      <span className="two-lines after-state">
        <StateTag tone={stateOf(row).tone}>{stateOf(row).word}</StateTag>
        {row.state === 'REFUND_FAILED' && (
          <small>{row.ownerName ? `${row.ownerName} 在跟` : '还没人跟'}</small>
        )}
      </span>
    ),
  },
  { key: 'wait', title: '等多久', width: 130, cell: (row) => <WaitCell row={row} /> },
]
