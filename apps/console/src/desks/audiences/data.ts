import { type AudienceRule, ruleFault } from '@linli/contract/audience-rules'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { useCategories } from '../goods/page-data.ts'
import { useTierTerms } from '../members/tabs.tsx'
import { isChosen, type Names } from './model.ts'

export const useAudiences = () =>
  useQuery({
    queryKey: ['audiences'],
    queryFn: async () => (await api('GET /console/v1/audiences')).items,
    refetchInterval: 60_000,
  })
export const useAudience = (audienceId: string | undefined) =>
  useQuery({
    queryKey: ['audiences', audienceId],
    queryFn: () => api('GET /console/v1/audiences/:audienceId', { params: { audienceId: audienceId ?? '' } }),
    enabled: audienceId !== undefined,
  })
export const useTags = () =>
  useQuery({ queryKey: ['tags'], queryFn: async () => (await api('GET /console/v1/tags')).items })

/** What rules name, read once and kept. SKUs are the first hundred of the goods; another is called by its number. */
export const useNames = (): Names => {
  const { stores } = useScope()
  const categories = useCategories().data
  const tags = useTags().data
  const { now: tiers } = useTierTerms()
  const goods = useGoods('').data
  return useMemo(
    () => ({
      store: (id) => stores?.find((store) => store.id === id)?.name ?? id,
      category: (id) => categories?.find((each) => each.id === id)?.name ?? id,
      sku: (id) => goods?.find(({ skuId }) => skuId === id)?.name ?? `商品 ${id.slice(-4)}`,
      tier: (code) => tiers?.tiers.find((tier) => tier.code === code)?.name ?? code,
      tag: (id) => tags?.find((tag) => tag.id === id)?.name ?? '没有了的标签',
    }),
    [stores, categories, tags, tiers, goods],
  )
}
/** Goods by a part of their name. */
export const useGoods = (q: string) =>
  useQuery({
    queryKey: ['audience-goods', q],
    queryFn: async () =>
      (await api('GET /console/v1/products', { query: { limit: 100, ...(q ? { q } : {}) } })).items,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

/** A rule as it was a moment ago, so that not every press of a key is counted. */
const useSettled = (rule: AudienceRule): AudienceRule => {
  const [settled, settle] = useState(rule)
  useEffect(() => {
    const timer = setTimeout(() => settle(rule), 250)
    return () => clearTimeout(timer)
  }, [rule])
  return settled
}
/** Counts and draws from a rule while it is written; nothing is asked while it is not sound. */
export const useCounts = (rule: AudienceRule, seed: number) => {
  const settled = useSettled(rule)
  const enabled = ruleFault(settled) === undefined && settled.rows.every(isChosen)
  const count = useQuery({
    queryKey: ['audience-count', settled],
    queryFn: () => api('POST /console/v1/audience-counts', { body: { rule: settled } }),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const sample = useQuery({
    queryKey: ['audience-sample', settled, seed],
    queryFn: () => api('POST /console/v1/audience-samples', { body: { rule: settled, seed } }),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return {
    count,
    sample,
    settled,
    fits: count.data?.rows.length === rule.rows.length && !count.isPlaceholderData,
  }
}

/** After anything was changed, all of it is read again. */
export const useAgain = () => {
  const queries = useQueryClient()
  return () =>
    Promise.all(
      ['audiences', 'tags', 'member-tags'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    )
}
