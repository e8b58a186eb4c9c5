import { Button } from '../../../components/button'
import { Box, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { PhoneButton } from '../../../components/phone-button'
import { Tag } from '../../../components/tag'
import { firstOrderOff, stateNote, stateOf, taskWords, worthText } from '../../../models/rewards'
import type { Task } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePlace } from '../../../services/place'
import { bindPhone } from '../../../services/rewards'
import { openPage, openTab } from '../../../services/routes'
import { askToTell, useOffered } from '../../../services/subscribe'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'

interface TaskRowProps {
  task: Task
  sayBirthday: () => void
  changed: () => Promise<void>
}

/** A first step: what it brings, how it stands, and the way to it. */
export function TaskRow({ task, sayBirthday, changed }: TaskRowProps) {
  const { icon, name, note } = taskWords(task)
  const state = stateOf(task)
  const here = useIsHere(task)
  return (
    <Box as="li" className="task-row">
      <Box className="task-head">
        <Icon name={icon} className="task-icon" />
        <Box className="task-words">
          <Box className="task-name">
            <Words>{name}</Words>
            <Tag tone="brand">{worthText(task)}</Tag>
          </Box>
          <Box className="task-note">{stateNote(task) ?? (state || here ? note : '请在微信小程序里做')}</Box>
        </Box>
        {state ? (
          <Tag tone={state.tone}>{state.text}</Tag>
        ) : (
          here && <Way task={task} sayBirthday={sayBirthday} changed={changed} />
        )}
      </Box>
      {task.kind === 'first_order' && !state && <FirstOrderOff />}
    </Box>
  )
}

/** Only WeChat vouches for a number, and only where it may be asked does it send messages. */
function useIsHere({ kind }: Task): boolean {
  const mayAsk = useOffered('order.ready')
  if (kind === 'phone') return process.env.TARO_ENV === 'weapp'
  return kind !== 'wechat' || mayAsk
}

function Way({ task, sayBirthday, changed }: TaskRowProps) {
  const { go, name } = taskWords(task)
  if (task.kind === 'phone' && process.env.TARO_ENV === 'weapp')
    return (
      <PhoneButton
        bound={false}
        onCode={async (code) => {
          if (await bindPhone(code)) await changed()
        }}
      />
    )
  const press = async () => {
    if (task.kind === 'birthday') sayBirthday()
    else if (task.kind === 'first_order') openTab('category')
    else if (await askToTell('order.ready', 'order.refunded', 'aftersale.answered'))
      say('好的，有消息就发到微信')
  }
  return (
    <Button look="soft" size="small" label={`${name}，${go}`} onPress={press}>
      {go}
    </Button>
  )
}

/** What the first order has off as it is: a coupon that waits in the wallet, or in 领券中心. */
function FirstOrderOff() {
  const owner = useCell(memberSession)?.who.id
  const storeId = usePlace()?.storeId
  const held = useLoad(owner ? `coupons.${owner}.usable` : null, () =>
    api('GET /v1/coupons', { query: { which: 'usable' } }),
  )
  const offers = useLoad(owner && storeId ? `offers.${owner}.${storeId}` : null, () =>
    api('GET /v1/coupon-offers', { query: { storeId: storeId ?? '' } }),
  )
  if (!held.data) return null
  const off = firstOrderOff(held.data.items, offers.data?.items ?? [])
  if (!off) return null
  return (
    <Box className="task-off">
      <Box className="task-off-words">
        <Words>首单立减：「{off.label}」</Words>
        <Words className="task-note">{off.held ? '在您的券包里，结算自动用上' : '还没领，领了再下单'}</Words>
      </Box>
      {!off.held && (
        <Button size="small" label={`去领「${off.label}」`} onPress={() => openPage('offers')}>
          去领
        </Button>
      )}
    </Box>
  )
}
