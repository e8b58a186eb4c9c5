import { Segmented } from 'antd'

import { Field } from '../../../ui/field.tsx'
import { BOX_NUMBERS, type BoxForm, weekdayWords } from './box.ts'
import type { FieldsProps } from './kind.ts'
import { NumberFields } from './number-fields.tsx'

export const BoxFields = ({ form, change, faultOf }: FieldsProps<BoxForm>) => (
  <div className="fields">
    <Field
      id="box-weekday"
      label="每周哪天到店取"
      wide
      help="一场只卖一种箱，多样商品先做成套餐。每店数量是所有周合起来的：每周 10 份、共 4 周，就写 40；每人限购也是合起来的。"
    >
      <Segmented<number>
        id="box-weekday"
        value={form.weekday}
        options={weekdayWords.map((label, i) => ({ value: i + 1, label }))}
        onChange={(weekday) => change({ ...form, weekday })}
      />
    </Field>
    <NumberFields
      specs={BOX_NUMBERS}
      form={form}
      change={(key, typed) => change({ ...form, [key]: typed })}
      faultOf={faultOf}
    />
  </div>
)
