import { Checkbox, Segmented } from 'antd'

import { Field } from '../../../ui/field.tsx'
import { GROUP_NUMBERS, type GroupForm } from './group.ts'
import type { FieldsProps } from './kind.ts'
import { NumberFields } from './number-fields.tsx'

export const GroupFields = ({ form, change, faultOf }: FieldsProps<GroupForm>) => (
  <div className="fields">
    <NumberFields
      specs={GROUP_NUMBERS}
      form={form}
      change={(key, typed) => change({ ...form, [key]: typed })}
      faultOf={faultOf}
    />
    <Field id="group-late" label="团关了钱才到" wide>
      <Segmented<GroupForm['latePayer']>
        id="group-late"
        value={form.latePayer}
        options={[
          { value: 'refund', label: '自动退回' },
          { value: 'new_group', label: '用它开新团' },
        ]}
        onChange={(latePayer) => change({ ...form, latePayer })}
      />
    </Field>
    <Checkbox
      className="field-wide"
      checked={form.newOnly}
      onChange={({ target }) => change({ ...form, newOnly: target.checked })}
    >
      老带新：开团不限，参团的要还没在这里买过
    </Checkbox>
  </div>
)
