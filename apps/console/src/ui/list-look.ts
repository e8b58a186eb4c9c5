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

/** What a view keeps of an address: the filters. The page and the store belong to the moment. */
export const viewSearch = (params: URLSearchParams): string => {
  const kept = new URLSearchParams(params)
  for (const name of ['page', 'store']) kept.delete(name)
  kept.sort()
  return kept.toString()
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
