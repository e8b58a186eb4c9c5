import { Input, Select, Switch } from 'antd'
import type { ReactNode } from 'react'

import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import type { Faults, GoodsForm } from './form.ts'
import { useCategories } from './page-data.ts'
import { PictureStrip } from './pictures.tsx'

export interface SectionProps {
  form: GoodsForm
  change: (part: Partial<GoodsForm>) => void
  disabled: boolean
}

/** The product's pictures; the first is the one in lists. */
export const Pictures = ({ form, change, disabled }: SectionProps) => (
  <div id="pictures">
    <Card title="图片" note="第一张是首图，1:1 最好看；拖动换顺序，自动压成三种尺寸">
      <PictureStrip
        pictures={form.pictures}
        change={(pictures) => change({ pictures })}
        disabled={disabled}
      />
    </Card>
  </div>
)

type TextField = 'name' | 'subtitle' | 'unit' | 'origin' | 'storage' | 'shelfLife' | 'licence'

/** One line of text bound to a field of the form. */
const TextInput = ({
  form,
  change,
  disabled,
  field,
  max,
  placeholder,
  fault,
}: SectionProps & { field: TextField; max: number; placeholder?: string; fault?: string | undefined }) => (
  <Input
    id={field}
    value={form[field]}
    maxLength={max}
    disabled={disabled}
    placeholder={placeholder}
    status={fault ? 'error' : ''}
    aria-describedby={`${field}-help`}
    onChange={(event) => change({ [field]: event.target.value })}
  />
)

interface BasicsProps extends SectionProps {
  faults: Faults
  /** Shown as it is; a new product has its own field for it. */
  barcode?: string
  children?: ReactNode
}

const CategoryField = ({ form, change, disabled, fault }: SectionProps & { fault: string | undefined }) => {
  const categories = useCategories().data ?? []
  return (
    <Field id="categoryId" label="分类" fault={fault}>
      <Select
        id="categoryId"
        value={form.categoryId || null}
        disabled={disabled}
        status={fault ? 'error' : ''}
        placeholder="选一个"
        options={categories.map((each) => ({ value: each.id, label: `${each.zone}　${each.name}` }))}
        onChange={(categoryId: string) => change({ categoryId })}
      />
    </Field>
  )
}

interface LongTextProps extends SectionProps {
  field: 'description' | 'ingredients'
  label: string
  max: number
}

const LongText = ({ form, change, disabled, field, label, max }: LongTextProps) => (
  <Field id={field} label={label} optional wide>
    <Input.TextArea
      id={field}
      value={form[field]}
      maxLength={max}
      disabled={disabled}
      autoSize={{ minRows: 2, maxRows: 8 }}
      onChange={(event) => change({ [field]: event.target.value })}
    />
  </Field>
)

/** What a piece is paid as, and for how many grams its price is told. */
const WeightFields = ({ form, change, disabled, fault }: SectionProps & { fault: string | undefined }) => (
  <>
    <Field id="pieceGrams" label="每份约重" fault={fault} help="门店价是这么重一份的价；名称里也写「约」">
      <Input
        id="pieceGrams"
        value={form.pieceGrams}
        maxLength={5}
        inputMode="numeric"
        suffix="g"
        disabled={disabled}
        status={fault ? 'error' : ''}
        onChange={(event) => change({ pieceGrams: event.target.value })}
      />
    </Field>
    <Field id="perGrams" label="单价按" help="顾客在价格旁边看到，例如 ¥13.90/500g">
      <Select
        id="perGrams"
        value={form.perGrams}
        disabled={disabled}
        options={[
          { value: '500', label: '每 500g（斤）' },
          { value: '1000', label: '每 kg（公斤）' },
        ]}
        onChange={(perGrams: GoodsForm['perGrams']) => change({ perGrams })}
      />
    </Field>
  </>
)

/** Name, category, unit and the words under the name. */
export const Basics = ({ faults, barcode, children, ...section }: BasicsProps) => {
  const { form, change, disabled } = section
  return (
    <div id="basics">
      <Card title="基本信息" note={barcode && `条码 ${barcode}`}>
        <div className="fields">
          <Field id="name" label="名称" fault={faults['name']} help="带上规格，例如「鲜鸡蛋 30枚」" wide>
            <TextInput {...section} field="name" max={60} fault={faults['name']} />
          </Field>
          <CategoryField {...section} fault={faults['categoryId']} />
          <Field id="unit" label="单位" fault={faults['unit']} help="价格后面的字：份、板、袋">
            <TextInput {...section} field="unit" max={8} fault={faults['unit']} />
          </Field>
          {children}
          <Field id="subtitle" label="副标题" optional help="名称下面那一行，说清楚吃法或规格" wide>
            <TextInput {...section} field="subtitle" max={80} />
          </Field>
          <LongText {...section} field="description" label="介绍" max={2000} />
          {!form.components && (
            <>
              <SwitchField
                id="weighed"
                label="称重商品"
                help="按约重收一份的钱，取货前称；轻了退差价，重了不加钱"
                checked={form.weighed}
                disabled={disabled}
                set={(weighed) => change({ weighed })}
              />
              {form.weighed && <WeightFields {...section} fault={faults['pieceGrams']} />}
            </>
          )}
          <SwitchField
            id="speciality"
            label="本地特产"
            help="首页「本地特产」里会出现"
            checked={form.speciality}
            disabled={disabled}
            set={(speciality) => change({ speciality })}
          />
        </div>
      </Card>
    </div>
  )
}

interface SwitchFieldProps {
  id: string
  label: string
  help: string
  checked: boolean
  disabled: boolean
  set: (on: boolean) => void
}

/** A switch that says beside it what it does. */
export const SwitchField = ({ id, label, help, checked, disabled, set }: SwitchFieldProps) => (
  <div className="field field-switch">
    <Switch id={id} checked={checked} disabled={disabled} onChange={set} />
    <label htmlFor={id}>
      {label}
      <small>{help}</small>
    </label>
  </div>
)

/** What the food law wants on the page. Nothing stops saving; the rail counts what is missing. */
export const Facts = (section: SectionProps) => {
  const { form, change, disabled } = section
  return (
    <div id="facts">
      <Card title="食品标签" note="照包装抄，顾客在商品页看到">
        <div className="fields">
          <Field id="origin" label="产地">
            <TextInput {...section} field="origin" max={60} placeholder="河北内丘" />
          </Field>
          <Field id="storage" label="储存">
            <TextInput {...section} field="storage" max={60} placeholder="0–4℃ 冷藏" />
          </Field>
          <Field id="shelfLife" label="保质期">
            <TextInput {...section} field="shelfLife" max={60} placeholder="30 天" />
          </Field>
          <Field id="licence" label="生产许可证号" optional>
            <TextInput {...section} field="licence" max={60} placeholder="SC…" />
          </Field>
          <Field id="allergens" label="致敏提示" optional help="回车加一个；会用醒目的颜色显示" wide>
            <Select
              id="allergens"
              mode="tags"
              value={form.allergens}
              disabled={disabled}
              open={false}
              suffixIcon={null}
              tokenSeparators={['、', '，', ',', ' ']}
              placeholder="小麦、大豆、蛋…"
              maxCount={20}
              onChange={(allergens: string[]) =>
                change({ allergens: allergens.map((each) => each.slice(0, 20)) })
              }
            />
          </Field>
          <LongText {...section} field="ingredients" label="配料" max={500} />
        </div>
      </Card>
    </div>
  )
}
