import type { Position } from '../models/places'
import type { Store } from '../models/wire'
import { api } from './api'
import { keptCell } from './watch'

/** The store that this phone shops in. */
export interface Place {
  storeId: string
  name: string
}

export const place = keptCell<Place | null>('ll.place', null)
/** Where the shopper is, when they told us; kept so that distances do not need asking again. */
export const position = keptCell<Position | null>('ll.position', null)

/** All stores, nearest first when the position is known. */
export async function listStores(): Promise<Store[]> {
  const here = position.get()
  const { items } = await api('GET /v1/stores', { query: here ? { lng: here.lng, lat: here.lat } : {} })
  return items
}

/** The store to show: the chosen one, or else the first of the list, which the shopper can change at any time. */
export async function placeNow(): Promise<Place> {
  const chosen = place.get()
  if (chosen) return chosen
  const [first] = await listStores()
  if (!first) throw new Error('the chain has no store')
  const found = { storeId: first.id, name: first.name }
  place.set(found)
  return found
}

/** Moves to another store. */
export function moveTo(store: Pick<Store, 'id' | 'name'>): void {
  place.set({ storeId: store.id, name: store.name })
}
