import { equalShares } from '../batches.ts'
import { instantOf, minutesBetween, type Wall, wallAfter, wallOf } from '../times.ts'
import type { TermsOf } from './kind.ts'

type FlashTerms = TermsOf<'flash'>
export const MOST_BATCHES = 24

/** All at once, in equal shares, or in shares that are written by hand. */
export type Way = 'once' | 'equal' | 'hand'
export interface FlashForm {
  kind: 'flash'
  way: Way
  rows: readonly { at: Wall; percent: string }[]
  /** Spans in which it sells; none: from start to end. */
  sessions: readonly { from: Wall; until: Wall }[]
  reservation: 'none' | 'reminder' | 'required'
}
export const MOST_SESSIONS = 60

/** Basis points as percent, without zeros that say nothing: `25`, `33.34`. */
const percentOf = (bp: number): string => String(bp / 100)
const bpOf = (percent: string): number | undefined => {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent.trim())
  const bp = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
  return bp >= 1 && bp <= 10_000 ? bp : undefined
}

/** So many batches from the start on, as far apart from one another as fits before the end, in whole quarters of an hour. */
export const spread = (
  count: number,
  { startsAt, endsAt }: { startsAt: Wall; endsAt: Wall },
): FlashForm['rows'] => {
  const apart = minutesBetween(startsAt, endsAt) / count
  const step = Math.max(1, apart >= 15 ? Math.floor(apart / 15) * 15 : Math.floor(apart))
  return equalShares(count).map((bp, i) => ({ at: wallAfter(startsAt, i * step), percent: percentOf(bp) }))
}

/** The share of each row that reads; equal ones are never typed. */
export const sharesOf = ({ way, rows }: FlashForm): (number | undefined)[] =>
  way === 'equal' ? equalShares(rows.length) : rows.map(({ percent }) => bpOf(percent))

/** What is missing to a hundred percent, in basis points; below zero: too much. */
export const missingBp = (form: FlashForm): number =>
  10_000 - sharesOf(form).reduce<number>((sum, bp) => sum + (bp ?? 0), 0)

/** Another way to release it, with what was written kept where it still means something. */
export const wayOf = (form: FlashForm, way: Way, around: { startsAt: Wall; endsAt: Wall }): FlashForm => {
  if (way === 'once') return { ...form, way, rows: [] }
  const rows = form.rows.length > 0 ? form.rows : spread(4, around)
  const shares = equalShares(rows.length)
  return {
    ...form,
    way,
    rows: way === 'equal' ? rows.map((row, i) => ({ ...row, percent: percentOf(shares[i] ?? 0) })) : rows,
  }
}

export const flashForm = ({ batches, sessions, reservation }: FlashTerms): FlashForm => {
  const equal = equalShares(batches.length)
  return {
    kind: 'flash',
    way:
      batches.length === 0
        ? 'once'
        : batches.every(({ shareBp }, i) => shareBp === equal[i])
          ? 'equal'
          : 'hand',
    rows: batches.map(({ at, shareBp }) => ({ at: wallOf(at), percent: percentOf(shareBp) })),
    sessions: (sessions ?? []).map(({ from, until }) => ({ from: wallOf(from), until: wallOf(until) })),
    reservation: reservation ?? 'none',
  }
}

export const flashFaults = (form: FlashForm): [string, string][] => {
  if (form.way !== 'hand') return []
  const faults = sharesOf(form).flatMap((bp, i): [string, string][] =>
    bp === undefined ? [[`terms/batches/${i}/shareBp`, '写 0.01 到 100 的百分数']] : [],
  )
  const missing = missingBp(form)
  if (faults.length > 0 || missing === 0) return faults
  const words = missing > 0 ? `还差 ${percentOf(missing)}%` : `多了 ${percentOf(-missing)}%`
  return [['terms/batches', `各批加起来要正好 100%，${words}`]]
}

export const flashTerms = (form: FlashForm): FlashTerms => {
  const shares = sharesOf(form)
  return {
    kind: 'flash',
    batches: form.rows.map(({ at }, i) => ({ at: instantOf(at), shareBp: shares[i] ?? 0 })),
    ...(form.sessions.length > 0
      ? {
          sessions: form.sessions.map(({ from, until }) => ({
            from: instantOf(from),
            until: instantOf(until),
          })),
        }
      : {}),
    ...(form.reservation === 'none' ? {} : { reservation: form.reservation }),
  }
}

/** One more session: as long as the last one, a day later; the first one is the whole campaign. */
export const oneMore = (
  sessions: FlashForm['sessions'],
  { startsAt, endsAt }: { startsAt: Wall; endsAt: Wall },
): FlashForm['sessions'] => {
  const last = sessions.at(-1)
  const next = last
    ? { from: wallAfter(last.from, 24 * 60), until: wallAfter(last.until, 24 * 60) }
    : { from: startsAt, until: endsAt }
  return [...sessions, next]
}
