import {
  type AmountCondition,
  type AmountFact,
  type AudienceRule,
  type ChoiceCondition,
  type Condition,
  FACTS,
  type Group,
  isChoice,
  isGroup,
  type Node,
  type RuleFault,
  type Segment,
} from '@linli/contract/audience-rules'

import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'

export type Audience = Out<'GET /console/v1/audiences/:audienceId'>
export type AudienceHead = Out<'GET /console/v1/audiences'>['items'][number]
export type Snapshot = Audience['snapshots'][number]
export type Count = Out<'POST /console/v1/audience-counts'>
export type Sample = Out<'POST /console/v1/audience-samples'>
export type Reasons = Out<'POST /console/v1/audience-reasons'>
export type Rfm = NonNullable<Out<'GET /console/v1/rfm'>['run']>
export type Figure = Reasons['reasons'][number]['figure']
export type Fact = Condition['fact']

/** What ids are called, where a rule names them. */
export interface Names {
  store(id: string): string
  category(id: string): string
  sku(id: string): string
  tier(code: string): string
  tag(id: string): string
}

export const segmentWords: Record<Segment, string> = {
  champion: '核心常客',
  loyal: '忠实',
  potential_loyalist: '有望忠实',
  new_customer: '新客',
  promising: '刚起步',
  need_attention: '要留意',
  about_to_sleep: '快睡着',
  cant_lose: '不能丢',
  at_risk: '有流失风险',
  hibernating: '沉睡',
}

interface FactWords {
  /** Before the figure; a group of a sentence reads 而且 + this. */
  says: string
  /** In a list of conditions to choose from. */
  name: string
  /** Under a bar of the funnel. */
  short: string
  unit: string
  after?: string
  hint?: string
  fresh: Condition
}
const fresh = (
  fact: AmountFact,
  op: AmountCondition['op'],
  value: number,
  rest: Partial<AmountCondition> = {},
): Condition => ({
  fact,
  op,
  value,
  ...rest,
})
export const factWords: Record<Fact, FactWords> = {
  purchases: {
    says: '买过',
    name: '来得勤',
    short: '来得勤',
    unit: '次',
    fresh: fresh('purchases', 'at_least', 4, { lastDays: 90 }),
  },
  average_fen: {
    says: '平均每次花',
    name: '每次花多少',
    short: '花得多',
    unit: '元',
    hint: '按实付，退款扣掉',
    fresh: fresh('average_fen', 'at_least', 8000, { lastDays: 90 }),
  },
  kept_fen: {
    says: '一共花',
    name: '一共花多少',
    short: '一共花',
    unit: '元',
    hint: '按实付，退款扣掉',
    fresh: fresh('kept_fen', 'at_least', 50_000, { lastDays: 90 }),
  },
  most_pieces: {
    says: '有一次一单',
    name: '一次买得多',
    short: '买得多',
    unit: '件',
    fresh: fresh('most_pieces', 'at_least', 12, { lastDays: 90 }),
  },
  goods_times: {
    says: '买',
    name: '买过什么',
    short: '买过',
    unit: '次',
    fresh: fresh('goods_times', 'at_least', 2, { lastDays: 90 }),
  },
  goods_pieces: {
    says: '买',
    name: '买了多少件',
    short: '买过',
    unit: '件',
    fresh: fresh('goods_pieces', 'at_least', 6, { lastDays: 90 }),
  },
  days_since_last: {
    says: '上次来是',
    name: '多久没来',
    short: '上次来',
    unit: '天前',
    fresh: fresh('days_since_last', 'at_least', 60),
  },
  days_since_first: {
    says: '第一次来是',
    name: '第一次什么时候',
    short: '第一次',
    unit: '天前',
    fresh: fresh('days_since_first', 'at_most', 60),
  },
  days_since_joined: {
    says: '入会',
    name: '入会多久',
    short: '入会',
    unit: '天',
    fresh: fresh('days_since_joined', 'at_most', 30),
  },
  segment: {
    says: 'RFM 是',
    name: 'RFM 分层',
    short: 'RFM',
    unit: '',
    fresh: { fact: 'segment', oneOf: ['champion', 'loyal'] },
  },
  rfm_r: {
    says: 'RFM 里最近程度',
    name: 'R 分',
    short: 'R 分',
    unit: '分',
    fresh: fresh('rfm_r', 'at_least', 4),
  },
  rfm_f: {
    says: 'RFM 里次数',
    name: 'F 分',
    short: 'F 分',
    unit: '分',
    fresh: fresh('rfm_f', 'at_least', 4),
  },
  rfm_m: {
    says: 'RFM 里金额',
    name: 'M 分',
    short: 'M 分',
    unit: '分',
    fresh: fresh('rfm_m', 'at_least', 4),
  },
  tier: { says: '等级是', name: '会员等级', short: '等级', unit: '', fresh: { fact: 'tier', oneOf: [] } },
  tag: { says: '有标签', name: '标签', short: '标签', unit: '', fresh: { fact: 'tag', oneOf: [] } },
  coupons_held: {
    says: '手里没用的券',
    name: '手里有券',
    short: '有券',
    unit: '张',
    fresh: fresh('coupons_held', 'at_least', 1),
  },
  coupons_used: {
    says: '用过券',
    name: '用过券',
    short: '用过券',
    unit: '次',
    fresh: fresh('coupons_used', 'at_least', 1, { lastDays: 90 }),
  },
  campaigns: {
    says: '参加过活动',
    name: '参加过活动',
    short: '活动',
    unit: '场',
    fresh: fresh('campaigns', 'at_least', 1, { lastDays: 90 }),
  },
  marketing_messages: {
    says: '收过',
    after: '营销消息的',
    name: '收过营销消息',
    short: '没打扰',
    unit: '条',
    fresh: fresh('marketing_messages', 'at_least', 2, { lastDays: 30, not: true }),
  },
}
/** Those that people reach for first. */
export const USUAL: readonly Fact[] = [
  'purchases',
  'average_fen',
  'goods_times',
  'days_since_last',
  'segment',
  'marketing_messages',
]

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
const number = (value: number): string => value.toLocaleString('en-US')
/** A bound or figure as people say it: `¥80.00`, `4 次`. */
export const amountWords = (fact: AmountFact, value: number): string =>
  FACTS[fact].unit === 'fen' ? formatFen(value) : `${number(value)} ${factWords[fact].unit}`

