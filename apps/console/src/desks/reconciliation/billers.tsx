import { Link, useSearchParams } from 'react-router'

import { withChange } from '../../ui/url-filters.ts'
import { billerWords, type Biller } from './model.ts'
import './billers.css'

/** Whose bills are looked at; nothing to choose where there is one. */
export const Billers = ({ providers, provider }: { providers: readonly Biller[]; provider: Biller }) => {
  const [params] = useSearchParams()
  if (providers.length < 2) return null
  return (
    <nav className="tabs billers" aria-label="谁的账单">
      {providers.map((each) => (
        <Link
          key={each}
          to={{
            search: withChange(params, {
              bills: each === 'wechat' ? undefined : each,
              day: undefined,
              view: undefined,
              kind: undefined,
              diff: undefined,
            }).toString(),
          }}
          aria-current={each === provider ? 'page' : undefined}
        >
          {billerWords[each]}账单
        </Link>
      ))}
    </nav>
  )
}
