import { refuse } from '#kernel/problem'
import { cursorInvalid } from './problems.ts'
import type { Room } from './room.ts'
import { listReceipts } from './tills.sql.ts'

const cursorOf = ({ soldAt, id }: { soldAt: Date; id: string }): string =>
  Buffer.from(`${soldAt.toISOString()} ${id}`).toString('base64url')
function readCursor(cursor: string): { soldAt: Date; id: string } {
  const [, at = '', id = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    ) ?? []
  const soldAt = new Date(at)
  return Number.isNaN(soldAt.getTime()) ? refuse(cursorInvalid) : { soldAt, id }
}

/** A page of what a member bought at tills, newest first. */
export async function receiptsOf(
  { ctx }: Room,
  memberId: string,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
) {
  const before = cursor === undefined ? null : readCursor(cursor)
  const rows = await listReceipts(ctx.db, memberId, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...row, soldAt: row.soldAt.toISOString() })),
    nextCursor: rows.length > limit && last ? cursorOf(last) : null,
  }
}
