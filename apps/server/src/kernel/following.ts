import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { DB } from '#db/schema'
import type { Ctx } from './ctx.ts'
import { inTx, type Reader, type Tx } from './db.ts'

/** A table that is only added to, with numbers that grow. */
export type Book = {
  [Table in keyof DB]: DB[Table] extends { id: { readonly __select__: number } } ? Table : never
}[keyof DB]
/** A room's own table of how far it has followed which book. */
export type CursorTable = {
  [Table in keyof DB]: DB[Table] extends { book: unknown; passed: unknown; mark: unknown; fence: unknown }
    ? Table
    : never
}[keyof DB]

/** Where a book stands. Numbers of transactions only ever grow. */
export interface Look {
  /** Its last entry that can be seen. */
  top: number
  /** Every transaction with a smaller number has ended. */
  oldest: number
  /** Whoever has drawn a number of an entry up to `top` and has not ended has a smaller number of a transaction. */
  fence: number
}
export interface Cursor {
  /** Handled up to here. */
  passed: number
  /** The top of an earlier look, with its fence. */
  mark: number
  fence: number
}
/** Entries numbered higher than `after`, `upTo` at most. */
export interface Span {
  after: number
  upTo: number
}

/** Up to which entry nobody can be late any more: what was under way when `mark` was the last one has ended. */
export const settledTo = ({ passed, mark, fence }: Cursor, { oldest }: Pick<Look, 'oldest'>): number =>
  oldest >= fence ? Math.max(passed, mark) : passed

/**
 * The cursor after a look that handled up to `passed`. A mark that is reached gives way to the next one; so does one whose fence is in the future: it
 * is of another installation, whose backup this is.
 */
export const moved = (cursor: Cursor, passed: number, { top, fence }: Look): Cursor =>
  passed >= cursor.mark || cursor.fence > fence ? { passed, mark: top, fence } : { ...cursor, passed }

/**
 * Looks where a book stands; undefined where nothing lies beyond `beyond`. It has to be the first statement of its transaction that takes a number of a
 * transaction: ours is then higher than that of whoever wrote before. `pg_snapshot_xmax` is not: it is one more than the highest that has ENDED.
 */
export async function lookAt(db: Reader, book: Book, beyond: number): Promise<Look | undefined> {
  const { rows } = await sql<Look>`
    select t.top, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest, pg_current_xact_id()::text::bigint as fence
    from (select coalesce(max(id), 0) as top from ${sql.table(book)}) t where t.top > ${beyond}`.execute(db)
  return rows[0]
}

const findPassed = async (tx: Tx, cursors: CursorTable, book: Book): Promise<number> => {
  const { rows } = await sql<{ passed: number }>`
    select passed from ${sql.table(cursors)} where book = ${book}`.execute(tx)
  return rows[0]?.passed ?? 0
}
/** The cursor, for whoever comes first; undefined while another has it. */
async function claim(tx: Tx, cursors: CursorTable, book: Book): Promise<Cursor | undefined> {
  const { rows } = await sql<Cursor>`
    select passed, mark, fence from ${sql.table(cursors)} where book = ${book} for update skip locked`.execute(
    tx,
  )
  if (rows[0]) return rows[0]
  const begun = await sql<Cursor>`
    insert into ${sql.table(cursors)} (book) values (${book}) on conflict (book) do nothing returning passed, mark, fence`.execute(
    tx,
  )
  return begun.rows[0]
}
const put = (tx: Tx, cursors: CursorTable, book: Book, { passed, mark, fence }: Cursor): Promise<unknown> =>
  sql`update ${sql.table(cursors)} set passed = ${passed}, mark = ${mark}, fence = ${fence} where book = ${book}`.execute(
    tx,
  )

export interface Following {
  /** Of the follower, in metrics. */
  name: string
  book: Book
  cursors: CursorTable
  /**
   * Does what these entries ask for: database work only, in the transaction that moves the cursor. Numbers that were drawn by a transaction that failed
   * are missing, and entries that ask for nothing need not be read.
   */
  take(tx: Tx, span: Span): Promise<unknown>
}
export interface Follower {
  /** Handles what nobody can be late with any more; comes back soon for what is left. */
  run(): Promise<void>
  /** Entries that were seen and are not handled, as of the last look. */
  behind(): number
}

const AT_ONCE = 1000
const ROUNDS_AT_MOST = 50
/** How often one run waits for others to end, each time a little longer; what is left is for the next run. */
const WAITS = 8
const WAIT_MS = 10

/**
 * Follows a book whose writers know nothing of it: each entry is handled once, in the order of numbers, by one of however many processes, and the effect
 * is there exactly when the cursor says so, whatever dies in between.
 *
 * A number is drawn before its entry is committed, so a lower one may appear after a higher one was seen. An entry is handled only when every transaction
 * has ended that may have drawn a lower number. That asks one thing of writers: they lock or write something before they write into the book (what the
 * entry speaks of), so that they have a number of a transaction by then. Books are written like that everywhere here.
 */
export function follow(
  { db, clock, metrics }: Pick<Ctx, 'db' | 'clock' | 'metrics'>,
  { name, book, cursors, take }: Following,
): Follower {
  let behind = 0
  let caughtUp = clock.now()
  const note = (entries: number): void => {
    behind = entries
    if (entries === 0) caughtUp = clock.now()
    metrics.behind.set({ follower: name }, entries)
    metrics.behindSeconds.set({ follower: name }, (clock.now().getTime() - caughtUp.getTime()) / 1000)
  }
  const round = (): Promise<'done' | 'more' | 'late'> =>
    inTx(db, async (tx) => {
      const look = await lookAt(tx, book, await findPassed(tx, cursors, book))
      const cursor = look && (await claim(tx, cursors, book))
      if (!look || !cursor) {
        if (!look) note(0)
        return 'done'
      }
      const settled = settledTo(cursor, look)
      const upTo = Math.min(settled, cursor.passed + AT_ONCE)
      if (upTo > cursor.passed) await take(tx, { after: cursor.passed, upTo })
      await put(tx, cursors, book, moved(cursor, upTo, look))
      note(Math.max(0, look.top - upTo))
      return upTo < settled ? 'more' : upTo < look.top ? 'late' : 'done'
    })
  return {
    behind: () => behind,
    async run() {
      let waits = 0
      for (let i = 0; i < ROUNDS_AT_MOST; i++) {
        const outcome = await round()
        if (outcome === 'done' || (outcome === 'late' && waits === WAITS)) return
        if (outcome === 'late') await pause(WAIT_MS * waits++)
      }
    },
  }
}
