/**
 * Keeps the last value per key while its version stays the same; bounded, because keys come from outside: the one known longest goes first. All at once
 * would make more keys than fit a search for each request.
 */
export function remembered<T>(mostEntries = 1000): (key: string, version: string, build: () => T) => T {
  const known = new Map<string, { version: string; value: T }>()
  return (key, version, build) => {
    const entry = known.get(key)
    if (entry?.version === version) return entry.value
    const value = build()
    known.delete(key)
    known.set(key, { version, value })
    const [oldest] = known.size > mostEntries ? known.keys() : []
    if (oldest !== undefined) known.delete(oldest)
    return value
  }
}
