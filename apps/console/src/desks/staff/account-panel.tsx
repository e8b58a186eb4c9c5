import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { useNotice } from '../../ui/notice.ts'
import { Refusal } from '../../ui/states.tsx'
import { StaffFields } from './fields.tsx'
import { GivenPassword } from './given-password.tsx'
import {
  bodyOf,
  changeWords,
  formOf,
  roles,
  staffFaults,
  storeWords,
  type Colleague,
  type Role,
} from './model.ts'
import { StaffPanel } from './staff-panel.tsx'

const useDeeds = ({ id, name }: Colleague) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const params = { staffId: id }
  const again = () => queries.invalidateQueries({ queryKey: ['staff'] })
  const change = useMutation({
    mutationFn: ({ name: called, role, storeIds }: ReturnType<typeof bodyOf>) =>
      api('PUT /console/v1/staff/:staffId', { params, body: { name: called, role, storeIds } }),
    onSuccess: async () => {
      await again()
      notice.success('存好了')
    },
  })
  const setActive = useMutation({
    mutationFn: (active: boolean) =>
      api('PUT /console/v1/staff/:staffId/active', { params, body: { active } }),
    onSuccess: async (_, active) => {
      await again()
      notice.success(active ? `${name}又能登录了` : `${name}停用了，所有登录都已退出`)
    },
  })
  const reset = useMutation({
    mutationFn: () => api('POST /console/v1/staff/:staffId/password', { params }),
    onSuccess: () => void again(),
  })
  return { change, setActive, reset }
}

type Deeds = ReturnType<typeof useDeeds>

const AccessActions = ({ row, deeds: { setActive, reset } }: { row: Colleague; deeds: Deeds }) => (
  <section className="staff-access">
    <h3>登录</h3>
    <div className="drawer-actions">
      {row.active && (
        <Popconfirm
          title={`重设${row.name}的密码？`}
          description="旧密码马上作废，他在各处的登录都退出；锁住的账号也解开。"
          okText="重设"
          cancelText="不重设"
          onConfirm={() => reset.mutate()}
        >
          <Button loading={reset.isPending}>重设密码</Button>
        </Popconfirm>
      )}
      {row.active ? (
        <Popconfirm
          title={`停用${row.name}？`}
          description="马上退出登录，也登不进来。他做过的事还留在记录里，以后可以再启用。"
          okText="停用"
          cancelText="不停"
          onConfirm={() => setActive.mutate(false)}
        >
          <Button danger loading={setActive.isPending}>
            停用
          </Button>
        </Popconfirm>
      ) : (
        <Button type="primary" loading={setActive.isPending} onClick={() => setActive.mutate(true)}>
          重新启用
        </Button>
      )}
    </div>
    <Refusal error={setActive.error ?? reset.error} />
  </section>
)

const Fixed = ({ row }: { row: Colleague }) => (
  <dl className="staff-facts">
    <div>
      <dt>账号</dt>
      <dd>{row.account}</dd>
    </div>
    <div>
      <dt>角色</dt>
      <dd>
        {roles[row.role].word}
        <small>{roles[row.role].may}</small>
      </dd>
    </div>
    <div>
      <dt>门店</dt>
      <dd>{storeWords(row.storeIds)}</dd>
    </div>
  </dl>
)

const EditForm = ({
  row,
  grantable,
  deeds: { change },
}: {
  row: Colleague
  grantable: readonly Role[]
  deeds: Deeds
}) => {
  const before = formOf(row)
  const [form, setForm] = useState(before)
  const faults = staffFaults(form)
  const changes = changeWords(before, form)
  const ready = changes.length > 0 && Object.keys(faults).length === 0
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) change.mutate(bodyOf(form))
      }}
    >
      <StaffFields
        form={form}
        change={(part) => setForm((now) => ({ ...now, ...part }))}
        faults={faults}
        grantable={grantable}
        fixedAccount
      />
      <footer>
        {changes.map((each) => (
          <p key={each} className="small">
            {each}
          </p>
        ))}
        <Refusal error={change.error} />
        <Button type="primary" block htmlType="submit" disabled={!ready} loading={change.isPending}>
          保存
        </Button>
      </footer>
    </form>
  )
}

/** One account: who, what and where, the way in, and what they did. */
export const AccountPanel = ({
  row,
  grantable,
  close,
}: {
  row: Colleague
  grantable: readonly Role[]
  close: () => void
}) => {
  const deeds = useDeeds(row)
  const mayAudit = useMay('audit.read')
  const { path } = useScope()
  return (
    <StaffPanel title={row.name} note={row.active ? row.account : '已停用'} close={close}>
      {deeds.reset.data && (
        <GivenPassword
          name={row.name}
          account={row.account}
          given={deeds.reset.data}
          done={() => deeds.reset.reset()}
        />
      )}
      {row.editable && row.active ? (
        <EditForm key={JSON.stringify(formOf(row))} row={row} grantable={grantable} deeds={deeds} />
      ) : (
        <Fixed row={row} />
      )}
      {row.editable ? (
        <AccessActions row={row} deeds={deeds} />
      ) : (
        <p className="staff-note quiet small">这个账号你改不了：自己的要请别人改，别的角色请总部改。</p>
      )}
      {mayAudit && (
        <p className="staff-note small">
          <Link className="go" to={path(`/audit?q=staff:${row.account}`)}>
            看他的操作记录
          </Link>
        </p>
      )}
    </StaffPanel>
  )
}
