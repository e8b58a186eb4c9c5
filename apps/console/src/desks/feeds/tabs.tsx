import { Link, useLocation } from 'react-router'

import { useScope } from '../../shell/scope.ts'

const places = [
  ['/feeds', '来源'],
  ['/feeds/runs', '同步记录'],
] as const

/** Sources and what they sent, side by side. */
export const FeedTabs = () => {
  const { pathname } = useLocation()
  const { path } = useScope()
  return (
    <nav className="tabs" aria-label="数据同步">
      {places.map(([to, word]) => (
        <Link key={to} to={path(to)} aria-current={pathname === to ? 'page' : undefined}>
          {word}
        </Link>
      ))}
    </nav>
  )
}
