import type { AllRoutes, Input } from '@linli/contract'
import { GOODS } from '../apps/server/test/fixtures.ts'
import type { Dice } from './dice.ts'
import { type Answer, answerOf, valueOf } from './people.ts'
import type { Partner } from './partners.ts'
import type { Town } from './town.ts'

type Upload = Input<AllRoutes['POST /partner/v1/till/sales']>['body']['sales'][number]
export type Sale = Extract<Upload, { kind: 'sale' }>
export type Return = Extract<Upload, { kind: 'return' }>

/** A receipt as the till that printed it keeps it: it happened, whatever the line says. */
export interface Receipt {
  partner: Partner
  storeId: string
  content: Sale | Return
  /** Somebody answered that it is in the books. */
  isTold: boolean
}

/** What a till rings up. Nobody here knows the last one. */
const RUNG = [...GOODS.slice(0, 7), { barcode: '2000000000008', name: '现包水饺', priceFen: 1500 }]
export type Line = { barcode: string; name: string; quantity: number; unitFen: number }
export const basket = (dice: Dice): Line[] =>
  dice
    .some(dice.chance(0.1) ? RUNG : RUNG.slice(0, -1), dice.between(1, 3))
    .map(({ barcode, name, priceFen }) => ({
      barcode,
      name,
      quantity: dice.weigh({ 1: 5, 2: 3, 4: 1 }) === '1' ? 1 : dice.between(2, 4),
      unitFen: priceFen,
    }))
export const sumOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { quantity, unitFen }) => sum + quantity * unitFen, 0)
/** What is paid for each line when so much is off the whole. */
export function paid<L extends Line>(lines: readonly L[], offFen: number): (L & { payFen: number })[] {
  let left = offFen
  return lines.map((line) => {
    const whole = line.quantity * line.unitFen
    const off = Math.min(left, whole)
    left -= off
    return { ...line, payFen: whole - off }
  })
}

/** Keeps a receipt with its till: from now on it has to reach the books. */
export function print(town: Town, receipt: Omit<Receipt, 'isTold'>): Receipt {
  const printed = { ...receipt, isTold: false }
  town.receipts.push(printed)
  return printed
}

/** Tells of receipts of one till and store in one upload; what is answered is noted. */
export async function tell(town: Town, dice: Dice, receipts: readonly Receipt[]): Promise<void> {
  const [first] = receipts
  if (!first) return
  const { partner, storeId } = first
  const body = { storeId, sales: receipts.map(({ content }) => content) }
  const answer: Answer<{ items: { posTxnId: string; outcome: string; code: string | null }[] }> =
    await answerOf(partner.with(dice)('POST /partner/v1/till/sales', { body }))
  for (const { posTxnId, outcome, code } of valueOf(answer)?.items ?? []) {
    const receipt = receipts.find(({ content }) => content.posTxnId === posTxnId)
    if (outcome === 'refused' || !receipt)
      town.sightings.violations.push(`receipt ${posTxnId} was refused: ${code}`)
    else {
      if (outcome === 'recorded') count(town, posTxnId)
      receipt.isTold = true
    }
  }
}
function count({ recorded, sightings }: Town, posTxnId: string): void {
  if (recorded.has(posTxnId))
    sightings.violations.push(`receipt ${posTxnId} was taken in for the first time twice`)
  recorded.add(posTxnId)
}
