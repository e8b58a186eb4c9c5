import { useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, Panel } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { floorApi, staffSession, troubleFrom } from '../../../services/api'
import { replacePage } from '../../../services/routes'
import './index.scss'

/** 店员登录: the account that head office gave. */
export default function StaffSignInPage() {
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const signIn = async () => {
    try {
      const { token, staff } = await floorApi('POST /staff/v1/sessions', {
        body: { account: account.trim(), password },
      })
      staffSession.set({ token, who: staff })
      replacePage('staffDesk')
    } catch (error) {
      setFault(troubleFrom(error).text)
    }
  }
  const blank = account.trim() === '' || password === ''
  return (
    <Screen title="店员登录" className="staff">
      <NavBar title="店员登录" />
      <Panel>
        <Labelled label="账号">
          <Field label="账号" value={account} maxLength={40} autoFocus onValue={setAccount} />
        </Labelled>
        <Labelled label="密码" fault={fault}>
          <Field
            label="密码"
            kind="password"
            value={password}
            onValue={(value) => {
              setPassword(value)
              setFault(null)
            }}
            onEnter={() => {
              if (!blank) void signIn()
            }}
          />
        </Labelled>
        <Button size="full" disabled={blank} busyText="正在登录" onPress={signIn}>
          登录
        </Button>
        <Box as="p" className="staff-note">
          忘了密码请找店长；连错几次会锁几分钟
        </Box>
      </Panel>
    </Screen>
  )
}
