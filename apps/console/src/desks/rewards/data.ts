import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import type { NameOf, RewardInput, TriggerInput } from './model.ts'

const MOST_TEMPLATES = 100

/** Coupons that may be rewards; what they are called, those of before too as long as they are in the list. */
export const useRewardTemplates = () => {
  const answer = useQuery({
    queryKey: ['coupon-templates', 'rewards'],
    queryFn: () => api('GET /console/v1/coupon-templates', { query: { limit: MOST_TEMPLATES } }),
  })
  const all = answer.data?.items ?? []
  const nameOf: NameOf = (id) => all.find((each) => each.id === id)?.label ?? '一种停发的券'
  return { choices: all.filter(({ way, endedAt }) => way === 'reward' && endedAt === null), nameOf }
}

/** Sends other terms; everything that shows them is asked again. */
export const useSendRewards = (done: (row: { active: boolean }) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: RewardInput) => api('POST /console/v1/reward-terms', { body }),
    onSuccess: (row) => {
      void queries.invalidateQueries({ queryKey: ['reward-terms'] })
      done(row)
    },
  })
}
export const useSendTrigger = (done: (row: { active: boolean }) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TriggerInput) => api('POST /console/v1/trigger-terms', { body }),
    onSuccess: (row) => {
      void queries.invalidateQueries({ queryKey: ['trigger-terms'] })
      done(row)
    },
  })
}
