import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'

import { LookTools, SavedViews, type ListTools } from './list-tools.tsx'
import { withChange, type FilterChange } from './url-filters.ts'

interface Tab {
  key: string
  label: string
  count: number | undefined
  change: FilterChange
  on: boolean
}

/** Views of one list with their counts. Each is a link, so it opens in a new tab like any other address. */
export const CountTabs = <Row,>({
  label,
  tabs,
  tools,
  children,
}: {
  label: string
  tabs: readonly Tab[]
  /** Saved views beside the tabs; columns and density at the right. */
  tools?: ListTools<Row>
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
      {tools && <SavedViews tools={tools} />}
      {(children ?? tools) && (
        <div className="tabs-extra">
          {children}
          {tools && <LookTools tools={tools} />}
        </div>
      )}
    </nav>
  )
}
