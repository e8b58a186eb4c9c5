import { Button, Popconfirm } from 'antd'
import { Power } from 'lucide-react'

import { Refusal } from '../../ui/states.tsx'

interface TermsSwitchProps {
  /** 积分, 等级. */
  what: string
  active: boolean
  /** What happens then, said before it does. */
  turningOff: string
  turningOn: string
  busy: boolean
  error: unknown
  flip: () => void
}

/** Turns off and on what terms rule; both are a version of the terms. */
export const TermsSwitch = ({ what, active, turningOff, turningOn, busy, error, flip }: TermsSwitchProps) => (
  <>
    <Refusal error={error} />
    <Popconfirm
      title={active ? `现在关掉${what}？` : `现在打开${what}？`}
      description={active ? turningOff : turningOn}
      okText={active ? '关掉' : '打开'}
      cancelText="不动"
      placement="bottomRight"
      onConfirm={flip}
    >
      <Button icon={<Power size={15} />} loading={busy}>
        {active ? `关掉${what}` : `打开${what}`}
      </Button>
    </Popconfirm>
  </>
)
