import type { In, Out } from '../../api.ts'
import { fenToField, formatFen, parseFen } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'

export type Rule = Out<'GET /console/v1/price-rules'>['items'][number]
export type Counts = Out<'GET /console/v1/price-rules'>['counts']
export type RuleInput = In<'POST /console/v1/price-rules'>['body']
export type CouponInput = In<'POST /console/v1/coupon-templates'>['body']
export type Trial = Out<'POST /console/v1/price-trials'>
export type State = Rule['state']
type Stage = Rule['stage']
type Step = Rule['steps'][number]
export const pageSize = 30

export const stateWords: Record<State, { word: string; tone: Tone }> = {
  live: { word: '进行中', tone: 'done' },
  planned: { word: '还没开始', tone: 'waiting' },
  over: { word: '已结束', tone: 'over' },
}
export const stageWords: Record<Stage, string> = { step: '满减', pickup: '自提优惠' }
export const fundingWords: Record<Rule['funding'], string> = {
  store: '门店出',
  hq: '总部出',
  supplier: '供应商出',
}

const isState = (word: string | null): word is State => word !== null && Object.hasOwn(stateWords, word)
export interface RuleFilters {
  state: State
}
export const ruleFilters = (params: URLSearchParams): RuleFilters => {
  const state = params.get('state')
  return { state: isState(state) ? state : 'live' }
}
export const ruleTabs = (counts: Counts | undefined, chosen: State) =>
  (Object.keys(stateWords) as State[]).map((state) => ({
    key: state,
    label: stateWords[state].word,
    count: counts?.[state],
    change: { state: state === 'live' ? undefined : state },
    on: state === chosen,
  }))

/** `¥59` where there are no fen, as a price tag says it. */
export const short = (fen: number): string => formatFen(fen).replace(/\.00$/, '')
const rate = (offBp: number): string => `${(10_000 - offBp) / 1000} 折`

const stepWords = ({ atFen, atPieces, offFen, offBp }: Step): string => {
  const reached = [
    ...(atFen > 0 ? [`满 ${short(atFen)}`] : []),
    ...(atPieces > 0 ? [`满 ${atPieces} 件`] : []),
  ].join('且')
  const gap = atFen > 0 && atPieces === 0 ? ' ' : ''
  return `${reached}${gap}${offFen > 0 ? `${reached ? '减' : '立减'} ${short(offFen)}` : `打 ${rate(offBp)}`}`
}
/** What a rule does in one sentence: `满 ¥59 减 ¥5，满 ¥99 减 ¥8，最多减 ¥20`. */
export const termsWords = ({ steps, maxOffFen }: Pick<Rule, 'steps' | 'maxOffFen'>): string =>
  [...steps.map(stepWords), ...(maxOffFen === null ? [] : [`最多减 ${short(maxOffFen)}`])].join('，')

type Names = (categoryId: string) => string
/** Which goods take part. */
export const goodsWords = (
  {
    categoryIds,
    skuIds,
    exceptCategoryIds,
    exceptSkuIds,
  }: Pick<Rule, 'categoryIds' | 'skuIds' | 'exceptCategoryIds' | 'exceptSkuIds'>,
  nameOf: Names,
): string => {
  const named = [...categoryIds.map(nameOf), ...(skuIds.length > 0 ? [`${skuIds.length} 个商品`] : [])]
  const except = [
    ...exceptCategoryIds.map(nameOf),
    ...(exceptSkuIds.length > 0 ? [`${exceptSkuIds.length} 个商品`] : []),
  ]
  return `${named.length > 0 ? named.join('、') : '所有商品'}${except.length > 0 ? `，除了${except.join('、')}` : ''}`
}

export interface FormStep {
  at: string
  off: string
}
/** What is taken off from where on, as it was typed: of rules and of coupons. */
export interface StepsForm {
  by: 'fen' | 'pieces'
  off: 'fen' | 'bp'
  steps: readonly FormStep[]
}
/** A rule as it is being written; numbers as they were typed. */
export interface Form extends StepsForm {
  stage: Stage
  label: string
  maxOff: string
  storeIds: readonly string[] | null
  categoryIds: readonly string[]
  exceptCategoryIds: readonly string[]
  funding: Rule['funding']
  /** Instants as the pickers give them; an empty end: until somebody ends it. */
  startsAt: string
  endsAt: string
}
export const emptyForm = (storeIds: readonly string[] | null, now: number): Form => ({
  stage: 'step',
  label: '',
  by: 'fen',
  off: 'fen',
  steps: [{ at: '59', off: '5' }],
  maxOff: '',
  storeIds,
  categoryIds: [],
  exceptCategoryIds: [],
  funding: 'store',
  startsAt: new Date(now).toISOString(),
  endsAt: '',
})
/** A new version of a rule begins with the terms of the old one, now. */
export const formOf = (rule: Rule, now: number): Form => ({
  stage: rule.stage,
  label: rule.label,
  ...stepsFormOf(rule.steps),
  maxOff: rule.maxOffFen === null ? '' : fenToField(rule.maxOffFen),
  storeIds: rule.storeIds,
  categoryIds: rule.categoryIds,
  exceptCategoryIds: rule.exceptCategoryIds,
  funding: rule.funding,
  startsAt: new Date(Math.max(now, Date.parse(rule.startsAt))).toISOString(),
  endsAt: rule.endsAt ?? '',
})

