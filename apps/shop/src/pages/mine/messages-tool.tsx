import { Box, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { unreadText } from '../../models/messages'
import { useUnread } from '../../services/messages'
import { openPage } from '../../services/routes'
import { ensureMember } from '../../services/sign-in'

/** 消息, with how many are new. */
export function MessagesTool() {
  const unread = useUnread()
  const open = async () => {
    if (await ensureMember()) openPage('messages')
  }
  return (
    <Press
      className="mine-order"
      label={unread > 0 ? `消息，${unreadText(unread)} 条未读` : '消息'}
      onPress={() => void open()}
    >
      <Box className="mine-order-icon">
        <Icon name="bell" />
        {unread > 0 && <Words className="ll-badge">{unreadText(unread)}</Words>}
      </Box>
      <Words className="mine-order-name">消息</Words>
    </Press>
  )
}
