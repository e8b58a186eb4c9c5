import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { businessDay, hourMinute, weekdayOf } from '../../ui/time.ts'
import { type Bar, daysFrom, layOut, placeOf, todayIn } from './calendar.ts'
import { deskOf, KINDS } from './kinds/index.ts'
import { type Campaign, goodsWords, priceWords, standingOf } from './model.ts'
import { spanWords } from './times.ts'

const percent = (share: number): string => `${share * 100}%`

const Words = ({ of }: { of: Campaign }) => {
  const { word, tone } = standingOf(of)
  const oneDay = of.kind === 'flash' && businessDay(of.startsAt) === businessDay(of.endsAt)
  return (
    <>
      {of.goods[0] && <Thumb src={of.goods[0].picture?.s} size={20} />}
      <span className="clip">{of.items.length > 0 ? `${goodsWords(of)} ${priceWords(of)}` : of.name}</span>
      {of.state === 'LIVE' && !of.paused ? (
        <StateTag tone="sale">
          {oneDay ? `正在抢 ${hourMinute(of.startsAt)}–${hourMinute(of.endsAt)}` : '进行中'}
        </StateTag>
      ) : (
        of.state !== 'SCHEDULED' && <StateTag tone={tone}>{word}</StateTag>
      )}
    </>
  )
}

const BarLink = ({ bar }: { bar: Bar<Campaign> }) => {
  const { path } = useScope()
  const { of, from, to, words, lane } = bar
  const place =
    words === 'right'
      ? { left: percent(to) }
      : words === 'left'
        ? { right: percent(1 - from) }
        : { left: percent(from), width: percent(to - from) }
  const open = `${bar.openLeft ? ' bar-open-left' : ''}${bar.openRight ? ' bar-open-right' : ''}`
  return (
    <Link
      className={`campaign-bar bar-${of.state.toLowerCase()} bar-kind-${of.kind}${of.paused ? ' bar-paused' : ''}`}
      to={path(`/campaigns/${of.id}`)}
      title={`${of.name} · ${spanWords(of.startsAt, of.endsAt)}`}
      style={{ top: 2 + lane * 30 }}
    >
      <i
        className={open.trim()}
        style={{ left: percent(from), width: `max(6px, ${percent(to - from)})` }}
        aria-hidden="true"
      />
      <span className={`bar-words bar-words-${words}`} style={place}>
        <Words of={of} />
      </span>
    </Link>
  )
}

const Row = ({ name, bars }: { name: string; bars: readonly Bar<Campaign>[] }) => (
  <div className="calendar-row">
    <b>{name}</b>
    <div style={{ height: 30 * Math.max(1, ...bars.map(({ lane }) => lane + 1)) }}>
      {bars.map((bar) => (
        <BarLink key={bar.of.id} bar={bar} />
      ))}
    </div>
  </div>
)

/** Two weeks of campaigns, a row for each kind, with a line where we are. */
export const CalendarCard = ({ first, campaigns }: { first: string; campaigns: readonly Campaign[] }) => {
  const now = useNow()
  const today = businessDay(now)
  return (
    <section className="card campaign-calendar" aria-label="活动日历">
      <div className="calendar-days">
        <span />
        {daysFrom(first).map((day) => {
          const weekday = weekdayOf(`${day}T12:00:00+08:00`).slice(1)
          const weekend = weekday === '六' || weekday === '日'
          return (
            <span
              key={day}
              className={`${weekend ? 'calendar-weekend' : ''} ${day === today ? 'calendar-today' : ''}`}
            >
              {Number(day.slice(8))} {day === today ? '今天' : weekday}
            </span>
          )
        })}
      </div>
      <div className="calendar-rows">
        {todayIn(now, first) && (
          <div className="calendar-now" aria-hidden="true">
            <i style={{ left: percent(placeOf(now, first)) }} />
          </div>
        )}
        {KINDS.map((kind) => (
          <Row
            key={kind}
            name={deskOf(kind).word}
            bars={layOut(
              campaigns.filter((each) => each.kind === kind),
              first,
            )}
          />
        ))}
      </div>
    </section>
  )
}
