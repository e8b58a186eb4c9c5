import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { waitingCount } from './model.ts'

/** How many requests wait for somebody, beside the desk's name; red once one is past its time. */
export const AftersalesBadge = () => {
  const { storeId } = useScope()
  const { data } = useQuery({
    queryKey: ['aftersales', 'waiting', storeId],
    queryFn: () =>
      api('GET /console/v1/aftersales', { query: { limit: 1, ...(storeId ? { storeId } : {}) } }),
    refetchInterval: 60_000,
  })
  const count = data ? waitingCount(data.counts) : 0
  if (count === 0) return null
  const late = data !== undefined && data.overdue > 0
  return (
    <small className={late ? 'sider-count sider-count-late' : 'sider-count'}>
      {count > 99 ? '99+' : count}
      <span className="sr-only"> 件在等{late ? '，有超时的' : ''}</span>
    </small>
  )
}
