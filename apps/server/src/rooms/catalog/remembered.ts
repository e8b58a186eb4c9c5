const MOST_ENTRIES = 1000

/** Keeps the last value per key while its version stays the same; bounded, because keys come from outside. */
export function remembered<T>(): (key: string, version: string, build: () => T) => T {
  const known = new Map<string, { version: string; value: T }>()
  return (key, version, build) => {
    const entry = known.get(key)
    if (entry?.version === version) return entry.value
    const value = build()
    if (known.size >= MOST_ENTRIES) known.clear()
    known.set(key, { version, value })
    return value
  }
}
