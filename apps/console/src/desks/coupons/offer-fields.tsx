import { Checkbox, DatePicker, Input, Segmented } from 'antd'
import dayjs from 'dayjs'

import { Field } from '../../ui/field.tsx'
import type { Form } from './form.ts'
import { wayWords } from './model.ts'

interface FieldsProps {
  form: Form
  change: (part: Partial<Form>) => void
}

const wayHelp: Record<Form['way'], string> = {
  grant: '只由店员一个个发、按手机号发',
  claim: '摆在领券中心，先到先得；店员也能发',
  word: '海报、小票、群里说一个口令，说对的人各领一张',
  code: '印在卡片上的码，一个码领一张；做好券再去生成',
  register: '顾客第一次绑定手机号时自动给',
  pay: '顾客取走货以后自动给；订单退款退到不够，没用的收回',
  reward: '做好以后，到「任务」里选它：新手任务、生日礼、沉睡唤醒',
  points: '摆在积分兑礼，用积分换；撤回没用过的，积分退回',
}
/** How members come to have it. */
export const Offer = ({ form, change }: FieldsProps) => (
  <>
    <Field id="coupon-way" label="怎么到顾客手里" help={wayHelp[form.way]} wide>
      <Segmented
        id="coupon-way"
        value={form.way}
        options={Object.entries(wayWords).map(([value, label]) => ({ value, label }))}
        onChange={(way) => change({ way: way as Form['way'] })}
      />
    </Field>
    {form.way === 'word' && (
      <Field id="coupon-word" label="口令" help="大小写都认；两种在发的券不能用同一个">
        <Input
          id="coupon-word"
          value={form.word}
          maxLength={20}
          placeholder="中秋快乐"
          onChange={(event) => change({ word: event.target.value })}
        />
      </Field>
    )}
    {form.way === 'pay' && (
      <Field id="coupon-pay" label="一单实付满多少送" help="退款的不算">
        <Input
          id="coupon-pay"
          value={form.payFrom}
          maxLength={10}
          suffix="元"
          onChange={(event) => change({ payFrom: event.target.value })}
        />
      </Field>
    )}
    {form.way === 'points' && (
      <Field id="coupon-price" label="多少积分换一张">
        <Input
          id="coupon-price"
          value={form.price}
          maxLength={7}
          suffix="积分"
          onChange={(event) => change({ price: event.target.value })}
        />
      </Field>
    )}
    {form.way !== 'grant' && (
      <>
        {(['opensAt', 'closesAt'] as const).map((key) => (
          <Field
            key={key}
            id={`coupon-${key}`}
            label={key === 'opensAt' ? '几时开始领' : '领到几时'}
            optional
          >
            <DatePicker
              id={`coupon-${key}`}
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              value={form[key] ? dayjs(form[key]) : null}
              placeholder={key === 'opensAt' ? '马上' : '停发为止'}
              onChange={(at: dayjs.Dayjs | null) => change({ [key]: at?.toISOString() ?? null })}
            />
          </Field>
        ))}
        <Checkbox
          className="field-wide"
          checked={form.needsPhone}
          onChange={({ target }) => change({ needsPhone: target.checked })}
        >
          绑了手机号才能领（不勾也一样：同一个手机号换账号，仍算同一个人）
        </Checkbox>
      </>
    )}
  </>
)
