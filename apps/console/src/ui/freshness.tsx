import { useNow } from './now.ts'
import { ago, hourMinuteSecond } from './time.ts'

type Feed = 'live' | 'stale' | 'broken'

/** The dot that goes before every figure that moves. Colour is never alone: the words beside it say the same. */
export const FeedDot = ({ feed }: { feed: Feed }) => <i className={`feed feed-${feed}`} aria-hidden="true" />

interface FreshnessProps {
  /** When the data behind the figure was read, in epoch milliseconds or as an instant. */
  at: number | string
  /** Older than this is drawn amber. */
  staleSeconds?: number
  /** `clock` says 截至 10:42:07, `age` says 8 秒前. */
  as?: 'clock' | 'age'
}

/** Says how old a figure is. One component, so that freshness looks the same on every desk. */
export const Freshness = ({ at, staleSeconds = 120, as = 'clock' }: FreshnessProps) => {
  const now = useNow()
  const stale = now - new Date(at).getTime() > staleSeconds * 1000
  return (
    <span className={stale ? 'freshness freshness-stale' : 'freshness'}>
      <FeedDot feed={stale ? 'stale' : 'live'} />
      {as === 'clock' ? `截至 ${hourMinuteSecond(at)}` : ago(at, now)}
    </span>
  )
}
