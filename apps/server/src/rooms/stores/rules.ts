import type { Ordering } from '@linli/contract/stores'
import type { Static } from 'typebox'
import { timeOfDay } from '#kernel/clock'

export interface Hours {
  /** `HH:MM` in Asia/Shanghai. */
  opensAt: string
  closesAt: string
  /** False: closed for now, whatever the clock says. */
  open: boolean
}

/** Is the store open at this instant? It opens on the minute and is closed on the closing minute. */
export function isOpen({ opensAt, closesAt, open }: Hours, at: Date): boolean {
  const time = timeOfDay(at)
  return open && opensAt <= time && time < closesAt
}

/** Does the store take orders, and if not, why? A pause is the manager's own word and comes first. */
export const orderingOf = ({ open, features }: Orderable): Static<typeof Ordering> =>
  open ? (features.includes('pickup') ? 'open' : 'no_pickup') : 'paused'

export interface Orderable {
  open: boolean
  features: readonly string[]
}

export interface Position {
  lng: number
  lat: number
}

const EARTH_M = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres between two positions in a straight line over the ground (haversine). */
export function distanceM(a: Position, b: Position): number {
  const dLat = radians(b.lat - a.lat)
  const dLng = radians(b.lng - a.lng)
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2
  return Math.round(2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h))))
}
