/** How a person keeps one list on this computer: columns left out, rows close together, filters saved under a name. */
export interface ListLook {
  hidden: readonly string[]
  dense: boolean
  views: readonly SavedView[]
}
export interface SavedView {
  name: string
  /** The search part of the address without page and store. */
  search: string
}

export const plainLook: ListLook = { hidden: [], dense: false, views: [] }
export const VIEWS_MAX = 6

// Where somebody is, whichever view they look through; and what lies open there.
const place = ['store', 'day']
const opened = ['page', 'diff']

/** What a view keeps of an address: the filters. Store, day, page and an open panel belong to the moment. */
export const viewSearch = (params: URLSearchParams): string => {
  const kept = new URLSearchParams(params)
  for (const name of [...place, ...opened]) kept.delete(name)
  kept.sort()
  return kept.toString()
}

/** The address of a view from here: its filters, in the store and on the day that is looked at. */
export const withMoment = (view: string, here: URLSearchParams): string => {
  const address = new URLSearchParams(view)
  for (const name of place) {
    const value = here.get(name)
    if (value) address.set(name, value)
  }
  return address.toString()
}

/** The look with these filters under this name; the same name again replaces, a further one beyond the limit is not kept. */
export const withView = (look: ListLook, view: SavedView): ListLook => {
  const known = look.views.some(({ name }) => name === view.name)
  if (known) return { ...look, views: look.views.map((each) => (each.name === view.name ? view : each)) }
  return look.views.length >= VIEWS_MAX ? look : { ...look, views: [...look.views, view] }
}

export const withoutView = (look: ListLook, name: string): ListLook => ({
  ...look,
  views: look.views.filter((view) => view.name !== name),
})

export const withColumn = (look: ListLook, key: string, shown: boolean): ListLook => ({
  ...look,
  hidden: shown ? look.hidden.filter((each) => each !== key) : [...new Set([...look.hidden, key])],
})

/** What was kept, or the plain look when it cannot be read. */
export function readLook(text: string | null): ListLook {
  try {
    const { hidden, dense, views } = JSON.parse(text ?? '') as ListLook
    const whole =
      typeof dense === 'boolean' &&
      hidden.every((key) => typeof key === 'string') &&
      views.every(({ name, search }) => typeof name === 'string' && typeof search === 'string')
    return whole ? { hidden, dense, views: views.slice(0, VIEWS_MAX) } : plainLook
  } catch {
    return plainLook
  }
}
