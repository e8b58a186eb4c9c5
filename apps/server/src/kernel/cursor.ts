import { type ProblemKind, refuse } from './problem.ts'

/** The place in a ledger behind a page, newest first: the number of its last row. */
export const cursorAfter = (rows: readonly { id: number }[]): string =>
  Buffer.from(String(rows.at(-1)?.id)).toString('base64url')

/** The number behind a cursor, or the refusal of its ledger. */
export function readCursor(cursor: string, invalid: ProblemKind): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : refuse(invalid)
}
