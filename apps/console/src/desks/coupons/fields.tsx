import { Input, Segmented } from 'antd'
import { X } from 'lucide-react'

import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { Categories, MostOff, StepsFields, Where } from '../rules/fields.tsx'
import { Scan } from '../stock/scan.tsx'
import type { Form } from './form.ts'
import { kindWords } from './model.ts'

interface FieldsProps {
  form: Form
  change: (part: Partial<Form>) => void
}

const kindHelp: Record<Form['kind'], string> = {
  steps: '满多少减多少或打几折；门槛写 0 就是不限金额',
  exchange: '一单里符合的商品，最贵的一件按这个价',
  earn: '这一单得的积分乘几倍，钱不减',
}

const Effect = ({ form, change }: FieldsProps) => {
  if (form.kind === 'steps') return <StepsFields form={form} change={change} />
  if (form.kind === 'exchange')
    return (
      <Field id="coupon-to" label="多少钱换一件" help="免费就写 0">
        <Input
          id="coupon-to"
          value={form.to}
          maxLength={10}
          suffix="元"
          onChange={(event) => change({ to: event.target.value })}
        />
      </Field>
    )
  return (
    <Field id="coupon-times" label="积分几倍">
      <Input
        id="coupon-times"
        value={form.times}
        maxLength={3}
        suffix="倍"
        onChange={(event) => change({ times: event.target.value })}
      />
    </Field>
  )
}

/** Goods one by one, found as at the stock desk. */
const Goods = ({ form, change }: FieldsProps) => {
  const { stores = [], storeId } = useScope()
  const at = storeId ?? form.storeIds?.[0] ?? stores[0]?.id
  return (
    <Field id="coupon-goods" label="指定商品" optional wide>
      {at && (
        <Scan
          storeId={at}
          placeholder="扫条码，或输名称回车"
          aside
          found={({ skuId, name }) => {
            if (!form.skus.some(({ id }) => id === skuId))
              change({ skus: [...form.skus, { id: skuId, name }] })
          }}
        />
      )}
      <div className="coupon-chosen">
        {form.skus.map((sku) => (
          <button
            key={sku.id}
            type="button"
            className="chip chip-on"
            aria-label={`去掉 ${sku.name}`}
            onClick={() => change({ skus: form.skus.filter((each) => each !== sku) })}
          >
            {sku.name}
            <X size={13} aria-hidden="true" />
          </button>
        ))}
      </div>
    </Field>
  )
}

const Scope = ({ form, change }: FieldsProps) => (
  <>
    <Categories
      id="coupon"
      placeholder={form.skus.length > 0 ? '只有指定的商品' : '所有商品'}
      form={form}
      change={change}
    />
    <Goods form={form} change={change} />
    <Where form={form} change={change} />
    <Field id="coupon-pickup" label="怎么取货" wide>
      <Segmented
        id="coupon-pickup"
        value={form.pickupOnly ? 'pickup' : 'any'}
        options={[
          { value: 'any', label: '都行' },
          { value: 'pickup', label: '只限到店自提' },
        ]}
        onChange={(how) => change({ pickupOnly: how === 'pickup' })}
      />
    </Field>
  </>
)

const numbers = [
  { key: 'validDays', label: '领到后几天有效', suffix: '天', help: '领到那天算第 1 天' },
  { key: 'most', label: '一共最多发', suffix: '张', help: '撤回的不算' },
  { key: 'mostEach', label: '每人最多', suffix: '张', help: '撤回的不算' },
] as const

const Limits = ({ form, change }: FieldsProps) => (
  <>
    {numbers.map(({ key, label, suffix, help }) => (
      <Field key={key} id={`coupon-${key}`} label={label} help={help}>
        <Input
          id={`coupon-${key}`}
          value={form[key]}
          maxLength={8}
          suffix={suffix}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      </Field>
    ))}
    {form.kind !== 'earn' && (
      <MostOff id="coupon-max" value={form.maxOff} change={(maxOff) => change({ maxOff })} />
    )}
  </>
)

/** The terms of a coupon, as sentences with gaps. */
export const CouponFields = ({ form, change }: FieldsProps) => (
  <div className="fields">
    <Field id="coupon-label" label="名字" help="顾客在券包和结算里看到的，最多 20 个字" wide>
      <Input
        id="coupon-label"
        autoFocus
        value={form.label}
        maxLength={20}
        placeholder="新客满30减5"
        onChange={(event) => change({ label: event.target.value })}
      />
    </Field>
    <Field id="coupon-kind" label="哪一种" help={kindHelp[form.kind]} wide>
      <Segmented
        id="coupon-kind"
        value={form.kind}
        options={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
        onChange={(kind) => change({ kind: kind as Form['kind'] })}
      />
    </Field>
    <Effect form={form} change={change} />
    <Scope form={form} change={change} />
    <Limits form={form} change={change} />
  </div>
)
