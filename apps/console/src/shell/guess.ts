/** What to search for: digits typed or pasted in groups (`20261123 4567 8901`) are one number. */
export const searchWord = (typed: string): string => {
  const word = typed.trim()
  return /^\d[\d\s-]*\d$/.test(word) ? word.replace(/[\s-]/g, '') : word
}

/** What a searched word looks like; only said to the person, the server searches every kind anyway. */
export type Guess = 'order' | 'barcode' | 'tail' | 'shelf' | 'name'

/** Guesses the kind from the shape: 13 digits a barcode, 4 digits a phone tail, `L02-3-2` a shelf. */
export const guessKind = (typed: string): Guess => {
  const word = searchWord(typed).toUpperCase()
  if (/^\d{13}$/.test(word)) return 'barcode'
  if (/^\d{4}$/.test(word)) return 'tail'
  if (/^[A-Z]\d{2}(-\d(-[1-5])?)?$/.test(word)) return 'shelf'
  if (/^\d{5,16}$/.test(word)) return 'order'
  return 'name'
}

export const guessWords: Record<Guess, string> = {
  order: '像订单号',
  barcode: '像条码',
  tail: '像手机尾号',
  shelf: '像货位',
  name: '',
}

/** Cuts a text round the first place where the searched word occurs, to mark it. */
export const markMatch = (text: string, word: string): [before: string, match: string, after: string] => {
  const at = word ? text.toLowerCase().indexOf(word.toLowerCase()) : -1
  return at < 0
    ? [text, '', '']
    : [text.slice(0, at), text.slice(at, at + word.length), text.slice(at + word.length)]
}
