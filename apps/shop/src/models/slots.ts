import { clockOf, dayInFull, dayOf } from './times.ts'

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

/** What the server says of a store's slots. */
export interface Slots {
  required: boolean
  items: Slot[]
}

/** Where an order stands with its slot, and the reason why it cannot be placed, in words. */
export interface SlotChoice {
  slot: Slot | null
  /** On the button; null when the order can be placed. */
  hurdle: string | null
  /** What became of the slot that the shopper had; null when nothing did. */
  lost: string | null
}

/**
 * The slot of an order, from what the store has now and what the shopper `wanted` (its start; null while the first free one is good enough). A slot that
 * filled up or began is let go by name: nobody is moved to another one silently.
 */
export function slotChoice({ required, items }: Slots, wanted: string | null): SlotChoice {
  if (!required) return { slot: null, hurdle: null, lost: null }
  const first = firstFree(items) ?? null
  const hers = items.find(({ startsAt }) => startsAt === wanted)
  const gone = wanted === null ? null : hers ? `${clockOf(wanted)} 刚刚约满了` : `${clockOf(wanted)} 已经过了`
  if (!first) return { slot: null, hurdle: '时段都约满了', lost: null }
  if (wanted === null) return { slot: first, hurdle: null, lost: null }
  if (hers && hers.left > 0) return { slot: hers, hurdle: null, lost: null }
  return { slot: null, hurdle: '请选取货时段', lost: gone && `您选的 ${gone}，请换一个时段` }
}

/** The first days on which nothing is left, by name: `今天`. Empty when the nearest day still has room. */
export function fullDays(days: readonly SlotDay[]): string[] {
  const free = days.findIndex(({ slots }) => firstFree(slots) !== undefined)
  return (free < 0 ? days : days.slice(0, free)).map(({ name }) => name)
}
