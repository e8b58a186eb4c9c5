/**
 * A cell of a spreadsheet as the text that a CSV of it would have: numbers as people write them (a barcode is no power of ten), an instant as its clock
 * shows it in Beijing, since a spreadsheet knows no time zone.
 */
export function sheetCell(value: unknown): string {
  if (typeof value === 'number') return numberText(value)
  // The reader takes the shown clock for UTC; half a second makes up for what days as fractions lose.
  if (value instanceof Date) return `${new Date(value.getTime() + 500).toISOString().slice(0, 19)}+08:00`
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value.trim() : ''
}

/** Fifteen digits are what a spreadsheet keeps: 12.3 is stored as 12.300000000000001. */
function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(Number(value.toPrecision(15)))
}

/** Whether these bytes begin as an .xlsx does, which is a ZIP. What they really are, only reading tells. */
export const looksLikeSheet = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
