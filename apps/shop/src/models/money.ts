/** Fen as the two parts a price tag prints: `1280` → `12` and `80`. */
export function yuanParts(fen: number): { yuan: string; fen: string } {
  const whole = Math.trunc(Math.abs(fen) / 100)
  return { yuan: (fen < 0 ? '-' : '') + grouped(whole), fen: String(Math.abs(fen) % 100).padStart(2, '0') }
}

/** Fen as plain text, `¥12.80`. */
export function yuanText(fen: number): string {
  const parts = yuanParts(fen)
  return `¥${parts.yuan}.${parts.fen}`
}

/** Fen as short as they can be said without losing one: `500` → `¥5`, `620` → `¥6.20`. */
export function yuanShort(fen: number): string {
  return fen % 100 === 0 ? `¥${yuanParts(fen).yuan}` : yuanText(fen)
}

/** Fen as a person says it: `1990` → `19 元 9 角`. A screen reader would spell `¥19.90` out digit by digit. */
export function yuanSpoken(fen: number): string {
  const jiao = Math.trunc((fen % 100) / 10)
  const rest = fen % 10
  const words = [`${Math.trunc(fen / 100)} 元`]
  if (jiao > 0 || rest > 0) words.push(`${jiao} 角`)
  if (rest > 0) words.push(`${rest} 分`)
  return words.join(' ')
}

const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
