// Words that are part of a picture. Their outlines travel with the source, because a server seldom has Chinese fonts.
// Outlines: Noto Serif CJK SC Bold, Noto Sans CJK SC Bold and Regular (SIL Open Font License 1.1), 1000 units per em.
import { readFileSync } from 'node:fs'
import { group } from './art.ts'

type Hand = 'serif' | 'bold' | 'plain'
const EM = 1000
const outlines = JSON.parse(readFileSync(new URL('banner-glyphs.json', import.meta.url), 'utf8')) as Record<
  Hand,
  Record<string, string>
>

/** A line of words from its left end and base line; every sign is one em wide. */
export function words(
  text: string,
  {
    hand,
    x,
    y,
    size,
    fill,
    spacing = 0,
  }: { hand: Hand; x: number; y: number; size: number; fill: string; spacing?: number },
): string {
  const scale = size / EM
  return Array.from(text)
    .map((sign, index) => {
      const outline = outlines[hand][sign]
      if (outline === undefined) throw new Error(`no ${hand} outline of ${sign}`)
      const left = Math.round((x + index * (size + spacing)) * 100) / 100
      return group(`translate(${left} ${y}) scale(${scale})`, `<path d="${outline}" fill="${fill}"/>`)
    })
    .join('')
}
