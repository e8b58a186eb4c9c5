import { Check, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { useNow } from '../../ui/now.ts'
import { when } from '../../ui/time.ts'
import { useLastLedgerCheck } from '../ledger-checks/checks.ts'
import { faultsIn, useLastCheck } from '../stock/last-check.ts'

interface Book {
  name: string
  to: string
  /** Of its last check; undefined: not made, or not for this person's eyes. */
  wrong: number | undefined
  at: string | undefined
}

/** The last checks of the books that no bill speaks of: stock, points, stored value. */
const useBooks = (): Book[] => {
  const { path } = useScope()
  const [stock, points, value] = [useLastCheck(), useLastLedgerCheck('points'), useLastLedgerCheck('value')]
  return [
    { name: '库存', to: path('/stock/checks'), wrong: stock && faultsIn(stock), at: stock?.at },
    { name: '积分', to: path('/points'), wrong: points?.wrong, at: points?.at },
    { name: '余额', to: path('/stored-value'), wrong: value?.wrong, at: value?.at },
  ]
}

const books = ['', '另外一本账', '另外两本账', '另外三本账']

/** What else is compared every night; said with the day, so that a level bill is not taken for level books. */
export const OtherBooks = () => {
  const now = useNow()
  const known = useBooks().filter(({ at }) => at !== undefined)
  const [oldest] = known.flatMap(({ at }) => at ?? []).toSorted()
  if (oldest === undefined) return null
  return (
    <footer className="recon-books small">
      <b>{books[known.length]}</b>
      {known.map(({ name, to, wrong = 0 }) => (
        <Link key={name} to={to} className={wrong > 0 ? 'down' : 'up'}>
          {wrong > 0 ? <TriangleAlert size={14} /> : <Check size={14} />}
          {wrong > 0 ? `${name}有 ${wrong} 处对不上` : `${name}流水 = 余额`}
        </Link>
      ))}
      <span className="quiet">{when(oldest, now)} 核过</span>
    </footer>
  )
}
