import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { memberWords } from '../coupons/grant.ts'
import { useTerms } from './data.ts'
import type { Promoter } from './model.ts'
import { PAGE_SIZE, Pages, usePageNo } from './pages.tsx'

interface PromotersProps {
  open: (accountId: string) => void
  stand: (promoter: Promoter) => void
}
/** Everybody who promotes, with what they earned. */
export const Promoters = ({ open, stand }: PromotersProps) => {
  const page = usePageNo()
  const mayWrite = useMay('commissions.write')
  const now = useNow()
  const { params, change } = useUrlFilters()
  const q = params.get('q')?.trim().slice(0, 40) ?? ''
  const levels = useTerms().data?.items[0]?.levels ?? []
  const query = { page, limit: PAGE_SIZE, ...(q === '' ? {} : { q }) }
  const list = useQuery({
    queryKey: ['promoters', query],
    queryFn: () => api('GET /console/v1/promoters', { query }),
    placeholderData: keepPreviousData,
  })
  return (
    <Card
      title="推广员"
      note="停用和换等级，从那一刻以后的订单起算"
      extra={
        <SearchField
          placeholder="手机后四位，或名字"
          value={q}
          change={(typed) => change({ q: typed === '' ? undefined : typed, page: undefined })}
        />
      }
    >
      {list.isPending && <Bones lines={6} />}
      {list.isError && (
        <ErrorState title="推广员没取回来" error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data?.items.length === 0 && (
        <EmptyState title={q === '' ? '还没有推广员' : '没有找到'} text="通过一份申请，就有第一位推广员。" />
      )}
      {list.data && list.data.items.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>推广员</th>
              <th>等级</th>
              <th className="num">顾客</th>
              <th className="num">待取货</th>
              <th className="num">售后期</th>
              <th className="num">可提现</th>
              <th className="num">已到账</th>
              <th>从什么时候</th>
              <th aria-label="操作" />
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((row) => (
              <tr key={row.accountId}>
                <td className="nowrap">
                  <button type="button" className="bare go" onClick={() => open(row.accountId)}>
                    {memberWords(row.member)}
                  </button>
                  {row.inviter && <small className="quiet"> 由 {memberWords(row.inviter)} 邀请</small>}
                </td>
                <td className="nowrap">
                  {levels.find(({ code }) => code === row.level)?.name ?? row.level}{' '}
                  {!row.active && <StateTag tone="over">停用</StateTag>}
                </td>
                <td className="num">{row.bound}</td>
                <td className="num quiet">{formatFen(row.sums.pendingFen)}</td>
                <td className="num quiet">{formatFen(row.sums.frozenFen)}</td>
                <td className={row.sums.availableFen < 0 ? 'num guide-back' : 'num strong'}>
                  {formatFen(row.sums.availableFen)}
                </td>
                <td className="num">{formatFen(row.sums.paidFen)}</td>
                <td className="quiet nowrap">{when(row.since, now)}</td>
                <td className="nowrap">
                  {mayWrite && (
                    <button type="button" className="bare go" onClick={() => stand(row)}>
                      换等级、停用
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pages total={list.data?.total ?? 0} />
    </Card>
  )
}
