import type { ReactNode } from 'react'

import { useScope } from '../../shell/scope.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { when } from '../../ui/time.ts'
import { memberWords } from '../coupons/grant.ts'
import { type Figures, keptFen, rateWords, type Row, rowWords, type Share, subjectWords } from './model.ts'

/** Beside an open panel there is room for what matters most. */
const Heads = ({ narrow = false }) => (
  <>
    <th className="num">打开</th>
    {!narrow && <th className="num">其中会员</th>}
    <th className="num">新会员</th>
    <th className="num">订单</th>
    {!narrow && (
      <>
        <th className="num">下单率</th>
        <th className="num">付款</th>
        <th className="num">退回</th>
      </>
    )}
    <th className="num">留下</th>
  </>
)
const Cells = ({ row, narrow = false }: { row: Figures; narrow?: boolean }) => (
  <>
    <td className="num">{row.opens}</td>
    {!narrow && <td className="num">{row.members}</td>}
    <td className="num">{row.joined === 0 ? '–' : row.joined}</td>
    <td className="num strong">{row.orders}</td>
    {!narrow && (
      <>
        <td className="num quiet">{rateWords(row.orders, row.opens)}</td>
        <td className="num nowrap">{row.paidFen === 0 ? '–' : formatFen(row.paidFen)}</td>
        <td className="num nowrap">{row.backFen === 0 ? '–' : formatFen(row.backFen)}</td>
      </>
    )}
    <td className="num nowrap strong">{row.paidFen === 0 ? '–' : formatFen(keptFen(row))}</td>
  </>
)

/** What the sums are of: what a click on a row shows. */
export const GroupTable = ({
  rows,
  first,
  open,
}: {
  rows: readonly Row[]
  first: string
  /** Shows the shares of one row; a day has none of its own. */
  open: (row: Row) => void
}) => {
  const { storeWords } = useScope()
  const name = (row: Row): ReactNode =>
    row.day === null ? (
      <button type="button" className="bare go" onClick={() => open(row)}>
        {rowWords(row)}
      </button>
    ) : (
      rowWords(row)
    )
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{first}</th>
          <th className="num">新的分享</th>
          <Heads />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.day} ${row.subject?.kind} ${row.subject?.id} ${row.storeId} ${row.sharer?.id}`}>
            <td>
              {name(row)}
              {row.storeId && <small className="quiet share-store">{storeWords(row.storeId)}</small>}
            </td>
            <td className="num">{row.shares === 0 ? '–' : row.shares}</td>
            <Cells row={row} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Every share, each with its chain behind it. */
export const ShareTable = ({
  rows,
  opened,
  open,
}: {
  rows: readonly Share[]
  opened: string | undefined
  open: (id: string) => void
}) => {
  const now = useNow()
  const { storeWords } = useScope()
  const narrow = opened !== undefined
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>是什么</th>
          <th>分享人</th>
          {!narrow && <th>第一次分享</th>}
          <th className="num">第几手</th>
          <Heads narrow={narrow} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { kind, name } = subjectWords(row)
          return (
            <tr key={row.id} aria-current={row.id === opened ? 'true' : undefined}>
              <td>
                <button type="button" className="bare go" onClick={() => open(row.id)}>
                  {name}
                </button>
                <small className="quiet share-store">
                  {kind} · {storeWords(row.storeId)}
                </small>
              </td>
              <td className="nowrap">{memberWords(row.sharer)}</td>
              {!narrow && <td className="nowrap quiet">{when(row.madeAt, now)}</td>}
              <td className="num">{row.depth + 1}</td>
              <Cells row={row} narrow={narrow} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
