/** Why a bill is not believed. Nothing of such a bill is kept. */
export type BillFault =
  /** It ends before its summary does. */
  | 'truncated'
  /** Its bytes are no text in the characters that its maker uses. */
  | 'not_utf8'
  | 'not_gbk'
  | 'header_unreadable'
  | 'column_missing'
  | 'column_twice'
  /** A row with more or fewer values than there are columns, or text where a row should begin. */
  | 'row_unreadable'
  | 'value_unreadable'
  | 'summary_unreadable'
  /** The summary does not equal the rows. */
  | 'summary_differs'
  | 'after_summary'
  | 'other_merchant'
  | 'other_day'
  | 'other_currency'
  /** One payment or refund stands in it twice, or stood in the bill of another day. */
  | 'row_twice'

export class BillProblem extends Error {
  override readonly name = 'BillProblem'
  readonly code: BillFault
  constructor(code: BillFault, where: string) {
    super(`${code}: ${where}`)
    this.code = code
  }
}
