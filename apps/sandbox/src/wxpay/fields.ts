/**
 * Request bodies as WeChat Pay checks them: unknown fields refused, lengths counted in characters, whole fen only.
 * A rule tree is data; `checkFields` reports the first violation with a JSON pointer, as the real service does.
 */

export type FieldValue = string | number | boolean | null | FieldValue[] | { [name: string]: FieldValue }
export type FieldObject = { [name: string]: FieldValue }

export type Rule =
  | { type: 'text'; max: number; min: number; pattern: RegExp | null }
  | { type: 'whole'; min: number; max: number }
  | { type: 'flag' }
  | { type: 'choice'; of: string[] }
  | { type: 'object'; fields: Record<string, Rule>; required: string[] }
  | { type: 'list'; of: Rule; min: number; max: number }

export type Violation = { field: string; value: FieldValue; issue: string }

export const text = (max: number, min = 1, pattern: RegExp | null = null): Rule => ({
  type: 'text',
  max,
  min,
  pattern,
})
export const whole = (min: number, max = Number.MAX_SAFE_INTEGER): Rule => ({ type: 'whole', min, max })
export const flag: Rule = { type: 'flag' }
export const choice = (...of: string[]): Rule => ({ type: 'choice', of })
export const list = (of: Rule, max: number, min = 1): Rule => ({ type: 'list', of, max, min })
/** An object whose fields named with a trailing `!` are required. */
export const object = (described: Record<string, Rule>): Rule => {
  const fields: Record<string, Rule> = Object.create(null) as Record<string, Rule>
  const required: string[] = []
  for (const [key, rule] of Object.entries(described)) {
    const name = key.replace(/!$/, '')
    fields[name] = rule
    if (name !== key) required.push(name)
  }
  return { type: 'object', fields, required }
}

export const isFieldObject = (value: FieldValue | undefined): value is FieldObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first violation in `value`, or null. `pointer` is where in the body we are. */
export const checkFields = (value: FieldValue, rule: Rule, pointer = ''): Violation | null => {
  if (rule.type === 'text') return checkText(value, rule, pointer)
  if (rule.type === 'whole') return checkWhole(value, rule, pointer)
  if (rule.type === 'object') return checkObject(value, rule, pointer)
  if (rule.type === 'list') return checkList(value, rule, pointer)
  if (rule.type === 'choice') return checkChoice(value, rule, pointer)
  return typeof value === 'boolean' ? null : { field: pointer, value, issue: '类型错误，应为 boolean' }
}

type RuleOf<T extends Rule['type']> = Extract<Rule, { type: T }>

const checkText = (value: FieldValue, rule: RuleOf<'text'>, field: string): Violation | null => {
  if (typeof value !== 'string') return { field, value, issue: '类型错误，应为 string' }
  const length = characters(value)
  if (length < rule.min) return { field, value, issue: `长度不足，至少 ${rule.min} 个字符` }
  if (length > rule.max) return { field, value, issue: `长度超过最大限制 ${rule.max}` }
  if (rule.pattern && !rule.pattern.test(value)) return { field, value, issue: '含有不允许的字符' }
  return null
}

/** Characters as the documents count them: code points, so an emoji is one and a length never splits it. */
const characters = (value: string): number => {
  let count = 0
  for (const _ of value) count += 1
  return count
}

const checkWhole = (value: FieldValue, rule: RuleOf<'whole'>, field: string): Violation | null => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    return { field, value, issue: '类型错误，应为整数' }
  }
  if (value < rule.min) return { field, value, issue: `小于最小值 ${rule.min}` }
  return value > rule.max ? { field, value, issue: `大于最大值 ${rule.max}` } : null
}

const checkChoice = (value: FieldValue, rule: RuleOf<'choice'>, field: string): Violation | null =>
  typeof value === 'string' && rule.of.includes(value)
    ? null
    : { field, value, issue: `取值应为 ${rule.of.join('、')}` }

const checkObject = (value: FieldValue, rule: RuleOf<'object'>, pointer: string): Violation | null => {
  if (!isFieldObject(value)) return { field: pointer, value, issue: '类型错误，应为 object' }
  for (const name of rule.required) {
    if (value[name] === undefined || value[name] === null) {
      return { field: `${pointer}/${name}`, value: null, issue: '必填项缺失' }
    }
  }
  for (const [name, item] of Object.entries(value)) {
    const inner = rule.fields[name]
    if (!inner) return { field: `${pointer}/${name}`, value: item, issue: '参数中含有非法的额外参数' }
    const violation = checkFields(item, inner, `${pointer}/${name}`)
    if (violation) return violation
  }
  return null
}

const checkList = (value: FieldValue, rule: RuleOf<'list'>, field: string): Violation | null => {
  if (!Array.isArray(value)) return { field, value, issue: '类型错误，应为 array' }
  if (value.length < rule.min) return { field, value: value.length, issue: `至少 ${rule.min} 项` }
  if (value.length > rule.max) return { field, value: value.length, issue: `至多 ${rule.max} 项` }
  for (const [at, item] of value.entries()) {
    const violation = checkFields(item, rule.of, `${field}/${at}`)
    if (violation) return violation
  }
  return null
}

/** The same text for the same parameters, whatever their order: what "identical parameters" means on re-entry. */
export const canonical = (value: FieldValue): string => JSON.stringify(sorted(value))

const sorted = (value: FieldValue): FieldValue => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isFieldObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name] ?? null)]),
  )
}
