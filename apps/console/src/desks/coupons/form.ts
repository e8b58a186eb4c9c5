import { fenToField, parseFen } from '../../ui/fen.ts'
import { type CouponInput, stepsFault, type StepsForm, stepsFormOf, stepsOf } from '../rules/model.ts'
import type { Kind, Template } from './model.ts'

/** A coupon as it is being written; numbers as they were typed. */
export interface Form extends StepsForm {
  kind: Kind
  label: string
  /** What one piece costs with an exchange coupon. */
  to: string
  /** What points are multiplied by. */
  times: string
  maxOff: string
  /** Goods named one by one; of a copied coupon only their number is known. */
  skus: readonly { id: string; name: string }[]
  storeIds: readonly string[] | null
  categoryIds: readonly string[]
  exceptCategoryIds: readonly string[]
  fulfilment: 'any' | 'pickup' | 'delivery'
  channel: 'any' | 'online' | 'till'
  firstOrder: boolean
  funding: Template['funding']
  validDays: string
  most: string
  mostEach: string
  /** Empty: as many a day as there are. */
  mostPerDay: string
  /** Yuan; empty: no budget. */
  budget: string
  /** What one counts as, in yuan. */
  worth: string
  way: Template['way']
  needsPhone: boolean
  opensAt: string | null
  closesAt: string | null
}
export const emptyForm: Form = {
  kind: 'steps',
  label: '',
  by: 'fen',
  off: 'fen',
  steps: [{ at: '30', off: '5' }],
  to: '0',
  times: '2',
  maxOff: '',
  skus: [],
  storeIds: null,
  categoryIds: [],
  exceptCategoryIds: [],
  fulfilment: 'any',
  channel: 'any',
  firstOrder: false,
  funding: 'hq',
  validDays: '30',
  most: '1000',
  mostEach: '1',
  mostPerDay: '',
  budget: '',
  worth: '',
  way: 'grant',
  needsPhone: false,
  opensAt: null,
  closesAt: null,
}
const only = <T extends string>(allowed: readonly T[] | null): T | 'any' =>
  allowed?.length === 1 ? (allowed[0] ?? 'any') : 'any'
/** A coupon like one that exists: a template is never edited, but may be made again. */
export const formOf = (template: Template): Form => ({
  ...emptyForm,
  ...(template.kind === 'steps' ? stepsFormOf(template.steps) : {}),
  kind: template.kind,
  label: template.label,
  to: fenToField(template.toFen ?? 0),
  times: String((template.timesBp ?? 20_000) / 10_000),
  maxOff: template.maxOffFen === null ? '' : fenToField(template.maxOffFen),
  skus: template.skuIds.map((id, i) => ({ id, name: `原来的第 ${i + 1} 个商品` })),
  storeIds: template.storeIds,
  categoryIds: template.categoryIds,
  exceptCategoryIds: template.exceptCategoryIds,
  fulfilment: only(template.fulfilments),
  channel: only(template.channels),
  firstOrder: template.firstOrder,
  funding: template.funding,
  validDays: String(template.validDays),
  most: String(template.most),
  mostEach: String(template.mostEach),
  mostPerDay: template.mostPerDay === null ? '' : String(template.mostPerDay),
  budget: template.budgetFen === null ? '' : fenToField(template.budgetFen),
  worth: template.worthFen === null ? '' : fenToField(template.worthFen),
  way: template.way,
  needsPhone: template.needsPhone,
})

/** Of one group one coupon acts on an order: a discount, a gift and more points may stand together. */
const groups: Record<Kind, string> = { steps: 'coupon', exchange: 'gift', freight: 'freight', earn: 'earn' }
/** Coupons for a first order are all of one group, so that one order takes one of them. */
const firstOrderGroup = 'first-order'
function groupOf({ kind, firstOrder }: Form, like: Template | undefined): string {
  if (firstOrder) return firstOrderGroup
  return like?.kind === kind && !like.firstOrder ? like.stackGroup : groups[kind]
}

const count = (typed: string, most: number): number | undefined => {
  const n = /^\d{1,8}$/.test(typed.trim()) ? Number(typed) : 0
  return n >= 1 && n <= most ? n : undefined
}
/** `2` 倍 → 20,000 basis points; undefined for what is not between 1.1 and 5. */
const parseTimes = (typed: string): number | undefined => {
  const match = /^(\d)(?:\.(\d))?$/.exec(typed.trim())
  const bp = match ? Number(match[1]) * 10_000 + Number(match[2] ?? '0') * 1000 : 0
  return bp > 10_000 && bp <= 50_000 ? bp : undefined
}

