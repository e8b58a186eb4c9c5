import { type Static, Type } from 'typebox'
import { Day, OneOf, StoreId, Strict, Uuid } from './parts.ts'

/** The segments of recency and frequency, best first. */
export const SEGMENTS = [
  'champion',
  'loyal',
  'potential_loyalist',
  'new_customer',
  'promising',
  'need_attention',
  'about_to_sleep',
  'cant_lose',
  'at_risk',
  'hibernating',
] as const
export type Segment = (typeof SEGMENTS)[number]

export const AMOUNT_FACTS = [
  'purchases',
  'kept_fen',
  'average_fen',
  'most_pieces',
  'days_since_last',
  'days_since_first',
  'goods_times',
  'goods_pieces',
  'days_since_joined',
  'rfm_r',
  'rfm_f',
  'rfm_m',
  'coupons_held',
  'coupons_used',
  'campaigns',
  'marketing_messages',
] as const
export type AmountFact = (typeof AMOUNT_FACTS)[number]
export const CHOICE_FACTS = ['tier', 'tag', 'segment'] as const
export type ChoiceFact = (typeof CHOICE_FACTS)[number]
export const BOUGHT_BY = ['online', 'till'] as const

type Filter = 'weekdays' | 'storeIds' | 'boughtBy' | 'categoryIds' | 'skuIds' | 'templateIds' | 'campaignIds'
interface FactNote {
  unit: 'times' | 'fen' | 'pieces' | 'days' | 'score'
  /** May it be asked of a span of days? */
  spans: boolean
  takes: readonly Filter[]
  /** What it is of somebody of whom nothing is known: none at all, or nothing that could be compared (null: no condition holds). */
  absent: 0 | null
}
const BOUGHT = ['weekdays', 'storeIds', 'boughtBy'] as const
const GOODS = ['weekdays', 'storeIds', 'categoryIds', 'skuIds'] as const
/** What may be asked about each fact. Sums of money are what was paid less what went back; an average is in whole fen, rounded down. */
export const FACTS: Readonly<Record<AmountFact, FactNote>> = {
  purchases: { unit: 'times', spans: true, takes: BOUGHT, absent: 0 },
  kept_fen: { unit: 'fen', spans: true, takes: BOUGHT, absent: 0 },
  average_fen: { unit: 'fen', spans: true, takes: BOUGHT, absent: null },
  most_pieces: { unit: 'pieces', spans: true, takes: BOUGHT, absent: 0 },
  days_since_last: { unit: 'days', spans: false, takes: ['storeIds', 'boughtBy'], absent: null },
  days_since_first: { unit: 'days', spans: false, takes: ['storeIds', 'boughtBy'], absent: null },
  goods_times: { unit: 'times', spans: true, takes: GOODS, absent: 0 },
  goods_pieces: { unit: 'pieces', spans: true, takes: GOODS, absent: 0 },
  days_since_joined: { unit: 'days', spans: false, takes: [], absent: null },
  rfm_r: { unit: 'score', spans: false, takes: [], absent: null },
  rfm_f: { unit: 'score', spans: false, takes: [], absent: null },
  rfm_m: { unit: 'score', spans: false, takes: [], absent: null },
  coupons_held: { unit: 'pieces', spans: false, takes: ['templateIds'], absent: 0 },
  coupons_used: { unit: 'times', spans: true, takes: ['templateIds'], absent: 0 },
  campaigns: { unit: 'times', spans: true, takes: ['storeIds', 'campaignIds'], absent: 0 },
  marketing_messages: { unit: 'times', spans: true, takes: [], absent: 0 },
}

const Code = Type.String({ minLength: 1, maxLength: 20, pattern: '^[A-Za-z0-9_-]+$' })
const some = <T extends Parameters<typeof Type.Array>[0]>(item: T, maxItems = 50) =>
  Type.Optional(Type.Array(item, { minItems: 1, maxItems, uniqueItems: true }))
/** The largest figure that is ever compared with: fen of 90 million yuan. */
const Figure = Type.Integer({ minimum: 0, maximum: 9_000_000_000 })

