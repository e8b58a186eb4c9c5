import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { spanFrom } from './calendar.ts'
import type { Campaign } from './model.ts'

/** Every campaign that touches two weeks; the server gives a hundred at most. */
export const useFortnight = (first: string) =>
  useQuery({
    queryKey: ['campaigns', 'fortnight', first],
    queryFn: () => api('GET /console/v1/campaigns', { query: { ...spanFrom(first), limit: 100 } }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

/** Those that run now, with their goods as of a few seconds ago. */
export const useRunning = () =>
  useQuery({
    queryKey: ['campaigns', 'running'],
    queryFn: () => api('GET /console/v1/campaigns', { query: { state: 'LIVE', limit: 20 } }),
    refetchInterval: 5_000,
  })

/** How many run now. */
export const useRunningCount = (): number =>
  useQuery({
    queryKey: ['campaigns', 'running-count'],
    queryFn: () => api('GET /console/v1/campaigns', { query: { state: 'LIVE', limit: 1 } }),
    refetchInterval: 60_000,
  }).data?.total ?? 0

export const useCampaign = (campaignId: string, enabled = true) =>
  useQuery({
    queryKey: ['campaigns', 'one', campaignId],
    queryFn: () => api('GET /console/v1/campaigns/:campaignId', { params: { campaignId } }),
    enabled,
    refetchInterval: ({ state }) => (state.data?.state === 'LIVE' ? 5_000 : false),
  })

export const useFigures = (campaignId: string, live: boolean) =>
  useQuery({
    queryKey: ['campaigns', 'figures', campaignId],
    queryFn: () => api('GET /console/v1/campaigns/:campaignId/figures', { params: { campaignId } }),
    refetchInterval: live ? 10_000 : false,
  })

/** Something that is done to one campaign: whatever lists it is asked again, also when it was refused. */
export const useDeed = <B>(send: (body: B) => Promise<Campaign>, done: (campaign: Campaign) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: done,
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}
