import { Link, useLocation } from 'react-router'

import { useScope } from '../../shell/scope.ts'

const places = [
  ['/guidance', '引导'],
  ['/guidance/shares', '分享'],
] as const

/** The ways in which people bring people, side by side. */
export const PromoterTabs = () => {
  const { pathname } = useLocation()
  const { path } = useScope()
  return (
    <nav className="tabs stock-tabs" aria-label="推广的活">
      {places.map(([to, word]) => (
        <Link key={to} to={path(to)} aria-current={pathname === to ? 'page' : undefined}>
          {word}
        </Link>
      ))}
    </nav>
  )
}
