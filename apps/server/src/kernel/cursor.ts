import { type ProblemKind, refuse } from './problem.ts'

/** The place in a ledger behind a page, newest first: the number of its last row. */
export const cursorAfter = (rows: readonly { id: number }[]): string =>
  Buffer.from(String(rows.at(-1)?.id)).toString('base64url')

/** The number behind a cursor, or the refusal of its ledger. */
export function readCursor(cursor: string, invalid: ProblemKind): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : refuse(invalid)
}

/** A place in a list that is sorted by a moment, then by id. */
export interface Place {
  at: Date
  id: string
}
/** The place behind a page that ends with this. */
export const cursorTo = ({ at, id }: Place): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

/** The place behind a cursor, or the refusal of its list. */
export function readPlace(cursor: string, invalid: ProblemKind): Place {
  const [, text = '', id = ''] =
    /^((?:19[7-9]|2\d\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    ) ?? []
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? refuse(invalid) : { at, id }
}
