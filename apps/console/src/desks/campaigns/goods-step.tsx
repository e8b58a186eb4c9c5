import { Input } from 'antd'
import { Trash2 } from 'lucide-react'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { Scan } from '../stock/scan.tsx'
import { filledStores, type Form, type GoodForm } from './form.ts'
import { deskOf, formFor, KINDS } from './kinds/index.ts'
import type { Trial } from './model.ts'

export interface StepProps {
  form: Form
  change: (part: Partial<Form>) => void
  faultOf: (field: string) => string | undefined
  trial: Trial | undefined
}

const MOST_GOODS = 20

const Kinds = ({ form, change }: StepProps) => (
  <div className="campaign-kinds field-wide" role="group" aria-label="哪一种活动">
    {KINDS.map((kind) => (
      <button
        key={kind}
        type="button"
        aria-pressed={form.terms.kind === kind}
        onClick={() => change({ terms: formFor(kind, form.terms, form) })}
      >
        <b>{deskOf(kind).word}</b>
        <small className="quiet">{deskOf(kind).promise}</small>
      </button>
    ))}
  </div>
)

interface GoodProps extends StepProps {
  good: GoodForm
  at: number
}
const Quotas = ({ form, change, faultOf, trial, good, at }: GoodProps) => {
  const { stores = [] } = useScope()
  const filled = filledStores(good)
  const edit = (storeId: string, typed: string) =>
    change({
      goods: form.goods.map((each) =>
        each === good ? { ...each, quotas: { ...each.quotas, [storeId]: typed } } : each,
      ),
    })
  return (
    <div className="campaign-quotas">
      {stores.map(({ id, name }) => {
        const j = filled.indexOf(id)
        const fault =
          j === -1
            ? undefined
            : (faultOf(`items/${at}/quotas/${j}/storeId`) ?? faultOf(`items/${at}/quotas/${j}/quota`))
        const tried = trial?.goods.find((each) => each.storeId === id && each.skuId === good.skuId)
        const short = tried && tried.available < tried.quota
        return (
          <label key={id}>
            <span className="clip">
              {id} {name}
            </span>
            <Input
              size="small"
              value={good.quotas[id] ?? ''}
              maxLength={6}
              placeholder="不参加"
              suffix={good.unit}
              onChange={(event) => edit(id, event.target.value)}
            />
            {fault && <p className="field-fault">{fault}</p>}
            {!fault && short && j !== -1 && (
              <p className="campaign-short small">现在只留得出 {tried.available}</p>
            )}
          </label>
        )
      })}
      {faultOf(`items/${at}/quotas`) && <p className="field-fault">{faultOf(`items/${at}/quotas`)}</p>}
    </div>
  )
}

const Good = (props: GoodProps) => {
  const { form, change, faultOf, good, at } = props
  const fault = faultOf(`items/${at}/skuId`)
  return (
    <li className="campaign-good">
      <Thumb src={good.picture} size={40} />
      <div>
        <b className="strong">{good.name}</b>
        {fault && <p className="field-fault">{fault}</p>}
        <p className="quiet small">每家店卖多少，不写就是这家店不参加</p>
      </div>
      <button
        type="button"
        className="bare"
        aria-label={`去掉 ${good.name}`}
        onClick={() => change({ goods: form.goods.filter((each) => each !== good) })}
      >
        <Trash2 size={15} />
      </button>
      <Quotas {...props} />
    </li>
  )
}

const Pick = ({ form, change, faultOf }: StepProps) => {
  const { stores = [], storeId } = useScope()
  const at = storeId ?? stores[0]?.id
  return (
    <Field
      id="campaign-goods"
      label="商品"
      wide
      help={`最多 ${MOST_GOODS} 样；同一商品同一时段只能有一个活动价`}
      fault={faultOf('items')}
    >
      {at && form.goods.length < MOST_GOODS && (
        <Scan
          storeId={at}
          placeholder="扫条码，或输名称回车"
          aside
          found={({ skuId, name, unit, picture }) => {
            if (form.goods.some((good) => good.skuId === skuId)) return
            const good = { skuId, name, unit, picture: picture?.s ?? null, price: '', quotas: {} }
            change({ goods: [...form.goods, good] })
          }}
        />
      )}
    </Field>
  )
}

/** Which kind, which goods, and how many of them in which stores. */
export const GoodsStep = (props: StepProps) => (
  <Card title="种类和商品" note="只有写了数量的店才有这一场，可以先挑两家店试">
    <div className="fields">
      <Kinds {...props} />
      {deskOf(props.form.terms.kind).goods !== 'none' ? (
        <>
          <Pick {...props} />
          <ul className="field-wide">
            {props.form.goods.map((good, at) => (
              <Good key={good.skuId} {...props} good={good} at={at} />
            ))}
          </ul>
        </>
      ) : (
        <p className="field-wide quiet">这一种送的是券，不卖商品；门店在第 3 步选。</p>
      )}
    </div>
  </Card>
)
