import type { Ctx } from '#kernel/ctx'
import type { Reader } from '#kernel/db'
import { type Book, follow, type Span } from '#kernel/following'
import type { Sweep } from '#kernel/jobs'
import type { Notice, Tell } from './telling.ts'

/** Append-only events of another room, and what members are told of them: nothing, most of the time. */
export interface Source {
  name: string
  book: Book
  /** Of the events in this span, in their order. */
  notices(db: Reader, span: Span): Promise<readonly Notice[]>
}

const SECONDS = 5

/** Tells what happened, once, from the room's own events: whoever writes them pays nothing. */
export function followEvents(
  ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>,
  tell: Tell,
  { name: source, book, notices }: Source,
): Sweep {
  const name = `messages.${source}`
  const follower = follow(ctx, {
    name,
    book,
    cursors: 'message_cursor',
    take: async (tx, span) => tell(tx, await notices(tx, span)),
  })
  return { name, seconds: SECONDS, ...follower }
}
