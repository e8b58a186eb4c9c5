import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'

/** One order with everything around it. */
export const useOrder = (orderId: string) =>
  useQuery({
    queryKey: ['order', orderId],
    queryFn: () => api('GET /console/v1/orders/:orderId', { params: { orderId } }),
    refetchInterval: 30_000,
  })
