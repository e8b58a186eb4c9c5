import type { In, Out } from '../../api.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { fenToField, formatFen, parseFen } from '../../ui/fen.ts'

export type Row = Out<'GET /console/v1/drops'>['items'][number]
export type Drop = Row['drop']
export type Result = Row['result']
export type Round = Out<'GET /console/v1/drops/:dropId'>['rounds'][number]
export type Trial = Out<'POST /console/v1/drop-trials'>
export type DropInput = In<'POST /console/v1/drops'>['body']

export const stateWords: Record<Drop['state'], string> = {
  DRAFT: '草稿',
  LIVE: '进行中',
  PAUSED: '暂停中',
  ENDED: '结束了',
  STOPPED: '停了',
}
export const stateTones: Record<Drop['state'], Tone> = {
  DRAFT: 'waiting',
  LIVE: 'doing',
  PAUSED: 'waiting',
  ENDED: 'done',
  STOPPED: 'over',
}
export const stopWords: Record<NonNullable<Drop['stop']>, string> = {
  by_staff: '有人停的',
  budget: '券花到预算了，自动停的',
  opt_outs: '收到的人退订太多，自动停的',
  coupon_over: '券停发或发完了，自动停的',
}
export const leftOutWords: Record<Trial['leftOut'][number]['reason'], string> = {
  blocked: '账号停用',
  no_consent: '没同意收营销',
  capped: '近 30 天收得够多了',
  recent: '这个活动刚发过',
  full: '超出人数上限',
}

/** A share as people read it, to a tenth of a per cent: `25.8%`. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
/** A difference of shares in points, with its sign: `+14.2`. */
export const points = (share: number): string => {
  const text = Math.abs(share * 100).toFixed(1)
  return share < 0 ? `−${text}` : `+${text}`
}
export const boughtShare = ({ bought, members }: Result['send']): string =>
  members === 0 ? '—' : percent(bought / members)

export const verdictWords: Record<Result['verdict'], string> = {
  useful: '有用',
  harmful: '反而少了',
  no_evidence: '看不出',
  few: '人太少',
  waiting: '还没到时候',
}
/** What came of it, in a sentence that says no more than the interval bears out. */
export function verdictSentence({ verdict, share, extraBuyers, costFen, send, hold }: Result): string {
  if (verdict === 'waiting') return '天数没满之前不下结论：天天看、看到好就停，什么都会显得有用。'
  if (verdict === 'few' || !share)
    return `发的 ${send.members} 人、对照 ${hold.members} 人，每边至少要 30 人才比得了。`
  const between = `差 ${points(share.value)} 个点，95% 区间 ${points(share.low)} 到 ${points(share.high)}`
  if (verdict === 'useful') {
    const each =
      extraBuyers > 0 && costFen > 0
        ? `，平均每多来一位花券 ${formatFen(Math.round(costFen / extraBuyers))}`
        : ''
    return `收到券的人来买的更多：${between}。约多来 ${extraBuyers} 人${each}。`
  }
  if (verdict === 'harmful') return `收到券的人来买的反而更少：${between}。先别再发。`
  return `看不出有没有用：${between}，里面有 0。人再多些才知道。`
}

/** The terms as a form holds them: money and counts as typed. */
export interface DropForm {
  name: string
  audienceId: string | undefined
  templateId: string | undefined
  words: string
  schedule: DropInput['schedule']
  /** `2026-11-24T10:00`, in the shops' own time zone. */
  startsAt: string
  lastDay: string
  holdoutPercent: string
  windowDays: string
  againAfterDays: string
  mostMessages: string
  mostMembers: string
  budget: string
  optOutPercent: string
}
const localOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16)

/** A new form: tomorrow's defaults, a tenth held back, a fortnight to look. */
export const newForm = (now: Date): DropForm => ({
  name: '',
  audienceId: undefined,
  templateId: undefined,
  words: '送您一张券，',
  schedule: 'once',
  startsAt: localOf(new Date(now.getTime() + 3_600_000).toISOString()),
  lastDay: '',
  holdoutPercent: '10',
  windowDays: '14',
  againAfterDays: '30',
  mostMessages: '4',
  mostMembers: '5000',
  budget: '',
  optOutPercent: '2',
})
export const formOf = (drop: Drop): DropForm => ({
  name: drop.name,
  audienceId: drop.audienceId,
  templateId: drop.templateId,
  words: drop.words,
  schedule: drop.schedule,
  startsAt: localOf(drop.startsAt),
  lastDay: drop.lastDay ?? '',
  holdoutPercent: String(drop.holdoutBp / 100),
  windowDays: String(drop.windowDays),
  againAfterDays: drop.againAfterDays === null ? '' : String(drop.againAfterDays),
  mostMessages: String(drop.mostMessages),
  mostMembers: String(drop.mostMembers),
  budget: drop.budgetFen === null ? '' : fenToField(drop.budgetFen),
  optOutPercent: String(drop.mostOptOutBp / 100),
})

