import { Checkbox, Input, Radio } from 'antd'

import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { roles, type Role, type StaffFaults, type StaffForm } from './model.ts'

interface StaffFieldsProps {
  form: StaffForm
  change: (part: Partial<StaffForm>) => void
  /** Shown only where something was typed or the button was pressed. */
  faults: StaffFaults
  grantable: readonly Role[]
  /** An account keeps its name: the ledgers know people by it. */
  fixedAccount: boolean
}

const RoleField = ({ form, change, grantable }: Omit<StaffFieldsProps, 'faults' | 'fixedAccount'>) => (
  <fieldset className="field field-wide">
    <legend>角色</legend>
    <Radio.Group
      className="role-choice"
      value={form.role}
      onChange={(event) => change({ role: event.target.value as Role })}
      options={grantable.map((role) => ({
        value: role,
        label: (
          <>
            <b>{roles[role].word}</b>
            <small>{roles[role].may}</small>
          </>
        ),
      }))}
    />
  </fieldset>
)

const StoresField = ({ form, change, faults }: Pick<StaffFieldsProps, 'form' | 'change' | 'faults'>) => {
  const { stores = [] } = useScope()
  return (
    <fieldset className="field field-wide">
      <legend>管哪些店</legend>
      {form.role === 'hq' ? (
        <p className="field-help">总部管所有门店，以后开的也算。</p>
      ) : (
        <>
          <Checkbox.Group
            className="store-choice"
            value={form.storeIds}
            onChange={(storeIds) => change({ storeIds })}
            options={stores.map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
          />
          {faults.storeIds && <p className="field-fault">{faults.storeIds}</p>}
        </>
      )}
    </fieldset>
  )
}

/** Who it is, what they are here, and where. */
export const StaffFields = (props: StaffFieldsProps) => {
  const { form, change, faults, fixedAccount } = props
  return (
    <div className="fields">
      <Field id="staff-name" label="名字" fault={faults.name}>
        <Input
          id="staff-name"
          autoFocus
          value={form.name}
          maxLength={20}
          status={faults.name ? 'error' : ''}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field
        id="staff-account"
        label="账号"
        fault={faults.account}
        help={fixedAccount ? '账号不能改，记录里认它' : '登录时填，例如 zhang.xm'}
      >
        <Input
          id="staff-account"
          value={form.account}
          maxLength={40}
          autoCapitalize="none"
          spellCheck={false}
          disabled={fixedAccount}
          status={faults.account ? 'error' : ''}
          onChange={(event) => change({ account: event.target.value })}
        />
      </Field>
      <RoleField {...props} />
      <StoresField {...props} />
    </div>
  )
}
