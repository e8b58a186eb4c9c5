import type { In, Out } from '../../api.ts'
import { fenToField, formatFen, parseFen } from '../../ui/fen.ts'
import { short } from '../rules/model.ts'
import { firstFault, whole } from '../terms/model.ts'

export type TermsAnswer = Out<'GET /console/v1/points-terms'>
export type Terms = TermsAnswer['items'][number]
export type TermsInput = In<'POST /console/v1/points-terms'>['body']
export type Balance = Out<'GET /console/v1/members/:memberId/points'>
export type Posting = Out<'GET /console/v1/members/:memberId/point-postings'>['items'][number]

type Worth = Omit<TermsInput, 'since'>
const percent = (bp: number): string => `${bp / 100}%`

/** The terms as sentences; the first line is the one that a shopper asks for. */
export const termsSentences = (terms: Worth, nameOf: (categoryId: string) => string): string[] => [
  `实付每 ${short(terms.fenPerPoint)} 得 1 分，券和积分付掉的不算`,
  `${terms.pointsPerYuan} 分抵 ¥1，一单最多抵商品钱的 ${percent(terms.capBp)}${terms.capPoints === null ? '' : `、不超过 ${terms.capPoints} 分`}`,
  terms.minOrderFen > 0 ? `商品满 ${short(terms.minOrderFen)} 才能抵` : '多少钱都能抵',
  terms.frozenDays > 0 ? `取货后第 ${terms.frozenDays + 1} 天起能用：售后期过了才生效` : '取货当晚过后就能用',
  `生效后用到第 ${terms.validMonths} 个月的月底`,
  ...(terms.exceptCategoryIds.length > 0
    ? [`${terms.exceptCategoryIds.map(nameOf).join('、')}不得也不抵`]
    : []),
]
/** What points give back of a yuan spent, at most: the number that the owner should know. */
export const givenBackWords = ({ fenPerPoint, pointsPerYuan }: Worth): string =>
  `相当于让利 ${((100 / fenPerPoint / pointsPerYuan) * 100).toFixed(2).replace(/\.?0+$/, '')}%`

/** An order of ¥100 of goods that take part, as it earns and as points may pay it. */
export const exampleWords = (terms: Worth): string => {
  const mostFen = Math.min(
    Math.floor((10_000 * terms.capBp) / 10_000),
    9_999,
    terms.capPoints === null ? Infinity : Math.floor((terms.capPoints * 100) / terms.pointsPerYuan),
  )
  const points = Math.ceil((mostFen * terms.pointsPerYuan) / 100)
  return `付 ¥100 得 ${Math.floor(10_000 / terms.fenPerPoint)} 分；买 ¥100 最多用 ${points} 分抵 ${formatFen(mostFen)}`
}

/** Terms as they are being written; numbers as they were typed. */
export interface Form {
  active: boolean
  fenPerPoint: string
  pointsPerYuan: string
  cap: string
  capPoints: string
  minOrder: string
  frozenDays: string
  validMonths: string
  exceptCategoryIds: readonly string[]
  /** An instant; empty: now. */
  since: string
}
export const formOf = (terms: Terms | undefined): Form => ({
  active: true,
  fenPerPoint: fenToField(terms?.fenPerPoint ?? 100),
  pointsPerYuan: String(terms?.pointsPerYuan ?? 100),
  cap: String((terms?.capBp ?? 5000) / 100),
  capPoints: terms?.capPoints ? String(terms.capPoints) : '',
  minOrder: fenToField(terms?.minOrderFen ?? 0),
  frozenDays: String(terms?.frozenDays ?? 7),
  validMonths: String(terms?.validMonths ?? 12),
  exceptCategoryIds: terms?.exceptCategoryIds ?? [],
  since: '',
})

const faults = (form: Form): [unknown, string][] => {
  const fenPerPoint = parseFen(form.fenPerPoint)
  return [
    [
      fenPerPoint !== undefined && fenPerPoint > 0 && fenPerPoint <= 1_000_000,
      '付多少得 1 分写得不对，¥0.01 到 ¥10,000',
    ],
    [whole(form.pointsPerYuan, 1, 10_000), '多少分抵 1 元写得不对，1 到 10,000'],
    [whole(form.cap, 0, 100), '最多抵百分之几写得不对，0 到 100'],
    [form.capPoints.trim() === '' || whole(form.capPoints, 1, 10_000_000), '一单最多几分写得不对'],
    [parseFen(form.minOrder), '满多少可抵写得不对，不限就写 0'],
    [whole(form.frozenDays, 0, 60), '待生效天数写得不对，0 到 60'],
    [whole(form.validMonths, 1, 60), '有效月数写得不对，1 到 60'],
  ]
}
/** What is still wrong, in the order of the form; undefined when nothing is. */
export const formFault = (form: Form): string | undefined => firstFault(faults(form))

/** The terms as the server takes them; undefined while something is wrong. */
export function inputOf(form: Form): TermsInput | undefined {
  if (formFault(form)) return undefined
  return {
    active: form.active,
    fenPerPoint: parseFen(form.fenPerPoint) ?? 100,
    pointsPerYuan: whole(form.pointsPerYuan, 1, 10_000) ?? 100,
    capBp: (whole(form.cap, 0, 100) ?? 0) * 100,
    capPoints: form.capPoints.trim() ? (whole(form.capPoints, 1, 10_000_000) ?? null) : null,
    minOrderFen: parseFen(form.minOrder) ?? 0,
    frozenDays: whole(form.frozenDays, 0, 60) ?? 0,
    validMonths: whole(form.validMonths, 1, 60) ?? 12,
    exceptCategoryIds: [...form.exceptCategoryIds],
    since: form.since || null,
  }
}
/** The same terms, switched off or on from now. */
export const switched = (terms: Terms, active: boolean): TermsInput => ({
  pointsPerYuan: terms.pointsPerYuan,
  capBp: terms.capBp,
  capPoints: terms.capPoints,
  minOrderFen: terms.minOrderFen,
  exceptCategoryIds: terms.exceptCategoryIds,
  fenPerPoint: terms.fenPerPoint,
  frozenDays: terms.frozenDays,
  validMonths: terms.validMonths,
  active,
  since: null,
})

const reasons: Record<Posting['reason'], string> = {
  grant: '赠送',
  hold: '下单占用',
  capture: '付款',
  release: '没付款，退回',
  give_back: '退款退回',
  earn: '付款得的，待生效',
  unfreeze: '生效',
  claw: '退款收回',
  expire: '过期',
  card: '老会员卡带来',
  card_undone: '老会员卡解绑，收回',
  gift: '换礼品',
  gift_back: '礼品撤回，退积分',
  reward: '签到和任务',
  reward_back: '任务的首单全退，收回',
}
export const reasonWords = ({ reason }: Pick<Posting, 'reason'>): string => reasons[reason]

const signed = (n: number): string => (n < 0 ? `−${-n}` : `+${n}`)
/** What a posting changed, each part that moved: `+20`, `待生效 −20`. */
export const changeWords = ({ available, frozen, debt }: Posting): string =>
  [
    ...(available === 0 ? [] : [signed(available)]),
    ...(frozen === 0 ? [] : [`待生效 ${signed(frozen)}`]),
    ...(debt === 0 ? [] : [`欠 ${signed(debt)}`]),
  ].join('，') || '—'
