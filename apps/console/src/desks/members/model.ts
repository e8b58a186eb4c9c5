import type { In, Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import { beijing, csvText } from '../../ui/csv.ts'
import { whole } from '../terms/model.ts'

export type Membership = Out<'GET /console/v1/membership'>
export type MemberRow = Membership['items'][number]
export type Member = Out<'GET /console/v1/members/:memberId'>
export type Growth = Out<'GET /console/v1/members/:memberId/growth'>
export type GrowthPosting = Out<'GET /console/v1/members/:memberId/growth-postings'>['items'][number]
export type OldCards = Out<'GET /console/v1/old-cards'>
export type OldCard = OldCards['items'][number]
export type TermsAnswer = Out<'GET /console/v1/tier-terms'>
export type Terms = TermsAnswer['items'][number]
export type Tier = Terms['tiers'][number]
export type TermsInput = In<'POST /console/v1/tier-terms'>['body']
export type Moves = Out<'POST /console/v1/tier-terms/previews'>['moves']
export const pageSize = 30

// ---- members

const SORTS = { joined: '新加入的在前', growth: '成长值高的在前', points: '积分多的在前' } as const
export type Sort = keyof typeof SORTS
export const sortChoices = Object.entries(SORTS).map(([value, label]) => ({ value, label }))
export interface MemberFilters {
  q?: string
  tier?: string
  sort?: Sort
}
const word = (params: URLSearchParams, name: string): string | undefined =>
  params.get(name)?.trim().slice(0, 40) || undefined
/** Reads the list's filters out of the address; anything that cannot be a filter is left out. */
export const memberFilters = (params: URLSearchParams): MemberFilters => {
  const q = word(params, 'q')
  const tier = word(params, 'tier')
  const sort = params.get('sort')
  return {
    ...(q ? { q } : {}),
    ...(tier && /^[a-z][a-z0-9_]{0,19}$/.test(tier) ? { tier } : {}),
    ...(sort && Object.hasOwn(SORTS, sort) ? { sort: sort as Sort } : {}),
  }
}
export const memberChips = ({ sort }: MemberFilters): Chip[] =>
  sort ? [{ key: 'sort', label: '排序', value: SORTS[sort] }] : []

/** A tier's name under the terms that hold now; its code where they no longer know it. */
export const tierName = (terms: Terms | undefined, code: string | null): string =>
  code === null ? '—' : (terms?.tiers.find((tier) => tier.code === code)?.name ?? code)
/** All, then each tier from the lowest, with how many have it. */
export const memberTabs = (
  terms: Terms | undefined,
  counts: Membership['counts'] | undefined,
  chosen: string | undefined,
) => {
  const countOf = (code: string) => counts && (counts.find(({ tier }) => tier === code)?.members ?? 0)
  const all = counts?.reduce((sum, { members }) => sum + members, 0)
  return [
    {
      key: 'all',
      label: '全部',
      count: all || undefined,
      change: { tier: undefined },
      on: chosen === undefined,
    },
    ...(terms?.active ? terms.tiers : []).map(({ code, name }) => ({
      key: code,
      label: name,
      count: countOf(code),
      change: { tier: code },
      on: chosen === code,
    })),
  ]
}
export const membersCsv = (rows: readonly MemberRow[], nameOf: (code: string | null) => string): string =>
  csvText(
    ['名字（中间打星）', '手机尾号', '等级', '成长值', '积分', '老会员卡', '加入时间'],
    rows.map(({ member, tier, growth, points, oldCards, joinedAt }) => [
      member.name,
      member.phoneTail ?? '',
      nameOf(tier),
      String(growth),
      String(points),
      String(oldCards),
      beijing(joinedAt),
    ]),
  )

// ---- growth

const GROWTH_WORDS: Record<GrowthPosting['reason'], string> = {
  earn: '购物，售后期过后计入',
  claw: '退款收回',
  card: '老会员卡带来',
  card_undone: '老会员卡解绑，收回',
  period_end: '一期结束，从头计',
}
export const growthWords = ({ reason }: Pick<GrowthPosting, 'reason'>): string => GROWTH_WORDS[reason]
const WHY: Record<Growth['changes'][number]['why'], string> = {
  begin: '第一次有成长值',
  growth: '成长值够了',
  card: '老会员卡带来',
  period_end: '一期结束，重新定级',
  terms: '等级规则换了',
}
export const changeWhy = (why: Growth['changes'][number]['why']): string => WHY[why]

// ---- old cards

export type CardState = 'free' | 'lost' | 'bound'
export const stateWords: Record<CardState, string> = { free: '还没绑', lost: '挂失', bound: '已绑定' }
export const stateTones = { free: 'waiting', lost: 'alarm', bound: 'done' } as const
export const stateOf = ({ binding, lostAt }: OldCard): CardState => {
  if (binding) return 'bound'
  return lostAt ? 'lost' : 'free'
}
export interface CardFilters {
  q?: string
  state?: CardState
}
export const cardFilters = (params: URLSearchParams): CardFilters => {
  const q = word(params, 'q')
  const state = params.get('state')
  return {
    ...(q ? { q } : {}),
    ...(state && Object.hasOwn(stateWords, state) ? { state: state as CardState } : {}),
  }
}
export const cardTabs = (counts: OldCards['counts'] | undefined, chosen: CardState | undefined) => [
  { key: 'all', label: '全部', count: undefined, change: { state: undefined }, on: chosen === undefined },
  ...(['free', 'bound', 'lost'] as const).map((state) => ({
    key: state,
    label: stateWords[state],
    count: counts?.[state],
    change: { state },
    on: chosen === state,
  })),
]
export const cardsCsv = (rows: readonly OldCard[]): string =>
  csvText(
    [
      '卡号',
      '姓名（中间打星）',
      '手机尾号',
      '积分',
      '成长值',
      '首次消费',
      '最近消费',
      '消费次数',
      '消费金额',
      '状态',
      '绑给',
    ],
    rows.map((card) => [
      card.no,
      card.name ?? '',
      card.phoneTail ?? '',
      String(card.points),
      String(card.growth),
      card.firstBought ?? '',
      card.lastBought ?? '',
      card.purchases === null ? '' : String(card.purchases),
      { fen: card.spentFen },
      stateWords[stateOf(card)],
      card.binding ? `${card.binding.member.name} ${card.binding.member.phoneTail ?? ''}` : '',
    ]),
  )

// ---- tiers

/** A tier as it is being written; numbers as they were typed. */
export interface TierForm {
  code: string
  name: string
  atGrowth: string
  /** Times, `1.5`. */
  times: string
  /** 折, `9.5`; empty: no member price. */
  rate: string
}
export interface Form {
  growthPerYuan: string
  periodMonths: string
  exceptCategoryIds: readonly string[]
  tiers: readonly TierForm[]
  since: string
}
const plain = (value: number): string => String(Number(value.toFixed(4)))
const tierForm = ({ code, name, atGrowth, pointsTimesBp, offBp }: Tier): TierForm => ({
  code,
  name,
  atGrowth: String(atGrowth),
  times: plain(pointsTimesBp / 10_000),
  rate: offBp === 0 ? '' : plain((10_000 - offBp) / 1000),
})
const FIRST: Tier[] = [
  { code: 'tier1', name: '普通会员', atGrowth: 0, pointsTimesBp: 10_000, offBp: 0 },
  { code: 'tier2', name: '银卡', atGrowth: 500, pointsTimesBp: 12_000, offBp: 0 },
]
export const formOf = (terms: Terms | undefined): Form => ({
  growthPerYuan: String(terms?.growthPerYuan ?? 1),
  periodMonths: String(terms?.periodMonths ?? 12),
  exceptCategoryIds: terms?.exceptCategoryIds ?? [],
  tiers: (terms?.tiers ?? FIRST).map(tierForm),
  since: '',
})
/** One more above the highest, with a code that no tier has. */
export const withOneMore = (tiers: readonly TierForm[]): TierForm[] => {
  const codes = new Set(tiers.map(({ code }) => code))
  const n = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => !codes.has(`tier${each}`)) ?? 9
  const top = tiers.at(-1)
  const atGrowth = String((Number(top?.atGrowth) || 0) * 2 || 500)
  return [...tiers, { code: `tier${n}`, name: '', atGrowth, times: top?.times ?? '1', rate: top?.rate ?? '' }]
}

