/** The outcome of one key press: a binding that is complete, or the beginning of one that is not yet. */
export interface KeyStep {
  hit?: string
  pending: string
}

/**
 * Adds a key to what was pressed so far. `g` waits when `g o` is bound; `g x` with nothing bound starts over with `x`,
 * so a slip never swallows the next key.
 */
export const stepKeys = (pending: string, key: string, bound: readonly string[]): KeyStep => {
  const wanted = pending ? `${pending} ${key}` : key
  if (bound.includes(wanted)) return { hit: wanted, pending: '' }
  if (bound.some((each) => each.startsWith(`${wanted} `))) return { pending: wanted }
  return pending ? stepKeys('', key, bound) : { pending: '' }
}

/** The name of a pressed key as bindings spell it: `mod+k` for ⌘K or Ctrl+K. */
export const keyName = (event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey'>): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}
