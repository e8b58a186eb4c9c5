import { pinyin } from 'pinyin-pro'

/**
 * A name as it is typed on a keyboard: one entry per Chinese character (its reading in context, without tones, ü as v), and one per run of Latin
 * letters and digits. Everything else is dropped.
 */
export const syllablesOf = (text: string): string[] =>
  pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).flatMap(
    (part) => part.toLowerCase().match(/[a-z0-9]+/g) ?? [],
  )

/** May `typed` be read as the beginnings of consecutive syllables from `start` on? `pg`, `pingg`, `pguo` and `pingguo` all read 苹果. */
export function readsFrom(typed: string, syllables: readonly string[], start: number): boolean {
  if (typed === '') return true
  const syllable = syllables[start]
  if (syllable === undefined) return false
  let shared = 0
  while (shared < syllable.length && syllable[shared] === typed[shared]) shared++
  for (let taken = Math.min(shared, typed.length); taken > 0; taken--)
    if (readsFrom(typed.slice(taken), syllables, start + 1)) return true
  return false
}
