import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

import { api, type Out } from '../api.ts'

export type ConsoleStore = Out<'GET /console/v1/stores'>['items'][number]

/** All stores this person may see, fetched once and kept. */
export const useStores = () =>
  useQuery({
    queryKey: ['stores'],
    queryFn: async () => (await api('GET /console/v1/stores')).items,
    staleTime: 60_000,
  })

/** Adds the chosen store to a path, so that every link stays within it. */
export const scopedPath = (path: string, storeId: string | undefined): string => {
  if (!storeId) return path
  const [pathname, search = ''] = path.split('?')
  const params = new URLSearchParams(search)
  if (!params.has('store')) params.set('store', storeId)
  return `${pathname}?${params}`
}

/**
 * Which store the desks look at. It is part of the address (`?store=S02`), so it survives reload and travels in a link.
 * A person with a single store has nothing to choose.
 */
export const useScope = () => {
  const [params] = useSearchParams()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const stores = useStores().data
  const wanted = params.get('store') ?? undefined
  const only = stores?.length === 1 ? stores[0]?.id : undefined
  const storeId = only ?? (stores?.some((store) => store.id === wanted) === false ? undefined : wanted)

  const choose = useCallback(
    (next: string | undefined) => {
      const search = new URLSearchParams(params)
      search.delete('page')
      if (next) search.set('store', next)
      else search.delete('store')
      void navigate({ pathname, search: search.toString() })
    },
    [params, pathname, navigate],
  )
  const path = useCallback((to: string) => scopedPath(to, wanted), [wanted])
  const go = useCallback((to: string) => void navigate(scopedPath(to, wanted)), [navigate, wanted])
  /** `S01 襄都旗舰店`. */
  const storeWords = useCallback(
    (id: string): string => {
      const name = stores?.find((store) => store.id === id)?.name
      return name ? `${id} ${name}` : id
    },
    [stores],
  )
  return {
    storeId,
    store: stores?.find((store) => store.id === storeId),
    stores,
    storeWords,
    fixed: only !== undefined,
    choose,
    path,
    go,
  }
}
