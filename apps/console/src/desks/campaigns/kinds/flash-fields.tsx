import { Button, DatePicker, Input, Segmented } from 'antd'
import dayjs from 'dayjs'
import { Plus, Trash2 } from 'lucide-react'

import { Field } from '../../../ui/field.tsx'
import { piecesOf } from '../batches.ts'
import { wallAfter } from '../times.ts'
import {
  type FlashForm,
  MOST_BATCHES,
  MOST_SESSIONS,
  oneMore,
  sharesOf,
  spread,
  type Way,
  wayOf,
} from './flash-form.ts'
import type { FieldsProps } from './kind.ts'

const ways: { value: Way; label: string }[] = [
  { value: 'once', label: '一次放完' },
  { value: 'equal', label: '均分几批' },
  { value: 'hand', label: '自己定每批' },
]

const Rows = ({ form, change, around, faultOf }: FieldsProps<FlashForm>) => {
  const pieces = piecesOf(
    around.quotas,
    sharesOf(form).map((bp) => bp ?? 0),
  )
  const edit = (at: number, part: Partial<FlashForm['rows'][number]>) =>
    change({ ...form, rows: form.rows.map((row, i) => (i === at ? { ...row, ...part } : row)) })
  return (
    <table className="plain-table campaign-batches-edit">
      <thead>
        <tr>
          <th>批</th>
          <th>几点放</th>
          <th>放多少</th>
          <th className="num">全部门店</th>
          <th aria-label="操作" />
        </tr>
      </thead>
      <tbody>
        {form.rows.map((row, i) => {
          const fault = faultOf(`terms/batches/${i}/at`) ?? faultOf(`terms/batches/${i}/shareBp`)
          return (
            <tr key={i}>
              <td>第 {i + 1} 批</td>
              <td>
                <DatePicker
                  showTime={{ format: 'HH:mm' }}
                  format="MM-DD HH:mm"
                  allowClear={false}
                  aria-label={`第 ${i + 1} 批几点放`}
                  value={dayjs(row.at)}
                  onChange={(at) => at && edit(i, { at: at.format('YYYY-MM-DDTHH:mm') })}
                />
                {fault && <p className="field-fault">{fault}</p>}
              </td>
              <td>
                <Input
                  value={row.percent}
                  maxLength={6}
                  suffix="%"
                  disabled={form.way === 'equal'}
                  aria-label={`第 ${i + 1} 批放百分之几`}
                  onChange={(event) => edit(i, { percent: event.target.value })}
                />
              </td>
              <td className="num strong">{pieces[i]} 件</td>
              <td className="num">
                {form.way === 'hand' && form.rows.length > 1 && (
                  <button
                    type="button"
                    className="bare"
                    aria-label={`去掉第 ${i + 1} 批`}
                    onClick={() => change({ ...form, rows: form.rows.filter((_, at) => at !== i) })}
                  >
                    <Trash2 size={15} />
                  </button>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const reservations: { value: FlashForm['reservation']; label: string }[] = [
  { value: 'none', label: '不用预约' },
  { value: 'reminder', label: '预约只是提醒' },
  { value: 'required', label: '预约了才能买' },
]

const Sessions = ({ form, change, around, faultOf }: FieldsProps<FlashForm>) => {
  const edit = (at: number, part: Partial<FlashForm['sessions'][number]>) =>
    change({
      ...form,
      sessions: form.sessions.map((each, i) => (i === at ? { ...each, ...part } : each)),
    })
  return (
    <Field id="flash-sessions" label="场次" optional wide help="不写就从开始一直卖到结束；没卖完的留到下一场">
      <ul className="flash-sessions">
        {form.sessions.map((session, i) => (
          <li key={i}>
            {(['from', 'until'] as const).map((end) => (
              <span key={end}>
                <DatePicker
                  showTime={{ format: 'HH:mm' }}
                  format="MM-DD HH:mm"
                  allowClear={false}
                  aria-label={`第 ${i + 1} 场${end === 'from' ? '开始' : '结束'}`}
                  value={dayjs(session[end])}
                  onChange={(at) => at && edit(i, { [end]: at.format('YYYY-MM-DDTHH:mm') })}
                />
                {faultOf(`terms/sessions/${i}/${end}`) && (
                  <small className="field-fault">{faultOf(`terms/sessions/${i}/${end}`)}</small>
                )}
              </span>
            ))}
            <button
              type="button"
              className="bare"
              aria-label={`去掉第 ${i + 1} 场`}
              onClick={() => change({ ...form, sessions: form.sessions.filter((_, at) => at !== i) })}
            >
              <Trash2 size={15} />
            </button>
          </li>
        ))}
      </ul>
      {form.sessions.length < MOST_SESSIONS && (
        <Button
          id="flash-sessions"
          size="small"
          icon={<Plus size={14} />}
          onClick={() => change({ ...form, sessions: oneMore(form.sessions, around) })}
        >
          {form.sessions.length === 0 ? '只在几个时段卖' : '再加一场'}
        </Button>
      )}
    </Field>
  )
}

/** How a flash sale is released: at once, in equal shares, or by hand. */
export const FlashFields = (props: FieldsProps<FlashForm>) => {
  const { form, change, around, faultOf } = props
  const last = form.rows.at(-1)
  return (
    <div className="fields">
      <Field
        id="flash-way"
        label="怎么放量"
        wide
        help={
          form.way === 'once'
            ? '一开始就全部能抢。人多的时候容易一分钟没，后来的人白跑。'
            : '每批到点才能抢，没卖完的滚到下一批；每家店各按自己的数量分。'
        }
        fault={faultOf('terms/batches')}
      >
        <Segmented<Way>
          id="flash-way"
          value={form.way}
          options={ways}
          onChange={(way) => change(wayOf(form, way, around))}
        />
      </Field>
      {form.way === 'equal' && (
        <Field id="flash-count" label="分几批" help="改批数会从开始起重新排时间，之后每批的时间都能改">
          <Segmented<number>
            id="flash-count"
            value={form.rows.length}
            options={[2, 3, 4, 5, 6, 8]}
            onChange={(count) => change({ ...form, rows: spread(count, around) })}
          />
        </Field>
      )}
      {form.way !== 'once' && (
        <div className="field-wide">
          <Rows {...props} />
          {form.way === 'hand' && form.rows.length < MOST_BATCHES && (
            <Button
              size="small"
              icon={<Plus size={14} />}
              onClick={() =>
                change({
                  ...form,
                  rows: [...form.rows, { at: wallAfter(last?.at ?? around.startsAt, 60), percent: '' }],
                })
              }
            >
              再加一批
            </Button>
          )}
        </div>
      )}
      <Sessions {...props} />
      <Field
        id="flash-reservation"
        label="预约"
        wide
        help="预约不占数量；开始前十分钟提醒预约过的人"
        fault={faultOf('terms/reservation')}
      >
        <Segmented<FlashForm['reservation']>
          id="flash-reservation"
          value={form.reservation}
          options={reservations}
          onChange={(reservation) => change({ ...form, reservation })}
        />
      </Field>
    </div>
  )
}
