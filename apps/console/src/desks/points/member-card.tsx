import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { memberWords } from '../coupons/grant.ts'
import { MemberPick } from '../coupons/member-pick.tsx'
import { type Balance, changeWords, type Posting, reasonWords } from './model.ts'

const Sums = ({ balance }: { balance: Balance }) => (
  <dl className="points-sums">
    <div>
      <dt>可用</dt>
      <dd className="points-usable">{balance.available.toLocaleString('en-US')}</dd>
    </div>
    <div>
      <dt>待生效</dt>
      <dd>{balance.frozen.toLocaleString('en-US')}</dd>
    </div>
    <div>
      <dt>占用</dt>
      <dd>{balance.held.toLocaleString('en-US')}</dd>
    </div>
    <div>
      <dt>欠</dt>
      <dd>{balance.debt.toLocaleString('en-US')}</dd>
    </div>
    {balance.nextEnd && (
      <div>
        <dt>最先到期</dt>
        <dd className="points-end">
          {balance.nextEnd.lastDay} <small>{balance.nextEnd.points} 分</small>
        </dd>
      </div>
    )}
  </dl>
)

const Row = ({ posting }: { posting: Posting }) => {
  const now = useNow()
  const { path } = useScope()
  return (
    <tr>
      <td className="quiet nowrap">{when(posting.at, now)}</td>
      <td>
        {reasonWords(posting)}
        {posting.orderId && (
          <>
            {' '}
            <Link className="go" to={path(`/orders/${posting.orderId}`)}>
              看订单
            </Link>
          </>
        )}
      </td>
      <td className="quiet nowrap">{posting.lastDay ?? '—'}</td>
      <td className="num strong nowrap">{changeWords(posting)}</td>
    </tr>
  )
}

const Ledger = ({ memberId }: { memberId: string }) => {
  const pages = useInfiniteQuery({
    queryKey: ['point-postings', memberId],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/members/:memberId/point-postings', {
        params: { memberId },
        query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  if (pages.isPending) return <Bones lines={5} />
  if (pages.isError)
    return <ErrorState title="明细没取回来" error={pages.error} retry={() => void pages.refetch()} />
  const postings = pages.data.pages.flatMap(({ items }) => items)
  if (postings.length === 0)
    return <EmptyState title="还没有积分明细" text="付一单款，或收到赠送，就会记在这里。" />
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th>时间</th>
            <th>什么事</th>
            <th>到期日</th>
            <th className="num">变动</th>
          </tr>
        </thead>
        <tbody>
          {postings.map((posting) => (
            <Row key={posting.id} posting={posting} />
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <div className="points-more">
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            更早的
          </Button>
        </div>
      )}
    </>
  )
}

const Account = ({ memberId }: { memberId: string }) => {
  const balance = useQuery({
    queryKey: ['member-points', memberId],
    queryFn: () => api('GET /console/v1/members/:memberId/points', { params: { memberId } }),
  })
  if (balance.isPending) return <Bones lines={3} />
  if (balance.isError)
    return <ErrorState title="积分没取回来" error={balance.error} retry={() => void balance.refetch()} />
  return (
    <>
      <h3 className="points-member">{memberWords(balance.data.member)}</h3>
      <Sums balance={balance.data} />
      <Ledger memberId={memberId} />
    </>
  )
}

/** 查一位顾客: balance and ledger. They are read here, never changed: what somebody is owed goes to them as a coupon. */
export const MemberCard = () => {
  const { params, change } = useUrlFilters()
  const memberId = params.get('member') ?? undefined
  return (
    <Card title="查一位顾客" note="余额等于明细加起来，一分不差">
      <div className="points-find">
        <MemberPick chosen={memberId ? [memberId] : []} pick={({ id }) => change({ member: id })} />
      </div>
      {memberId && <Account key={memberId} memberId={memberId} />}
    </Card>
  )
}
