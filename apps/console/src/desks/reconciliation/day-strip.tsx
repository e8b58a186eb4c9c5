import { Link, useSearchParams } from 'react-router'

import { withChange } from '../../ui/url-filters.ts'
import { dayWords, standing, type Day } from './model.ts'

/** The last days side by side, each with how it stands. A link, so that a day opens in a new tab like any other address. */
export const DayStrip = ({ days, day }: { days: readonly Day[]; day: string | undefined }) => {
  const [params] = useSearchParams()
  return (
    <nav className="day-strip card" aria-label="账单日">
      {days.map((each) => {
        const { date, weekday } = dayWords(each.day)
        const { word, tone } = standing(each)
        return (
          <Link
            key={each.day}
            to={{
              search: withChange(params, {
                day: each.day,
                view: undefined,
                kind: undefined,
                diff: undefined,
              }).toString(),
            }}
            aria-current={each.day === day ? 'page' : undefined}
          >
            <b>
              {date} <span>{weekday}</span>
            </b>
            <small className={`strip-${tone}`}>
              <i className={`shape shape-${tone}`} aria-hidden="true" />
              {word}
            </small>
          </Link>
        )
      })}
    </nav>
  )
}
