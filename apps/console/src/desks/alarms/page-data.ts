import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'

/** How many payment alarms wait for a person. */
export const useOpenAlarms = (allowed: boolean): number =>
  useQuery({
    queryKey: ['alarms', 'open-count'],
    queryFn: () => api('GET /console/v1/payment-alarms', { query: { open: true, limit: 1 } }),
    enabled: allowed,
    refetchInterval: 60_000,
  }).data?.total ?? 0
