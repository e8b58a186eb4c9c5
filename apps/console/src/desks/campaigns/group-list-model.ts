import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'

export type GroupPage = Out<'GET /console/v1/campaigns/:campaignId/group-list'>
export type DeskGroup = GroupPage['items'][number]
export type DeskSeat = Out<'GET /console/v1/groups/:groupId/seats'>['items'][number]

export const groupStates: Readonly<Record<DeskGroup['state'], { word: string; tone: Tone }>> = {
  OPEN: { word: '正在凑', tone: 'doing' },
  SUCCESS: { word: '拼成了', tone: 'done' },
  FAILED: { word: '没拼成', tone: 'over' },
}
export const seatStates: Readonly<Record<DeskSeat['state'], string>> = {
  SEATED: '没付款',
  PAID: '付了，等成团',
  SUCCESS: '拼成了',
  REFUNDING: '正在退款',
  REFUNDED: '退完了',
  RELEASED: '没付，座位放了',
  LATE: '团关了钱才到',
}

/** `王* 尾号 1234`: whose group it is, as desks show a member. */
export const leaderWords = ({ leader }: Pick<DeskGroup, 'leader'>): string =>
  leader === null
    ? '–'
    : [leader.customer, leader.phoneTail && `尾号 ${leader.phoneTail}`].filter(Boolean).join(' ')

/** People who paid, of those whom the group has seats for; and, while it is open, what is missing and who has not paid. */
export function peopleWords({
  paid,
  seated,
  size,
  most,
  state,
}: Pick<DeskGroup, 'paid' | 'seated' | 'size' | 'most' | 'state'>): { count: string; note: string } {
  const unpaid = seated - paid
  const standing = paid < size ? `差 ${size - paid} 人成团` : most > size ? `够 ${size} 人，能成团` : ''
  const notes = state === 'OPEN' ? [standing, unpaid > 0 ? `${unpaid} 人没付` : ''] : []
  return { count: `${paid} / ${most}`, note: notes.filter(Boolean).join('，') }
}

/** What a piece comes to; of one that is open, what it would come to now, and what the next step of a ladder needs. */
export function priceWords({
  state,
  reached,
  rungs,
  paid,
}: Pick<DeskGroup, 'state' | 'reached' | 'rungs' | 'paid'>): {
  price: string
  note: string
} {
  if (state === 'FAILED') return { price: '–', note: '' }
  const ladder = rungs.length > 1
  const next = rungs.find(({ size }) => size > paid)
  return {
    price: reached === null ? '–' : formatFen(reached.priceFen),
    note: [
      ladder && reached !== null && `满 ${reached.size} 人`,
      state === 'OPEN' &&
        next &&
        (ladder || reached === null) &&
        `再 ${next.size - paid} 人 ${formatFen(next.priceFen)}`,
    ]
      .filter(Boolean)
      .join('，'),
  }
}
