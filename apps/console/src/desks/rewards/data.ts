import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useSendTerms } from '../terms/send.ts'
import type { NameOf, RewardInput, RewardTerms, TriggerInput, TriggerTerms } from './model.ts'

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

export const useSendRewards = (done: (row: RewardTerms) => void) =>
  useSendTerms({
    send: (body: RewardInput) => api('POST /console/v1/reward-terms', { body }),
    shownBy: ['reward-terms'],
    done,
  })
export const useSendTrigger = (done: (row: TriggerTerms) => void) =>
  useSendTerms({
    send: (body: TriggerInput) => api('POST /console/v1/trigger-terms', { body }),
    shownBy: ['trigger-terms'],
    done,
  })
