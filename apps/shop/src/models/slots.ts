import { dayInFull, dayOf } from './times.ts'

export interface Slot {
  startsAt: string
  endsAt: string
  capacity: number
  left: number
}

/** Slots of one day, in order. */
export interface SlotDay {
  key: string
  /** `今天`. */
  name: string
  /** `今天，11 月 22 日 周日`. */
  title: string
  slots: Slot[]
}

/** Groups slots by the store's day. */
export function slotDays(slots: readonly Slot[], now: number): SlotDay[] {
  const days: SlotDay[] = []
  for (const slot of slots) {
    const title = dayInFull(slot.startsAt, now)
    const last = days[days.length - 1]
    if (last?.title === title) last.slots.push(slot)
    else days.push({ key: title, name: dayOf(slot.startsAt, now), title, slots: [slot] })
  }
  return days
}

/** Capacity in words: the exact number matters only when little is left. */
export function capacityWord(slot: Slot): { text: string; tone: 'plenty' | 'few' | 'full' } {
  if (slot.left <= 0) return { text: '约满', tone: 'full' }
  if (slot.left <= 5) return { text: `剩 ${slot.left}`, tone: 'few' }
  return { text: '充足', tone: 'plenty' }
}

/** The slot to start from: the first that still has room. */
export function firstFree(slots: readonly Slot[]): Slot | undefined {
  return slots.find((slot) => slot.left > 0)
}
