import { Input } from 'antd'

import { Field } from '../../../ui/field.tsx'
import type { NumberSpec, Typed } from './numbers.ts'

interface NumberFieldsProps<K extends string> {
  specs: readonly NumberSpec<K>[]
  form: Typed<K>
  change: (key: K, typed: string) => void
  faultOf: (field: string) => string | undefined
}

/** Whole numbers of a kind's terms, each with its unit and what it means. */
export const NumberFields = <K extends string>({ specs, form, change, faultOf }: NumberFieldsProps<K>) =>
  specs.map(({ key, label, suffix, help }) => (
    <Field key={key} id={`terms-${key}`} label={label} help={help} fault={faultOf(`terms/${key}`)}>
      <Input
        id={`terms-${key}`}
        value={form[key]}
        maxLength={6}
        suffix={suffix}
        onChange={(event) => change(key, event.target.value)}
      />
    </Field>
  ))
