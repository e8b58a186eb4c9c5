import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ScrollText } from 'lucide-react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { memberWords } from '../coupons/grant.ts'
import { rewardWords, type Reward } from './model.ts'

const Line = ({ reward }: { reward: Reward }) => {
  const now = useNow()
  return (
    <li className="guide-line">
      <span>
        <b>{rewardWords(reward)}</b>
        <small className="quiet">
          {memberWords(reward.member)} · {reward.storeId} · {when(reward.at, now)}
        </small>
      </span>
      <span className={reward.amountFen < 0 ? 'num guide-back' : 'num'}>
        {reward.amountFen > 0 ? '+' : ''}
        {formatFen(reward.amountFen)}
      </span>
    </li>
  )
}

/** What one guide earned, posting by posting: the sum is what they are owed in all. */
export const StatementPanel = ({
  staffId,
  name,
  close,
}: {
  staffId: string
  name: string
  close: () => void
}) => {
  const pages = useInfiniteQuery({
    queryKey: ['guide-rewards', staffId],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/guide-rewards', {
        query: { staffId, ...(pageParam ? { cursor: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const rewards = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <SidePanel title={name} icon={ScrollText} note="引导奖励明细" close={close}>
      {pages.isPending && <Bones lines={6} />}
      {pages.isError && (
        <ErrorState title="明细没取回来" error={pages.error} retry={() => void pages.refetch()} />
      )}
      {pages.data && rewards.length === 0 && (
        <EmptyState title="还没有奖励" text="带来的顾客首单过了售后期，就会记在这里。" />
      )}
      {rewards.length > 0 && (
        <>
          <p className="guide-balance">
            一共 <b>{formatFen(pages.data?.pages[0]?.balanceFen ?? 0)}</b>
          </p>
          <ul className="guide-lines">
            {rewards.map((reward) => (
              <Line key={reward.id} reward={reward} />
            ))}
          </ul>
          {pages.hasNextPage && (
            <Button
              size="small"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              更早的
            </Button>
          )}
        </>
      )}
    </SidePanel>
  )
}
