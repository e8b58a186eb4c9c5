import type { Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import { beijing, csvText } from '../../ui/csv.ts'
import { formatFen } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { goodsWords, short, termsWords } from '../rules/model.ts'

export type Templates = Out<'GET /console/v1/coupon-templates'>
export type Template = Templates['items'][number]
export type Granted = Out<'GET /console/v1/coupon-templates/:templateId/coupons'>['items'][number]
export type CouponDetail = Out<'GET /console/v1/coupons/:couponId'>
export type CouponEvent = CouponDetail['events'][number]
export type Kind = Template['kind']
export type CouponState = Granted['state']
export type CouponAlarm = Out<'GET /console/v1/coupon-alarms'>['items'][number]
export type CodeBatch = Out<'GET /console/v1/coupon-templates/:templateId/code-batches'>['items'][number]
export const pageSize = 20

export const kindWords: Record<Kind, string> = {
  steps: '满减折扣',
  exchange: '兑换',
  freight: '免运费',
  earn: '积分翻倍',
}
export const wayWords: Record<Template['way'], string> = {
  grant: '店员发',
  claim: '领券中心',
  word: '口令',
  code: '纸上的码',
  points: '积分兑换',
  register: '新会员',
  pay: '下单送',
  reward: '任务和自动送',
}
export const couponStates: Record<CouponState, { word: string; tone: Tone }> = {
  UNUSED: { word: '可用', tone: 'done' },
  LOCKED: { word: '订单占用中', tone: 'doing' },
  USED: { word: '已使用', tone: 'over' },
  EXPIRED: { word: '已过期', tone: 'over' },
  VOID: { word: '已作废', tone: 'alarm' },
}

const isKind = (word: string | null): word is Kind => word !== null && Object.hasOwn(kindWords, word)
export interface TemplateFilters {
  state: 'open' | 'over'
  kind?: Kind
  q?: string
}
/** Reads the list's filters out of the address; anything that cannot be one is left out. */
export const templateFilters = (params: URLSearchParams): TemplateFilters => {
  const [kind, q] = [params.get('kind'), params.get('q')?.trim().slice(0, 20)]
  return {
    state: params.get('state') === 'over' ? 'over' : 'open',
    ...(isKind(kind) ? { kind } : {}),
    ...(q ? { q } : {}),
  }
}
export const templateTabs = (counts: Templates['counts'] | undefined, chosen: 'open' | 'over') =>
  (['open', 'over'] as const).map((state) => ({
    key: state,
    label: state === 'open' ? '发放中' : '已停发',
    count: counts?.[state],
    change: { state: state === 'open' ? undefined : state },
    on: state === chosen,
  }))
export const templateChips = ({ kind }: TemplateFilters): Chip[] =>
  kind ? [{ key: 'kind', label: '种类', value: kindWords[kind] }] : []
export const kindChoices = (Object.keys(kindWords) as Kind[]).map((value) => ({
  value,
  label: kindWords[value],
}))

const isCouponState = (word: string | null): word is CouponState =>
  word !== null && Object.hasOwn(couponStates, word)
export interface GrantedFilters {
  state?: CouponState
  q?: string
}
export const grantedFilters = (params: URLSearchParams): GrantedFilters => {
  const [state, q] = [params.get('state'), params.get('q')?.trim().slice(0, 40)]
  return { ...(isCouponState(state) ? { state } : {}), ...(q ? { q } : {}) }
}
/** All of a template's coupons, and each state with how many stand so. */
export const grantedTabs = (counts: Template['counts'] | undefined, chosen: CouponState | undefined) => [
  {
    key: 'all',
    label: '全部',
    count: counts && Object.values(counts).reduce((sum, each) => sum + each, 0),
    change: { state: undefined },
    on: chosen === undefined,
  },
  ...(Object.keys(couponStates) as CouponState[]).map((state) => ({
    key: state,
    label: state === 'LOCKED' ? '占用中' : couponStates[state].word,
    count: counts?.[state],
    change: { state },
    on: state === chosen,
  })),
]

/** How a template stands: it gives, it has given all, or somebody ended it. */
export const standing = ({
  endedAt,
  granted,
  most,
}: Pick<Template, 'endedAt' | 'granted' | 'most'>): { word: string; tone: Tone } => {
  if (endedAt) return { word: '已停发', tone: 'over' }
  return granted >= most ? { word: '发完了', tone: 'waiting' } : { word: '发放中', tone: 'done' }
}

type Effect = Pick<Template, 'kind' | 'steps' | 'toFen' | 'timesBp' | 'maxOffFen'>
/** What the coupon is worth, in one sentence: `满 ¥30 减 ¥5`, `免费换一件`, `积分 2 倍`. */
export const valueWords = ({ kind, steps, toFen, timesBp, maxOffFen }: Effect): string => {
  if (kind === 'exchange') return toFen ? `${short(toFen)} 换一件` : '免费换一件'
  if (kind === 'freight') return maxOffFen === null ? '免运费' : `运费最多减 ${short(maxOffFen)}`
  if (kind === 'earn') return `积分 ${(timesBp ?? 10_000) / 10_000} 倍`
  const [first] = steps
  const free = first && first.atFen === 0 && first.atPieces === 0
  return `${free ? '不限金额，' : ''}${termsWords({ steps, maxOffFen })}`
}

type Place = Pick<Template, 'storeIds' | 'fulfilments' | 'channels' | 'tiers' | 'firstOrder'>
/** Where and how it may be used. */
export const placeWords = ({ storeIds, fulfilments, channels, tiers, firstOrder }: Place): string =>
  [
    storeIds ? storeIds.join('、') : '全部门店',
    ...(fulfilments?.length === 1 ? [fulfilments[0] === 'pickup' ? '到店自提' : '送货上门'] : []),
    ...(channels?.length === 1 ? [channels[0] === 'online' ? '线上下单' : '收银台'] : []),
    ...(tiers ? ['指定等级'] : []),
    ...(firstOrder ? ['第一单'] : []),
  ].join('，')

type Way = Pick<Template, 'way' | 'word' | 'pricePoints' | 'payFromFen' | 'needsPhone'>
function waySentence({ way, word, pricePoints, payFromFen, needsPhone }: Way): string[] {
  const how: Record<Template['way'], string | null> = {
    grant: null,
    claim: '在领券中心自己领',
    word: `在领券中心输口令「${word ?? ''}」`,
    code: '在领券中心输卡片上的码，一个码一张',
    points: `在积分兑礼用 ${pricePoints ?? 0} 积分换`,
    register: '绑定手机号就送，一个手机号一辈子一次',
    pay: `线上一单实付满 ${short(payFromFen ?? 0)}，取货后送；退到不够，没用的收回`,
    reward: '完成新手任务、过生日或好久没来时自动送',
  }
  const sentence = how[way]
  return sentence === null ? [] : [`${sentence}${needsPhone ? '，要先绑手机号' : ''}`]
}

/** The coupon as a cashier would explain it to a shopper. */
export const promiseWords = (
  terms: Effect &
    Place &
    Pick<
      Template,
      | 'categoryIds'
      | 'skuIds'
      | 'exceptCategoryIds'
      | 'exceptSkuIds'
      | 'validDays'
      | 'mostEach'
      | 'way'
      | 'word'
      | 'pricePoints'
      | 'payFromFen'
      | 'needsPhone'
    >,
  nameOf: (categoryId: string) => string,
): string[] => [
  `${goodsWords(terms, nameOf)}：${valueWords(terms)}`,
  `${placeWords(terms)}可用`,
  `领到当天算第 1 天，${terms.validDays} 天内有效，最后一天 24 点过期`,
  terms.mostEach === 1 ? '每人最多 1 张' : `每人最多 ${terms.mostEach} 张`,
  ...waySentence(terms),
]

/** What became of a coupon, step by step. */
export const eventWords = ({ verb, to, reason }: CouponEvent): string => {
  if (verb === 'give_back') return to === 'UNUSED' ? '退回给顾客' : '订单退了，券已过期，不退回'
  const words: Record<Exclude<CouponEvent['verb'], 'give_back'>, string> = {
    grant: '发给顾客',
    lock: '下单占用',
    use: '付款，用掉了',
    expire: '过期',
    void: `撤回：${reason ?? ''}`,
  }
  return words[verb]
}

/** What the chain would pay at most if every coupon out there were used; null where that depends on the basket. */
export const exposureFen = ({ kind, steps, maxOffFen, counts }: Template): number | null => {
  const last = steps.at(-1)
  if (kind !== 'steps' || !last) return null
  const each = last.offFen > 0 ? Math.min(last.offFen, maxOffFen ?? Infinity) : maxOffFen
  return each === null ? null : each * counts.UNUSED
}
export const exposureWords = (template: Template): string | undefined => {
  const fen = exposureFen(template)
  return fen === null ? undefined : `都用掉最多减 ${formatFen(fen)}`
}

/** How many codes to make, as it was typed; undefined when it is no such number. */
export const codeCount = (typed: string): number | undefined => {
  const n = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0
  return n >= 1 && n <= 50_000 ? n : undefined
}
/** Codes for the printer. */
export const codesCsv = (codes: readonly { n: number; code: string; usedAt: string | null }[]): string =>
  csvText(
    ['序号', '码', '用掉的时间'],
    codes.map(({ n, code, usedAt }) => [String(n), code, usedAt === null ? '' : beijing(usedAt)]),
  )

/** What head office should look at, in a sentence. */
export const alarmWords = ({ kind, label, times }: CouponAlarm): string =>
  kind === 'codes_guessed'
    ? `一天里锁了 ${times} 次：连着输了十个不存在的码`
    : `想领「${label ?? ''}」${times} 次：同一个手机号的另一个账号已经领满了`
