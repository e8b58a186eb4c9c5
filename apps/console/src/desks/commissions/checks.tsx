import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'

/** The ledger against its sums: every night, and when somebody presses. */
export const Checks = () => {
  const mayWrite = useMay('commissions.write')
  const now = useNow()
  const queries = useQueryClient()
  const list = useQuery({
    queryKey: ['commission-checks'],
    queryFn: () => api('GET /console/v1/commission-checks'),
  })
  const check = useMutation({
    mutationFn: () => api('POST /console/v1/commission-checks'),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['commission-checks'] }),
  })
  const [last] = list.data?.items ?? []
  return (
    <Card
      title="每夜对账"
      note="每个账户、每一行佣金，都要等于它的流水相加"
      extra={
        mayWrite && (
          <Button size="small" loading={check.isPending} onClick={() => check.mutate()}>
            现在对一遍
          </Button>
        )
      }
    >
      <Refusal error={check.error} />
      {list.isPending && <Bones lines={1} />}
      {list.isError && (
        <ErrorState title="对账没取回来" error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data && !last && <p className="quiet commission-check">还没有对过，今夜三点后第一次。</p>}
      {last && (
        <p className="commission-check">
          <StateTag tone={last.faults.length === 0 ? 'done' : 'alarm'}>
            {last.faults.length === 0 ? '全对得上' : `${last.faults.length} 处对不上`}
          </StateTag>{' '}
          {`${when(last.at, now)}，${last.accounts} 个账户`}
          {last.faults.map((fault) => (
            <small key={fault.subject} className="guide-back">
              {` ${fault.subject}：记着 ${fault.kept} 分，流水 ${fault.postings} 分`}
            </small>
          ))}
        </p>
      )}
    </Card>
  )
}
