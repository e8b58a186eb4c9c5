import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useNotice } from '../../ui/notice.ts'
import type { Aftersale } from './model.ts'

/** One request with both sides of it. */
export const useAftersale = (aftersaleId: string) =>
  useQuery({
    queryKey: ['aftersale', aftersaleId],
    queryFn: () => api('GET /console/v1/aftersales/:aftersaleId', { params: { aftersaleId } }),
    refetchInterval: 15_000,
    // Photos are shown under addresses that end after half an hour at most.
    staleTime: 0,
  })

/** What agreeing would give back, to the fen: money, points and coupons. Nothing where no money moves. */
export const useGiveBack = ({ id, kind, state }: Aftersale, ourFault: boolean) =>
  useQuery({
    queryKey: ['aftersale', id, 'refund-quote', ourFault],
    queryFn: () =>
      api('POST /console/v1/aftersales/:aftersaleId/refund-quotes', {
        params: { aftersaleId: id },
        body: { ourFault },
      }),
    enabled: kind !== 'exchange' && ['APPLIED', 'APPEALED', 'RETURNED'].includes(state),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** A deed whose answer is the request as it is then. Everything that lists requests is asked again. */
export const useDeed = <Given>(
  act: (given: Given) => Promise<Aftersale>,
  said: (now: Aftersale) => string,
  done: (now: Aftersale) => void = () => undefined,
) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: act,
    onSuccess: (now) => {
      queries.setQueryData(['aftersale', now.id], now)
      void queries.invalidateQueries({ queryKey: ['aftersales'] })
      void queries.invalidateQueries({ queryKey: ['order', now.orderId] })
      notice.success(said(now))
      done(now)
    },
    // Somebody was quicker: show what is true now beside the refusal.
    onError: () => void queries.invalidateQueries({ queryKey: ['aftersale'] }),
  })
}
