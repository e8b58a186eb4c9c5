import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import type { Drop, DropInput } from './model.ts'

export const PAGE = 20
export const useDrops = (page: number) =>
  useQuery({
    queryKey: ['drops', page],
    queryFn: () => api('GET /console/v1/drops', { query: { page, limit: PAGE } }),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  })
export const useDrop = (dropId: string | undefined) =>
  useQuery({
    queryKey: ['drops', 'one', dropId],
    queryFn: () => api('GET /console/v1/drops/:dropId', { params: { dropId: dropId ?? '' } }),
    enabled: dropId !== undefined,
    refetchInterval: 10_000,
  })
export const useDropMembers = (dropId: string, arm: 'send' | 'hold') =>
  useQuery({
    queryKey: ['drops', 'members', dropId, arm],
    queryFn: () =>
      api('GET /console/v1/drops/:dropId/members', { params: { dropId }, query: { arm, limit: 20 } }),
  })

/** After anything was done, all of it is read again. */
function useDoing<Asked, Answer>(work: (asked: Asked) => Promise<Answer>, done: (answer: Answer) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: done,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['drops'] }),
  })
}
export const useTry = () =>
  useMutation({ mutationFn: (body: DropInput) => api('POST /console/v1/drop-trials', { body }) })
export const useKeep = (drop: Drop | undefined, done: (drop: Drop) => void) =>
  useDoing(
    (body: DropInput) =>
      drop
        ? api('POST /console/v1/drops/:dropId/terms', {
            params: { dropId: drop.id },
            body: { ...body, version: drop.version },
          })
        : api('POST /console/v1/drops', { body }),
    done,
  )

const at = ({ id, version }: Drop) => ({ params: { dropId: id }, body: { version } })
export type Step = 'start' | 'pause' | 'resume'
export const useStep = (done: (drop: Drop) => void) =>
  useDoing(({ drop, step }: { drop: Drop; step: Step }) => {
    if (step === 'start') return api('POST /console/v1/drops/:dropId/start', at(drop))
    if (step === 'pause') return api('POST /console/v1/drops/:dropId/pause', at(drop))
    return api('POST /console/v1/drops/:dropId/resume', at(drop))
  }, done)
export const useStop = (done: () => void) =>
  useDoing(
    ({ drop, reason }: { drop: Drop; reason: string }) =>
      api('POST /console/v1/drops/:dropId/stop', {
        params: { dropId: drop.id },
        body: { version: drop.version, reason },
      }),
    done,
  )
export const useErase = (done: () => void) =>
  useDoing((drop: Drop) => api('POST /console/v1/drops/:dropId/deletion', at(drop)), done)
