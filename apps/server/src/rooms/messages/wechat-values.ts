/** WeChat checks each value by the name of its keyword (`thing1`, `time3`): what does not fit is 47003 for the whole message. */
const LONGEST: Readonly<Record<string, number>> = {
  thing: 20,
  name: 10,
  phrase: 5,
  character_string: 32,
  letter: 32,
  symbol: 5,
  number: 32,
  amount: 32,
  time: 32,
  date: 32,
  phone_number: 17,
  car_number: 8,
}

const typeOf = (keyword: string): string => keyword.replace(/\d+$/, '')

/** May a merchant file name this keyword? */
export const isKeyword = (keyword: string): boolean =>
  /^[a-z_]+\d+$/.test(keyword) && typeOf(keyword) in LONGEST

/** A value as its keyword takes it: cut by characters, never through one, and never empty. */
export function fitted(keyword: string, text: string): string {
  const type = typeOf(keyword)
  const allowed =
    type === 'character_string' || type === 'letter'
      ? text.replaceAll(/[^\x20-\x7e]/g, '')
      : type === 'phrase'
        ? text.replaceAll(/[^\p{Script=Han}]/gu, '')
        : text.replaceAll(/\s+/g, ' ').trim()
  const letters = Array.from(allowed === '' ? '-' : allowed)
  const most = LONGEST[type] ?? 20
  if (letters.length <= most) return letters.join('')
  return type === 'thing' ? `${letters.slice(0, most - 1).join('')}…` : letters.slice(0, most).join('')
}
