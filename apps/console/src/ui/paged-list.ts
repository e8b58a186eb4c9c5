import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'

import { useScope } from '../shell/scope.ts'
import { everyRow, type Exported, type Exporting } from './csv.ts'
import { pageOf, useUrlFilters, type FilterChange } from './url-filters.ts'

interface PagedListOptions<Filters, Page> {
  /** Names the list in the cache. */
  name: string
  size: number
  parse: (params: URLSearchParams) => Filters
  fetch: (query: Filters & { page: number; limit: number; storeId?: string }) => Promise<Page>
  refetchSeconds?: number
}

interface Rows {
  items: readonly unknown[]
  total: number
}

export interface PagedList<Filters, Page extends Rows> {
  result: UseQueryResult<Page>
  filters: Filters
  change: (change: FilterChange) => void
  page: { at: number; size: number; total: number; change: (page: number) => void }
  /** Every row under the filters in force, for an export. */
  every: (exporting: Exporting) => Promise<Exported<Page['items'][number]>>
}

/** A list whose filters and page live in the address and whose rows come from the server, a page at a time. */
export const usePagedList = <Filters extends object, Page extends Rows>(
  options: PagedListOptions<Filters, Page>,
): PagedList<Filters, Page> => {
  const { params, change } = useUrlFilters()
  const { storeId } = useScope()
  const at = pageOf(params)
  const filters = options.parse(params)
  const asked = { ...filters, ...(storeId ? { storeId } : {}) }
  const query = { ...asked, page: at, limit: options.size }
  const result = useQuery({
    queryKey: [options.name, query],
    queryFn: () => options.fetch(query),
    placeholderData: keepPreviousData,
    refetchInterval: (options.refetchSeconds ?? 0) * 1000 || false,
  })
  return {
    result,
    filters,
    change,
    page: {
      at,
      size: options.size,
      total: result.data?.total ?? 0,
      change: (page) => change({ page: String(page) }),
    },
    every: (exporting) => everyRow((part) => options.fetch({ ...asked, ...part }), exporting),
  }
}
