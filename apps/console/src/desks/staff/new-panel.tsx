import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Refusal } from '../../ui/states.tsx'
import { StaffFields } from './fields.tsx'
import { GivenPassword } from './given-password.tsx'
import { bodyOf, emptyForm, staffFaults, type Role } from './model.ts'
import { StaffPanel } from './staff-panel.tsx'

/** Opens an account, then shows the password to pass on. */
export const NewPanel = ({ grantable, close }: { grantable: readonly Role[]; close: () => void }) => {
  const { stores = [] } = useScope()
  const [form, setForm] = useState(
    emptyForm(
      grantable,
      stores.map((store) => store.id),
    ),
  )
  const [pressed, setPressed] = useState(false)
  const queries = useQueryClient()
  const open = useMutation({
    mutationFn: () => api('POST /console/v1/staff', { body: bodyOf(form) }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['staff'] }),
  })
  const faults = staffFaults(form)
  const submit = () => {
    setPressed(true)
    if (Object.keys(faults).length === 0) open.mutate()
  }
  if (open.data)
    return (
      <StaffPanel title={open.data.staff.name} note="账号开好了" close={close}>
        <GivenPassword
          name={open.data.staff.name}
          account={open.data.staff.account}
          given={open.data}
          done={close}
        />
      </StaffPanel>
    )
  return (
    <StaffPanel title="开账号" note="还没开" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <StaffFields
          form={form}
          change={(part) => setForm((now) => ({ ...now, ...part }))}
          faults={pressed ? faults : {}}
          grantable={grantable}
          fixedAccount={false}
        />
        <footer>
          <p className="quiet small">开好后给你一个一次性密码，本人第一次登录时换成自己的。</p>
          <Refusal error={open.error} />
          <Button type="primary" size="large" block htmlType="submit" loading={open.isPending}>
            开账号
          </Button>
        </footer>
      </form>
    </StaffPanel>
  )
}
