import { useState } from 'react'
import { Button } from '../../components/button'
import { Box, Field, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { Sheet } from '../../components/sheet'
import { api, memberSession, troubleFrom } from '../../services/api'
import { ensureMember } from '../../services/sign-in'
import { say } from '../../services/toast'
import { useCell } from '../../services/watch'

/** Who is signed in, or the way to do so. */
export function Who() {
  const member = useCell(memberSession)
  const [editing, setEditing] = useState(false)
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
    <>
      <Press className="mine-who" label={`${nickname}，改昵称`} onPress={() => setEditing(true)}>
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
      {editing && <NicknameSheet nickname={nickname} onClose={() => setEditing(false)} />}
    </>
  )
}

function NicknameSheet({ nickname, onClose }: { nickname: string; onClose: () => void }) {
  const [typed, setTyped] = useState(nickname)
  const save = async () => {
    const session = memberSession.get()
    if (!session) return
    try {
      const who = await api('PUT /v1/me/nickname', { body: { nickname: typed.trim() } })
      memberSession.set({ ...session, who })
      onClose()
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  return (
    <Sheet title="改昵称" onClose={onClose}>
      <Box className="mine-nickname">
        <Field label="昵称" value={typed} maxLength={20} onValue={setTyped} />
      </Box>
      <Button size="full" disabled={typed.trim() === ''} busyText="正在保存" onPress={save}>
        保存
      </Button>
    </Sheet>
  )
}
