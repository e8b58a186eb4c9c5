import type { Out } from '../../api.ts'

export type ImportReport = Out<'POST /console/v1/product-imports'>

/**
 * Text of a CSV file. Excel on Chinese Windows saves GBK, everything else UTF-8; bytes that are not UTF-8 are read as GBK,
 * and a byte order mark is dropped.
 */
export const csvText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The faults as a CSV that Excel opens as it is: byte order mark, CRLF, and no cell that starts a formula. */
export const faultsCsv = (faults: ImportReport['faults']): string => {
  const rows = faults.map((fault) =>
    [String(fault.line), fault.barcode, fault.column, fault.reason].map(safeCell),
  )
  return `\uFEFF${[['行', '条码', '列', '原因'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}

// A cell that begins with one of these would be run as a formula by a spreadsheet.
const safeCell = (cell: string): string => (/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell)

/** How many rows are clean; several faults may sit in one row. */
export const cleanRows = (report: ImportReport): number =>
  report.rows - new Set(report.faults.map((fault) => fault.line)).size
