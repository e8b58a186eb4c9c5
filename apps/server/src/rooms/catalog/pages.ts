import { Ready } from '#kernel/http'

/** What a page was made from. A page is as good as new while all three are the same. */
export interface Stamp {
  catalog: number
  levels: number
  /** When the shown stock was read, as coarse as the page may be old. */
  asOf: number
}

interface Entry extends Stamp {
  ready: Ready
}

const MOST_BYTES = 64 * 1024 * 1024

/**
 * Answers as they go over the wire, kept by what was asked. Serialising is done when what they show has changed, not per request: a list in demand is
 * a look-up and a buffer. Held to a bounded size; the page longest not made anew goes first.
 */
export interface Pages {
  take(key: string, stamp: Stamp, build: () => unknown): Ready
  bytes(): number
}

export function createPages(mostBytes = MOST_BYTES): Pages {
  const entries = new Map<string, Entry>()
  let bytes = 0
  function remove(key: string, { ready }: Entry): void {
    entries.delete(key)
    bytes -= ready.body.length
  }
  return {
    bytes: () => bytes,
    take(key, { catalog, levels, asOf }, build) {
      const known = entries.get(key)
      if (known && known.catalog === catalog && known.levels === levels && known.asOf === asOf)
        return known.ready
      const ready = new Ready(Buffer.from(JSON.stringify(build())))
      if (known) remove(key, known)
      entries.set(key, { catalog, levels, asOf, ready })
      bytes += ready.body.length
      for (const [oldest, entry] of entries) {
        if (bytes <= mostBytes) break
        remove(oldest, entry)
      }
      return ready
    },
  }
}
