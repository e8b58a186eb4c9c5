import { Select } from 'antd'

import { useScope } from '../../../shell/scope.ts'
import { Field } from '../../../ui/field.tsx'
import { useRewardTemplates } from '../../rewards/data.ts'
import { TemplateSelect } from '../../rewards/template-select.tsx'
import type { FriendForm } from './friends.ts'
import { FRIEND_NUMBERS } from './friends.ts'
import { NumberFields } from './number-fields.tsx'

interface CouponProps {
  id: string
  label: string
  help: string
  value: string | null
  fault: string | undefined
  choose: (templateId: string | null) => void
}
/** A coupon that need not be. */
export const MaybeCoupon = ({ id, label, help, value, fault, choose }: CouponProps) => {
  const { choices } = useRewardTemplates()
  return (
    <Field id={id} label={label} help={help} fault={fault} optional>
      <Select
        id={id}
        value={value}
        allowClear
        placeholder="不给券"
        options={choices.map((each) => ({ value: each.id, label: each.label }))}
        onChange={(templateId: string | undefined) => choose(templateId ?? null)}
      />
    </Field>
  )
}

/** A coupon that must be. */
export const Coupon = ({
  id,
  label,
  help,
  value,
  fault,
  choose,
}: Omit<CouponProps, 'value'> & { value: string }) => (
  <Field id={id} label={label} help={help} fault={fault}>
    <TemplateSelect id={id} label={label} value={value || undefined} choose={choose} />
  </Field>
)

/** Where something is shown that sells no goods. */
export const StoresPick = ({
  value,
  fault,
  change,
}: {
  value: readonly string[]
  fault: string | undefined
  change: (storeIds: string[]) => void
}) => {
  const { stores = [] } = useScope()
  return (
    <Field id="terms-stores" label="在哪些门店" help="它送的是券，不卖商品" fault={fault} wide>
      <Select
        id="terms-stores"
        mode="multiple"
        value={[...value]}
        placeholder="选门店，可以先挑两家试"
        options={stores.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        onChange={change}
      />
    </Field>
  )
}

/** What friends may do and get; alike wherever friends help. */
export const FriendFields = <F extends FriendForm>({
  form,
  change,
  faultOf,
}: {
  form: F
  change: (form: F) => void
  faultOf: (field: string) => string | undefined
}) => (
  <>
    <NumberFields
      specs={FRIEND_NUMBERS}
      form={form}
      change={(key, typed) => change({ ...form, [key]: typed })}
      faultOf={faultOf}
    />
    <MaybeCoupon
      id="terms-helper-coupon"
      label="帮忙的朋友得什么"
      help="每帮一次一张，人人一样，发完为止"
      value={form.helperTemplateId}
      fault={faultOf('terms/helperTemplateId')}
      choose={(helperTemplateId) => change({ ...form, helperTemplateId })}
    />
  </>
)
