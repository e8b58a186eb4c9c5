import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Segmented, Select } from 'antd'
import { X } from 'lucide-react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { Categories, MostOff, StepsFields, Where } from '../rules/fields.tsx'
import { Scan } from '../stock/scan.tsx'
import type { Form } from './form.ts'
import { kindWords } from './model.ts'
import { Offer } from './offer-fields.tsx'

interface FieldsProps {
  form: Form
  change: (part: Partial<Form>) => void
}

const kindHelp: Record<Form['kind'], string> = {
  steps: '满多少减多少或打几折；门槛写 0 就是不限金额',
  exchange: '一单里符合的商品，最贵的一件按这个价',
  freight: '送货上门的运费由券来付',
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
  if (form.kind === 'freight') return null
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

/** Members of some tiers only; nothing where the chain has no tiers. */
export const TierPick = ({
  id,
  label = '哪些会员',
  value,
  change,
}: {
  id: string
  label?: string
  value: readonly string[]
  change: (tiers: string[]) => void
}) => {
  const mayRead = useMay('tiers.read')
  const terms = useQuery({
    queryKey: ['tier-terms'],
    queryFn: () => api('GET /console/v1/tier-terms'),
    enabled: mayRead,
  })
  const now = terms.data?.items.find((each) => each.id === terms.data.nowId)
  if (!now?.active) return null
  return (
    <Field id={id} label={label} optional>
      <Select
        id={id}
        mode="multiple"
        value={[...value]}
        placeholder="所有会员"
        options={now.tiers.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={change}
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
    {form.kind !== 'freight' && (
      <Field id="coupon-fulfilment" label="怎么取货">
        <Segmented
          id="coupon-fulfilment"
          value={form.fulfilment}
          options={[
            { value: 'any', label: '都行' },
            { value: 'pickup', label: '只限自提' },
            { value: 'delivery', label: '只限送货' },
          ]}
          onChange={(fulfilment: Form['fulfilment']) => change({ fulfilment })}
        />
      </Field>
    )}
    <Field id="coupon-channel" label="在哪用">
      <Segmented
        id="coupon-channel"
        value={form.channel}
        options={[
          { value: 'any', label: '都行' },
          { value: 'online', label: '只限线上' },
          { value: 'till', label: '只限收银台' },
        ]}
        onChange={(channel: Form['channel']) => change({ channel })}
      />
    </Field>
    <TierPick id="coupon-tiers" value={form.tiers} change={(tiers) => change({ tiers })} />
    <Checkbox
      className="field-wide"
      checked={form.firstOrder}
      onChange={({ target }) => change({ firstOrder: target.checked })}
    >
      只限顾客的第一单（线上还没下过单；一单只用一张这样的券）
    </Checkbox>
  </>
)

const numbers = [
  { key: 'validDays', label: '领到后几天有效', suffix: '天', help: '领到那天算第 1 天' },
  { key: 'most', label: '一共最多发', suffix: '张', help: '撤回的不算' },
  { key: 'mostEach', label: '每人最多', suffix: '张', help: '撤回的不算' },
  { key: 'mostPerDay', label: '每天最多发', suffix: '张', help: '不写就不限', optional: true },
  { key: 'budget', label: '预算', suffix: '元', help: '到这个数就不再发；发出去的照样能用', optional: true },
] as const

const Limits = ({ form, change }: FieldsProps) => (
  <>
    {numbers.map(({ key, label, suffix, help, ...more }) => (
      <Field key={key} id={`coupon-${key}`} label={label} help={help} {...more}>
        <Input
          id={`coupon-${key}`}
          value={form[key]}
          maxLength={8}
          suffix={suffix}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      </Field>
    ))}
    {form.budget.trim() !== '' && (
      <Field id="coupon-budget-on" label="预算怎么扣">
        <Segmented
          id="coupon-budget-on"
          value={form.budgetOn}
          options={[
            { value: 'granted', label: '发一张扣一张' },
            { value: 'used', label: '用掉才扣' },
          ]}
          onChange={(budgetOn: Form['budgetOn']) => change({ budgetOn })}
        />
      </Field>
    )}
    {form.budget.trim() !== '' && form.budgetOn === 'granted' && (
      <Field id="coupon-worth" label="每张算多少钱" help="一般写最多能减的数">
        <Input
          id="coupon-worth"
          value={form.worth}
          maxLength={10}
          suffix="元"
          onChange={(event) => change({ worth: event.target.value })}
        />
      </Field>
    )}
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
    <Offer form={form} change={change} />
    <Limits form={form} change={change} />
  </div>
)
