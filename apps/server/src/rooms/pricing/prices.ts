import { barrier, covers, idle } from './applies.ts'
import { divide } from './apportion.ts'
import { applied, type LineState, takeOff } from './lines.ts'
import type { Basket, BasketLine, Outcome, PriceTerm } from './terms.ts'

/** What a piece costs under a price; undefined when the price does not speak of it. Never below one fen. */
function unitFenOf(term: PriceTerm, line: BasketLine): number | undefined {
  if (!covers(term.appliesTo, line)) return undefined
  if ('offBp' in term.prices)
    return Math.max(1, line.unitFen - divide(line.unitFen, term.prices.offBp, 10_000).floor)
  const unitFen = term.prices[line.skuId]
  return unitFen === undefined ? undefined : Math.max(1, unitFen)
}

interface Offer {
  term: PriceTerm
  unitFen: number
}
/** The lowest price, not the sum of reductions; but a campaign's price comes before any other (domain handbook §2.8). */
const better = (a: Offer, b: Offer): number =>
  Number(b.term.stage === 'activity') - Number(a.term.stage === 'activity') ||
  a.unitFen - b.unitFen ||
  (a.term.id < b.term.id ? -1 : 1)

/** Settles what a piece of each line costs: campaign price, else the lowest of shelf, limited-time and member price. */
export function settlePrices(
  basket: Basket,
  terms: readonly PriceTerm[],
): { lines: LineState[]; outcomes: Outcome[] } {
  const barred = terms.flatMap((term) => {
    const why = barrier(term, basket)
    return why ? [idle(term, why)] : []
  })
  const open = terms.filter((term) => barrier(term, basket) === null)
  const offs = new Map(open.map((term) => [term.id, new Map<string, number>()]))
  const beatenBy = new Map<string, Outcome['by']>()
  let lines: LineState[] = basket.lines.map((line) => ({
    line,
    payFen: line.unitFen * line.quantity,
    shares: [],
    acting: [],
  }))
  for (const line of basket.lines) {
    const offers = open.flatMap((term) => {
      const unitFen = unitFenOf(term, line)
      return unitFen === undefined ? [] : [{ term, unitFen }]
    })
    const [best] = offers.sort(better)
    const winner = best && best.unitFen < line.unitFen ? best : undefined
    const by = winner
      ? { rule: winner.term.id, label: winner.term.label }
      : { rule: 'shelf', label: '门店价' }
    for (const { term } of offers) if (term !== winner?.term) beatenBy.set(term.id, by)
    if (!winner) continue
    const off = new Map([[line.id, (line.unitFen - winner.unitFen) * line.quantity]])
    lines = takeOff(lines, winner.term, off)
    offs.get(winner.term.id)?.set(line.id, off.get(line.id) ?? 0)
  }
  const settled = open.map((term) => {
    const mine = offs.get(term.id) ?? new Map<string, number>()
    const by = beatenBy.get(term.id)
    if (mine.size > 0) return applied(term, mine)
    return by ? idle(term, 'beaten', { by }) : idle(term, 'goods_not_eligible')
  })
  return { lines, outcomes: [...barred, ...settled] }
}
