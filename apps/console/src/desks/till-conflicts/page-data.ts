import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import type { Resolution } from './model.ts'

export const useConflicts = (query: { open?: boolean; mine?: boolean; page: number; limit: number }) => {
  const { storeId } = useScope()
  const asked = { ...query, ...(storeId ? { storeId } : {}) }
  return useQuery({
    queryKey: ['till-conflicts', asked],
    queryFn: () => api('GET /console/v1/till-conflicts', { query: asked }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
}
export const useConflict = (conflictId: string) =>
  useQuery({
    queryKey: ['till-conflicts', conflictId],
    queryFn: () => api('GET /console/v1/till-conflicts/:conflictId', { params: { conflictId } }),
  })

const useWork = <Input>(work: (input: Input) => Promise<unknown>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['till-conflicts'] }),
  })
}
export const useAssign = (conflictId: string) =>
  useWork(({ mine }: { mine: boolean }) =>
    mine
      ? api('POST /console/v1/till-conflicts/:conflictId/owner', { params: { conflictId } })
      : api('DELETE /console/v1/till-conflicts/:conflictId/owner', { params: { conflictId } }),
  )
export const useResolve = (conflictId: string) =>
  useWork((body: { resolution: Resolution; note: string }) =>
    api('POST /console/v1/till-conflicts/:conflictId/resolution', { params: { conflictId }, body }),
  )
