import type { EventsAnswer } from '@linli/contract/feeds'
import type { Static } from 'typebox'
import { businessDay } from '#kernel/clock'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './events.sql.ts'
import type { Fault } from './faults.ts'
import { changesOf, hear, type Numbers } from './gaps.ts'
import { type Fate, faultRow, isFault, type Placed, shownFault, sortOut, stateOf } from './hearing.ts'
import { codesOf } from './meaning.ts'
import { asOfInvalid, sourceMissing, sourceOff, tooManyEvents } from './problems.ts'
import { takePrices } from './prices.ts'
import { takeProducts } from './products.ts'
import type { FeedRoom } from './room.ts'
import { instantOf } from './rows.ts'
import { insertFaults } from './faults.sql.ts'
import { addTally, findByKey, insertRun } from './runs.sql.ts'
import { findSource, lockSource, setHeard, type Source } from './sources.sql.ts'
import { addUp } from './stock.sql.ts'
import { keepTold } from './telling.ts'
import { levelsIn, takeStock, keyOf } from './stock.ts'
import { type Events, eventWords, type EventWord, meaningOf } from './words.ts'

type Answer = Static<typeof EventsAnswer>
const MOST = 500
const GAPS_SHOWN = 100

/** Takes in events of a source, in any order and any number of times: each counts once, the newest by number wins, and a row that cannot be taken in harms no other. */
export async function takeEvents(
  room: FeedRoom,
  code: string,
  given: Events,
  storeIds: readonly string[] | null,
): Promise<Answer> {
  const words = eventWords(given)
  if (words.length > MOST) refuse(tooManyEvents, { events: words.length, most: MOST })
  const { id, active } = (await findSource(room.ctx.db, code)) ?? refuse(sourceMissing)
  if (!active) refuse(sourceOff)
  const now = room.ctx.clock.now()
  const asOf = given.asOf === undefined ? null : instantOf(given.asOf, now)
  if (asOf && 'fault' in asOf) refuse(asOfInvalid)
  return inTx(room.ctx.db, (tx) =>
    hearIn(tx, room, { id, words, now, storeIds, asOf: asOf ? asOf.value : null }),
  )
}

interface Call {
  id: string
  words: readonly EventWord[]
  now: Date
  asOf: Date | null
  /** Stores that whoever sends may speak of; null: all. */
  storeIds: readonly string[] | null
}

async function hearIn(tx: Tx, room: FeedRoom, { id, words, now, asOf, storeIds }: Call): Promise<Answer> {
  const source = (await lockSource(tx, id)) ?? refuse(sourceMissing)
  const runId = await runOfToday(tx, source, now)
  const known = await sql.findEvents(
    tx,
    id,
    words.map(({ no }) => no),
  )
  const gaps = await sql.listGaps(tx, id)
  const numbers = { top: source.topSeq, gaps }
  const { fresh, duplicate, contradicting } = sortOut(words, known, numbers)
  // Goods first: what they add is what prices and stock of the same call may speak of.
  const goods = await place(tx, source, fresh.filter(isProduct), { now, storeIds })
  const fates = await productFates(tx, room, source, goods.filter(isSound), now)
  const others = await place(
    tx,
    source,
    fresh.filter((each) => !isProduct(each)),
    { now, storeIds },
  )
  const placed = [...goods, ...others]
  await sql.insertEvents(
    tx,
    { sourceId: id, runId, heardAt: now },
    placed.map(({ at, fault, meaning, word, hash, knownThrough }) => ({
      ...meaning,
      knownThrough,
      seq: word.no,
      topic: word.topic,
      body: word.body,
      bodyHash: hash,
      at,
      state: fault ? 'REFUSED' : stateOf(fates.get(word.no) ?? 'same'),
    })),
  )
  for (const [no, fate] of await applyEvents(tx, room, source, others.filter(isSound), now))
    fates.set(no, fate)
  const heard = await keepNumbers(tx, id, { before: numbers, words, now })
  await setHeard(tx, id, { topSeq: heard.top, topAt: latest(placed.map(({ at }) => at)), at: now })
  await keepTold(tx, source, placed, { asOf, now, storeIds })

  const refused = [
    ...contradicting.map(({ word, fault }) => faultRow(word, fault)),
    ...placed.flatMap(({ word, fault, meaning }) => {
      const fate = fault ?? fates.get(word.no) ?? 'same'
      return isFault(fate) ? [faultRow(word, fate, meaning.storeId)] : []
    }),
  ]
  await insertFaults(tx, runId, refused, now)
  const count = (which: Fate) => [...fates.values()].filter((fate) => fate === which).length
  const tally = {
    rows: words.length,
    seen: words.length,
    applied: count('applied'),
    same: count('same'),
    superseded: count('superseded'),
    duplicate,
    refused: refused.length,
  }
  await addTally(tx, runId, tally)
  return {
    heard: words.length,
    applied: tally.applied + tally.same,
    superseded: tally.superseded,
    duplicate,
    refused: refused.map(shownFault),
    topSeq: heard.top,
    gaps: heard.gaps.slice(0, GAPS_SHOWN).map(({ from, to }) => ({ from, to })),
  }
}

