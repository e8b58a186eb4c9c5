import type { Secrets } from '#kernel/secrets'
import { maskName } from '#kernel/mask'
import type { CardRow, CardValues } from './cards.sql.ts'
import type { CardSaid } from './import-rows.ts'

/** Names and phones of old cards: sealed at rest, opened to be masked or compared. */
export interface Sealing {
  seal(said: CardSaid): CardValues
  /** With its middle hidden. */
  nameOf(row: CardRow): string | null
  /** Does the row say what the books say of this card? */
  isSame(row: CardRow, said: CardSaid): boolean
}

export function createSealing(secrets: Secrets): Sealing {
  const context = (no: string, what: string): string => `plastic_card:${no}:${what}`
  const hash = (phone: string): Buffer => secrets.hash(`phone:${phone}`)
  const name = ({ no, nameCipher }: CardRow): string | null =>
    nameCipher && secrets.open(nameCipher, context(no, 'name'))
  return {
    seal: ({ name: given, phone, ...said }) => ({
      ...said,
      nameCipher: given === null ? null : secrets.seal(given, context(said.no, 'name')),
      phoneCipher: phone === null ? null : secrets.seal(phone, context(said.no, 'phone')),
      phoneHash: phone === null ? null : hash(phone),
    }),
    nameOf(row) {
      const whole = name(row)
      return whole === null ? null : maskName(whole)
    },
    isSame: (row, said) =>
      name(row) === said.name &&
      (said.phone === null ? row.phoneHash === null : row.phoneHash?.equals(hash(said.phone)) === true) &&
      row.phoneTail === said.phoneTail &&
      row.points === said.points &&
      row.growth === said.growth &&
      row.firstBought === said.firstBought &&
      row.lastBought === said.lastBought &&
      row.purchases === said.purchases &&
      row.spentFen === said.spentFen,
  }
}
