import type { InboxMessage } from '@linli/contract/messages'
import type { Static } from 'typebox'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { inRounds } from '#kernel/turns'
import * as sql from './inbox.sql.ts'
import { cursorInvalid, messageMissing } from './problems.ts'

type Shown = Static<typeof InboxMessage>

const UNREAD_MOST = 100
const KEPT_SECONDS = 180 * 86_400
const DROP_AT_ONCE = 500
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const shown = ({ toldAt, ...row }: sql.InboxRow): Shown => ({ ...row, at: toldAt.toISOString() })

/** What a member was told, as they read it. */
export function createInbox({ db, clock }: Pick<Ctx, 'db' | 'clock'>) {
  return {
    async list(
      memberId: string,
      { cursor, limit = 20 }: { cursor?: string; limit?: number },
    ): Promise<{ items: Shown[]; nextCursor: string | null }> {
      if (cursor !== undefined && !ID.test(cursor)) refuse(cursorInvalid)
      const rows = await sql.listInbox(db, memberId, { after: cursor, limit: limit + 1 })
      const page = rows.slice(0, limit)
      return {
        items: page.map(shown),
        nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      }
    },

    unread: (memberId: string): Promise<number> => sql.countUnread(db, memberId, UNREAD_MOST),

    async read(memberId: string, id: string): Promise<void> {
      if (!(await inOneStatement(db, (tx) => sql.markRead(tx, memberId, id, clock.now()))))
        refuse(messageMissing)
    },

    readUpTo: (memberId: string, id: string): Promise<void> =>
      inTx(db, async (tx) => {
        if (!(await sql.markRead(tx, memberId, id, clock.now()))) refuse(messageMissing)
        await sql.markReadUpTo(tx, memberId, id, clock.now())
      }),

    /** Half a year later it is forgotten. */
    forget: (): Promise<void> =>
      inRounds(async () => {
        const before = secondsAfter(clock.now(), -KEPT_SECONDS)
        return (
          (await inOneStatement(db, (tx) => sql.dropToldBefore(tx, before, DROP_AT_ONCE))) === DROP_AT_ONCE
        )
      }),
  }
}
export type Inbox = ReturnType<typeof createInbox>
