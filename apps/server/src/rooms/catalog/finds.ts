export interface Hit {
  id: string
  score: number
}

const MOST_HITS = 300_000
/** What the words themselves take, found or not, in hits. */
const PER_WORDS = 20

/**
 * What words found, kept until some product is called something else: the same few words are asked for in every store and every order, and a word
 * that fits 2,000 of 50,000 products takes half a millisecond to find them. Held to a number of hits in all; the words known longest go first.
 */
export interface Finds {
  of(words: string, find: (words: string) => Hit[]): readonly Hit[]
  forget(): void
}

export function createFinds(mostHits = MOST_HITS): Finds {
  const known = new Map<string, readonly Hit[]>()
  let hits = 0
  return {
    of(words, find) {
      const kept = known.get(words)
      if (kept) return kept
      const found = find(words)
      hits += found.length + PER_WORDS
      known.set(words, found)
      for (const [oldest, entry] of known) {
        if (hits <= mostHits) break
        known.delete(oldest)
        hits -= entry.length + PER_WORDS
      }
      return found
    },
    forget() {
      known.clear()
      hits = 0
    },
  }
}
