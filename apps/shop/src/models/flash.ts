import { clockOf, dayOf } from './times.ts'
import type { FlashSale } from './wire.ts'

type Item = FlashSale['items'][number]
interface Session {
  from: string
  until: string
}
const FULL_BP = 10_000

/** Spans in which it sells: those that were published, or all of it. */
export const sessionsOf = ({ terms, startsAt, endsAt }: FlashSale): readonly Session[] =>
  (terms.kind === 'flash' ? terms.sessions : undefined) ?? [{ from: startsAt, until: endsAt }]

export type Phase =
  | { kind: 'soon'; at: string }
  | { kind: 'live'; until: string }
  | { kind: 'paused' }
  | { kind: 'ended' }

/** Where a sale stands at an instant of the server's clock. Between two sessions it is to come again. */
export function phaseOf(sale: FlashSale, now: number): Phase {
  const is = (instant: string) => Date.parse(instant)
  if (sale.state === 'ENDED' || now >= is(sale.endsAt)) return { kind: 'ended' }
  const session = sessionsOf(sale).find(({ until }) => now < is(until))
  if (!session) return { kind: 'ended' }
  if (now < is(session.from)) return { kind: 'soon', at: session.from }
  return sale.paused ? { kind: 'paused' } : { kind: 'live', until: session.until }
}

export interface BatchRow {
  at: string
  time: string
  words: string
  state: 'gone' | 'now' | 'next'
  /** How much of it is left, of a hundred; what bars show. */
  leftPercent: number
}
/** The batches of one store's quota, with what became of each. What one did not sell is in the next, so that only the last one released has a number left. */
export function batchRows(sale: FlashSale, item: Item, now: number): BatchRow[] {
  const batches = sale.terms.kind === 'flash' ? sale.terms.batches : []
  const released = batches.filter(({ at }) => Date.parse(at) <= now).length
  let before = 0
  let shareBp = 0
  return batches.map(({ at, shareBp: mine }, i) => {
    shareBp += mine
    const upTo = Math.floor((item.quota * shareBp) / FULL_BP)
    const pieces = upTo - before
    before = upTo
    const row = { at, time: clockOf(at) }
    if (i >= released) return { ...row, words: `放 ${pieces} ${item.unit}`, state: 'next', leftPercent: 100 }
    if (i < released - 1) return { ...row, words: '已放完', state: 'gone', leftPercent: 0 }
    if (item.left === 0) return { ...row, words: '已抢完', state: 'gone', leftPercent: 0 }
    const words = item.left <= pieces ? `剩 ${item.left} / ${pieces}` : `剩 ${item.left} ${item.unit}`
    return {
      ...row,
      words,
      state: 'now',
      leftPercent: Math.min(100, (item.left * 100) / Math.max(1, pieces)),
    }
  })
}

/** When what this page shows changes by itself: a session begins or ends, a batch is released. Null: never again. */
export function nextChange(sales: readonly FlashSale[], now: number): number | null {
  const instants = sales.flatMap((sale) => [
    ...sessionsOf(sale).flatMap(({ from, until }) => [from, until]),
    ...(sale.terms.kind === 'flash' ? sale.terms.batches.map(({ at }) => at) : []),
  ])
  const later = instants.map((instant) => Date.parse(instant)).filter((instant) => instant > now)
  return later.length > 0 ? Math.min(...later) : null
}

/** `今天 20:00 开抢`, as a time of the server and never as a number that runs down. */
export const momentWords = (at: string, now: number): string => `${dayOf(at, now)} ${clockOf(at)}`

/** One line under the name: how many each, and that nothing else acts on it. */
export const termsWords = ({ perMember }: FlashSale, { unit }: Item): string =>
  `每人 ${perMember} ${unit} · 不与优惠券同享`

/** What somebody in line is told: how many are in front, and how long that takes at the pace of the door. */
export function waitWords({ place, waitMs }: { place: number; waitMs: number }): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const time = seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`
  return place > 1 ? `前面还有 ${place - 1} 位，大约 ${time}` : `马上就到您了，大约 ${time}`
}

/** Those worth showing, what sells now before what is to come. */
export const inOrder = (sales: readonly FlashSale[], now: number): FlashSale[] => {
  const rank = { live: 0, paused: 1, soon: 2, ended: 3 }
  return sales
    .filter((sale) => sale.items.length > 0 && phaseOf(sale, now).kind !== 'ended')
    .slice()
    .sort((a, b) => rank[phaseOf(a, now).kind] - rank[phaseOf(b, now).kind])
}
