const QR_LENGTH_MIN = 12

/** What a clerk typed or scanned, as the server takes it: ten digits without their spaces, or the QR's text. */
export function readCode(text: string): string | null {
  const compact = text.replace(/\s/g, '')
  if (/^\d+$/.test(compact)) return compact.length === 10 ? compact : null
  return compact.length >= QR_LENGTH_MIN && compact.length <= 200 && /^[\x21-\x7e]+$/.test(compact)
    ? compact
    : null
}

/** Ten digits and nothing else, as a return code is; spaces and dashes between them are forgiven. */
export function readDigits(text: string): string | null {
  const compact = text.replace(/[\s-]/g, '')
  return /^\d{10}$/.test(compact) ? compact : null
}