export function boundWords({ fact, op, value, upTo }: AmountCondition): string {
  if (op === 'between') return `${amountWords(fact, value)} 到 ${amountWords(fact, upTo ?? value)}`
  const mark = op === 'at_least' ? '≥' : '≤'
  return `${mark} ${amountWords(fact, value)}`
}
export function spanWords({ lastDays, from, to }: AmountCondition): string {
  if (lastDays !== undefined) return lastDays === 1 ? '今天' : `近 ${lastDays} 天`
  if (from === undefined && to === undefined) return '一直以来'
  return `${from ?? '最早'} 到 ${to ?? '今天'}`
}
const few = (all: readonly string[], unit: string): string =>
  all.length <= 3 ? all.join('、') : `${all.slice(0, 2).join('、')}等 ${all.length} ${unit}`

export type Part = 'span' | 'weekdays' | 'stores' | 'boughtBy' | 'goods' | 'bounds' | 'oneOf'
export type Word = string | { part: Part; word: string; soft?: true }

const goodsWords = ({ categoryIds = [], skuIds = [] }: AmountCondition, names: Names): string =>
  few([...categoryIds.map(names.category), ...skuIds.map(names.sku)], '样') || '选商品'
function chosenWords({ fact, oneOf }: ChoiceCondition, names: Names): string {
  const wordOf = (id: string): string =>
    fact === 'segment' ? segmentWords[id as Segment] : fact === 'tier' ? names.tier(id) : names.tag(id)
  return few(oneOf.map(wordOf), '个') || '选一个'
}

