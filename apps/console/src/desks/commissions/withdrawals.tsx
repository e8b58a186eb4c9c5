import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { ownerWords, troubleWords, withdrawalWords } from './model.ts'
import { PAGE_SIZE, Pages, usePageNo } from './pages.tsx'

/** What is being paid out and was. Nobody here sends money: the promoter asks, WeChat asks the promoter. */
export const Withdrawals = ({ open }: { open: (accountId: string) => void }) => {
  const page = usePageNo()
  const now = useNow()
  const query = { page, limit: PAGE_SIZE }
  const list = useQuery({
    queryKey: ['commission-withdrawals', query],
    queryFn: () => api('GET /console/v1/commission-withdrawals', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <Card title="提现" note="商家转账，本人在微信里确认，24 小时有效；没发出去的系统用同一单号继续">
      {list.isPending && <Bones lines={6} />}
      {list.isError && (
        <ErrorState title="提现没取回来" error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data?.items.length === 0 && (
        <EmptyState title="还没有人提现" text="佣金过了售后期，推广员自己在「推广中心」里提现。" />
      )}
      {list.data && list.data.items.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>谁</th>
              <th className="num">申请</th>
              <th className="num">代扣个税</th>
              <th className="num">到账</th>
              <th>状态</th>
              <th>怎么回事</th>
              <th>什么时候</th>
              <th>商户单号</th>
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((row) => (
              <tr key={row.id}>
                <td className="nowrap">
                  <button type="button" className="bare go" onClick={() => open(row.owner.accountId)}>
                    {ownerWords(row.owner)}
                  </button>
                </td>
                <td className="num">{formatFen(row.amountFen)}</td>
                <td className="num quiet">{row.taxFen > 0 ? formatFen(row.taxFen) : '–'}</td>
                <td className="num strong">{formatFen(row.netFen)}</td>
                <td className="nowrap">
                  <StateTag tone={withdrawalWords[row.state].tone}>
                    {withdrawalWords[row.state].word}
                  </StateTag>
                </td>
                <td className="quiet">{troubleWords(row.trouble)}</td>
                <td className="quiet nowrap">{when(row.doneAt ?? row.requestedAt, now)}</td>
                <td className="quiet small">{row.outBillNo}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pages total={list.data?.total ?? 0} />
    </Card>
  )
}
