import { type Fault, wordsOf } from './faults.ts'
import type { EventState, HeardEvent } from './events.sql.ts'
import type { FaultRow } from './faults.sql.ts'
import { type Numbers, wasHeard } from './gaps.ts'
import { type EventWord, hashOfEvent, type Meaning, storeCodeOf, type Word } from './words.ts'

/** A word with what it means and when it was true. */
export interface Placed {
  word: Word
  at: Date
  meaning: Meaning
  knownThrough: number | null
}
/** What became of a word: it changed something, it changed nothing, a newer one was there, or it could not be taken in. */
export type Fate = 'applied' | 'same' | 'superseded' | Fault

export const isFault = (fate: Fate): fate is Fault => typeof fate === 'object'
export const stateOf = (fate: Fate): EventState =>
  isFault(fate) ? 'REFUSED' : fate === 'superseded' ? 'SUPERSEDED' : 'APPLIED'

export interface Sorted {
  fresh: { word: EventWord; hash: Buffer }[]
  duplicate: number
  /** Numbers that were used for something else; what came first stands. */
  contradicting: { word: EventWord; fault: Fault }[]
}
/**
 * Tells new events from those that came before, and from those that say something else under a number that was used. A number that was heard so long ago
 * that nobody knows for what counts as a duplicate.
 */
export function sortOut(words: readonly EventWord[], known: readonly HeardEvent[], numbers: Numbers): Sorted {
  const heard = new Map(known.map(({ seq, bodyHash, body }) => [seq, { hash: bodyHash, body }]))
  const sorted: Sorted = { fresh: [], duplicate: 0, contradicting: [] }
  for (const word of words) {
    const hash = hashOfEvent(word)
    const before = heard.get(word.no)
    if (!before && wasHeard(numbers, word.no)) sorted.duplicate++
    else if (!before) {
      heard.set(word.no, { hash, body: word.body })
      sorted.fresh.push({ word, hash })
    } else if (before.hash.equals(hash)) sorted.duplicate++
    else
      sorted.contradicting.push({
        word,
        fault: { code: 'contradicts', known: JSON.stringify(before.body).slice(0, 200) },
      })
  }
  return sorted
}

export const faultRow = (word: Word, fault: Fault, storeId: string | null = null): FaultRow => ({
  rowNo: word.no,
  code: fault.code,
  reason: wordsOf(fault),
  storeCode: storeCodeOf(word),
  goodsCode: word.body.goods,
  storeId,
})
export const shownFault = ({ rowNo, code, reason, storeCode, goodsCode }: FaultRow) => ({
  row: rowNo,
  code,
  reason,
  storeCode,
  goodsCode,
})
