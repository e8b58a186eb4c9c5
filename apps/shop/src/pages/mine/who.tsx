import { useState } from 'react'
import { Button } from '../../components/button'
import { Labelled } from '../../components/cells'
import { Box, Field, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { PhoneButton } from '../../components/phone-button'
import { Sheet } from '../../components/sheet'
import type { Member } from '../../models/wire'
import { api, memberSession, troubleFrom } from '../../services/api'
import { bindPhone } from '../../services/rewards'
import { ensureMember } from '../../services/sign-in'
import { say } from '../../services/toast'
import { useCell } from '../../services/watch'

/** Who is signed in, or the way to do so. */
export function Who({ onEdit }: { onEdit: () => void }) {
  const member = useCell(memberSession)
  if (!member)
    return (
      <Press className="mine-who" onPress={() => void ensureMember()}>
        <Box className="mine-avatar">
          <Icon name="user" />
        </Box>
        <Box>
          <Box className="mine-name">点这里登录</Box>
          <Box className="mine-phone">登录后看订单和收藏</Box>
        </Box>
      </Press>
    )
  const { nickname, phone } = member.who
  return (
    <Press className="mine-who" label={`${nickname}，我的资料`} onPress={onEdit}>
      <Box className="mine-avatar">
        <Words hidden>{nickname.slice(-1)}</Words>
      </Box>
      <Box>
        <Box className="mine-name">
          <Words>{nickname}</Words>
          <Icon name="edit" size={16} className="ll-quiet" />
        </Box>
        <Box className="mine-phone">{phone ?? '还没绑定手机号'}</Box>
      </Box>
    </Press>
  )
}

/** 我的资料: the name that clerks see a part of, and the phone number. */
export function ProfileSheet({ onClose }: { onClose: () => void }) {
  const member = useCell(memberSession)
  const [typed, setTyped] = useState(member?.who.nickname ?? '')
  if (!member) return null
  const keep = (who: Member) => memberSession.set({ ...member, who })
  const save = async () => {
    try {
      keep(await api('PUT /v1/me/nickname', { body: { nickname: typed.trim() } }))
      onClose()
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  return (
    <Sheet title="我的资料" onClose={onClose}>
      <Labelled label="昵称">
        <Field label="昵称" value={typed} maxLength={20} onValue={setTyped} />
      </Labelled>
      <Button size="full" disabled={typed.trim() === ''} busyText="正在保存" onPress={save}>
        保存昵称
      </Button>
      <PhoneButton bound={member.who.phone !== null} onCode={async (code) => void (await bindPhone(code))} />
    </Sheet>
  )
}
