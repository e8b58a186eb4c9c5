import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { businessDay } from '../../ui/time.ts'

/** Rewards of staff that the terms of guiding keep here: paid with their wages, and booked as such. */
export const StaffAccounts = ({ open }: { open: (accountId: string) => void }) => {
  const mayWrite = useMay('commissions.write')
  const month = businessDay(useNow()).slice(0, 7)
  const notice = useNotice()
  const queries = useQueryClient()
  const list = useQuery({
    queryKey: ['commission-staff'],
    queryFn: () => api('GET /console/v1/commission-accounts'),
  })
  const pay = useMutation({
    mutationFn: ({ accountId, amountFen }: { accountId: string; amountFen: number }) =>
      api('POST /console/v1/commission-accounts/:accountId/wages', {
        params: { accountId },
        body: { amountFen, note: `随 ${month} 工资发放` },
      }),
    onSuccess: () => {
      notice.success('记上了：随工资发放')
      void queries.invalidateQueries({ queryKey: ['commission-staff'] })
      void queries.invalidateQueries({ queryKey: ['commission-book'] })
    },
  })
  return (
    <Card title="店员账户" note="引导规则里选了「记进佣金账」的奖励；店员的奖励随工资发，不走提现">
      <Refusal error={pay.error} />
      {list.isPending && <Bones lines={4} />}
      {list.isError && (
        <ErrorState title="店员账户没取回来" error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data?.items.length === 0 && (
        <EmptyState title="还没有店员的奖励记在这里" text="在「推广」的引导规则里选「记进佣金账」。" />
      )}
      {list.data && list.data.items.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>店员</th>
              <th className="num">该发</th>
              <th className="num">已随工资发</th>
              <th aria-label="操作" />
            </tr>
          </thead>
          <tbody>
            {list.data.items.map(({ accountId, staffName, sums }) => (
              <tr key={accountId}>
                <td>
                  <button type="button" className="bare go" onClick={() => open(accountId)}>
                    {staffName}
                  </button>
                </td>
                <td className={sums.availableFen < 0 ? 'num guide-back' : 'num strong'}>
                  {formatFen(sums.availableFen)}
                </td>
                <td className="num">{formatFen(sums.paidFen)}</td>
                <td>
                  {mayWrite && sums.availableFen > 0 && (
                    <Popconfirm
                      title={`${formatFen(sums.availableFen)} 随 ${month} 工资发了？`}
                      description="只是记账：钱由发工资的人发。"
                      okText="发了"
                      cancelText="还没有"
                      onConfirm={() => pay.mutate({ accountId, amountFen: sums.availableFen })}
                    >
                      <Button size="small" loading={pay.isPending}>
                        随工资发放
                      </Button>
                    </Popconfirm>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
