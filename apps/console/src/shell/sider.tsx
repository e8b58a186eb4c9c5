import { useQuery } from '@tanstack/react-query'
import { NavLink } from 'react-router'

import { publicApi } from '../api.ts'
import { useOpenAlarms } from '../desks/alarms/page-data.ts'
import { AftersalesBadge } from '../desks/aftersales/badge.tsx'
import { CampaignsBadge } from '../desks/campaigns/badge.tsx'
import { useStaff } from '../session.ts'
import { desksFor } from './desks.ts'
import { useKeys } from './keyboard.ts'
import { useScope } from './scope.ts'

// The chain's name is the merchant's, not ours; the public set-up route tells it to every client.
const useChainName = () =>
  useQuery({ queryKey: ['setup'], queryFn: () => publicApi('GET /v1/setup'), staleTime: Infinity }).data
    ?.chainName

const AlarmBadge = () => {
  const open = useOpenAlarms(true)
  return open > 0 ? <em aria-label={`，${open} 笔等处理`}>{open}</em> : null
}

/** The desks, grouped by one character each like the margin of a ledger. Only desks that exist are listed. */
export const Sider = ({ help }: { help: () => void }) => {
  const staff = useStaff()
  const { path, go } = useScope()
  const chainName = useChainName()
  const groups = desksFor(staff?.permissions ?? [])
  useKeys(
    groups.flatMap((group) =>
      group.desks.map((desk) => ({
        keys: `g ${desk.letter}`,
        label: `去${desk.name}`,
        run: () => go(desk.path),
      })),
    ),
  )
  return (
    <aside className="sider">
      <NavLink className="brand" to={path('/')} aria-label="邻里，回到工作台">
        <img src={`${import.meta.env.BASE_URL}linli.svg`} alt="" width={30} height={30} />
        <span>
          <b>邻里</b>
          <small className="clip">{chainName ?? '管理台'}</small>
        </span>
      </NavLink>
      <nav aria-label="工作区">
        {groups.map((group) => (
          <section key={group.mark} className="sider-group" aria-label={group.title}>
            <span className="sider-mark" aria-hidden="true">
              {group.mark}
            </span>
            <ul>
              {group.desks.map((desk) => (
                <li key={desk.path}>
                  <NavLink to={path(desk.path)} end={desk.path === '/'}>
                    {desk.name}
                    {desk.alarms && <AlarmBadge />}
                    {desk.path === '/aftersales' && <AftersalesBadge />}
                    {desk.path === '/campaigns' && <CampaignsBadge />}
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <button type="button" className="bare sider-help" onClick={help}>
        <kbd>?</kbd>
        快捷键
      </button>
    </aside>
  )
}
