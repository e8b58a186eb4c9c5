/** Splits integer fen into the parts a price is drawn with. The minus is U+2212, as wide as a digit. */
export const fenParts = (fen: number): { sign: '' | '−'; yuan: string; cents: string } => {
  const whole = Math.abs(fen)
  return {
    sign: fen < 0 ? '−' : '',
    yuan: Math.trunc(whole / 100).toLocaleString('en-US'),
    cents: String(whole % 100).padStart(2, '0'),
  }
}

/** `¥1,234.50`, or `−¥8.00`. */
export const formatFen = (fen: number): string => {
  const { sign, yuan, cents } = fenParts(fen)
  return `${sign}¥${yuan}.${cents}`
}

/** The same without the currency sign, for columns whose head already says yuan. */
export const formatFenBare = (fen: number): string => formatFen(fen).replace('¥', '')

/**
 * Reads what a person typed as a price ("12", "12.8", "¥12.80") into fen.
 * Answers undefined for anything else, so nothing is ever rounded in silence.
 */
export const parseFen = (typed: string): number | undefined => {
  const match = /^[¥￥]?\s*(\d{1,7})(?:\.(\d{1,2}))?$/.exec(typed.trim().replaceAll(',', ''))
  if (!match) return undefined
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

/** Fen as the plain text of an input field: `12.80`. */
export const fenToField = (fen: number): string =>
  `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
