import { FeedDot } from '../ui/freshness.tsx'
import { useNow } from '../ui/now.ts'
import { hourMinuteSecond } from '../ui/time.ts'
import { useLive, type LiveState } from './live.ts'
import { useOnline } from './online.ts'

const words: Record<LiveState, string> = { live: '实时', waiting: '正在重连', off: '不是实时' }

/** The shops' clock, and whether new orders really arrive as they happen. */
export const Clock = () => {
  const now = useNow()
  const line = useLive().state
  const state = useOnline() || line === 'off' ? line : 'waiting'
  return (
    <span className="clock" title={state === 'live' ? '新订单会自己出现' : '新订单要刷新才看得到'}>
      <FeedDot feed={state === 'live' ? 'live' : 'stale'} />
      {words[state]} <time>{hourMinuteSecond(now)}</time>
    </span>
  )
}
