import { useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, Panel } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { ownPasswordFault } from '../../../models/own-password'
import { codeOf, floorApi, staffSession, troubleFrom } from '../../../services/api'
import { replacePage } from '../../../services/routes'
import { OwnPassword } from '../own-password'
import './index.scss'

const EMPTY = { account: '', password: '', next: '', again: '' }

/** 店员登录: the account that head office or the manager gave. A password that they gave is exchanged for one's own here. */
export default function StaffSignInPage() {
  const [typed, setTyped] = useState(EMPTY)
  const [due, setDue] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const change = (part: Partial<typeof EMPTY>) => {
    setTyped((now) => ({ ...now, ...part }))
    setFault(null)
  }
  const signIn = async () => {
    const { account, password, next, again } = typed
    const ownFault = due ? ownPasswordFault(next, again) : null
    if (ownFault) return setFault(ownFault)
    try {
      const { token, staff } = await floorApi('POST /staff/v1/sessions', {
        body: { account: account.trim(), password, ...(due ? { next } : {}) },
      })
      staffSession.set({ token, who: staff })
      replacePage('staffDesk')
    } catch (error) {
      if (codeOf(error) === 'staff.password_change_due') setDue(true)
      else setFault(troubleFrom(error).text)
    }
  }
  const blank = typed.account.trim() === '' || typed.password === '' || (due && typed.next === '')
  const enter = () => {
    if (!blank) void signIn()
  }
  return (
    <Screen title="店员登录" className="staff">
      <NavBar title="店员登录" />
      {due ? (
        <Panel title="换成自己的密码" note="给您的密码只能用这一次">
          <OwnPassword
            next={typed.next}
            again={typed.again}
            fault={fault}
            onChange={change}
            onEnter={enter}
          />
          <Button size="full" disabled={blank} busyText="正在登录" onPress={signIn}>
            存好，登录
          </Button>
        </Panel>
      ) : (
        <Panel>
          <Labelled label="账号">
            <Field
              label="账号"
              value={typed.account}
              maxLength={40}
              autoFocus
              onValue={(account) => change({ account })}
            />
          </Labelled>
          <Labelled label="密码" fault={fault}>
            <Field
              label="密码"
              kind="password"
              value={typed.password}
              onValue={(password) => change({ password })}
              onEnter={enter}
            />
          </Labelled>
          <Button size="full" disabled={blank} busyText="正在登录" onPress={signIn}>
            登录
          </Button>
          <Box as="p" className="staff-note">
            忘了密码，请店长或总部重设；连错几次会锁几分钟
          </Box>
        </Panel>
      )}
    </Screen>
  )
}
