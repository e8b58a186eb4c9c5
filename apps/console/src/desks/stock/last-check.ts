import { useQuery } from '@tanstack/react-query'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'

export type Check = Out<'GET /console/v1/stock-checks'>['items'][number]

/** How many levels were not the sum of their ledger, those in stores that the asker does not see too. */
export const faultsIn = ({ faults, elsewhere }: Check): number => faults.length + elsewhere

/** The comparisons of every level with its ledger, newest first. */
export const useChecks = () =>
  useQuery({
    queryKey: ['stock-checks'],
    queryFn: () => api('GET /console/v1/stock-checks'),
    enabled: useMay('stock.read'),
    staleTime: 60_000,
  })

/** What the last of them said. */
export const useLastCheck = (): Check | undefined => useChecks().data?.items[0]