/** `8.5` 折 → 1,500 basis points off; undefined for what is no rate between 1 and 9.9. */
const parseRate = (typed: string): number | undefined => {
  const match = /^(\d)(?:\.(\d{1,2}))?$/.exec(typed.trim())
  const off = match ? 10_000 - Number(match[1]) * 1000 - Number((match[2] ?? '').padEnd(2, '0')) * 10 : 0
  return off > 0 && off <= 9_000 ? off : undefined
}
function stepOf({ by, off }: StepsForm, typed: FormStep): Step | undefined {
  const at =
    by === 'fen' ? parseFen(typed.at) : /^\d{1,4}$/.test(typed.at.trim()) ? Number(typed.at) : undefined
  const what = off === 'fen' ? parseFen(typed.off) : parseRate(typed.off)
  if (at === undefined || what === undefined || what === 0) return undefined
  return {
    atFen: by === 'fen' ? at : 0,
    atPieces: by === 'pieces' ? at : 0,
    offFen: off === 'fen' ? what : 0,
    offBp: off === 'bp' ? what : 0,
  }
}

/** The steps as the server takes them; what cannot be read is left out. */
export const stepsOf = (form: StepsForm): Step[] => form.steps.flatMap((typed) => stepOf(form, typed) ?? [])
/** Steps that exist already, as they would have been typed. */
export const stepsFormOf = (steps: readonly Step[]): StepsForm => ({
  by: steps.some(({ atPieces }) => atPieces > 0) ? 'pieces' : 'fen',
  off: steps.some(({ offBp }) => offBp > 0) ? 'bp' : 'fen',
  steps: steps.map(({ atFen, atPieces, offFen, offBp }) => ({
    at: atPieces > 0 ? String(atPieces) : fenToField(atFen),
    off: offBp > 0 ? String((10_000 - offBp) / 1000) : fenToField(offFen),
  })),
})

/** What is wrong with steps being written; undefined when nothing is. */
export function stepsFault(form: StepsForm): string | undefined {
  const steps = form.steps.map((typed) => stepOf(form, typed))
  const bad = steps.findIndex((step) => step === undefined)
  if (bad >= 0) return `第 ${bad + 1} 档的数字不对`
  for (const [i, step] of steps.entries()) {
    if (step && step.atFen > 0 && step.offFen >= step.atFen) return `第 ${i + 1} 档减的比门槛还多`
    const before = steps[i - 1]
    if (
      step &&
      before &&
      (step.atFen + step.atPieces <= before.atFen + before.atPieces ||
        step.offFen + step.offBp <= before.offFen + before.offBp)
    )
      return `第 ${i + 1} 档要比上一档门槛高、减得多`
  }
  return undefined
}

/** What is still wrong with a rule being written, in the order of the form; undefined when nothing is. */
export function formFault(form: Form): string | undefined {
  if (!form.label.trim()) return '先起个名字，顾客看得到，比如「粮油满59减5」'
  const steps = stepsFault(form)
  if (steps) return steps
  if (form.maxOff.trim() && !parseFen(form.maxOff)) return '最多减多少写得不对'
  if (form.endsAt && Date.parse(form.endsAt) <= Date.parse(form.startsAt)) return '结束要晚于开始'
  return undefined
}

/** The rule as the server takes it; undefined while something is wrong with it. */
export function inputOf(form: Form, replaced: Rule | undefined): RuleInput | undefined {
  if (formFault(form)) return undefined
  return {
    stage: form.stage,
    label: form.label.trim(),
    steps: stepsOf(form),
    maxOffFen: form.maxOff.trim() ? (parseFen(form.maxOff) ?? null) : null,
    stackGroup: replaced?.stackGroup ?? form.stage,
    exclusiveWith: replaced?.exclusiveWith ?? [],
    funding: form.funding,
    storeIds: form.storeIds ? [...form.storeIds] : null,
    categoryIds: [...form.categoryIds],
    skuIds: replaced?.skuIds ?? [],
    exceptCategoryIds: [...form.exceptCategoryIds],
    exceptSkuIds: replaced?.exceptSkuIds ?? [],
    startsAt: form.startsAt,
    endsAt: form.endsAt || null,
    replaces: replaced?.id ?? null,
  }
}
