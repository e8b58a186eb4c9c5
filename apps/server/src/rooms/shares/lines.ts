/** How wide a text is, in pixels. */
export type Measure = (text: string) => number

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const ELLIPSIS = '…'
/** What may not begin a line. */
const CLOSING = /^[，。、；：！？）》」』”’…,.;:!?)\]%％]/u
/** Letters and figures that belong together: broken only where nothing else helps. */
const TOGETHER = /^[A-Za-z0-9.]$/

const lettersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment)

/** So much of it as fits, with an ellipsis. */
function cut(text: string, most: number, measure: Measure): string {
  const letters = lettersOf(text)
  while (letters.length > 0 && measure(letters.join('').trimEnd() + ELLIPSIS) > most) letters.pop()
  return letters.join('').trimEnd() + ELLIPSIS
}

/** Where the line that began at `from` ends. */
function endOf(letters: readonly string[], from: number, most: number, measure: Measure): number {
  let end = from + 1
  while (end < letters.length && measure(letters.slice(from, end + 1).join('')) <= most) end++
  if (end === letters.length) return end
  let back = end
  const isBad = (at: number) =>
    CLOSING.test(letters[at] ?? '') ||
    (TOGETHER.test(letters[at] ?? '') && TOGETHER.test(letters[at - 1] ?? ''))
  while (back > from + 1 && isBad(back)) back--
  return isBad(back) ? end : back
}

/** Breaks a text into at most so many lines; what does not fit ends in an ellipsis. */
export function breakLines(
  text: string,
  { most, lines, measure }: { most: number; lines: number; measure: Measure },
): string[] {
  const letters = lettersOf(text.replace(/\s+/gu, ' ').trim())
  const broken: string[] = []
  let from = 0
  while (from < letters.length) {
    if (broken.length === lines - 1) {
      const rest = letters.slice(from).join('').trim()
      broken.push(measure(rest) <= most ? rest : cut(rest, most, measure))
      break
    }
    const end = endOf(letters, from, most, measure)
    broken.push(letters.slice(from, end).join('').trim())
    from = end
  }
  return broken
}
