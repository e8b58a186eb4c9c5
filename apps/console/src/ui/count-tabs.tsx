import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'

import { withChange, type FilterChange } from './url-filters.ts'

interface Tab {
  key: string
  label: string
  count: number | undefined
  change: FilterChange
  on: boolean
}

/** Views of one list with their counts. Each is a link, so it opens in a new tab like any other address. */
export const CountTabs = ({
  label,
  tabs,
  children,
}: {
  label: string
  tabs: readonly Tab[]
  children?: ReactNode
}) => {
  const [params] = useSearchParams()
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to={{ search: withChange(params, tab.change).toString() }}
          aria-current={tab.on ? 'page' : undefined}
        >
          {tab.label}
          {tab.count !== undefined && <small>{tab.count}</small>}
        </Link>
      ))}
      {children && <div className="tabs-extra">{children}</div>}
    </nav>
  )
}
