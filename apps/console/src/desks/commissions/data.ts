import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'

/** Every version of the terms, and which holds. */
export const useTerms = () =>
  useQuery({ queryKey: ['commission-terms'], queryFn: () => api('GET /console/v1/commission-terms') })
