import { Link, useSearchParams } from 'react-router'

import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { withChange } from '../../ui/url-filters.ts'
import { WorkPanel } from '../../ui/work.tsx'
import { dayWords, standing, troubleOf, type Day } from './model.ts'

const said = (day: Day, now: number): string => {
  const trouble = troubleOf(day)
  if (trouble) return day.nextTryAt ? `${trouble} · ${when(day.nextTryAt, now)} 再试` : trouble
  return day.reconciledAt
    ? `${when(day.reconciledAt, now)} 对过 · ${day.billRows.toLocaleString('en-US')} 行`
    : '排着队'
}

const Run = ({ day, now }: { day: Day; now: number }) => {
  const [params] = useSearchParams()
  const { date, weekday } = dayWords(day.day)
  const { word, tone } = standing(day)
  return (
    <li>
      <Link
        to={{ search: withChange(params, { day: day.day, view: undefined, kind: undefined }).toString() }}
      >
        <b>
          {date} <span className="quiet">{weekday}</span>
        </b>
        <span className="num">{formatFen(day.payments.theirsFen - day.refunds.theirsFen)}</span>
        <StateTag tone={tone}>{word}</StateTag>
        <small>{said(day, now)}</small>
      </Link>
    </li>
  )
}

/** Every day that was compared: when, how many rows, what was left. Stands where a difference is shown once one is chosen. */
export const Runs = ({
  days,
  total,
  nextFetchAt,
}: {
  days: readonly Day[]
  total: number
  nextFetchAt: string
}) => {
  const now = useNow()
  return (
    <WorkPanel label="对账记录" title="对账记录" note={`共 ${total} 天`}>
      <ol className="runs">
        {days.map((day) => (
          <Run key={day.day} day={day} now={now} />
        ))}
      </ol>
      <footer>
        <p className="quiet small">
          下一份账单 {when(nextFetchAt, now)} 自动取；取不到会隔一阵再试，断了几天会从头补齐（账单留三个月）。
        </p>
      </footer>
    </WorkPanel>
  )
}
