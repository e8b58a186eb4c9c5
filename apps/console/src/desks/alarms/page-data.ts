import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api, type In } from '../../api.ts'
import type { AlarmDetail } from './model.ts'

/** How many payment alarms wait for a person. */
export const useOpenAlarms = (allowed: boolean): number =>
  useQuery({
    queryKey: ['alarms', 'open-count'],
    queryFn: () => api('GET /console/v1/payment-alarms', { query: { open: true, limit: 1 } }),
    enabled: allowed,
    refetchInterval: 60_000,
  }).data?.total ?? 0

export const useAlarms = (query: NonNullable<In<'GET /console/v1/payment-alarms'>['query']>) =>
  useQuery({
    queryKey: ['alarms', 'list', query],
    queryFn: () => api('GET /console/v1/payment-alarms', { query }),
    placeholderData: keepPreviousData,
  })

export const useAlarm = (alarmId: string) =>
  useQuery({
    queryKey: ['alarms', 'one', alarmId],
    queryFn: () => api('GET /console/v1/payment-alarms/:alarmId', { params: { alarmId } }),
  })

/** A deed about one alarm: the answer is shown at once, and whatever lists or counts it is asked again, also when it was refused. */
const useDeed = <B>(alarmId: string, send: (body: B) => Promise<AlarmDetail>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    // A card number must not lie about in a cache.
    gcTime: 0,
    onSuccess: (detail) => queries.setQueryData(['alarms', 'one', alarmId], detail),
    onSettled: () => queries.invalidateQueries({ queryKey: ['alarms'] }),
  })
}

type Card = In<'POST /console/v1/payment-alarms/:alarmId/card-redirection'>['body']

export const useAssign = (alarmId: string) =>
  useDeed(alarmId, (body: { mine: boolean }) =>
    api('POST /console/v1/payment-alarms/:alarmId/assignment', { params: { alarmId }, body }),
  )
export const useAddNote = (alarmId: string) =>
  useDeed(alarmId, (note: string) =>
    api('POST /console/v1/payment-alarms/:alarmId/notes', { params: { alarmId }, body: { note } }),
  )
export const useResolve = (alarmId: string) =>
  useDeed(alarmId, (note: string) =>
    api('POST /console/v1/payment-alarms/:alarmId/resolution', { params: { alarmId }, body: { note } }),
  )
export const useSend = (alarmId: string) =>
  useDeed(alarmId, () => api('POST /console/v1/payment-alarms/:alarmId/sending', { params: { alarmId } }))
export const useToCard = (alarmId: string) =>
  useDeed(alarmId, (body: Card) =>
    api('POST /console/v1/payment-alarms/:alarmId/card-redirection', { params: { alarmId }, body }),
  )
export const useToAccount = (alarmId: string) =>
  useDeed(alarmId, () =>
    api('POST /console/v1/payment-alarms/:alarmId/account-redirection', { params: { alarmId } }),
  )
