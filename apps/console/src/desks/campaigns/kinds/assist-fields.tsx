import type { AssistForm } from './assist.ts'
import { Coupon, FriendFields, StoresPick } from './friend-fields.tsx'
import type { FieldsProps } from './kind.ts'
import { NumberFields } from './number-fields.tsx'

const HELPERS = [
  { key: 'helpers', label: '正好几位朋友', suffix: '位', help: '没有随机，凑够就给', least: 1, most: 20 },
] as const

export const AssistFields = ({ form, change, faultOf }: FieldsProps<AssistForm>) => (
  <div className="fields">
    <StoresPick
      value={form.storeIds}
      fault={faultOf('terms/storeIds')}
      change={(storeIds) => change({ ...form, storeIds })}
    />
    <NumberFields
      specs={HELPERS}
      form={form}
      change={(key, typed) => change({ ...form, [key]: typed })}
      faultOf={faultOf}
    />
    <Coupon
      id="assist-coupon"
      label="发起的人得什么"
      help="「怎么到顾客手里」是「任务和自动送」的券"
      value={form.templateId}
      fault={faultOf('terms/templateId')}
      choose={(templateId) => change({ ...form, templateId: templateId ?? '' })}
    />
    <FriendFields form={form} change={change} faultOf={faultOf} />
  </div>
)
