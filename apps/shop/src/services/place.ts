import type { Position } from '../models/places'
import { defaultStore } from '../models/ordering'
import type { Store } from '../models/wire'
import { api } from './api'
import { useLoad, type Loaded } from './load'
import { keptCell, useCell } from './watch'

/** The store that this phone shops in. */
export interface Place {
  storeId: string
  name: string
}

export const place = keptCell<Place | null>('ll.place', null)
/** Where the shopper is, when they told us; kept so that distances do not need asking again. */
export const position = keptCell<Position | null>('ll.position', null)

// Several parts of a screen ask at once when the app starts: they share one question.
let asked: { from: Position | null; answer: Promise<Store[]> } | null = null

/** All stores, nearest first when the position is known. */
export function listStores(): Promise<Store[]> {
  const from = position.get()
  if (asked?.from === from) return asked.answer
  const answer = askStores(from).finally(() => {
    if (asked?.answer === answer) asked = null
  })
  asked = { from, answer }
  return answer
}

async function askStores(from: Position | null): Promise<Store[]> {
  const { items } = await api('GET /v1/stores', { query: from ? { lng: from.lng, lat: from.lat } : {} })
  return items
}

/** The store to show: the chosen one, or else one that takes orders, which the shopper can change at any time. */
export async function placeNow(): Promise<Place> {
  const chosen = place.get()
  if (chosen) return chosen
  const first = defaultStore(await listStores())
  if (!first) throw new Error('the chain has no store')
  const found = place.get() ?? { storeId: first.id, name: first.name }
  place.set(found)
  return found
}

/** The store that is open, watched; null until one is found for somebody who chose none. */
export function usePlace(): Place | null {
  const chosen = useCell(place)
  useLoad(chosen ? null : 'place', placeNow)
  return chosen
}

/** Moves to another store. */
export function moveTo(store: Pick<Store, 'id' | 'name'>): void {
  place.set({ storeId: store.id, name: store.name })
}

/** All stores, watched: asked for again whenever the page is shown, since a store may pause at any time. */
export function useStores(): Loaded<Store[]> {
  const here = useCell(position)
  return useLoad(`stores.${here?.lng ?? ''}.${here?.lat ?? ''}`, listStores, true)
}

/** Loads what a page shows of the store that is open, again for another store; finds a store first where none was chosen. */
export function useInStore<T>(name: string, load: (storeId: string) => Promise<T>, keep = false): Loaded<T> {
  const storeId = useCell(place)?.storeId
  const first = useLoad(storeId ? null : 'place', placeNow)
  const found = useLoad(storeId ? `${name}.${storeId}` : null, () => load(storeId ?? ''), keep)
  return storeId ? found : { ...found, trouble: first.trouble, reload: first.reload }
}
