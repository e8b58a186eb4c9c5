import { businessDay, dayAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import * as sql from './search-counts.sql.ts'

/** What is searched for, counted in memory and written now and then; who searched is never known here. */
export interface SearchCounts {
  note(storeId: string, words: string, found: () => boolean): void
  hot(storeId: string): Promise<string[]>
  flush(): Promise<void>
  sweep(): Promise<void>
  stop(): Promise<void>
}

const FLUSH_MS = 5000
const MOST_WORDS = 2000
const LONGEST_WORD = 12
const HOT_DAYS = 7
const KEEP_DAYS = 90
const HOT_WORDS = 10
/** What only one or two people typed may be anything, even a name: it is not shown to others. */
const FEWEST_SEARCHES = 3
const HOT_FOR_MS = 60_000

/** Only Chinese words are worth showing: pinyin and bar codes are ways of typing them. */
const isWord = (words: string): boolean =>
  Array.from(words).length <= LONGEST_WORD &&
  /^[\p{Script=Han}a-z0-9 ]*\p{Script=Han}[\p{Script=Han}a-z0-9 ]*$/u.test(words)

export function createSearchCounts({ clock, db, log }: Pick<Ctx, 'clock' | 'db' | 'log'>): SearchCounts {
  let counts = new Map<string, sql.Count>()
  const hotWords = new Map<string, { at: number; words: string[] }>()

  async function flush(): Promise<void> {
    if (counts.size === 0) return
    const batch = [...counts.values()]
    counts = new Map()
    await inTx(db, (tx) => sql.addCounts(tx, batch))
  }
  const timer = setInterval(() => {
    flush().catch((error: unknown) => log.warn({ err: error }, 'searches could not be counted'))
  }, FLUSH_MS).unref()

  return {
    note(storeId, words, found) {
      const day = businessDay(clock.now())
      const key = `${storeId} ${day} ${words}`
      const known = counts.get(key)
      if (known) known.hits++
      else if (isWord(words) && counts.size < MOST_WORDS && found())
        counts.set(key, { storeId, day, word: words, hits: 1 })
    },
    async hot(storeId) {
      const now = clock.now().getTime()
      const known = hotWords.get(storeId)
      if (known && now - known.at < HOT_FOR_MS) return known.words
      const since = dayAfter(businessDay(clock.now()), 1 - HOT_DAYS)
      const rows = await sql.listHotWords(db, { storeId, since, fewest: FEWEST_SEARCHES, limit: HOT_WORDS })
      const words = rows.map(({ word }) => word)
      hotWords.set(storeId, { at: now, words })
      return words
    },
    flush,
    async sweep() {
      const before = dayAfter(businessDay(clock.now()), -KEEP_DAYS)
      await inTx(db, (tx) => sql.dropOldCounts(tx, before))
    },
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}
