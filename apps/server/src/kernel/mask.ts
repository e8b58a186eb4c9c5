const segmenter = new Intl.Segmenter('zh')

/** `刘小芳` → `刘*芳`: enough to call out, not enough to look up. */
export function maskName(name: string): string {
  const letters = Array.from(segmenter.segment(name), ({ segment }) => segment)
  const [first = ''] = letters
  if (letters.length <= 2) return `${first}*`
  return `${first}${'*'.repeat(Math.min(letters.length - 2, 3))}${letters.at(-1) ?? ''}`
}
