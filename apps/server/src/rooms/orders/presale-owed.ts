import { endOf } from '#room/campaigns'
import { AWAITS_GOODS } from './states.ts'
import type { DeskOrder, Fold } from './view.ts'

/** We could not keep a deal whose goods are yet to come: of an earnest, the same is owed again, once. */
export function oweDeposit({ view, writes }: Fold, order: DeskOrder, closes: boolean): void {
  const presale = view.presales.get(order.id)
  if (!presale || !closes || !AWAITS_GOODS.includes(order.state)) return
  const { owedFen } = endOf(presale, 'our_fault', order)
  if (owedFen === 0) return
  presale.owedFen = owedFen
  writes.presales.set(order.id, presale)
}
