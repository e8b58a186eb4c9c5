import { clockOf, dayOf, momentOf } from './times.ts'
import type { Group, MyGroup, ShopCampaign } from './wire.ts'

export type GroupTerms = Extract<ShopCampaign['terms'], { kind: 'group' }>
export const groupTermsOf = ({ terms }: Pick<ShopCampaign, 'terms'>): GroupTerms | null =>
  terms.kind === 'group' ? terms : null

/** How many people who pay are still missing. */
export const missingOf = ({ size, paid }: Pick<Group, 'size' | 'paid'>): number => Math.max(0, size - paid)

/** `还差 1 位邻居就成团`. */
export function groupTitle(group: Pick<Group, 'state' | 'size' | 'paid'>): string {
  if (group.state === 'SUCCESS') return '拼成了'
  if (group.state === 'FAILED') return '没拼成，钱全额退回'
  return group.paid === 0 ? '团长还没付款' : `还差 ${missingOf(group)} 位邻居就成团`
}

/** `今天 21:06 截止，没拼成全额退回`. */
export function groupNote(group: Pick<Group, 'state' | 'expiresAt' | 'endedAt'>, now: number): string {
  if (group.state === 'SUCCESS') return '店里开始备货，备好会告诉您'
  if (group.state === 'FAILED') return '付的钱按原路退回，不用您操作'
  return `${dayOf(group.expiresAt, now)} ${clockOf(group.expiresAt)} 截止，没拼成全额退回`
}

export interface SeatShown {
  no: number
  name: string
  role: 'leader' | 'in' | 'paying' | 'free'
}
/** Every seat of a group in its order, the free ones too. */
export const seatsOf = ({ size, seats }: Pick<Group, 'size' | 'seats'>): SeatShown[] =>
  Array.from({ length: Math.max(size, ...seats.map(({ no }) => no)) }, (_, i) => {
    const seat = seats.find(({ no }) => no === i + 1)
    if (!seat) return { no: i + 1, name: '空座位', role: 'free' }
    return {
      no: seat.no,
      name: seat.name,
      role: seat.state === 'PAYING' ? 'paying' : seat.leader ? 'leader' : 'in',
    }
  })

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
}
export const seatWord = ({ seat }: Pick<MyGroup, 'seat'>): string => SEAT_WORDS[seat]

/** `还差 1 人 · 今天 21:06 截止`. */
export const myGroupNote = (
  group: Pick<MyGroup, 'state' | 'size' | 'paid' | 'expiresAt'>,
  now: number,
): string =>
  group.state === 'OPEN'
    ? `还差 ${missingOf(group)} 人 · ${momentOf(group.expiresAt, now)} 截止`
    : group.state === 'SUCCESS'
      ? '人齐了'
      : '人没凑齐'
