import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'

const places = [
  ['/members', '会员', 'members.read'],
  ['/members/old-cards', '老会员卡', 'cards.read'],
  ['/members/tiers', '等级规则', 'tiers.read'],
] as const

/** The work with members side by side. */
export const MemberTabs = () => {
  const { pathname } = useLocation()
  const { path } = useScope()
  const may = [useMay(places[0][2]), useMay(places[1][2]), useMay(places[2][2])]
  return (
    <nav className="tabs stock-tabs" aria-label="会员的活">
      {places
        .filter((_, i) => may[i])
        .map(([to, word]) => (
          <Link key={to} to={path(to)} aria-current={pathname === to ? 'page' : undefined}>
            {word}
          </Link>
        ))}
    </nav>
  )
}

/** The terms of tiers, and the row that holds now. */
export const useTierTerms = () => {
  const answer = useQuery({
    queryKey: ['tier-terms'],
    queryFn: () => api('GET /console/v1/tier-terms'),
    refetchInterval: 60_000,
  })
  const now = answer.data?.items.find(({ id }) => id === answer.data?.nowId)
  return { answer, now }
}
