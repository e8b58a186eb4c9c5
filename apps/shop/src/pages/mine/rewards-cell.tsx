import { Cell, Panel } from '../../components/cells'
import { hintOf, isOff } from '../../models/rewards'
import { useRewards } from '../../services/rewards'
import { openPage } from '../../services/routes'

/** 签到和任务, where the chain offers any. */
export function RewardsCell() {
  const { data } = useRewards()
  if (!data || isOff(data)) return null
  return (
    <Panel className="mine-cells">
      <Cell icon="calendar" title="签到和任务" value={hintOf(data)} onPress={() => openPage('tasks')} />
    </Panel>
  )
}
