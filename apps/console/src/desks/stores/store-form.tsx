import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, ConfigProvider, Input, InputNumber, Select, Switch } from 'antd'
import { useState, type ReactNode } from 'react'

import { api } from '../../api.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { formTheme } from '../../theme.ts'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Refusal } from '../../ui/states.tsx'
import {
  formOf,
  slotsPerDay,
  storeChange,
  storeFaults,
  timeChoices,
  type ConsoleStore,
  type StoreFaults,
  type StoreForm as Form,
} from './model.ts'
import { OpenTag } from './open-tag.tsx'

interface StoreFormProps {
  store: ConsoleStore
  back: { to: string; label: string }
  disabled: boolean
  /** Cards beside the fields that save by themselves. */
  children: ReactNode
}

const useStoreForm = (store: ConsoleStore) => {
  const [form, setForm] = useState(formOf(store))
  const queries = useQueryClient()
  const notice = useNotice()
  const body = storeChange(store, form)
  const save = useMutation({
    mutationFn: () => api('PUT /console/v1/stores/:storeId', { params: { storeId: store.id }, body }),
    onSuccess: async (saved) => {
      setForm(formOf(saved))
      await queries.invalidateQueries({ queryKey: ['stores'] })
      notice.success('存好了，顾客马上看到')
    },
  })
  const faults = storeFaults(form)
  const changes = Object.keys(body).length
  const ready = changes > 0 && Object.keys(faults).length === 0 && !save.isPending
  useKeys([{ keys: 'mod+s', label: '保存', run: () => ready && save.mutate() }])
  return { form, setForm, faults, changes, ready, save }
}

/** The store's own facts, saved together; only what was changed is sent. */
export const StoreForm = ({ store, back, disabled, children }: StoreFormProps) => {
  const { form, setForm, faults, changes, ready, save } = useStoreForm(store)
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }))
  return (
    <ConfigProvider theme={formTheme}>
      <PageHead title={store.name} back={back} note={store.id} tags={<OpenTag store={store} />}>
        {changes > 0 && <span className="quiet small">改了 {changes} 处</span>}
        {changes > 0 && <Button onClick={() => setForm(formOf(store))}>放弃</Button>}
        {!disabled && (
          <Button
            type="primary"
            disabled={!ready && !save.isPending}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            保存
          </Button>
        )}
      </PageHead>
      <Refusal error={save.error} />
      <div className="store-page">
        <div>
          <FactsCard form={form} change={change} faults={faults} disabled={disabled} />
          <SlotsCard
            form={form}
            change={change}
            slotsOn={store.features.includes('pickup_slots')}
            disabled={disabled}
          />
        </div>
        <div>{children}</div>
      </div>
    </ConfigProvider>
  )
}

interface PartProps {
  form: Form
  change: (part: Partial<Form>) => void
  disabled: boolean
}

type TextField = 'name' | 'address' | 'phone' | 'pickupHint'

interface TextProps extends PartProps {
  field: TextField
  label: string
  max: number
  faults: StoreFaults
  optional?: boolean
  wide?: boolean
  help?: string
}

const TextFieldOf = ({ form, change, disabled, field, label, max, faults, ...look }: TextProps) => (
  <Field id={`store-${field}`} label={label} fault={faults[field]} {...look}>
    <Input
      id={`store-${field}`}
      value={form[field]}
      maxLength={max}
      disabled={disabled}
      status={faults[field] ? 'error' : ''}
      onChange={(event) => change({ [field]: event.target.value })}
    />
  </Field>
)

interface TimeProps extends PartProps {
  field: 'opensAt' | 'closesAt'
  label: string
  faults: StoreFaults
}

const TimeFieldOf = ({ form, change, disabled, field, label, faults }: TimeProps) => (
  <Field id={`store-${field}`} label={label} fault={faults[field]}>
    <Select
      id={`store-${field}`}
      value={form[field]}
      disabled={disabled}
      status={faults[field] ? 'error' : ''}
      options={timeChoices(form[field]).map((value) => ({ value, label: value }))}
      onChange={(time) => change({ [field]: time })}
    />
  </Field>
)

const FactsCard = (props: PartProps & { faults: StoreFaults }) => (
  <Card title="基本信息" note="顾客选门店时看到的">
    <div className="fields">
      <TextFieldOf {...props} field="name" label="店名" max={40} wide />
      <TextFieldOf {...props} field="address" label="地址" max={120} wide />
      <TimeFieldOf {...props} field="opensAt" label="开门" />
      <TimeFieldOf {...props} field="closesAt" label="打烊" />
      <TextFieldOf {...props} field="phone" label="电话" max={20} optional help="顾客在订单页一点就打" />
      <TextFieldOf
        {...props}
        field="pickupHint"
        label="取货怎么走"
        max={120}
        optional
        help="写在提货码下面，例如「进门右手边服务台」"
      />
      <div className="field field-switch field-wide">
        <Switch
          id="store-open"
          checked={props.form.open}
          disabled={props.disabled}
          onChange={(open) => props.change({ open })}
        />
        <label htmlFor="store-open">
          线上接单
          <small>停业、盘点、停电时关掉：顾客能看不能下单，已下的单照常</small>
        </label>
      </div>
    </div>
  </Card>
)

const SlotsCard = ({ form, change, disabled, slotsOn }: PartProps & { slotsOn: boolean }) => {
  const { slots, orders } = slotsPerDay(form)
  return (
    <Card title="自提时段" note={slotsOn ? undefined : '「预约自提时段」没开，现在不起作用'}>
      <div className="fields">
        <Field id="slot-minutes" label="每段多长">
          <Select
            id="slot-minutes"
            value={form.slotMinutes}
            disabled={disabled}
            options={[...new Set([15, 30, 60, 90, 120, form.slotMinutes])]
              .sort((a, b) => a - b)
              .map((value) => ({ value, label: `${value} 分钟` }))}
            onChange={(slotMinutes) => change({ slotMinutes })}
          />
        </Field>
        <Field id="slot-capacity" label="每段接几单">
          <InputNumber
            id="slot-capacity"
            min={1}
            max={1000}
            precision={0}
            value={form.slotCapacity}
            disabled={disabled}
            onChange={(slotCapacity) => slotCapacity && change({ slotCapacity })}
          />
        </Field>
      </div>
      <p className="slot-sum quiet">
        一天 {slots} 段，每段 {form.slotCapacity} 单，最多约 <b>{orders}</b> 单
      </p>
    </Card>
  )
}
