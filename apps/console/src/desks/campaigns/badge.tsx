import { FeedDot } from '../../ui/freshness.tsx'
import { useRunningCount } from './page-data.ts'

/** How many campaigns run now, beside the desk's name. */
export const CampaignsBadge = () => {
  const running = useRunningCount()
  if (running === 0) return null
  return (
    <small className="sider-count sider-running">
      <FeedDot feed="live" />
      {running} 场<span className="sr-only">正在进行</span>
    </small>
  )
}
