import { DatePicker, Input, Segmented } from 'antd'
import dayjs from 'dayjs'

import { Field } from '../../../ui/field.tsx'
import type { FieldsProps } from './kind.ts'
import { type Pay, payWords, type PresaleForm } from './presale.ts'

type Moment = 'balanceFrom' | 'balanceUntil' | 'cutoff' | 'pickupFrom' | 'promisedBy'
interface MomentSpec {
  key: Moment
  path: string
  label: string
  help: string
}
const balance: readonly MomentSpec[] = [
  {
    key: 'balanceFrom',
    path: 'deposit/balanceFrom',
    label: '尾款从',
    help: '预售结束、最后一单付完首款之后',
  },
  { key: 'balanceUntil', path: 'deposit/balanceUntil', label: '尾款到', help: '至少留一天，到货之前付完' },
]
const dates: readonly MomentSpec[] = [
  { key: 'cutoff', path: 'cutoff', label: '到什么时候还能取消', help: '之前取消，付的钱全退' },
  { key: 'pickupFrom', path: 'pickupFrom', label: '从什么时候能取', help: '预售结束以后' },
  { key: 'promisedBy', path: 'promisedBy', label: '最晚什么时候到', help: '晚了顾客能取消，全退' },
]

const Moments = ({
  specs,
  form,
  change,
  faultOf,
}: FieldsProps<PresaleForm> & { specs: readonly MomentSpec[] }) =>
  specs.map(({ key, path, label, help }) => (
    <Field key={key} id={`presale-${key}`} label={label} help={help} fault={faultOf(`terms/${path}`)}>
      <DatePicker
        id={`presale-${key}`}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        value={dayjs(form[key])}
        onChange={(at) => at && change({ ...form, [key]: at.format('YYYY-MM-DDTHH:mm') })}
      />
    </Field>
  ))

export const PresaleFields = (props: FieldsProps<PresaleForm>) => {
  const { form, change, faultOf } = props
  return (
    <div className="fields">
      <Field
        id="presale-pay"
        label="怎么付"
        wide
        help={
          form.pay === 'earnest'
            ? '定金：顾客反悔不退，我们交不了货双倍还；最多价格的 20%。'
            : form.pay === 'advance'
              ? '预付款：始终是顾客的钱，不买就退。'
              : '下单就付全款，货到了来取。'
        }
      >
        <Segmented<Pay>
          id="presale-pay"
          value={form.pay}
          options={(Object.keys(payWords) as Pay[]).map((value) => ({ value, label: payWords[value] }))}
          onChange={(pay) => change({ ...form, pay })}
        />
      </Field>
      {form.pay !== 'full' && (
        <>
          <Field id="presale-percent" label="先付价格的" fault={faultOf('terms/deposit/bp')} wide>
            <Input
              id="presale-percent"
              value={form.percent}
              maxLength={5}
              suffix="%"
              style={{ width: 140 }}
              onChange={(event) => change({ ...form, percent: event.target.value })}
            />
          </Field>
          <Moments {...props} specs={balance} />
        </>
      )}
      <Moments {...props} specs={dates} />
    </div>
  )
}
