import type { DEPOSITS } from '@linli/contract/presale-terms'

/** What was agreed with whoever ordered, as it was when they did. */
export interface Deal {
  /** Null: all of it is paid at once. */
  called: (typeof DEPOSITS)[number] | null
  cutoff: Date
  balanceFrom: Date | null
  balanceUntil: Date | null
  pickupFrom: Date
  promisedBy: Date
}

/** The first payment of so much: its share, rounded down, so that an earnest never exceeds what the law allows. */
export const depositOf = (totalFen: number, bp: number): number => Math.floor((totalFen * bp) / 10_000)

/** How a deal can end without the goods: the shopper takes it back in time, the balance does not come, the goods are late, or we cannot keep it. */
export type Ending = 'taken_back' | 'balance_missed' | 'goods_late' | 'our_fault'
export interface Ended {
  /** Of what was paid: back with the shopper, and kept. */
  backFen: number
  keptFen: number
  /** Owed to the shopper besides, and never a refund: the same deposit again (民法典 587). */
  owedFen: number
}

/**
 * Where the money goes, to the fen. An advance comes back whatever happened; an earnest is lost by a shopper who does not pay the balance, and is owed
 * twice by a merchant who does not deliver. Taken back before the cutoff, either comes back: that was promised.
 */
export function endOf(
  { called }: Pick<Deal, 'called'>,
  ending: Ending,
  { paidFen, depositFen }: { paidFen: number; depositFen: number | null },
): Ended {
  const earnest = called === 'earnest'
  if (ending === 'balance_missed' && earnest) return { backFen: 0, keptFen: paidFen, owedFen: 0 }
  const ours = ending === 'goods_late' || ending === 'our_fault'
  return { backFen: paidFen, keptFen: 0, owedFen: ours && earnest ? (depositFen ?? 0) : 0 }
}

/** Whether, and as what, a shopper may take an order back now whose goods are yet to come. */
export function takingBack(
  { cutoff, promisedBy }: Pick<Deal, 'cutoff' | 'promisedBy'>,
  at: Date,
): Extract<Ending, 'taken_back' | 'goods_late'> | undefined {
  if (at < cutoff) return 'taken_back'
  return at >= promisedBy ? 'goods_late' : undefined
}

/** May the balance be paid now? Its end is the order's own time to pay. */
export const balanceOpen = ({ balanceFrom }: Pick<Deal, 'balanceFrom'>, at: Date): boolean =>
  balanceFrom !== null && at >= balanceFrom