const whole = (typed: string, least: number, most: number): number | undefined => {
  const value = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : NaN
  return value >= least && value <= most ? value : undefined
}
/** Per cent with two decimals at most, as basis points. */
const basisPoints = (typed: string, least: number, most: number): number | undefined => {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(typed.trim())) return undefined
  const value = Math.round(Number(typed) * 100)
  return value >= least && value <= most ? value : undefined
}

export type Faults = Partial<Record<keyof DropForm, string>>
/** What is wrong with a form, field by field; and the terms, when nothing is. */
export function readForm(form: DropForm): { faults: Faults; input?: DropInput } {
  const daily = form.schedule === 'daily'
  const holdoutBp = basisPoints(form.holdoutPercent, 500, 5000)
  const windowDays = whole(form.windowDays, 1, 60)
  const again = form.againAfterDays.trim() === '' ? null : whole(form.againAfterDays, 7, 365)
  const mostMessages = whole(form.mostMessages, 1, 12)
  const mostMembers = whole(form.mostMembers, 60, 1_000_000)
  const budgetFen = form.budget.trim() === '' ? null : parseFen(form.budget)
  const mostOptOutBp = basisPoints(form.optOutPercent, 10, 10_000)
  const faults: Faults = {
    ...(form.name.trim() === '' && { name: '起个名字' }),
    ...(!form.audienceId && { audienceId: '选一个人群' }),
    ...(!form.templateId && { templateId: '选一张券' }),
    ...(form.words.trim() === '' && { words: '写一句话' }),
    ...(!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(form.startsAt) && { startsAt: '选个时间' }),
    ...(daily && !/^\d{4}-\d\d-\d\d$/.test(form.lastDay) && { lastDay: '选最后一天' }),
    ...(holdoutBp === undefined && { holdoutPercent: '5 到 50' }),
    ...(windowDays === undefined && { windowDays: '1 到 60 天' }),
    ...(daily && again === undefined && { againAfterDays: '7 到 365 天，空着就是只发一次' }),
    ...(mostMessages === undefined && { mostMessages: '1 到 12 条' }),
    ...(mostMembers === undefined && { mostMembers: '60 到 1,000,000 人' }),
    ...(budgetFen !== null &&
      (budgetFen === undefined || budgetFen < 100) && { budget: '至少 1 元，空着就是不设' }),
    ...(mostOptOutBp === undefined && { optOutPercent: '0.1 到 100' }),
  }
  if (
    Object.keys(faults).length > 0 ||
    form.audienceId === undefined ||
    form.templateId === undefined ||
    holdoutBp === undefined ||
    windowDays === undefined ||
    again === undefined ||
    mostMessages === undefined ||
    mostMembers === undefined ||
    budgetFen === undefined ||
    mostOptOutBp === undefined
  )
    return { faults }
  return {
    faults,
    input: {
      name: form.name.trim(),
      audienceId: form.audienceId,
      templateId: form.templateId,
      words: form.words.trim(),
      schedule: form.schedule,
      startsAt: `${form.startsAt}:00+08:00`,
      lastDay: daily ? form.lastDay : null,
      holdoutBp,
      windowDays,
      againAfterDays: daily ? again : null,
      mostMessages,
      mostMembers,
      budgetFen,
      mostOptOutBp,
    },
  }
}

/** Where a difference of shares is drawn on an axis of points from `from` to `to`, in per cent of its width. */
export const placeOf = (share: number, { from, to }: { from: number; to: number }): number =>
  Math.min(100, Math.max(0, ((share * 100 - from) / (to - from)) * 100))
/** An axis that shows all of these intervals and zero, in steps of five points. */
export function axisOf(results: readonly Result[]): { from: number; to: number } {
  const shown = results.flatMap(({ share }) => (share ? [share.low * 100, share.high * 100] : []))
  const step = (value: number, round: (value: number) => number): number => round(value / 5) * 5
  return { from: step(Math.min(-5, ...shown), Math.floor), to: step(Math.max(10, ...shown), Math.ceil) }
}
