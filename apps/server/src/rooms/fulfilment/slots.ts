import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { OfferedSlot } from './desk.sql.ts'

/** What a store's slots depend on. */
export interface SlotStore {
  id: string
  opensAt: string
  closesAt: string
  slotMinutes: number
  slotCapacity: number
}

const SHORTEST_MINUTES = 15
const MINUTE = 60_000

/** The slots of one business day, from opening to closing; the last one is cut at closing time. */
export function slotsOf(store: SlotStore, day: string): OfferedSlot[] {
  const closes = instantOf(day, store.closesAt).getTime()
  const slots: OfferedSlot[] = []
  for (
    let start = instantOf(day, store.opensAt).getTime();
    closes - start >= SHORTEST_MINUTES * MINUTE;
    start += store.slotMinutes * MINUTE
  ) {
    slots.push({
      storeId: store.id,
      startsAt: new Date(start),
      endsAt: new Date(Math.min(start + store.slotMinutes * MINUTE, closes)),
      capacity: store.slotCapacity,
    })
  }
  return slots
}

/** Slots of today and tomorrow that have not begun. */
export function comingSlots(store: SlotStore, now: Date): OfferedSlot[] {
  const today = businessDay(now)
  return [today, dayAfter(today, 1)]
    .flatMap((day) => slotsOf(store, day))
    .filter(({ startsAt }) => startsAt > now)
}
