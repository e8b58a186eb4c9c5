import { syllablesOf } from './pinyin.ts'
import type { SearchDoc } from './search-terms.ts'

const MOST_WORDS = 5
const FEWEST_LETTERS = 4
/** Listening takes some microseconds each; a query nobody can satisfy must not hold up the others. */
const MOST_HEARD = 1000

type Posting = (token: string) => ReadonlySet<SearchDoc>

/** The fewest single-letter slips (wrong, missing, extra, swapped) between two words, or `most + 1` when there are more than `most`. */
export function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? most + 1, most + 1)
}

interface Near {
  doc: SearchDoc
  /** Where in the characters of the title. */
  start: number
  end: number
  /** Smaller is nearer. */
  distance: number
}

const textOf = ({ doc, start, end }: Near): string => Array.from(doc.title).slice(start, end).join('')

/**
 * The part of a title as a word. A single character that is left over at its edge belongs to it, unless the part also stands beside other characters
 * (or at an edge) in other titles: 红柿 is only ever a piece of 西红柿, while 苹果 is a word in 苹果汁 because there is 内丘苹果.
 */
function wordOf(near: Near, posting: Posting): string {
  const text = textOf(near)
  const characters = Array.from(near.doc.title)
  const first = Array.from(text).slice(0, 2).join('')
  const around = [...posting(first)].flatMap(({ title }) => {
    const at = title.indexOf(text)
    return at < 0 ? [] : [{ before: title.slice(0, at).slice(-1), after: title.slice(at + text.length)[0] }]
  })
  const isBound = (side: 'before' | 'after') => new Set(around.map((each) => each[side])).size === 1
  const start = near.start === 1 && isBound('before') ? 0 : near.start
  const end = near.end === characters.length - 1 && isBound('after') ? characters.length : near.end
  return characters.slice(start, end).join('')
}

/** Parts of the title that sound like what was typed, allowing for slips of the finger; the whole title when characters and syllables do not pair up. */
function* soundingLike(letters: string, doc: SearchDoc): Generator<Near> {
  const allowed = letters.length >= 10 ? 2 : 1
  const { length } = Array.from(doc.title)
  const paired = length === doc.syllables.length
  for (let start = 0; start < doc.syllables.length; start++) {
    let sound = ''
    for (let end = start + 1; end <= doc.syllables.length; end++) {
      sound += doc.syllables[end - 1] ?? ''
      if (sound.length > letters.length + allowed) break
      const distance = slips(letters, sound, allowed)
      if (distance <= allowed) yield { doc, start: paired ? start : 0, end: paired ? end : length, distance }
    }
  }
}

/** The longest run of characters, two at least, that query and title have in common. */
function inCommon(query: readonly string[], doc: SearchDoc): Near | undefined {
  const title = Array.from(doc.title)
  for (let length = query.length; length >= 2; length--)
    for (let from = 0; from + length <= query.length; from++) {
      const start = title.findIndex((_, at) =>
        query.slice(from, from + length).every((character, i) => title[at + i] === character),
      )
      if (start >= 0) return { doc, start, end: start + length, distance: 10 - Math.min(length, 9) }
    }
  return undefined
}

/** What ends like the query: who looks for 方便面 may want 红烧牛肉面, for the last character of a name says what kind of thing it is. */
function ofTheSameKind(
  characters: readonly string[],
  posting: Posting,
  sold: (id: string) => boolean,
): Near[] {
  const last = characters.at(-1)
  if (!last || characters.length < 2 || !/\p{Script=Han}/u.test(last)) return []
  return [...posting(last)]
    .filter(({ id, title }) => title.endsWith(last) && sold(id))
    .map((doc) => ({ doc, start: 0, end: Array.from(doc.title).length, distance: 0 }))
}

/** Products worth listening to, the likeliest first and a bounded number: with a syllable that begins as the query does, or as its second letter. */
function heardLike(letters: string, posting: Posting): Set<SearchDoc> {
  const heard = new Set<SearchDoc>()
  for (const gate of [letters.slice(0, 2), letters.slice(0, 1), letters.slice(1, 2)])
    for (const doc of posting(`@${gate}`)) {
      if (heard.size >= MOST_HEARD) return heard
      heard.add(doc)
    }
  return heard
}

/**
 * Words near a query that found nothing, each of which finds something: same sound written with other characters (平果 → 苹果), a slip in the
 * pinyin (pinggou → 苹果), the part of a longer query that we do sell (苹果醋 → 苹果), or else things of the same kind (方便面 → 红烧牛肉面).
 */
export function wordsNear(query: string, posting: Posting, sold: (id: string) => boolean): string[] {
  const letters = syllablesOf(query).join('')
  const near: Near[] = []
  if (letters.length >= FEWEST_LETTERS) {
    for (const doc of heardLike(letters, posting)) if (sold(doc.id)) near.push(...soundingLike(letters, doc))
  }
  const characters = Array.from(query)
  const sharing = new Set(
    characters.slice(1).flatMap((character, i) => [...posting(`${characters[i] ?? ''}${character}`)]),
  )
  for (const doc of sharing) {
    const found = sold(doc.id) ? inCommon(characters, doc) : undefined
    if (found) near.push(found)
  }
  if (near.length === 0) near.push(...ofTheSameKind(characters, posting, sold))
  near.sort(
    (a, b) => a.distance - b.distance || b.doc.rank - a.doc.rank || textOf(a).localeCompare(textOf(b), 'zh'),
  )
  const words = new Set<string>()
  for (const each of near) {
    if (words.size >= MOST_WORDS) break
    words.add(wordOf(each, posting))
  }
  return [...words]
}
