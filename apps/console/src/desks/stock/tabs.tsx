import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'

const places = [
  ['/stock', '库存'],
  ['/stock/receipts', '收货'],
  ['/stock/counts', '盘点'],
  ['/stock/transfers', '调拨'],
  ['/stock/wastes', '报损'],
  ['/stock/expiry', '临期'],
  ['/stock/ledger', '流水'],
  ['/stock/waits', '等货'],
  ['/stock/checks', '对账'],
] as const

const useExpiryCount = () => {
  const { storeId } = useScope()
  const query = { limit: 1, ...(storeId ? { storeId } : {}) }
  const { data } = useQuery({
    queryKey: ['stock-lots', query],
    queryFn: () => api('GET /console/v1/stock-lots', { query }),
    staleTime: 60_000,
  })
  return data && data.near + data.expired
}

/** The stock room's work side by side: one press from any part to any other. */
export const StockTabs = () => {
  const { pathname } = useLocation()
  const { path } = useScope()
  const near = useExpiryCount()
  return (
    <nav className="tabs stock-tabs" aria-label="库存的活">
      {places.map(([to, word]) => (
        <Link key={to} to={path(to)} aria-current={pathname === to ? 'page' : undefined}>
          {word}
          {to === '/stock/expiry' && near !== undefined && near > 0 && <small>{near}</small>}
        </Link>
      ))}
    </nav>
  )
}
