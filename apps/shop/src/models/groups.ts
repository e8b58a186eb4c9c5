import { yuanText } from './money.ts'
import { clockOf, dayOf, momentOf } from './times.ts'
import type { Group, MyGroup, ShopCampaign } from './wire.ts'

export type GroupTerms = Extract<ShopCampaign['terms'], { kind: 'group' }>
export const groupTermsOf = ({ terms }: Pick<ShopCampaign, 'terms'>): GroupTerms | null =>
  terms.kind === 'group' ? terms : null

/** How many people who pay are still missing. */
export const missingOf = ({ size, paid }: Pick<Group, 'size' | 'paid'>): number => Math.max(0, size - paid)

type Rungs = Pick<Group, 'rungs'>
/** The next rung of a ladder that is made already, and how many more it takes; null: there is none. */
export function nextRung({ rungs, paid }: Rungs & Pick<Group, 'paid'>) {
  const next = rungs.slice(1).find(({ size }) => size > paid)
  return next ? { ...next, missing: next.size - paid } : null
}
/** `再来 3 人，每份 ¥29.90`: what the next people do for everybody; null where nobody more makes it cheaper. */
export function nextWords(group: Rungs & Pick<Group, 'state' | 'size' | 'paid'>): string | null {
  const next = group.state === 'OPEN' && group.paid >= group.size ? nextRung(group) : null
  return next && `再来 ${next.missing} 人，每份 ${yuanText(next.priceFen)}`
}

/** How many more make it, or make it cheaper where it is made: who else is asked to come. */
export const wantedOf = (group: Rungs & Pick<Group, 'size' | 'paid'>): number =>
  missingOf(group) || (nextRung(group)?.missing ?? 0)

/** `还差 1 位邻居就成团`; of a ladder that has enough: what more people bring. */
export function groupTitle(group: Rungs & Pick<Group, 'state' | 'size' | 'paid' | 'priceFen'>): string {
  const { state, rungs, paid, size, priceFen } = group
  if (state === 'SUCCESS')
    return rungs.length > 1 && priceFen !== null ? `拼成了，每份 ${yuanText(priceFen)}` : '拼成了'
  if (state === 'FAILED') return '没拼成，钱全额退回'
  if (paid === 0) return '团长还没付款'
  return paid < size ? `还差 ${missingOf(group)} 位邻居就成团` : (nextWords(group) ?? '人齐了')
}

/** `今天 21:06 截止，没拼成全额退回`. */
export function groupNote(
  group: Rungs & Pick<Group, 'state' | 'expiresAt' | 'size' | 'paid' | 'priceFen'>,
  now: number,
): string {
  const { state, rungs, priceFen, paid, size, expiresAt } = group
  if (state === 'SUCCESS')
    return `${priceFen !== null && priceFen < (rungs[0]?.priceFen ?? 0) ? '差价按原路退回。' : ''}店里开始备货，备好会告诉您`
  if (state === 'FAILED') return '付的钱按原路退回，不用您操作'
  const until = `${dayOf(expiresAt, now)} ${clockOf(expiresAt)} 截止`
  return rungs.length > 1 && paid >= size
    ? `${until}，按那时的人数定价，差价退回`
    : `${until}，没拼成全额退回`
}

export interface RungShown {
  size: number
  priceFen: number
  state: 'reached' | 'ahead'
}
/** The rungs of what a campaign offers, each with whether this group has come so far; none where it is no ladder. */
export function rungsShown(
  terms: GroupTerms,
  priceFen: number,
  group: Pick<Group, 'paid' | 'rungs'> | null,
): RungShown[] {
  const rungs = group?.rungs ?? [{ size: terms.size, priceFen }, ...(terms.steps ?? [])]
  if (rungs.length < 2) return []
  return rungs.map((rung) => ({ ...rung, state: (group?.paid ?? 0) >= rung.size ? 'reached' : 'ahead' }))
}

export interface SeatShown {
  no: number
  name: string
  role: 'leader' | 'in' | 'paying' | 'free'
}
/** Every seat of a group in its order, while it is open the free ones too. */
export const seatsOf = ({ state, size, seats }: Pick<Group, 'state' | 'size' | 'seats'>): SeatShown[] =>
  Array.from({ length: Math.max(size, ...seats.map(({ no }) => no)) }, (_, i): SeatShown => {
    const seat = seats.find(({ no }) => no === i + 1)
    if (!seat) return { no: i + 1, name: '空座位', role: 'free' }
    return {
      no: seat.no,
      name: seat.name,
      role: seat.state === 'PAYING' ? 'paying' : seat.leader ? 'leader' : 'in',
    }
  }).filter(({ role }) => state === 'OPEN' || role !== 'free')

/** True while somebody may sit down here; `now` is the server's. */
export const isJoinable = (
  group: Pick<Group, 'state' | 'paid' | 'free' | 'joinsUntil'>,
  now: number,
): boolean => group.state === 'OPEN' && group.paid > 0 && group.free > 0 && now < Date.parse(group.joinsUntil)

const SEAT_WORDS: Record<MyGroup['seat'], string> = {
  SEATED: '待付款',
  PAID: '等成团',
  SUCCESS: '拼成了',
  REFUNDING: '退款中',
  REFUNDED: '已退款',
  RELEASED: '没付款，座位放开了',
  LATE: '付晚了，钱会退回',
}
export const seatWord = ({ seat }: Pick<MyGroup, 'seat'>): string => SEAT_WORDS[seat]

/** `还差 1 人 · 今天 21:06 截止`. */
export const myGroupNote = (
  group: Pick<MyGroup, 'state' | 'size' | 'paid' | 'rungs' | 'expiresAt'>,
  now: number,
): string =>
  group.state === 'OPEN'
    ? `${nextWords(group) ?? `还差 ${missingOf(group)} 人`} · ${momentOf(group.expiresAt, now)} 截止`
    : group.state === 'SUCCESS'
      ? '人齐了'
      : '人没凑齐'
