import { Button, Input } from 'antd'
import { Trash2 } from 'lucide-react'

import { fenToField, formatFen, parseFen } from '../../../ui/fen.ts'
import { Field } from '../../../ui/field.tsx'
import { type BargainForm, MOST_FRIENDS, offOf, tableOf } from './bargain.ts'
import { FriendFields } from './friend-fields.tsx'
import type { FieldsProps } from './kind.ts'

const Table = ({ form, change, faultOf }: FieldsProps<BargainForm>) => {
  const start = parseFen(form.start)
  const reached = form.cuts.map((_, i) => offOf({ ...form, cuts: form.cuts.slice(0, i + 1) }))
  return (
    <table className="plain-table campaign-batches-edit">
      <thead>
        <tr>
          <th>第几位朋友</th>
          <th>减多少</th>
          <th className="num">到这里</th>
          <th aria-label="操作" />
        </tr>
      </thead>
      <tbody>
        {form.cuts.map((typed, i) => (
          <tr key={i}>
            <td>第 {i + 1} 位</td>
            <td>
              <Input
                value={typed}
                maxLength={10}
                suffix="元"
                aria-label={`第 ${i + 1} 位朋友减多少`}
                onChange={(event) =>
                  change({ ...form, cuts: form.cuts.map((cut, at) => (at === i ? event.target.value : cut)) })
                }
              />
              {faultOf(`terms/cuts/${i}`) && <p className="field-fault">{faultOf(`terms/cuts/${i}`)}</p>}
            </td>
            <td className="num strong">{start === undefined ? '–' : formatFen(start - (reached[i] ?? 0))}</td>
            <td className="num">
              {form.cuts.length > 1 && (
                <button
                  type="button"
                  className="bare"
                  aria-label={`去掉第 ${i + 1} 位`}
                  onClick={() => change({ ...form, cuts: form.cuts.filter((_, at) => at !== i) })}
                >
                  <Trash2 size={15} />
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export const BargainFields = (props: FieldsProps<BargainForm>) => {
  const { form, change, around, faultOf } = props
  const [floor] = around.prices
  const start = parseFen(form.start)
  const off = start !== undefined && floor !== undefined ? start - floor : 0
  return (
    <div className="fields">
      <Field
        id="bargain-start"
        label="从多少钱砍起"
        help="就是门店现在的卖价；砍到底是上一步的活动价"
        fault={faultOf('terms/startFen')}
      >
        <Input
          id="bargain-start"
          value={form.start}
          maxLength={10}
          suffix="元"
          onChange={(event) => change({ ...form, start: event.target.value })}
        />
      </Field>
      <Field
        id="bargain-hold"
        label="砍到底后多久内下单"
        help="这一件先给他留着"
        fault={faultOf('terms/holdMinutes')}
      >
        <Input
          id="bargain-hold"
          value={form.holdMinutes}
          maxLength={4}
          suffix="分钟"
          onChange={(event) => change({ ...form, holdMinutes: event.target.value })}
        />
      </Field>
      <div className="field-wide">
        <Table {...props} />
        {faultOf('terms/cuts') && <p className="field-fault">{faultOf('terms/cuts')}</p>}
        <div className="drawer-actions campaign-table-actions">
          <Button
            size="small"
            disabled={form.cuts.length >= MOST_FRIENDS}
            onClick={() => change({ ...form, cuts: [...form.cuts, ''] })}
          >
            再加一位
          </Button>
          <Button
            size="small"
            disabled={off < form.cuts.length}
            onClick={() => change({ ...form, cuts: tableOf(off, form.cuts.length).map(fenToField) })}
          >
            {off > 0 ? `把 ${formatFen(off)} 先多后少分好` : '先填起价和活动价'}
          </Button>
        </div>
      </div>
      <FriendFields form={form} change={change} faultOf={faultOf} />
    </div>
  )
}
