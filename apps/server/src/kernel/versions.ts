import type { Ctx } from './ctx.ts'
import type { Reader } from './db.ts'
import { keep } from './kept.ts'

/** Terms are rows that are only added: each holds from a moment on, until the next begins. */
interface Version {
  since: Date
  /** False: from here on there is nothing. */
  active: boolean
}
export interface KeptVersions<Row extends Version> {
  rows(): readonly Row[]
  /** The row that held, or holds, at an instant; null where it was switched off. */
  at(instant: Date): Row | null
  /** What holds now, unless it is switched off. */
  now(): Row | null
  /** What holds now, or held last before it was switched off: what members have goes on by it. */
  latest(): Row | null
  /** Reads the table now, without waiting to be told. */
  reload(): Promise<void>
}

/** So many rows are kept at hand and shown; terms change a few times a year. */
const KEPT = 100
const FURTHEST_AHEAD_MS = 366 * 86_400_000

/** The versions of a table of terms in memory, read again whenever the table says so. `list` begins with what begins last. */
export async function keepVersions<Row extends Version>(
  ctx: Pick<Ctx, 'db' | 'listener' | 'log' | 'clock'>,
  table: string,
  list: (db: Reader, limit: number) => Promise<Row[]>,
): Promise<KeptVersions<Row>> {
  const { now: rows, reload } = await keep(ctx, table, (db) => list(db, KEPT))
  const rowAt = (instant: Date) => rows().find(({ since }) => since <= instant) ?? null
  const at = (instant: Date) => {
    const row = rowAt(instant)
    return row?.active ? row : null
  }
  return { rows, reload, at, now: () => at(ctx.clock.now()), latest: () => rowAt(ctx.clock.now()) }
}

/** When a version is to begin; undefined where that is over, or further ahead than anybody plans. */
export function beginsAt(since: string | null, now: Date): Date | undefined {
  const from = since === null ? now : new Date(since)
  return from >= now && from.getTime() <= now.getTime() + FURTHEST_AHEAD_MS ? from : undefined
}