const decimal = (typed: string, scale: number): number | undefined =>
  /^\d{1,2}(\.\d{1,3})?$/.test(typed.trim()) ? Math.round(Number(typed) * scale) : undefined

const tierOf = ({ code, name, atGrowth, times, rate }: TierForm): Tier | string => {
  const timesBp = decimal(times, 10_000)
  const rateBp = rate.trim() === '' ? 10_000 : decimal(rate, 1000)
  const at = whole(atGrowth, 0, 100_000_000)
  if (name.trim() === '') return '每个等级都要有名字'
  if (at === undefined) return `「${name}」从多少成长值起写得不对`
  if (timesBp === undefined || timesBp < 10_000 || timesBp > 50_000)
    return `「${name}」积分几倍写得不对，1 到 5`
  if (rateBp === undefined || rateBp < 5000 || rateBp > 10_000)
    return `「${name}」打几折写得不对，5 到 10；不打折就空着`
  return { code, name: name.trim(), atGrowth: at, pointsTimesBp: timesBp, offBp: 10_000 - rateBp }
}
const orderFault = (tiers: readonly Tier[]): string | undefined => {
  if (tiers[0]?.atGrowth !== 0) return '第一级要从 0 起，人人都有'
  for (const [i, tier] of tiers.entries()) {
    const below = tiers[i - 1]
    if (!below) continue
    if (tier.atGrowth <= below.atGrowth) return `「${tier.name}」要比「${below.name}」门槛高`
    if (tier.pointsTimesBp < below.pointsTimesBp || tier.offBp < below.offBp)
      return `「${tier.name}」的权益不能比「${below.name}」少`
  }
  return new Set(tiers.map(({ name }) => name)).size < tiers.length ? '两个等级同名' : undefined
}

