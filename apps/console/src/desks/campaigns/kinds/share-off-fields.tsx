import { Checkbox, Segmented } from 'antd'

import { Field } from '../../../ui/field.tsx'
import { Coupon, MaybeCoupon, StoresPick } from './friend-fields.tsx'
import type { FieldsProps } from './kind.ts'
import { NumberFields } from './number-fields.tsx'
import { SHARE_NUMBERS, type ShareOffForm } from './share-off.ts'

export const ShareOffFields = ({ form, change, faultOf }: FieldsProps<ShareOffForm>) => (
  <div className="fields">
    <StoresPick
      value={form.storeIds}
      fault={faultOf('terms/storeIds')}
      change={(storeIds) => change({ ...form, storeIds })}
    />
    <Field id="share-act" label="朋友做到什么才算" help="只打开、只转发都不算" wide>
      <Segmented<ShareOffForm['act']>
        id="share-act"
        value={form.act}
        options={[
          { value: 'buy', label: '下单并取走' },
          { value: 'claim', label: '自己领券' },
        ]}
        onChange={(act) => change({ ...form, act })}
      />
    </Field>
    <Coupon
      id="share-coupon"
      label="分享的人得什么"
      help="「怎么到顾客手里」是「任务和自动送」的券"
      value={form.templateId}
      fault={faultOf('terms/templateId')}
      choose={(templateId) => change({ ...form, templateId: templateId ?? '' })}
    />
    <MaybeCoupon
      id="share-friend-coupon"
      label="朋友得什么"
      help="点一下就得，人人一样；要和上面的券分开建"
      value={form.friendTemplateId}
      fault={faultOf('terms/friendTemplateId')}
      choose={(friendTemplateId) => change({ ...form, friendTemplateId })}
    />
    <NumberFields
      specs={SHARE_NUMBERS}
      form={form}
      change={(key, typed) => change({ ...form, [key]: typed })}
      faultOf={faultOf}
    />
    <Checkbox
      className="field-wide"
      checked={form.newOnly}
      onChange={({ target }) => change({ ...form, newOnly: target.checked })}
    >
      只算还没在这里买过的新朋友
    </Checkbox>
  </div>
)
