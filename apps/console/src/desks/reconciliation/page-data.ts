import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { ConsoleRoutes } from '@linli/contract'

import { everyRow, type Exported, type Exporting } from '../../ui/csv.ts'
import { api, type In } from '../../api.ts'
import { pageSize, type Biller, type Day, type Detail, type Difference, type Shown } from './model.ts'

const daysShown = 30
const running = 2000
const resting = 60_000

/** A day that was made due and is not done yet: the page asks more often until it is. */
const isUnderWay = ({ nextTryAt, tries }: Day): boolean => nextTryAt !== null && tries <= 1

/** The last days, newest first. */
export const useDays = (provider: Biller) =>
  useQuery({
    queryKey: ['reconciliation', 'days', provider],
    queryFn: () => api('GET /console/v1/reconciliation/days', { query: { provider, limit: daysShown } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? running : resting),
  })

/** A page of a day's differences. */
export const useDifferences = (filters: Shown, page: number) =>
  useQuery({
    queryKey: ['reconciliation', 'differences', filters, page],
    queryFn: () => api('GET /console/v1/reconciliation/differences', { query: queryOf(filters, page) }),
    enabled: filters.day !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

const queryOf = ({ provider, day, view, kind }: Shown, page: number, limit = pageSize) => ({
  provider,
  page,
  limit,
  ...(day ? { day } : {}),
  ...(view ? { view } : {}),
  ...(kind ? { kind } : {}),
})

/** Every difference of a day under the filter in force. */
export const allDifferences = (filters: Shown, exporting: Exporting): Promise<Exported<Difference>> =>
  everyRow(
    ({ page, limit }) =>
      api('GET /console/v1/reconciliation/differences', { query: queryOf(filters, page, limit) }),
    exporting,
  )

/** One difference with both sides and its history. */
export const useDifference = (differenceId: string) =>
  useQuery({
    queryKey: ['reconciliation', 'difference', differenceId],
    queryFn: () =>
      api('GET /console/v1/reconciliation/differences/:differenceId', { params: { differenceId } }),
  })

/** After any change of a difference: it is shown at once, and whatever counts it is asked again. */
const useShown = () => {
  const queries = useQueryClient()
  return (detail: Detail) => {
    queries.setQueryData(['reconciliation', 'difference', detail.difference.id], detail)
    for (const what of ['differences', 'days'])
      void queries.invalidateQueries({ queryKey: ['reconciliation', what] })
  }
}

type Body<K extends keyof ConsoleRoutes> = In<K> extends { body: infer B } ? B : never

export const useAssign = (differenceId: string) =>
  useMutation({
    mutationFn: (body: Body<'POST /console/v1/reconciliation/differences/:differenceId/assignment'>) =>
      api('POST /console/v1/reconciliation/differences/:differenceId/assignment', {
        params: { differenceId },
        body,
      }),
    onSuccess: useShown(),
  })
export const useResolve = (differenceId: string) =>
  useMutation({
    mutationFn: (body: Body<'POST /console/v1/reconciliation/differences/:differenceId/resolution'>) =>
      api('POST /console/v1/reconciliation/differences/:differenceId/resolution', {
        params: { differenceId },
        body,
      }),
    onSuccess: useShown(),
  })
export const useReopen = (differenceId: string) =>
  useMutation({
    mutationFn: (body: Body<'POST /console/v1/reconciliation/differences/:differenceId/reopening'>) =>
      api('POST /console/v1/reconciliation/differences/:differenceId/reopening', {
        params: { differenceId },
        body,
      }),
    onSuccess: useShown(),
  })
export const useAddNote = (differenceId: string) =>
  useMutation({
    mutationFn: (body: Body<'POST /console/v1/reconciliation/differences/:differenceId/notes'>) =>
      api('POST /console/v1/reconciliation/differences/:differenceId/notes', {
        params: { differenceId },
        body,
      }),
    onSuccess: useShown(),
  })

/** Asks for a day to be compared again. */
export const useRunAgain = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ day, provider }: Pick<Day, 'day' | 'provider'>) =>
      api('POST /console/v1/reconciliation/days/:day/runs', { params: { day }, query: { provider } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reconciliation', 'days'] }),
  })
}

/** 关账: head office is done with a day. */
export const useSignOff = (done: () => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ day, provider }: Pick<Day, 'day' | 'provider'>) =>
      api('POST /console/v1/reconciliation/days/:day/sign-off', { params: { day }, query: { provider } }),
    onSuccess: done,
    // What refuses it is news too: the page may show an older day.
    onSettled: () => queries.invalidateQueries({ queryKey: ['reconciliation'] }),
  })
}
