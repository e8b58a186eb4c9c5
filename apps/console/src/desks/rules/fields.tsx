import { Button, DatePicker, Input, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { Plus, Trash2 } from 'lucide-react'

import { useStaff } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { useCategories } from '../goods/page-data.ts'
import { type Form, fundingWords, stageWords, type StepsForm } from './model.ts'

interface FieldsProps {
  form: Form
  change: (part: Partial<Form>) => void
}

const mostSteps = 8

/** What rules and coupons have in common while they are written. */
interface PartProps {
  form: StepsForm
  change: (part: Partial<StepsForm>) => void
}
/** The steps, as sentences with gaps. */
const StepRows = ({ form, change }: PartProps) => {
  const edit = (at: number, part: Partial<StepsForm['steps'][number]>) =>
    change({ steps: form.steps.map((step, i) => (i === at ? { ...step, ...part } : step)) })
  return (
    <div className="rule-steps">
      {form.steps.map((step, i) => (
        <div key={i} className="rule-step">
          <span>满</span>
          <Input
            value={step.at}
            maxLength={10}
            aria-label={`第 ${i + 1} 档门槛`}
            onChange={(event) => edit(i, { at: event.target.value })}
          />
          <span>
            {form.by === 'fen' ? '元' : '件'}，{form.off === 'fen' ? '减' : '打'}
          </span>
          <Input
            value={step.off}
            maxLength={10}
            aria-label={`第 ${i + 1} 档减多少`}
            onChange={(event) => edit(i, { off: event.target.value })}
          />
          <span>{form.off === 'fen' ? '元' : '折'}</span>
          {form.steps.length > 1 && (
            <button
              type="button"
              className="bare"
              aria-label={`去掉第 ${i + 1} 档`}
              onClick={() => change({ steps: form.steps.filter((_, at) => at !== i) })}
            >
              <Trash2 size={15} />
            </button>
          )}
        </div>
      ))}
      {form.steps.length < mostSteps && (
        <Button
          size="small"
          icon={<Plus size={14} />}
          onClick={() => change({ steps: [...form.steps, { at: '', off: '' }] })}
        >
          再加一档
        </Button>
      )}
    </div>
  )
}

/** How steps are reached and what they take off. */
export const StepsFields = ({ form, change }: PartProps) => (
  <>
    <Field id="rule-by" label="怎么算" wide>
      <Segmented
        id="rule-by"
        value={`${form.by} ${form.off}`}
        options={[
          { value: 'fen fen', label: '满元减元' },
          { value: 'fen bp', label: '满元打折' },
          { value: 'pieces fen', label: '满件减元' },
          { value: 'pieces bp', label: '满件打折' },
        ]}
        onChange={(both) => {
          const [by, off] = both.split(' ') as [StepsForm['by'], StepsForm['off']]
          change({ by, off })
        }}
      />
    </Field>
    <Field id="rule-steps" label="几档" wide>
      <StepRows form={form} change={change} />
    </Field>
  </>
)

/** Some categories of the chain. */
export const CategoryPick = ({
  id,
  label,
  value,
  placeholder,
  change,
}: {
  id: string
  label: string
  value: readonly string[]
  placeholder: string
  change: (ids: string[]) => void
}) => {
  const categories = useCategories().data ?? []
  return (
    <Field id={id} label={label} optional>
      <Select
        id={id}
        mode="multiple"
        value={[...value]}
        placeholder={placeholder}
        options={categories.map((each) => ({ value: each.id, label: `${each.zone}　${each.name}` }))}
        onChange={change}
      />
    </Field>
  )
}

/** For which categories, and which of them not. */
export const Categories = ({
  id,
  placeholder = '所有商品',
  form,
  change,
}: {
  /** Begins the ids of the fields. */
  id: string
  placeholder?: string
  form: Pick<Form, 'categoryIds' | 'exceptCategoryIds'>
  change: (part: Partial<Pick<Form, 'categoryIds' | 'exceptCategoryIds'>>) => void
}) => (
  <>
    <CategoryPick
      id={`${id}-categories`}
      label="哪些分类"
      placeholder={placeholder}
      value={form.categoryIds}
      change={(categoryIds) => change({ categoryIds })}
    />
    <CategoryPick
      id={`${id}-except`}
      label="除了"
      placeholder="没有例外"
      value={form.exceptCategoryIds}
      change={(exceptCategoryIds) => change({ exceptCategoryIds })}
    />
  </>
)

/** The most that one order has off by it. */
export const MostOff = ({
  id,
  value,
  change,
}: {
  id: string
  value: string
  change: (maxOff: string) => void
}) => (
  <Field id={id} label="一单最多减" optional>
    <Input
      id={id}
      value={value}
      maxLength={10}
      suffix="元"
      placeholder="不封顶"
      onChange={(event) => change(event.target.value)}
    />
  </Field>
)

/** In which stores, and who bears it. */
export const Where = ({
  form,
  change,
}: {
  form: Pick<Form, 'storeIds' | 'funding'>
  change: (part: Partial<Pick<Form, 'storeIds' | 'funding'>>) => void
}) => {
  const { stores = [] } = useScope()
  // Only head office may speak for every store, now and later.
  const everywhere = useStaff()?.role === 'hq'
  return (
    <>
      <Field id="rule-stores" label="门店" help={everywhere ? '不选就是全部门店，以后开的也算' : undefined}>
        <Select
          id="rule-stores"
          mode="multiple"
          value={[...(form.storeIds ?? [])]}
          placeholder={everywhere ? '全部门店' : '选一家'}
          options={stores.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
          onChange={(ids: string[]) => change({ storeIds: ids.length > 0 ? ids : null })}
        />
      </Field>
      <Field id="rule-funding" label="谁出钱">
        <Select
          id="rule-funding"
          value={form.funding}
          options={Object.entries(fundingWords).map(([value, label]) => ({ value, label }))}
          onChange={(funding: Form['funding']) => change({ funding })}
        />
      </Field>
    </>
  )
}

const Period = ({ form, change }: FieldsProps) => (
  <>
    <Field id="rule-from" label="从">
      <DatePicker
        id="rule-from"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowClear={false}
        value={dayjs(form.startsAt)}
        onChange={(at) => change({ startsAt: at?.toISOString() ?? form.startsAt })}
      />
    </Field>
    <Field id="rule-until" label="到" optional>
      <DatePicker
        id="rule-until"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        placeholder="有人结束为止"
        value={form.endsAt ? dayjs(form.endsAt) : null}
        onChange={(at) => change({ endsAt: at?.toISOString() ?? '' })}
      />
    </Field>
  </>
)

/** The terms of a rule, as sentences with gaps. */
export const RuleFields = ({ form, change }: FieldsProps) => (
  <div className="fields">
    <Field id="rule-label" label="名字" help="顾客在购物车和订单里看到的，最多 20 个字" wide>
      <Input
        id="rule-label"
        value={form.label}
        maxLength={20}
        placeholder="粮油满59减5"
        onChange={(event) => change({ label: event.target.value })}
      />
    </Field>
    <Field
      id="rule-stage"
      label="哪一种"
      help={form.stage === 'pickup' ? '到店自提的单才减' : undefined}
      wide
    >
      <Segmented
        id="rule-stage"
        value={form.stage}
        options={Object.entries(stageWords).map(([value, label]) => ({ value, label }))}
        onChange={(stage) => change({ stage: stage as Form['stage'] })}
      />
    </Field>
    <StepsFields form={form} change={change} />
    <MostOff id="rule-most" value={form.maxOff} change={(maxOff) => change({ maxOff })} />
    <span />
    <Categories id="rule" form={form} change={change} />
    <Where form={form} change={change} />
    <Period form={form} change={change} />
  </div>
)
