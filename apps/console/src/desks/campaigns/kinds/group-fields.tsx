import { Button, Checkbox, Input, Segmented } from 'antd'
import { Plus, Trash2 } from 'lucide-react'

import { formatFen } from '../../../ui/fen.ts'
import { Field } from '../../../ui/field.tsx'
import { GROUP_NUMBERS, type GroupForm, MOST_STEPS } from './group.ts'
import type { FieldsProps } from './kind.ts'
import { NumberFields } from './number-fields.tsx'

type Step = GroupForm['steps'][number]

/** The ladder: the group's own size and price, and what more people bring to everybody. */
const Steps = ({ form, change, around, faultOf }: FieldsProps<GroupForm>) => {
  const [first] = around.prices
  const set = (at: number, step: Partial<Step>) =>
    change({ ...form, steps: form.steps.map((each, i) => (i === at ? { ...each, ...step } : each)) })
  return (
    <table className="plain-table campaign-batches-edit">
      <thead>
        <tr>
          <th>满几人</th>
          <th>每件多少钱</th>
          <th aria-label="操作" />
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{form.size} 人</td>
          <td>{first === undefined ? '–' : formatFen(first)}（先都付这个价）</td>
          <td />
        </tr>
        {form.steps.map(({ size, price }, i) => {
          const [sizeFault, priceFault] = [
            faultOf(`terms/steps/${i}/size`),
            faultOf(`terms/steps/${i}/priceFen`),
          ]
          return (
            <tr key={i}>
              <td>
                <Input
                  value={size}
                  maxLength={3}
                  suffix="人"
                  aria-label={`第 ${i + 2} 阶满几人`}
                  onChange={({ target }) => set(i, { size: target.value })}
                />
                {sizeFault && <p className="field-fault">{sizeFault}</p>}
              </td>
              <td>
                <Input
                  value={price}
                  maxLength={10}
                  suffix="元"
                  aria-label={`第 ${i + 2} 阶每件多少钱`}
                  onChange={({ target }) => set(i, { price: target.value })}
                />
                {priceFault && <p className="field-fault">{priceFault}</p>}
              </td>
              <td className="num">
                <button
                  type="button"
                  className="bare"
                  aria-label={`去掉第 ${i + 2} 阶`}
                  onClick={() => change({ ...form, steps: form.steps.filter((_, at) => at !== i) })}
                >
                  <Trash2 size={15} />
                </button>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

export const GroupFields = (props: FieldsProps<GroupForm>) => {
  const { form, change, faultOf } = props
  return (
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
      <div className="field-wide">
        {form.steps.length > 0 && <Steps {...props} />}
        {faultOf('terms/steps') && <p className="field-fault">{faultOf('terms/steps')}</p>}
        <div className="drawer-actions campaign-table-actions">
          <Button
            size="small"
            icon={<Plus size={14} />}
            disabled={form.steps.length >= MOST_STEPS}
            onClick={() => change({ ...form, steps: [...form.steps, { size: '', price: '' }] })}
          >
            {form.steps.length === 0 ? '人多更便宜：加一阶' : '再加一阶'}
          </Button>
          <span className="quiet small">到点按付了款的人数定价，差价自动退；最后一阶满了当场拼成。</span>
        </div>
      </div>
    </div>
  )
}
