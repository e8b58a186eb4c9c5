export const HISTORY_MAX = 12

/** Puts a word first, once; the oldest falls off. Blank words are not remembered. */
export function remember(history: readonly string[], typed: string): string[] {
  const word = typed.trim().replace(/\s+/g, ' ')
  if (word === '') return [...history]
  return [word, ...history.filter((each) => each !== word)].slice(0, HISTORY_MAX)
}
