/** Money as bills write it, read without fractions: the text is shifted, never divided. Null for anything that is not exactly such a number. */
const MONEY = /^(\d{1,13})(?:\.(\d{1,2}))?$/
const FEE = /^(-?)(\d{1,10})(?:\.(\d{1,5}))?$/
const COUNT = /^(\d{1,9})(?:\.0+)?$/

const shifted = (whole: string, fraction: string | undefined, digits: number): number =>
  Number(whole + (fraction ?? '').padEnd(digits, '0'))

/** `45.00`, `45.0` or `45` yuan → 4500 fen. */
export function readFen(text: string): number | null {
  const [, whole, fraction] = MONEY.exec(text) ?? []
  return whole === undefined ? null : shifted(whole, fraction, 2)
}

/** `-0.05970` yuan → −5970 thousandths of a fen. */
export function readMilliFen(text: string): number | null {
  const [, sign, whole, fraction] = FEE.exec(text) ?? []
  if (whole === undefined) return null
  const size = shifted(whole, fraction, 5)
  return sign === '-' && size !== 0 ? -size : size
}

/** `45` or `45.0` → 45: the summary writes counts like amounts. */
export function readCount(text: string): number | null {
  const [, whole] = COUNT.exec(text) ?? []
  return whole === undefined ? null : Number(whole)
}
