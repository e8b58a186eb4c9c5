import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { inRounds } from '#kernel/turns'
import * as sql from './cursors.sql.ts'
import type { Notice, Tell } from './telling.ts'

/** An event of another room, and what a member is told of it: nothing, most of the time. */
export interface Happening {
  id: number
  notice: Notice | null
}

/** Append-only events, numbered as they are written. */
export interface Source {
  name: string
  /** Events numbered higher than `after`, in their order, `limit` at most. */
  next(db: Reader, after: number, limit: number): Promise<readonly Happening[]>
}

const AT_ONCE = 500
const SECONDS = 5

/**
 * Tells what happened, once, from the room's own events: whoever writes them pays nothing. A number may be committed after a higher one; until nobody
 * can be late any more it is read again, and the key of a message keeps it from being told twice.
 */
export const follow = (ctx: Pick<Ctx, 'db'>, tell: Tell, { name, next }: Source): Sweep => ({
  name: `messages.${name}`,
  seconds: SECONDS,
  run: () =>
    inRounds(() =>
      inTx(ctx.db, async (tx) => {
        await sql.beginCursor(tx, name)
        const cursor = await sql.holdCursor(tx, name)
        if (!cursor) return false
        const happened = await next(tx, cursor.upto, AT_ONCE)
        await tell(
          tx,
          happened.flatMap(({ notice }) => notice ?? []),
        )
        if (!cursor.settled) return false
        const seen = happened.at(-1)?.id ?? cursor.upto
        await sql.moveCursor(tx, name, { upto: cursor.upto, seen })
        return happened.length === AT_ONCE
      }),
    ),
})