/** A figure of somebody within bounds, over the last days (today is one of them) or from a day to a day. */
export const AmountCondition = Strict({
  fact: OneOf(AMOUNT_FACTS),
  not: Type.Optional(Type.Boolean()),
  op: OneOf(['at_least', 'at_most', 'between']),
  value: Figure,
  upTo: Type.Optional(Figure),
  lastDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 1095 })),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  weekdays: some(Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday' }), 7),
  storeIds: some(StoreId),
  boughtBy: Type.Optional(OneOf(BOUGHT_BY)),
  categoryIds: some(Code),
  skuIds: some(Uuid),
  templateIds: some(Uuid),
  campaignIds: some(Uuid),
})
/** What somebody is one of: codes of tiers, ids of tags, names of segments. */
export const ChoiceCondition = Strict({
  fact: OneOf(CHOICE_FACTS),
  not: Type.Optional(Type.Boolean()),
  oneOf: Type.Array(Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_-]+$' }), {
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
  }),
})
export const Condition = Type.Union([AmountCondition, ChoiceCondition])
const group = <T extends Parameters<typeof Type.Array>[0]>(part: T) =>
  Strict({
    how: OneOf(['all', 'any']),
    not: Type.Optional(Type.Boolean()),
    parts: Type.Array(part, { minItems: 1, maxItems: 8 }),
  })
const Inner = Type.Union([AmountCondition, ChoiceCondition, group(Condition)])
export const RuleRow = Type.Union([AmountCondition, ChoiceCondition, group(Inner)])
/** Members of whom every row is true. Rows hold groups, groups hold groups: no deeper. No row: everybody. */
export const AudienceRule = Strict({ rows: Type.Array(RuleRow, { maxItems: 12 }) })

export type AmountCondition = Static<typeof AmountCondition>
export type ChoiceCondition = Static<typeof ChoiceCondition>
export type Condition = AmountCondition | ChoiceCondition
export interface Group {
  how: 'all' | 'any'
  not?: boolean
  parts: Node[]
}
export type Node = Condition | Group
export type AudienceRule = Static<typeof AudienceRule>

export const CONDITIONS_MOST = 20

export const isGroup = (node: Node): node is Group => 'how' in node
export const isChoice = (condition: Condition): condition is ChoiceCondition => 'oneOf' in condition

/** Every condition of a rule in reading order, with the way to it: `0`, `2.1`. */
export function conditionsOf(rule: { rows: readonly Node[] }): { path: string; condition: Condition }[] {
  const walk = (node: Node, path: string): { path: string; condition: Condition }[] =>
    isGroup(node) ? node.parts.flatMap((part, i) => walk(part, `${path}.${i}`)) : [{ path, condition: node }]
  return rule.rows.flatMap((row, i) => walk(row, String(i)))
}

export const RULE_FAULTS = ['too_many', 'span', 'filter', 'goods', 'bounds', 'word'] as const
export type RuleFault = (typeof RULE_FAULTS)[number]

const FILTERS: readonly Filter[] = [
  'weekdays',
  'storeIds',
  'boughtBy',
  'categoryIds',
  'skuIds',
  'templateIds',
  'campaignIds',
]
const TAG = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function faultOf(condition: Condition): RuleFault | undefined {
  if (isChoice(condition)) {
    const { fact, oneOf } = condition
    if (fact === 'tag') return oneOf.every((id) => TAG.test(id)) ? undefined : 'word'
    if (fact === 'segment')
      return oneOf.every((name) => (SEGMENTS as readonly string[]).includes(name)) ? undefined : 'word'
    return undefined
  }
  const { op, value, upTo, lastDays, from, to } = condition
  const { spans, takes } = FACTS[condition.fact]
  if (FILTERS.some((name) => condition[name] !== undefined && !takes.includes(name))) return 'filter'
  const isSpan = lastDays !== undefined || from !== undefined || to !== undefined
  if (isSpan && !spans) return 'span'
  if (lastDays !== undefined && (from !== undefined || to !== undefined)) return 'span'
  if (from !== undefined && to !== undefined && to < from) return 'span'
  if (takes.includes('skuIds') && !condition.skuIds && !condition.categoryIds) return 'goods'
  if ((op === 'between') !== (upTo !== undefined) || (upTo !== undefined && upTo < value)) return 'bounds'
  return undefined
}

/** What is wrong with a rule that fits the schema, and where; undefined when nothing is. */
export function ruleFault(rule: { rows: readonly Node[] }): { path: string; fault: RuleFault } | undefined {
  const all = conditionsOf(rule)
  if (all.length > CONDITIONS_MOST) return { path: '', fault: 'too_many' }
  for (const { path, condition } of all) {
    const fault = faultOf(condition)
    if (fault) return { path, fault }
  }
  return undefined
}

/** Whether a figure is within the bounds of a condition, its `not` aside. Null, nothing to compare, never is. */
export function within(
  { op, value, upTo }: Pick<AmountCondition, 'op' | 'value' | 'upTo'>,
  figure: number | null,
): boolean {
  if (figure === null) return false
  if (op === 'at_least') return figure >= value
  return figure <= (op === 'at_most' ? value : (upTo ?? value)) && (op === 'at_most' || figure >= value)
}
