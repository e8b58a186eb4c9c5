import { type AmountCondition, type Condition, isChoice, SEGMENTS } from '@linli/contract/audience-rules'
import { FACTS } from '@linli/contract/audience-rules'
import { Checkbox, DatePicker, InputNumber, Popover, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { ChevronDown, Plus } from 'lucide-react'
import { useState } from 'react'

import { useScope } from '../../shell/scope.ts'
import { useCategories } from '../goods/page-data.ts'
import { useTierTerms } from '../members/tabs.tsx'
import { useGoods, useTags } from './data.ts'
import { factWords, type Part, segmentWords } from './model.ts'

interface EditorProps<C extends Condition> {
  condition: C
  change: (condition: Condition) => void
}
/** Without the fields that nothing was chosen for. */
const without = (condition: AmountCondition, ...names: (keyof AmountCondition)[]): AmountCondition => {
  const rest = { ...condition }
  for (const name of names) delete rest[name]
  return rest
}

const SpanEditor = ({ condition, change }: EditorProps<AmountCondition>) => {
  const { lastDays, from, to } = condition
  const bare = without(condition, 'lastDays', 'from', 'to')
  const how = lastDays !== undefined ? 'last' : from !== undefined || to !== undefined ? 'between' : 'ever'
  return (
    <div className="pill-editor">
      <Radio.Group
        value={how}
        options={[
          { value: 'last', label: '近几天' },
          { value: 'between', label: '从哪天到哪天' },
          { value: 'ever', label: '一直以来' },
        ]}
        onChange={({ target }) =>
          change(
            target.value === 'last'
              ? { ...bare, lastDays: 90 }
              : target.value === 'between'
                ? {
                    ...bare,
                    from: dayjs().subtract(90, 'day').format('YYYY-MM-DD'),
                    to: dayjs().format('YYYY-MM-DD'),
                  }
                : bare,
          )
        }
      />
      {how === 'last' && (
        <InputNumber
          autoFocus
          min={1}
          max={1095}
          precision={0}
          value={lastDays ?? 90}
          suffix="天"
          aria-label="近几天"
          onChange={(days) => days !== null && change({ ...bare, lastDays: days })}
        />
      )}
      {how === 'between' && (
        <DatePicker.RangePicker
          allowClear={false}
          value={[dayjs(from), dayjs(to)]}
          onChange={(days) => {
            const [first, last] = days ?? []
            if (first && last)
              change({ ...bare, from: first.format('YYYY-MM-DD'), to: last.format('YYYY-MM-DD') })
          }}
        />
      )}
      {how === 'last' && <small className="quiet">今天也算一天</small>}
    </div>
  )
}

const BoundsEditor = ({ condition, change }: EditorProps<AmountCondition>) => {
  const { op, value, upTo } = condition
  const isMoney = FACTS[condition.fact].unit === 'fen'
  const shown = (figure: number) => (isMoney ? figure / 100 : figure)
  const kept = (typed: number) => (isMoney ? Math.round(typed * 100) : typed)
  const field = (label: string, figure: number, set: (figure: number) => void) => (
    <InputNumber
      min={0}
      max={shown(9_000_000_000)}
      precision={isMoney ? 2 : 0}
      value={shown(figure)}
      suffix={factWords[condition.fact].unit}
      aria-label={label}
      onChange={(typed) => typed !== null && set(kept(typed))}
    />
  )
  return (
    <div className="pill-editor">
      <Radio.Group
        value={op}
        options={[
          { value: 'at_least', label: '至少' },
          { value: 'at_most', label: '至多' },
          { value: 'between', label: '从…到…' },
        ]}
        onChange={({ target }) => {
          const next = target.value as AmountCondition['op']
          change(
            next === 'between'
              ? { ...condition, op: next, upTo: Math.max(value, upTo ?? value) }
              : { ...without(condition, 'upTo'), op: next },
          )
        }}
      />
      {field(op === 'between' ? '从' : '多少', value, (figure) =>
        change(
          op === 'between'
            ? { ...condition, value: figure, upTo: Math.max(figure, upTo ?? figure) }
            : { ...condition, value: figure },
        ),
      )}
      {op === 'between' && field('到', upTo ?? value, (figure) => change({ ...condition, upTo: figure }))}
    </div>
  )
}

const WhereEditor = ({ condition, change }: EditorProps<AmountCondition>) => {
  const { stores = [] } = useScope()
  const { takes } = FACTS[condition.fact]
  return (
    <div className="pill-editor">
      {takes.includes('weekdays') && (
        <Checkbox.Group
          value={condition.weekdays ?? []}
          options={['一', '二', '三', '四', '五', '六', '日'].map((day, i) => ({
            value: i + 1,
            label: `周${day}`,
          }))}
          onChange={(days) => {
            const weekdays = days.toSorted((a, b) => a - b)
            change(weekdays.length > 0 ? { ...condition, weekdays } : without(condition, 'weekdays'))
          }}
        />
      )}
      {takes.includes('storeIds') && (
        <Select
          mode="multiple"
          allowClear
          placeholder="哪家店都算"
          aria-label="在哪家店"
          value={condition.storeIds ?? []}
          options={stores.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
          onChange={(storeIds: string[]) =>
            change(storeIds.length > 0 ? { ...condition, storeIds } : without(condition, 'storeIds'))
          }
        />
      )}
      {takes.includes('boughtBy') && (
        <Radio.Group
          value={condition.boughtBy ?? 'all'}
          options={[
            { value: 'all', label: '线上、收银都算' },
            { value: 'online', label: '只算线上' },
            { value: 'till', label: '只算收银' },
          ]}
          onChange={({ target }) => {
            const by = target.value as 'all' | 'online' | 'till'
            change(by === 'all' ? without(condition, 'boughtBy') : { ...condition, boughtBy: by })
          }}
        />
      )}
    </div>
  )
}

const GoodsEditor = ({ condition, change }: EditorProps<AmountCondition>) => {
  const [q, setQ] = useState('')
  const categories = useCategories().data ?? []
  const all = useGoods('').data ?? []
  const found = useGoods(q)
  const goods = [
    ...all,
    ...(found.data ?? []).filter(({ skuId }) => !all.some((each) => each.skuId === skuId)),
  ]
  return (
    <div className="pill-editor pill-editor-wide">
      <Select
        mode="multiple"
        placeholder="整个分类"
        aria-label="分类"
        value={condition.categoryIds ?? []}
        options={categories.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(categoryIds: string[]) =>
          change(categoryIds.length > 0 ? { ...condition, categoryIds } : without(condition, 'categoryIds'))
        }
      />
      <Select
        mode="multiple"
        placeholder="或者一样一样选：输名字找"
        aria-label="商品"
        maxCount={50}
        showSearch={{ filterOption: false, onSearch: setQ }}
        loading={found.isFetching}
        value={condition.skuIds ?? []}
        options={goods.map(({ skuId, name }) => ({ value: skuId, label: name }))}
        onChange={(skuIds: string[]) =>
          change(skuIds.length > 0 ? { ...condition, skuIds } : without(condition, 'skuIds'))
        }
      />
      <small className="quiet">分类和商品一起选，买过其中任何一样都算</small>
    </div>
  )
}

const ChoiceEditor = ({ condition, change }: EditorProps<Extract<Condition, { oneOf: unknown }>>) => {
  const tags = useTags().data ?? []
  const { now: tiers } = useTierTerms()
  const options =
    condition.fact === 'segment'
      ? SEGMENTS.map((value) => ({ value: value as string, label: segmentWords[value] }))
      : condition.fact === 'tier'
        ? (tiers?.tiers ?? []).map(({ code, name }) => ({ value: code, label: name }))
        : tags.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="pill-editor">
      {options.length === 0 && <p className="quiet">还没有可以选的。</p>}
      <Checkbox.Group
        className="pill-choices"
        value={condition.oneOf}
        options={options}
        onChange={(oneOf) => change({ ...condition, oneOf })}
      />
    </div>
  )
}

const editorOf = (part: Part, condition: Condition, change: (condition: Condition) => void) => {
  if (isChoice(condition)) return <ChoiceEditor condition={condition} change={change} />
  if (part === 'span') return <SpanEditor condition={condition} change={change} />
  if (part === 'bounds') return <BoundsEditor condition={condition} change={change} />
  if (part === 'goods') return <GoodsEditor condition={condition} change={change} />
  return <WhereEditor condition={condition} change={change} />
}

interface PillProps {
  part: Part
  word: string
  soft?: boolean
  condition: Condition
  change: (condition: Condition) => void
  frozen?: boolean
}
/** A word of a sentence that opens what can be said in its place; without a word, a plus that opens what may be added. */
export const Pill = ({ part, word, soft = false, condition, change, frozen = false }: PillProps) => (
  <Popover
    trigger="click"
    placement="bottomLeft"
    arrow={false}
    content={editorOf(part, condition, change)}
    destroyOnHidden
  >
    <button type="button" className={soft ? 'pill pill-soft' : 'pill'} disabled={frozen}>
      {word === '' ? <Plus size={13} aria-label="限定门店、星期、线上还是收银" /> : word}
      {word !== '' && <ChevronDown size={13} aria-hidden="true" />}
    </button>
  </Popover>
)