/** What is still wrong, in the order of the form; undefined when nothing is. */
export function formFault(form: Form): string | undefined {
  if (!form.label.trim()) return '先起个名字，顾客看得到，比如「新客满30减5」'
  if (form.kind === 'steps') {
    const steps = stepsFault(form)
    if (steps) return steps
  }
  if (form.kind === 'exchange') {
    if (parseFen(form.to) === undefined) return '多少钱换一件写得不对，免费就写 0'
    if (form.skus.length === 0 && form.categoryIds.length === 0) return '兑换券要写明能换哪些商品'
  }
  if (form.kind === 'earn' && parseTimes(form.times) === undefined) return '几倍写得不对，1.1 到 5 倍'
  if (form.maxOff.trim() && !parseFen(form.maxOff)) return '最多减多少写得不对'
  if (count(form.validDays, 366) === undefined) return '有效几天写得不对，1 到 366 天'
  if (count(form.most, 10_000_000) === undefined) return '一共发几张写得不对'
  if (count(form.mostEach, 100) === undefined) return '每人几张写得不对，最多 100 张'
  if (form.mostPerDay.trim() && count(form.mostPerDay, 10_000_000) === undefined)
    return '每天最多发几张写得不对'
  if (form.budget.trim() && !parseFen(form.budget)) return '预算写得不对'
  if (form.budget.trim() && !parseFen(form.worth)) return '每张算多少钱写得不对，预算按它一张张扣'
  if (form.opensAt && form.closesAt && form.opensAt >= form.closesAt)
    return '领到什么时候，要晚于开始领的时候'
  return undefined
}

/** Freight is paid for goods that are brought. */
const fulfilmentsOf = ({ kind, fulfilment }: Form): CouponInput['fulfilments'] => {
  if (kind === 'freight') return ['delivery']
  return fulfilment === 'any' ? null : [fulfilment]
}
const budgetOf = ({ budget, worth }: Form): Pick<CouponInput, 'budgetFen' | 'budgetOn' | 'worthFen'> =>
  budget.trim()
    ? { budgetFen: parseFen(budget) ?? null, budgetOn: 'granted', worthFen: parseFen(worth) ?? null }
    : { budgetFen: null, budgetOn: null, worthFen: null }

/** The template as the server takes it; undefined while something is wrong with it. */
export function inputOf(form: Form, like: Template | undefined): CouponInput | undefined {
  if (formFault(form)) return undefined
  const steps = form.kind === 'steps'
  return {
    label: form.label.trim(),
    kind: form.kind,
    steps: steps ? stepsOf(form) : [],
    toFen: form.kind === 'exchange' ? (parseFen(form.to) ?? 0) : null,
    timesBp: form.kind === 'earn' ? (parseTimes(form.times) ?? null) : null,
    maxOffFen: form.kind !== 'earn' && form.maxOff.trim() ? (parseFen(form.maxOff) ?? null) : null,
    stackGroup: groupOf(form, like),
    exclusiveWith: like?.exclusiveWith ?? [],
    funding: form.funding,
    storeIds: form.storeIds ? [...form.storeIds] : null,
    fulfilments: fulfilmentsOf(form),
    channels: form.channel === 'any' ? null : [form.channel],
    tiers: like?.tiers ?? null,
    firstOrder: form.firstOrder,
    categoryIds: [...form.categoryIds],
    skuIds: form.skus.map(({ id }) => id),
    exceptCategoryIds: [...form.exceptCategoryIds],
    exceptSkuIds: like?.exceptSkuIds ?? [],
    validDays: count(form.validDays, 366) ?? 1,
    most: count(form.most, 10_000_000) ?? 1,
    mostEach: count(form.mostEach, 100) ?? 1,
    mostPerDay: form.mostPerDay.trim() ? (count(form.mostPerDay, 10_000_000) ?? null) : null,
    ...budgetOf(form),
    way: form.way,
    needsPhone: form.way === 'claim' && form.needsPhone,
    opensAt: form.way === 'claim' ? form.opensAt : null,
    closesAt: form.way === 'claim' ? form.closesAt : null,
  }
}