function read(form: Form): TermsInput | string {
  const growthPerYuan = whole(form.growthPerYuan, 1, 1000)
  if (growthPerYuan === undefined) return '每付 1 元得多少成长值写得不对，1 到 1000'
  const periodMonths = whole(form.periodMonths, 1, 36)
  if (periodMonths === undefined) return '一期几个月写得不对，1 到 36'
  const tiers: Tier[] = []
  for (const each of form.tiers) {
    const tier = tierOf(each)
    if (typeof tier === 'string') return tier
    tiers.push(tier)
  }
  const fault = orderFault(tiers)
  if (fault !== undefined) return fault
  const exceptCategoryIds = [...form.exceptCategoryIds]
  return { growthPerYuan, periodMonths, exceptCategoryIds, tiers, active: true, since: form.since || null }
}
/** The terms as the server takes them; undefined while something is wrong. */
export const inputOf = (form: Form): TermsInput | undefined => {
  const answer = read(form)
  return typeof answer === 'string' ? undefined : answer
}
/** What is still wrong, in the order of the form; undefined when nothing is. */
export const formFault = (form: Form): string | undefined => {
  const answer = read(form)
  return typeof answer === 'string' ? answer : undefined
}
/** The same terms, switched off or on from now. */
export const switched = (
  { growthPerYuan, periodMonths, exceptCategoryIds, tiers }: Terms,
  active: boolean,
): TermsInput => ({ growthPerYuan, periodMonths, exceptCategoryIds, tiers, active, since: null })

/** What a tier brings, as the shop says it. */
export const benefitWords = ({ pointsTimesBp, offBp }: Pick<Tier, 'pointsTimesBp' | 'offBp'>): string =>
  [
    ...(offBp > 0 ? [`会员价 ${plain((10_000 - offBp) / 1000)} 折`] : []),
    ...(pointsTimesBp > 10_000 ? [`积分 ${plain(pointsTimesBp / 10_000)} 倍`] : []),
  ].join('，') || '和大家一样'

/** Who moves, in sentences; the largest move first. */
export function moveWords(
  moves: Moves,
  { from, to }: { from: (code: string) => string; to: (code: string) => string },
): string[] {
  const moving = moves.filter((move) => move.from !== move.to).sort((a, b) => b.members - a.members)
  const staying = moves.reduce((sum, move) => (move.from === move.to ? sum + move.members : sum), 0)
  return [
    ...moving.map((move) => `${move.members} 人从${from(move.from)}到${to(move.to)}`),
    staying > 0 ? `${staying} 人等级不变` : '还没有人有成长值',
  ]
}
