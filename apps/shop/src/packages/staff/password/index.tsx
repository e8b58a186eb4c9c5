import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, Panel } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { ownPasswordFault } from '../../../models/own-password'
import { codeOf, floorApi, staffSession, troubleFrom } from '../../../services/api'
import { goBack, replacePage } from '../../../services/routes'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { OwnPassword } from '../own-password'
import '../sign-in/index.scss'

const EMPTY = { current: '', next: '', again: '' }

/** 改密码: a clerk's own password. */
export default function StaffPasswordPage() {
  const staff = useCell(staffSession)
  const [typed, setTyped] = useState(EMPTY)
  const [faults, setFaults] = useState<{ current?: string; next?: string }>({})
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  if (!staff) return <Screen title="改密码">{null}</Screen>

  const change = (part: Partial<typeof EMPTY>) => {
    setTyped((now) => ({ ...now, ...part }))
    setFaults({})
  }
  const send = async () => {
    const fault = ownPasswordFault(typed.next, typed.again)
    if (fault) return setFaults({ next: fault })
    try {
      const { current, next } = typed
      await floorApi('PUT /staff/v1/me/password', { body: { current, next } })
      say('密码改好了')
      goBack()
    } catch (error) {
      const { text } = troubleFrom(error)
      setFaults(codeOf(error) === 'staff.password_weak' ? { next: text } : { current: text })
    }
  }
  const blank = Object.values(typed).includes('')
  return (
    <Screen title="改密码" className="staff">
      <NavBar title="改密码" />
      <Panel>
        <Labelled label="现在的密码" fault={faults.current}>
          <Field
            label="现在的密码"
            kind="password"
            value={typed.current}
            autoFocus
            onValue={(current) => change({ current })}
          />
        </Labelled>
        <OwnPassword
          next={typed.next}
          again={typed.again}
          fault={faults.next ?? null}
          onChange={change}
          onEnter={() => {
            if (!blank) void send()
          }}
        />
        <Button size="full" disabled={blank} busyText="正在改" onPress={send}>
          改密码
        </Button>
        <Box as="p" className="staff-note">
          改好后，您在别处的登录都会退出，这里不退
        </Box>
      </Panel>
    </Screen>
  )
}
