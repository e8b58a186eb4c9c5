import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Pagination } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

const size = 20

/** Rows that could not be taken in, a page at a time, with the reason of each. */
export const FaultList = ({ runId }: { runId: string }) => {
  const [page, setPage] = useState(1)
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ['feed-runs', runId, 'faults', page],
    queryFn: () =>
      api('GET /console/v1/feed-runs/:runId/faults', { params: { runId }, query: { page, limit: size } }),
    placeholderData: keepPreviousData,
  })
  if (isPending) return <Bones lines={4} />
  if (isError) return <ErrorState title="出错的行没取回来" error={error} retry={() => void refetch()} />
  if (data.total === 0) return <EmptyState title="每一行都收进来了" text="没有出错的行。" />
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th className="num">行</th>
            <th>门店 · 商品</th>
            <th>为什么</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((fault) => (
            <tr key={`${fault.row} ${fault.code}`}>
              <td className="num">{fault.row}</td>
              <td className="quiet">
                {[fault.storeCode, fault.goodsCode].filter(Boolean).join(' · ') || '—'}
              </td>
              <td>
                {fault.reason} {fault.mendedAt && <StateTag tone="done">已补收</StateTag>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.total > size && (
        <Pagination
          size="small"
          current={page}
          pageSize={size}
          total={data.total}
          onChange={setPage}
          showSizeChanger={false}
        />
      )}
    </>
  )
}
