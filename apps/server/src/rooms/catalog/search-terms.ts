import { readsFrom, syllablesOf } from './pinyin.ts'

/** What a product is found by. `title` is the name without its pack size: 内丘苹果 of 内丘苹果 约1kg. */
export interface SearchDoc {
  id: string
  title: string
  /** Name, subtitle and category, folded. */
  text: string
  name: string
  category: string
  syllables: readonly string[]
  barcode: string
  rank: number
}

export interface SearchEntry {
  id: string
  name: string
  subtitle: string
  category: string
  barcode: string
  rank: number
}

/** One spelling for what looks alike: full-width and half-width, capitals and small letters, any run of blanks. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

export function docOf({ id, name, subtitle, category, barcode, rank }: SearchEntry): SearchDoc {
  const folded = fold(name)
  const title = folded.split(' ')[0] ?? ''
  return {
    id,
    title,
    text: fold(`${name} ${subtitle} ${category}`),
    name: folded,
    category: fold(category),
    syllables: syllablesOf(title),
    barcode,
    rank,
  }
}

export interface Term {
  kind: 'han' | 'latin'
  text: string
}

const MOST_TERMS = 8

/** A query as terms that must all fit: runs of Chinese, and runs of letters and digits. */
export const termsOf = (query: string): Term[] =>
  (fold(query).match(/\p{Script=Han}+|[a-z0-9]+(?:\.[0-9]+)?[a-z]*/gu) ?? [])
    .slice(0, MOST_TERMS)
    .map((text) => ({ kind: /^\p{Script=Han}/u.test(text) ? 'han' : 'latin', text }))

/** How well a term fits a product; 0: not at all. In Chinese the head of a name stands at its end: 内丘苹果 is an apple, 苹果汁 is a juice. */
export const scoreOf = (term: Term, doc: SearchDoc): number =>
  term.kind === 'han' ? hanScore(term.text, doc) : latinScore(term.text, doc)

function hanScore(text: string, { title, name, text: all, category }: SearchDoc): number {
  if (title === text) return 100
  if (title.endsWith(text)) return 90
  if (title.startsWith(text)) return 80
  if (title.includes(text)) return 70
  if (name.includes(text)) return 60
  if (text.length === 1) return 0 // a single 面 means noodles, not whatever stands in 米面粮油
  if (category.includes(text)) return 40
  if (all.includes(text)) return 50
  const everyOneIn = (where: string) => Array.from(text).every((character) => where.includes(character))
  return everyOneIn(title) ? 20 : text.length > 2 && everyOneIn(all) ? 10 : 0
}

function latinScore(text: string, { title, name, barcode, syllables }: SearchDoc): number {
  if (text === barcode || text === title) return 100
  if (/^[0-9]{4,}$/.test(text) && (barcode.endsWith(text) || (text.length >= 6 && barcode.startsWith(text))))
    return 60
  const spelt = /^[0-9]/.test(text) && name.includes(text) ? 60 : 0
  return Math.max(spelt, pinyinScore(text, syllables))
}

function pinyinScore(text: string, syllables: readonly string[]): number {
  let best = 0
  for (let start = 0; start < syllables.length; start++) {
    if (syllables[start]?.[0] !== text[0] || !readsFrom(text, syllables, start)) continue
    best = Math.max(best, wholeSyllables(text, syllables, start) ?? 55)
  }
  return best
}

/** Typed out in full, a place in the name counts as it does for Chinese; null when something was left out. */
function wholeSyllables(text: string, syllables: readonly string[], start: number): number | null {
  let end = start
  let rest = text
  for (let next = syllables[end]; next !== undefined && rest.startsWith(next); next = syllables[end]) {
    rest = rest.slice(next.length)
    end++
    if (rest === '') break
  }
  if (rest !== '') return null
  if (end === syllables.length) return start === 0 ? 95 : 85
  return start === 0 ? 75 : 65
}
