import { apportion } from './apportion.ts'
import type { BasketLine, Outcome, Share, Term } from './terms.ts'

/** A line on its way through the stages. Never changed: each stage makes new ones, so that coupons can be tried without harm. */
export interface LineState {
  line: BasketLine
  payFen: number
  shares: readonly Share[]
  /** Terms that acted on it. */
  acting: readonly Term[]
}

export const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
export const payOf = (lines: readonly LineState[]): number => sumOf(lines, ({ payFen }) => payFen)

/** Takes fen off the lines named, on account of a term. */
export const takeOff = (
  lines: readonly LineState[],
  term: Term,
  offs: ReadonlyMap<string, number>,
): LineState[] =>
  lines.map((state) => {
    const offFen = offs.get(state.line.id) ?? 0
    if (offFen === 0) return state
    const share = { rule: term.id, label: term.label, offFen, points: 0 }
    return {
      ...state,
      payFen: state.payFen - offFen,
      shares: [...state.shares, share],
      acting: [...state.acting, term],
    }
  })

/** Spreads an amount over lines by what they still cost; none falls below nothing. */
export const spread = (amount: number, lines: readonly LineState[]): Map<string, number> =>
  apportion(
    amount,
    lines.map(({ line, payFen }) => ({ id: line.id, weight: payFen, cap: payFen })),
  )

export const applied = (
  { id, label, stage }: Pick<Term, 'id' | 'label' | 'stage'>,
  offs: ReadonlyMap<string, number>,
  next: Outcome['next'] = null,
): Outcome => {
  const lines = [...offs].filter(([, offFen]) => offFen > 0).map(([line, offFen]) => ({ id: line, offFen }))
  return {
    rule: id,
    label,
    stage,
    why: 'applied',
    offFen: sumOf(lines, ({ offFen }) => offFen),
    lines,
    by: null,
    next,
  }
}