/** A condition as a sentence: plain words, and those that can be pressed to change it. */
export function sentenceOf(condition: Condition, names: Names): Word[] {
  const { says, after } = factWords[condition.fact]
  if (isChoice(condition)) return [says, { part: 'oneOf', word: chosenWords(condition, names), soft: true }]
  const { spans, takes } = FACTS[condition.fact]
  const { weekdays, storeIds, boughtBy } = condition
  const place = storeIds ? few(storeIds.map(names.store), '家') : undefined
  return [
    ...(spans ? [{ part: 'span' as const, word: spanWords(condition) }, '里，'] : []),
    ...(place === undefined ? [] : ['在', { part: 'stores' as const, word: place, soft: true as const }]),
    ...(boughtBy === undefined
      ? []
      : [
          { part: 'boughtBy' as const, word: boughtBy === 'till' ? '门店收银' : '线上', soft: true as const },
        ]),
    ...(weekdays
      ? [
          '在',
          {
            part: 'weekdays' as const,
            word: weekdays.map((day) => weekdayNames[day - 1] ?? '').join('、'),
            soft: true as const,
          },
        ]
      : []),
    says,
    ...(takes.includes('skuIds')
      ? [{ part: 'goods' as const, word: goodsWords(condition, names), soft: true as const }]
      : []),
    { part: 'bounds', word: boundWords(condition) },
    ...(after ? [after] : []),
  ]
}
/** The whole of it in plain words. */
export const plainWords = (condition: Condition, names: Names): string =>
  `${condition.not ? '不是 ' : ''}${sentenceOf(condition, names)
    .map((word) => (typeof word === 'string' ? word : ` ${word.word} `))
    .join('')}`.trim()

export const shortWord = (row: Node): string =>
  isGroup(row)
    ? row.parts
        .map((part) => (isGroup(part) ? '…' : factWords[part.fact].short))
        .slice(0, 2)
        .join('或')
    : factWords[row.fact].short

/** Puts another node in the place of a path, or takes it away; a group that loses its last part goes too. */
export function withNode(rule: AudienceRule, path: string, node: Node | undefined): AudienceRule {
  const steps = path.split('.').map(Number)
  const put = (nodes: readonly Node[], [at = 0, ...rest]: readonly number[]): Node[] => {
    const old = nodes[at]
    if (rest.length === 0 || !old || !isGroup(old))
      return node === undefined
        ? nodes.filter((_, i) => i !== at)
        : nodes.map((each, i) => (i === at ? node : each))
    const parts = put(old.parts, rest)
    return parts.length === 0
      ? nodes.filter((_, i) => i !== at)
      : nodes.map((each, i) => (i === at ? { ...old, parts } : each))
  }
  return { rows: put(rule.rows, steps) } as AudienceRule
}
export const withRow = (rule: AudienceRule, node: Node): AudienceRule =>
  ({ rows: [...rule.rows, node] }) as AudienceRule
export const withPart = (group: Group, part: Node): Group => ({ ...group, parts: [...group.parts, part] })
/** One place up or down among the rows. */
export function movedRow(rule: AudienceRule, at: number, by: -1 | 1): AudienceRule {
  const rows = [...rule.rows]
  const [row] = rows.splice(at, 1)
  if (row) rows.splice(at + by, 0, row)
  return { rows }
}

const faultWords: Record<RuleFault, string> = {
  too_many: '条件太多了，最多 20 条。',
  span: '日子填得不对。',
  filter: '这里不能这样限定。',
  goods: '先选商品或分类。',
  bounds: '「到」要比「从」大。',
  word: '有一个选项不认识了，去掉再选。',
}
export const ruleFaultWords = (fault: RuleFault): string => faultWords[fault]
/** A choice of nothing is not sent: it is still being made. */
export const isChosen = (node: Node): boolean =>
  isGroup(node) ? node.parts.every(isChosen) : !isChoice(node) || node.oneOf.length > 0

/** What a condition is of somebody, in words. */
export function figureWords(condition: Condition, figure: Figure, names: Names): string {
  if (isChoice(condition)) {
    const mine = Array.isArray(figure) ? figure : []
    if (mine.length === 0) return condition.fact === 'tag' ? '没有标签' : '没有'
    return mine.map((id) => chosenWords({ ...condition, oneOf: [id] }, names)).join('、')
  }
  if (typeof figure !== 'number') return '没有记录'
  return amountWords(condition.fact, figure)
}
/** What was asked for, briefly: `要 ≥ 4 次`. */
export const wantedWords = (condition: Condition, names: Names): string =>
  `${condition.not ? '不要' : '要'} ${isChoice(condition) ? chosenWords(condition, names) : boundWords(condition)}`

export const share = (part: number, all: number): string =>
  all === 0 ? '0%' : `${((part / all) * 100).toFixed(1)}%`
/** `进 23 出 9`. */
export const changeWords = ({ entered, left }: Pick<Snapshot, 'entered' | 'left'>): string =>
  `进 ${number(entered)} 出 ${number(left)}`
export const causeWords: Record<Snapshot['cause'], string> = {
  nightly: '每晚',
  asked: '手动',
  drop: '发券时',
}
