import { Dropdown } from 'antd'
import { useState } from 'react'

import { api } from '../api.ts'
import { roleName } from '../desks/staff/model.ts'
import { endSession, useStaff } from '../session.ts'
import { givenName } from '../ui/who.ts'
import { PasswordDialog } from './password-dialog.tsx'
import { useSetting, writeSetting } from './settings.ts'

/** Who is signed in, and what belongs to the person rather than to a desk. */
export const PersonMenu = () => {
  const staff = useStaff()
  const [changing, setChanging] = useState(false)
  const keys = useSetting('keys')
  const contrast = useSetting('contrast')
  if (!staff) return null
  const name = givenName(staff.name)
  const signOut = async () => {
    // The session ends here even when the server cannot be told; it expires there by itself.
    await api('DELETE /console/v1/sessions/current').catch(() => undefined)
    endSession()
  }
  const items = [
    { key: 'password', label: '改密码', onClick: () => setChanging(true) },
    {
      key: 'keys',
      label: keys === 'on' ? '关掉单键快捷键' : '打开单键快捷键',
      onClick: () => writeSetting('keys', keys === 'on' ? 'off' : 'on'),
    },
    {
      key: 'contrast',
      label: contrast === 'high' ? '边框用普通深浅' : '边框加深',
      onClick: () => writeSetting('contrast', contrast === 'high' ? 'normal' : 'high'),
    },
    { type: 'divider' as const },
    { key: 'out', label: '退出', onClick: () => void signOut() },
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <button type="button" className="bare person" aria-label={`${name}，账号菜单`}>
          <i aria-hidden="true">{name.slice(0, 1)}</i>
          {name}
          <small>{roleName(staff.role)}</small>
        </button>
      </Dropdown>
      <PasswordDialog open={changing} close={() => setChanging(false)} />
    </>
  )
}
