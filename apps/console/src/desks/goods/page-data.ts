import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'

/** The categories, needed to name them in rows, filters and fields. */
export const useCategories = () =>
  useQuery({
    queryKey: ['categories'],
    queryFn: async () => (await api('GET /console/v1/categories')).items,
    staleTime: 60_000,
  })
