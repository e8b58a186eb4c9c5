import type { Tx } from '#kernel/db'
import { lockLevels } from './booking.sql.ts'
import { type Level, levelKey, type LevelKey } from './level.ts'
import type { Moved } from './syncing.sql.ts'
import * as sql from './syncing.sql.ts'

/** What another system says of one level: how many there were at a moment, what it moved since, or only what it moved. */
export interface Word extends LevelKey {
  /** Null: it never counted this level, so only `moved` counts. */
  counted: {
    quantity: number
    at: Date
    /** The last of our entries that it had heard of; null: those up to `at`. */
    knownThrough: number | null
  } | null
  /** All that it moved since it counted. */
  moved: number
  /** What it moved and had not told us before. */
  fresh: readonly { pieces: number; at: Date }[]
  /** How far below nothing its word was when we last heard it. */
  owed: number
}
export interface Told extends LevelKey {
  /** `missing`: the store keeps no such level. */
  outcome: 'changed' | 'same' | 'missing'
  before: number
  after: number
  /** How far below nothing the word is now. */
  owed: number
  /** Shoppers have ordered more than there are. */
  short: boolean
}

const NOTHING: Pick<Moved, 'pieces' | 'correctedAt'> = { pieces: 0, correctedAt: null }

const sumOf = (moves: Word['fresh'], after: Date | null): number =>
  moves.reduce((sum, { pieces, at }) => (after === null || at > after ? sum + pieces : sum), 0)

/**
 * What a level becomes when somebody else counts it: their count, what they and we moved since; never below nothing, and what shoppers have ordered
 * stays theirs. Our own people's count is newer than theirs when it was made after it: then only what is new is added. Pure, and the same for whatever
 * order words come in: what is cut off at nothing is owed, not forgotten.
 */
export function levelAfter(
  level: Pick<Level, 'onHand' | 'reserved'>,
  word: Pick<Word, 'counted' | 'moved' | 'fresh' | 'owed'>,
  here: Pick<Moved, 'pieces' | 'correctedAt'> = NOTHING,
): Pick<Told, 'after' | 'owed' | 'short'> {
  const raw =
    word.counted && here.correctedAt === null
      ? word.counted.quantity + word.moved + here.pieces
      : level.onHand - word.owed + sumOf(word.fresh, here.correctedAt)
  const after = Math.max(0, raw)
  return { after, owed: after - raw, short: level.reserved > after }
}

/**
 * Takes over what another system says of these levels, each at most once, as part of the caller's transaction: locks them in the common order, adds to a
 * count what moved here since, writes levels and ledger. What shoppers have ordered stays reserved even where fewer are left. Answers in the order of
 * the words.
 */
export async function takeWord(
  tx: Tx,
  words: readonly Word[],
  stamp: { by: string; note: string; at: Date },
): Promise<Told[]> {
  if (words.length === 0) return []
  const levels = new Map((await lockLevels(tx, words)).map((level) => [levelKey(level), level]))
  const since = words.flatMap(({ storeId, skuId, counted }) =>
    counted && levels.has(levelKey({ storeId, skuId }))
      ? [{ storeId, skuId, at: counted.at, knownThrough: counted.knownThrough }]
      : [],
  )
  // After the lock: nobody can move these levels any more, and what was moved before is visible.
  const moves = new Map((await sql.movedSince(tx, since)).map((row) => [levelKey(row), row]))
  const told = words.map((word): Told => {
    const { storeId, skuId, owed } = word
    const level = levels.get(levelKey(word))
    if (!level) return { storeId, skuId, outcome: 'missing', before: 0, after: 0, owed, short: false }
    const next = levelAfter(level, word, moves.get(levelKey(word)))
    const outcome = next.after === level.onHand ? 'same' : 'changed'
    return { storeId, skuId, outcome, before: level.onHand, ...next }
  })
  const changes = told.flatMap(({ storeId, skuId, outcome, before, after }) =>
    outcome === 'changed' ? [{ storeId, skuId, delta: after - before }] : [],
  )
  if ((await sql.applyWords(tx, changes, stamp)) !== changes.length)
    throw new Error('a level changed under its lock')
  return told
}
