import { businessDay } from '#kernel/clock'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { type ProblemKind, refuse } from '#kernel/problem'
import * as sql from './booking.sql.ts'
import { type Level, levelKey, type LevelKey } from './level.ts'
import { expiredIn, followSales, type LotPart, nearDay, takeFirstExpired } from './lots.ts'
import * as lotSql from './lots.sql.ts'
import { belowReserved, levelMissing, lotShort, notOnHand } from './problems.ts'

/** What a document does to one level. */
export interface Move extends LevelKey {
  delta: number
  note?: string
  /** Lots that arrive with these pieces. */
  brings?: readonly LotPart[]
  /** Pieces taken out of named lots; negative puts them back. */
  takes?: readonly { lotId: string; quantity: number }[]
  /** Take the pieces out of lots, first expired first, and say which: they travel. */
  packs?: boolean
}
export interface Booking {
  documentId: string
  reason: 'RECEIVE' | 'WASTE' | 'ADJUST' | 'TRANSFER'
  by: string
  at: Date
  /** May what is left be less than what shoppers have ordered? Only where the goods are gone whatever the book says. */
  mayRunShort: boolean
}

const LISTED = 20
const refuseAll = (kind: ProblemKind, moves: readonly Move[], levels: ReadonlyMap<string, Level>): never =>
  refuse(kind, {
    lines: moves.slice(0, LISTED).map((move) => {
      const { onHand = 0, reserved = 0 } = levels.get(levelKey(move)) ?? {}
      return { skuId: move.skuId, delta: move.delta, onHand, reserved }
    }),
  })

/** Refuses by name before anything is written, with the lines that do not fit. */
function check(moves: readonly Move[], levels: ReadonlyMap<string, Level>, mayRunShort: boolean): void {
  const levelOf = (move: Move) => levels.get(levelKey(move))
  const missing = moves.filter((move) => !levelOf(move))
  if (missing.length > 0) refuseAll(levelMissing, missing, levels)
  const left = (move: Move) => (levelOf(move)?.onHand ?? 0) + move.delta
  const gone = moves.filter((move) => left(move) < 0)
  if (gone.length > 0) refuseAll(notOnHand, gone, levels)
  if (mayRunShort) return
  const owed = moves.filter((move) => move.delta < 0 && left(move) < (levelOf(move)?.reserved ?? 0))
  if (owed.length > 0) refuseAll(belowReserved, owed, levels)
}

/** The lots of some levels as a working copy, brought up to what the ledger says now. */
async function openLots(tx: Tx, keys: readonly LevelKey[], today: string, named: readonly string[]) {
  const rows = await lotSql.loadLots(tx, keys, named)
  const trails = await lotSql.readTrails(tx, keys)
  const before = new Map(rows.map(({ id, remaining }) => [id, remaining]))
  const byLevel = Map.groupBy(rows, levelKey)
  const lotsOf = (key: LevelKey) => byLevel.get(levelKey(key)) ?? []
  for (const trail of trails) if (trail.lowest !== null) followSales(lotsOf(trail), trail.lowest, today)
  return {
    trails,
    lotsOf,
    changed: () => rows.filter(({ id, remaining }) => before.get(id) !== remaining),
  }
}

const writeExpired = (
  tx: Tx,
  levels: Iterable<Level>,
  expiredOf: (level: Level) => number,
): Promise<number> =>
  sql.setExpired(
    tx,
    [...levels].flatMap((level) => {
      const expired = expiredOf(level)
      return expired === level.expired ? [] : [{ storeId: level.storeId, skuId: level.skuId, expired }]
    }),
  )

/** Lets the lots of these levels follow the ledger, and holds back what is past its date. */
export async function settleLots(tx: Tx, keys: readonly LevelKey[], at: Date): Promise<void> {
  const today = businessDay(at)
  const levels = await sql.lockLevels(tx, keys)
  const book = await openLots(tx, keys, today, [])
  await lotSql.setRemaining(tx, book.changed())
  await lotSql.setCursors(tx, book.trails)
  await writeExpired(tx, levels, (level) => expiredIn(book.lotsOf(level), today))
}

/**
 * Books the moves of one document: at most one per level, all or none. Locks the levels in the common order, refuses by name what does not fit,
 * writes levels, ledger and lots. Answers which lots travel, by level.
 */
export async function book(
  tx: Tx,
  moves: readonly Move[],
  booking: Booking,
): Promise<ReadonlyMap<string, LotPart[]>> {
  if (moves.length === 0) return new Map()
  const today = businessDay(booking.at)
  const levels = new Map((await sql.lockLevels(tx, moves)).map((level) => [levelKey(level), level]))
  check(moves, levels, booking.mayRunShort)
  const named = moves.flatMap(({ takes = [] }) => takes.map(({ lotId }) => lotId))
  const lots = await openLots(tx, moves, today, named)

  const packed = new Map<string, LotPart[]>()
  for (const move of moves) {
    const mine = lots.lotsOf(move)
    for (const { lotId, quantity } of move.takes ?? []) {
      const lot = mine.find(({ id }) => id === lotId)
      if (!lot || lot.remaining < quantity)
        refuse(lotShort, { skuId: move.skuId, remaining: lot?.remaining ?? 0 })
      lot.remaining -= quantity
    }
    if (move.packs) packed.set(levelKey(move), takeFirstExpired(mine, -move.delta, today))
    else if (move.delta < 0) followSales(mine, (levels.get(levelKey(move))?.onHand ?? 0) + move.delta, today)
  }

  const booked = moves.map((move) => ({ ...move, note: move.note ?? null }))
  const entries = await sql.applyMoves(tx, booked, booking)
  if (entries.length !== moves.length)
    throw new Error(`document ${booking.documentId}: a guard held after the check`)
  const arriving = moves.flatMap(({ brings = [], storeId, skuId }) =>
    brings.map((part) => ({
      ...part,
      id: newId(),
      storeId,
      skuId,
      documentId: booking.documentId,
      nearOn: part.expiresOn === null ? null : nearDay(part.madeOn, part.expiresOn),
      at: booking.at,
    })),
  )
  await lotSql.setRemaining(tx, lots.changed())
  await lotSql.insertLots(tx, arriving)
  await lotSql.setCursors(
    tx,
    entries.map(({ id, ...key }) => ({ ...key, top: id })),
  )
  const arrived = Map.groupBy(arriving, levelKey)
  await writeExpired(tx, levels.values(), (level) => {
    const late = (arrived.get(levelKey(level)) ?? []).filter(
      ({ expiresOn }) => expiresOn !== null && expiresOn < today,
    )
    return expiredIn(lots.lotsOf(level), today) + late.reduce((sum, { quantity }) => sum + quantity, 0)
  })
  return packed
}