/** Events of one business day are one run, so that a day has a report. */
async function runOfToday(tx: Tx, { id: sourceId, code }: Source, now: Date): Promise<string> {
  const day = businessDay(now)
  const key = `events:${day}`
  const known = await findByKey(tx, sourceId, key)
  if (known) return known.id
  const id = newId()
  const nothing = {
    asOf: null,
    knownThrough: null,
    absent: 'keep',
    fileName: null,
    fileSha256: null,
  } as const
  await insertRun(tx, {
    ...nothing,
    id,
    sourceId,
    kind: 'events',
    topic: 'all',
    day,
    key,
    at: now,
    by: `feed:${code}`,
  })
  return id
}

interface Heard extends Placed {
  hash: Buffer
  fault: Fault | undefined
}
/** What each event means; one that means nothing keeps its place in the book, refused, until somebody mends what it lacks. */
async function place(
  tx: Tx,
  source: Source,
  fresh: readonly { word: EventWord; hash: Buffer }[],
  { now, storeIds }: Pick<Call, 'now' | 'storeIds'>,
): Promise<Heard[]> {
  const codes = await codesOf(
    tx,
    source,
    fresh.map(({ word }) => word),
  )
  return fresh.map(({ word, hash }) => {
    const read = instantOf(word.at, now)
    const at = 'fault' in read ? now : read.value
    const { meaning, fault } = meaningOf(word, codes, storeIds)
    const found: Fault | undefined = !source.topics.includes(word.topic)
      ? { code: 'not_told' }
      : 'fault' in read
        ? read.fault
        : fault
    return { word, hash, at, meaning, knownThrough: word.knownThrough, fault: found }
  })
}

const isProduct = ({ word }: { word: EventWord }): boolean => word.topic === 'products'
const isSound = ({ fault }: Heard): boolean => fault === undefined

/** Takes in what these events say goods are. */
export const productFates = (
  tx: Tx,
  room: FeedRoom,
  source: Source,
  placed: readonly Placed[],
  now: Date,
): Promise<Map<number, Fate>> =>
  takeProducts(
    tx,
    room,
    source,
    placed.flatMap(({ word, at }) =>
      word.topic === 'products' ? [{ no: word.no, seq: word.no, at, body: word.body }] : [],
    ),
    now,
  )

/** Applies events about prices and stock that stand in the book already, and writes down what became of each. */
export async function applyEvents(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  placed: readonly Placed[],
  now: Date,
): Promise<Map<number, Fate>> {
  const prices = placed.flatMap(({ word, at, meaning: { storeId, skuId } }) =>
    word.topic === 'prices' && storeId && skuId
      ? [{ no: word.no, seq: word.no, at, storeId, skuId, body: word.body }]
      : [],
  )
  const fates = await takePrices(tx, room, source, prices, now)
  const stock = placed.filter(({ word }) => word.topic === 'stock')
  for (const [no, fate] of await stockFates(tx, room, source, stock, now)) fates.set(no, fate)
  await sql.setStates(
    tx,
    source.id,
    placed.flatMap(({ word, meaning, knownThrough }) => {
      const state = stateOf(fates.get(word.no) ?? 'same')
      return state === 'APPLIED' ? [] : [{ ...meaning, knownThrough, seq: word.no, state }]
    }),
  )
  return fates
}

async function stockFates(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  placed: readonly Placed[],
  now: Date,
): Promise<Map<number, Fate>> {
  const named = placed.flatMap(({ word, at, meaning: { storeId, skuId, delta } }) =>
    storeId && skuId ? [{ no: word.no, at, storeId, skuId, delta }] : [],
  )
  if (named.length === 0) return new Map()
  const standings = await addUp(tx, source.id, levelsIn(named))
  const fresh = named.flatMap(({ storeId, skuId, at, delta }) =>
    delta === null ? [] : [{ storeId, skuId, at, pieces: delta }],
  )
  const note = `${source.name} 增量`
  const taken = await takeStock(tx, room, source, { standings, fresh, note, at: now })
  return new Map(
    named.map((each): [number, Fate] => {
      const told = taken.told.get(keyOf(each))
      const standing = taken.standings.get(keyOf(each))
      if (told?.outcome === 'missing') return [each.no, { code: 'level_missing' }]
      const newer = standing?.countedSeq
        ? each.no < standing.countedSeq
        : standing?.listedAt !== null && standing !== undefined && each.at <= standing.listedAt
      return [each.no, newer ? 'superseded' : told?.outcome === 'changed' ? 'applied' : 'same']
    }),
  )
}

async function keepNumbers(
  tx: Tx,
  id: string,
  { before, words, now }: { before: Numbers; words: readonly EventWord[]; now: Date },
): Promise<Numbers> {
  const after = hear(
    before,
    words.map(({ no }) => no),
  )
  const changes = changesOf(before.gaps, after.gaps)
  await sql.dropGaps(tx, id, changes.gone)
  await sql.insertGaps(tx, id, changes.new, now)
  return after
}

const latest = (instants: readonly Date[]): Date | null =>
  instants.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null)
