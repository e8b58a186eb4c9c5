import { Button, Checkbox, Input, Switch } from 'antd'
import { Plug } from 'lucide-react'
import { useState } from 'react'

import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { Keys } from './keys.tsx'
import {
  emptyForm,
  formOf,
  partnerFaults,
  scopes,
  type Partner,
  type PartnerForm,
  type Scope,
} from './model.ts'
import { useSavePartner } from './page-data.ts'

interface FieldsProps {
  form: PartnerForm
  set: (part: Partial<PartnerForm>) => void
  faults: Partial<Record<keyof PartnerForm, string>>
  isNew: boolean
}

const Choices = ({ form, set, faults }: Omit<FieldsProps, 'isNew'>) => {
  const { stores = [] } = useScope()
  return (
    <>
      <fieldset className="field field-wide">
        <legend>能做什么</legend>
        <Checkbox.Group
          className="scope-choice"
          value={form.scopes}
          onChange={(chosen) => set({ scopes: chosen })}
          options={(Object.keys(scopes) as Scope[]).map((value) => ({
            value,
            label: (
              <>
                <b>{scopes[value].word}</b> <small className="quiet">{scopes[value].may}</small>
              </>
            ),
          }))}
        />
        {faults.scopes && <p className="field-fault">{faults.scopes}</p>}
      </fieldset>
      <fieldset className="field field-wide">
        <legend>哪些门店</legend>
        <Checkbox.Group
          className="store-choice"
          value={form.storeIds}
          onChange={(storeIds) => set({ storeIds })}
          options={stores.map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
        />
        <p className="field-help">一家都不选就是全部门店，以后开的也算。</p>
      </fieldset>
    </>
  )
}

const Fields = ({ form, set, faults, isNew }: FieldsProps) => (
  <div className="fields">
    <Field id="partner-name" label="名字" fault={faults.name}>
      <Input
        id="partner-name"
        value={form.name}
        maxLength={40}
        onChange={(event) => set({ name: event.target.value })}
      />
    </Field>
    <Field
      id="partner-code"
      label="代号"
      fault={faults.code}
      help={isNew ? '例如 till-01，定了就不能改' : '不能改，记录里认它'}
    >
      <Input
        id="partner-code"
        value={form.code}
        maxLength={40}
        disabled={!isNew}
        spellCheck={false}
        onChange={(event) => set({ code: event.target.value.trim() })}
      />
    </Field>
    <Field id="partner-most" label="每分钟最多几次" fault={faults.perMinute}>
      <Input
        id="partner-most"
        value={form.perMinute}
        inputMode="numeric"
        maxLength={6}
        onChange={(event) => set({ perMinute: event.target.value.trim() })}
      />
    </Field>
    {!isNew && (
      <Field
        id="partner-active"
        label="让它连"
        help={form.active ? '停了就一次也连不上' : '已停，保存了才算'}
      >
        <Switch id="partner-active" checked={form.active} onChange={(active) => set({ active })} />
      </Field>
    )}
    <Choices form={form} set={set} faults={faults} />
  </div>
)

interface PanelProps {
  partner?: Partner | undefined
  saved: (id: string) => void
  close: () => void
}

/** One system beside the list: what it may do, where, and its keys. */
export const PartnerPanel = ({ partner, saved, close }: PanelProps) => {
  const [form, setForm] = useState(partner ? formOf(partner) : emptyForm)
  const [pressed, setPressed] = useState(false)
  const save = useSavePartner(partner)
  const faults = partnerFaults(form)
  const changed = partner === undefined || JSON.stringify(formOf(partner)) !== JSON.stringify(form)
  useKeys([{ keys: 'Escape', label: '关掉这个接入方', run: close }])
  const submit = () => {
    setPressed(true)
    if (Object.keys(faults).length === 0) save.mutate(form, { onSuccess: ({ id }) => saved(id) })
  }
  return (
    <SidePanel
      title={partner?.name ?? '新接入方'}
      icon={Plug}
      note={partner ? partner.code : '还没保存'}
      close={close}
    >
      <div className="partner-scroll">
        {partner && <Keys partner={partner} />}
        <Fields
          form={form}
          set={(part) => setForm((now) => ({ ...now, ...part }))}
          faults={pressed ? faults : {}}
          isNew={!partner}
        />
      </div>
      <footer>
        <Refusal error={save.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!changed}
          loading={save.isPending}
          onClick={submit}
        >
          {partner ? '保存' : '保存，再添钥匙'}
        </Button>
      </footer>
    </SidePanel>
  )
}
