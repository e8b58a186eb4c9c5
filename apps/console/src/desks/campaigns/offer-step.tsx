import { Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'

import { Card } from '../../ui/card.tsx'
import { formatFen, parseFen } from '../../ui/fen.ts'
import { Field } from '../../ui/field.tsx'
import { TierPick } from '../coupons/fields.tsx'
import { fundingWords } from '../rules/model.ts'
import { type Form, movedTo } from './form.ts'
import type { StepProps } from './goods-step.tsx'
import { deskOf } from './kinds/index.ts'

const ARM = [0, 30, 60, 120, 240, 720, 1440]
const armWords = (minutes: number): string =>
  minutes === 0 ? '开始那一刻' : minutes < 60 ? `开始前 ${minutes} 分钟` : `开始前 ${minutes / 60} 小时`

/** From the least to the most that it costs otherwise, over the stores that take part. */
const shelfWords = (fens: readonly number[]): string => {
  if (fens.length === 0) return '填好价格就查'
  const [least, most] = [Math.min(...fens), Math.max(...fens)]
  return least === most ? formatFen(least) : `${formatFen(least)}–${formatFen(most)}`
}

const Prices = ({ form, change, faultOf, trial }: StepProps) => (
  <div className="field-wide">
    <table className="plain-table campaign-prices">
      <thead>
        <tr>
          <th>商品</th>
          <th className="num">现在卖</th>
          <th>活动价</th>
          <th className="num">顾客省</th>
        </tr>
      </thead>
      <tbody>
        {form.goods.map((good, at) => {
          const shelves =
            trial?.goods.filter(({ skuId }) => skuId === good.skuId).map(({ onlineFen }) => onlineFen) ?? []
          const price = parseFen(good.price)
          const least = Math.min(...shelves)
          const fault = faultOf(`items/${at}/priceFen`)
          return (
            <tr key={good.skuId}>
              <td>{good.name}</td>
              <td className="num">{shelfWords(shelves)}</td>
              <td>
                <Input
                  value={good.price}
                  maxLength={10}
                  suffix="元"
                  aria-label={`${good.name}的活动价`}
                  onChange={(event) =>
                    change({
                      goods: form.goods.map((each) =>
                        each === good ? { ...each, price: event.target.value } : each,
                      ),
                    })
                  }
                />
                {fault && <p className="field-fault">{fault}</p>}
              </td>
              <td className="num strong">
                {price !== undefined && shelves.length > 0 && price < least ? formatFen(least - price) : '–'}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
    {form.goods.length === 0 && <p className="card-empty quiet">先在上一步放商品。</p>}
  </div>
)

const Period = ({ form, change, faultOf }: StepProps) => (
  <>
    <Field id="campaign-from" label="开始" help="改开始，结束和每一批跟着挪" fault={faultOf('startsAt')}>
      <DatePicker
        id="campaign-from"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        value={dayjs(form.startsAt)}
        onChange={(at) => at && change(movedTo(form, at.format('YYYY-MM-DDTHH:mm')))}
      />
    </Field>
    <Field id="campaign-until" label="结束" help="到点自己结束，最长 60 天" fault={faultOf('endsAt')}>
      <DatePicker
        id="campaign-until"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        value={dayjs(form.endsAt)}
        onChange={(at) => at && change({ endsAt: at.format('YYYY-MM-DDTHH:mm') })}
      />
    </Field>
  </>
)

const Limits = ({ form, change, faultOf }: StepProps) => (
  <>
    <Field id="campaign-each" label="每人最多" help="全部门店、全部订单合起来" fault={faultOf('perMember')}>
      <Input
        id="campaign-each"
        value={form.perMember}
        maxLength={2}
        suffix="件"
        onChange={(event) => change({ perMember: event.target.value })}
      />
    </Field>
    <Field id="campaign-pay" label="下单后多久要付" help="没付的放回给别人" fault={faultOf('payMinutes')}>
      <Input
        id="campaign-pay"
        value={form.payMinutes}
        maxLength={2}
        suffix="分钟"
        onChange={(event) => change({ payMinutes: event.target.value })}
      />
    </Field>
    {deskOf(form.terms.kind).goods === 'shelf' && (
      <Field
        id="campaign-arm"
        label="什么时候从货架留货"
        help="留出来的货别的订单和收银都用不了"
        fault={faultOf('armMinutes')}
      >
        <Select
          id="campaign-arm"
          value={form.armMinutes}
          options={[...new Set([...ARM, form.armMinutes])]
            .toSorted((a, b) => a - b)
            .map((value) => ({ value, label: armWords(value) }))}
          onChange={(armMinutes: number) => change({ armMinutes })}
        />
      </Field>
    )}
    <Field id="campaign-funding" label="差价谁出">
      <Select
        id="campaign-funding"
        value={form.funding}
        options={Object.entries(fundingWords).map(([value, label]) => ({ value, label }))}
        onChange={(funding: Form['funding']) => change({ funding })}
      />
    </Field>
  </>
)

/** What it is called, what it costs beside what it costs otherwise, when, how many each, and for whom. */
export const OfferStep = (props: StepProps) => {
  const { form, change, faultOf } = props
  return (
    <Card title="价格、时间、限购" note="活动价不和优惠券、积分、满减一起用；只在小程序里">
      <div className="fields">
        <Field id="campaign-name" label="名字" wide help="顾客看到的，最多 30 个字" fault={faultOf('name')}>
          <Input
            id="campaign-name"
            value={form.name}
            maxLength={30}
            placeholder="鲜鸡蛋分批抢"
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        {deskOf(form.terms.kind).goods !== 'none' && <Prices {...props} />}
        <Period {...props} />
        <Limits {...props} />
        <TierPick
          id="campaign-tiers"
          label="哪些会员能买"
          value={form.tiers}
          change={(tiers) => change({ tiers })}
        />
        <Checkbox
          className="field-wide"
          checked={form.firstOrder}
          onChange={({ target }) => change({ firstOrder: target.checked })}
        >
          只给还没买过的新顾客
        </Checkbox>
      </div>
    </Card>
  )
}
