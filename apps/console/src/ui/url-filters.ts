import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/** What to change in the address; undefined or an empty word removes the filter. */
export type FilterChange = Record<string, string | undefined>

/** The search part of the address after a change. Any change of a filter goes back to page one. */
export const withChange = (params: URLSearchParams, change: FilterChange): URLSearchParams => {
  const next = new URLSearchParams(params)
  if (!('page' in change)) next.delete('page')
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** A page number from the address; anything unreadable is page one. */
export const pageOf = (params: URLSearchParams): number => {
  const page = Number(params.get('page') ?? '1')
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1
}

/** Filters live in the address, so a link shows a colleague the same list and Back undoes a filter. */
export const useUrlFilters = () => {
  const [params, setParams] = useSearchParams()
  const change = useCallback(
    (wanted: FilterChange) => setParams((now) => withChange(now, wanted), { replace: false }),
    [setParams],
  )
  return useMemo(() => ({ params, change }), [params, change])
}
