import { looksLikeSheet, sheetCell } from '@linli/contract/sheet-cell'

/** What an import found. `about` names the thing of a row: its barcode, its card number. */
export interface ImportReport {
  applied: boolean
  rows: number
  added: number
  changed: number
  unchanged: number
  faults: readonly { line: number; about: string; column: string; reason: string }[]
}

/** What somebody chose as a CSV, whether it is one or an .xlsx: its first sheet, row for row. Throws at what is neither. */
export async function importText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (!looksLikeSheet(bytes)) return csvText(bytes)
  const { readSheet } = await import('read-excel-file/universal')
  const rows = await readSheet(new Blob([bytes]))
  return rows.map((row) => row.map((value) => quoted(sheetCell(value))).join(',')).join('\r\n')
}

/**
 * Text of a CSV file. Excel on Chinese Windows saves GBK, everything else UTF-8; bytes that are not UTF-8 are read as GBK,
 * and a byte order mark is dropped.
 */
const csvText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The faults as a CSV that Excel opens as it is: byte order mark, CRLF, and no cell that starts a formula. */
export const faultsCsv = (faults: ImportReport['faults'], about: string): string => {
  const rows = faults.map((fault) =>
    [String(fault.line), fault.about, fault.column, fault.reason].map(safeCell),
  )
  return `\uFEFF${[['行', about, '列', '原因'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}

// A cell that begins with one of these would be run as a formula by a spreadsheet.
const safeCell = (cell: string): string => (/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell)

/** How many rows are clean; several faults may sit in one row. */
export const cleanRows = (report: ImportReport): number =>
  report.rows - new Set(report.faults.map((fault) => fault.line).filter((line) => line > 1)).size

/** What a dry run found, in one sentence. Line 1 is the header: a fault there stops everything without spoiling a row. */
export const importVerdict = (report: ImportReport, unit = '个'): string => {
  const bad = report.rows - cleanRows(report)
  const header = report.faults.some((fault) => fault.line === 1)
  if (bad > 0) return `${report.rows} 行里 ${bad} 行要先修${header ? '，表头也要改' : ''}。`
  if (header) return '表头要先改。'
  return `${report.rows} 行都没问题：新增 ${report.added} ${unit}，改 ${report.changed} ${unit}，没变 ${report.unchanged} ${unit}。`
}
