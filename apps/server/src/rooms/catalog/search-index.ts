import { createFinds, type Hit } from './finds.ts'
import { wordsNear } from './spelling.ts'
import { docOf, fold, scoreOf, type SearchDoc, type SearchEntry, type Term, termsOf } from './search-terms.ts'

/**
 * Products by the tokens they are found with: single characters and pairs of them, the beginnings of pinyin syllables, pairs of initials, and ends
 * of the barcode. Tokens only narrow down; `scoreOf` decides. Changed one product at a time, so that an edit never rebuilds it.
 */
export interface SearchIndex {
  put(entry: SearchEntry): void
  drop(id: string): void
  find(query: string): readonly Hit[]
  /** When nothing fits: words near the query that `sold` products have in their names. */
  near(query: string, sold: (id: string) => boolean): string[]
}

const pairs = (items: readonly string[]): string[] =>
  items.slice(1).map((item, i) => `${items[i] ?? ''}${item}`)

function tokensOf({ text, syllables, barcode }: SearchDoc): Set<string> {
  const words = text.split(' ').map((word) => Array.from(word))
  const initials = syllables.map((syllable) => syllable.slice(0, 1))
  return new Set([
    ...words.flat(),
    ...words.flatMap(pairs),
    ...initials.map((initial) => `@${initial}`),
    ...syllables.map((syllable) => `@${syllable.slice(0, 2)}`),
    ...pairs(initials).map((pair) => `~${pair}`),
    `#${barcode.slice(0, 6)}`,
    `#${barcode.slice(-4)}`,
  ])
}

/** Lists of products that together hold all which fit the term: any of `any`, or for Chinese, those in all of `all`. */
function gatesOf({ kind, text }: Term): { any: string[]; all: string[] } {
  if (kind === 'han') return { any: [], all: Array.from(text) }
  if (text.length === 1) return { any: [`@${text}`, text], all: [] }
  const start = text.slice(0, 2)
  if (!/^[0-9]{4,}$/.test(text)) return { any: [`@${start}`, `~${start}`, start], all: [] }
  const end = `#${text.slice(-4)}`
  return { any: text.length === 13 ? [end] : [end, `#${text.slice(0, 6)}`, start], all: [] }
}

const sameWords = (a: SearchEntry, b: SearchEntry): boolean =>
  a.name === b.name &&
  a.subtitle === b.subtitle &&
  a.category === b.category &&
  a.barcode === b.barcode &&
  a.rank === b.rank

export function createSearchIndex(): SearchIndex {
  const docs = new Map<string, SearchDoc>()
  const entries = new Map<string, SearchEntry>()
  const finds = createFinds()
  const postings = new Map<string, Set<SearchDoc>>()
  const NONE: ReadonlySet<SearchDoc> = new Set()
  const posting = (token: string): ReadonlySet<SearchDoc> => postings.get(token) ?? NONE

  function drop(id: string): void {
    const doc = docs.get(id)
    if (!doc) return
    finds.forget()
    docs.delete(id)
    entries.delete(id)
    for (const token of tokensOf(doc)) {
      const list = postings.get(token)
      list?.delete(doc)
      if (list?.size === 0) postings.delete(token)
    }
  }

  function candidates(term: Term): Iterable<SearchDoc> {
    const { any, all } = gatesOf(term)
    if (all.length === 0) return new Set(any.flatMap((token) => [...posting(token)]))
    // Looking a product up in the longer lists is much cheaper than scoring it: of 50,000 products 2,500 may share a character with the query.
    const [shortest = NONE, ...others] = all.map(posting).sort((a, b) => a.size - b.size)
    return [...shortest].filter((doc) => others.every((list) => list.has(doc)))
  }

  function find(query: string): Hit[] {
    const terms = termsOf(query)
    const [first] = terms
    if (!first) return []
    const hits: Hit[] = []
    for (const doc of candidates(first)) {
      const scores = terms.map((term) => scoreOf(term, doc))
      if (scores.every((score) => score > 0))
        hits.push({
          id: doc.id,
          score: Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length),
        })
    }
    return hits
  }

  return {
    put(entry) {
      const known = entries.get(entry.id)
      if (known && sameWords(known, entry)) return
      drop(entry.id)
      finds.forget()
      const { id, name, subtitle, category, barcode, rank } = entry
      entries.set(id, { id, name, subtitle, category, barcode, rank })
      const doc = docOf(entry)
      docs.set(entry.id, doc)
      for (const token of tokensOf(doc)) {
        const list = postings.get(token)
        if (list) list.add(doc)
        else postings.set(token, new Set([doc]))
      }
    },
    drop,
    find: (query) => finds.of(fold(query), find),
    near: (query, sold) => wordsNear(fold(query), posting, sold),
  }
}
