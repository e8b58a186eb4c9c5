import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { moveWords, reasonWords, sourceWords, type Posting, type ValueMember } from './model.ts'

const Rows = ({ rows }: { rows: readonly Posting[] }) => {
  const now = useNow()
  const { path } = useScope()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>时间</th>
          <th>什么</th>
          <th className="num">可用</th>
          <th className="num">占用</th>
          <th>来龙去脉</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="quiet nowrap">{when(row.at, now)}</td>
            <td className="nowrap">{reasonWords[row.reason]}</td>
            <td className="num strong">{moveWords(row.availableFen)}</td>
            <td className="num quiet">{moveWords(row.heldFen)}</td>
            <td className="quiet">
              {row.orderId ? (
                <Link className="go" to={path(`/orders/${row.orderId}`)}>
                  看订单
                </Link>
              ) : (
                sourceWords(row)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 储值流水: everything that became of one member's stored value, newest first. */
const Ledger = ({ memberId }: { memberId: string }) => {
  const { data, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery({
      queryKey: ['value-postings', memberId],
      queryFn: ({ pageParam }) =>
        api('GET /console/v1/stored-value-members/:memberId/postings', {
          params: { memberId },
          query: pageParam === null ? {} : { cursor: pageParam },
        }),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
    })
  if (isPending) return <Bones lines={4} />
  if (!data) return <ErrorState title="流水没取回来" error={error} retry={() => void refetch()} />
  const rows = data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <EmptyState title="还没有流水" text="充第一笔以后，每一次变动都列在这里。" />
  return (
    <>
      <Rows rows={rows} />
      {hasNextPage && (
        <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          看更早的
        </Button>
      )}
    </>
  )
}

interface MemberCardProps {
  member: ValueMember
  open: boolean
  ask: (deed: 'top-up' | 'pay-out') => void
}
/** One member: balance, what may be done with it, and its ledger. */
export const MemberCard = ({ member, open, ask }: MemberCardProps) => {
  const mayTopUp = useMay('value.top_up')
  const mayPayOut = useMay('value.pay_out')
  return (
    <Card
      className="value-member"
      title={member.name}
      note={`手机尾号 ${member.phoneTail ?? '–'}${member.holder ? ` · ${member.holder.name} 证件尾号 ${member.holder.documentTail}` : ' · 还没登记证件'}`}
      extra={
        <>
          {mayPayOut && (
            <Button disabled={member.availableFen === 0} onClick={() => ask('pay-out')}>
              退余额
            </Button>
          )}
          {mayTopUp && (
            <Button type="primary" disabled={!open || member.roomFen === 0} onClick={() => ask('top-up')}>
              充值
            </Button>
          )}
        </>
      }
    >
      <div className="value-balance">
        <b className="money-total num">{formatFen(member.availableFen)}</b>
        <span className="quiet small">
          {member.heldFen > 0 && `另有 ${formatFen(member.heldFen)} 被没付完的订单占着 · `}
          {open ? `还能充 ${formatFen(member.roomFen)}` : '总部没有开储值，不能充'}
        </span>
      </div>
      <Ledger memberId={member.memberId} />
    </Card>
  )
}
