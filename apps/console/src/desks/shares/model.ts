import type { In, Out } from '../../api.ts'
import { beijing, csvText } from '../../ui/csv.ts'
import { formatFen } from '../../ui/fen.ts'
import { longDay } from '../../ui/time.ts'
import { memberWords } from '../coupons/grant.ts'
import { firstFault, whole } from '../terms/model.ts'

export type Answer = Out<'GET /console/v1/share-figures'>
export type Row = Answer['items'][number]
export type Figures = Pick<Row, 'opens' | 'members' | 'joined' | 'orders' | 'paidFen' | 'backFen'>
export type Share = Out<'GET /console/v1/shares'>['items'][number]
export type Chain = Out<'GET /console/v1/shares/:shareId'>
export type Terms = Out<'GET /console/v1/share-terms'>['items'][number]
export type TermsInput = In<'POST /console/v1/share-terms'>['body']

export const VIEWS = ['day', 'subject', 'sharer', 'each'] as const
export type View = (typeof VIEWS)[number]
export const viewWords: Record<View, string> = {
  day: '按天',
  subject: '按分享的东西',
  sharer: '按分享人',
  each: '每条分享',
}
export const viewOf = (typed: string | null): View => VIEWS.find((view) => view === typed) ?? 'day'

/** Days of one page; from the address, at most a year. */
export const SPANS = [7, 30, 90, 365] as const
export const spanOf = (typed: string | null): number => SPANS.find((days) => String(days) === typed) ?? 30

const kindWords: Record<string, string> = {
  product: '商品',
  store: '门店',
  campaign: '活动',
  group: '拼团',
  rally: '砍价和助力',
  invite: '分享立减',
}
/** What was passed on; the set is open, and what this build does not know is named as the server names it. */
export const subjectWords = ({
  subject,
  title,
}: {
  subject: { kind: string; id: string } | null
  title: string | null
}): { kind: string; name: string } => ({
  kind: subject ? (kindWords[subject.kind] ?? subject.kind) : '',
  name: title ?? '已经不在了',
})

export const keptFen = ({ paidFen, backFen }: Pick<Figures, 'paidFen' | 'backFen'>): number =>
  paidFen - backFen

/** Of so many how many, as people say it; nothing of nothing. */
export const rateWords = (part: number, whole_: number): string =>
  whole_ === 0 ? '–' : `${((part / whole_) * 100).toFixed(1)}%`

export const dayWords = (day: string): string => longDay(`${day}T12:00:00+08:00`)

/** Which of the rows is meant, in its first column. */
export const rowWords = (row: Row): string => {
  if (row.day !== null) return dayWords(row.day)
  if (row.sharer) return memberWords(row.sharer)
  const { kind, name } = subjectWords(row)
  return `${kind} · ${name}`
}

const figureHead = ['打开', '其中会员', '新会员', '订单', '付款', '退回', '留下']
const figureCells = (row: Figures) => [
  String(row.opens),
  String(row.members),
  String(row.joined),
  String(row.orders),
  { fen: row.paidFen },
  { fen: row.backFen },
  { fen: keptFen(row) },
]
/** The rows of a view as a spreadsheet has them. */
export const figuresCsv = (rows: readonly Row[]): string =>
  csvText(
    ['哪一行', '门店', '新的分享', ...figureHead],
    rows.map((row) => [row.day ?? rowWords(row), row.storeId ?? '', String(row.shares), ...figureCells(row)]),
  )
export const sharesCsv = (rows: readonly Share[]): string =>
  csvText(
    ['第一次分享', '分享人', '是什么', '名称', '门店', '第几手', ...figureHead],
    rows.map((row) => [
      beijing(row.madeAt),
      memberWords(row.sharer),
      subjectWords(row).kind,
      subjectWords(row).name,
      row.storeId,
      String(row.depth + 1),
      ...figureCells(row),
    ]),
  )

/** What each figure is, word for word as it is counted. */
export const definitions: readonly (readonly [string, string])[] = [
  ['打开', '一条分享，同一位会员、同一部手机只算一次，算第一次那天；分享人自己打开不算'],
  ['其中会员', '打开的人里，当时登录着的，或后来在同一部手机上登录的'],
  ['新会员', '打开之后才成为会员，算在成为会员前最后打开的那条上；一辈子只算一次'],
  ['订单', '付了款的订单，算在下单前最后打开的那条分享上，按下单那天；取消的不算，退了款的仍算一单'],
  ['付款、退回、留下', '这些订单一共付了多少、到现在退了多少、两者相减'],
]
/** The terms as sentences; before there are any, the seven days that hold. */
export const termsSentences = (terms: TermsInput | undefined): string[] => {
  const { active, days } = terms ?? { active: true, days: 7 }
  return active
    ? [
        `下单前 ${days} 天内打开过分享，就归到最后打开的那条；过了 ${days} 天不归`,
        '改了只管以后的订单，归过的不变',
        '分享和打开都没有奖励：微信不许奖励分享这个动作',
      ]
    : ['现在不把订单归到分享，打开照样计数']
}

export interface Form {
  days: string
}
export const formOf = (terms: Terms | undefined): Form => ({ days: String(terms?.days ?? 7) })
/** What is still wrong; undefined when nothing is. */
export const formFault = (form: Form): string | undefined =>
  firstFault([[whole(form.days, 1, 30), '几天内写得不对，1 到 30']])
/** The terms as the server takes them; undefined while something is wrong. */
export const inputOf = (form: Form): TermsInput | undefined => {
  const days = whole(form.days, 1, 30)
  return days === undefined ? undefined : { active: true, days }
}

/** What the orders of a chain came to, in a sentence. */
export const moneyWords = ({ orders, paidFen, backFen }: Figures): string =>
  orders === 0
    ? '还没有付款的订单'
    : `${orders} 单，付 ${formatFen(paidFen)}${backFen > 0 ? `，退 ${formatFen(backFen)}` : ''}`
