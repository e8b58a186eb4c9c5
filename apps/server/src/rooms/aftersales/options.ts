import type { AFTERSALE_REASONS } from '@linli/contract/aftersales'
import type { ProblemKind } from '#kernel/problem'
import { kindNotOpen, lineOpen, lineUnknown, reasonUnfit, tooLate, tooMany } from './problems.ts'
import type { Kind } from './states.ts'
import { claimUntil, returnUntil } from './windows.ts'

export type Reason = (typeof AFTERSALE_REASONS)[number]
export interface Option {
  kind: Kind
  reasons: readonly Reason[]
  /** Not after; null: as long as the goods wait. */
  until: Date | null
}
export interface OptionLine {
  lineNo: number
  /** Pieces whose money is still there. */
  left: number
  perishable: boolean
  /** The request that is under way for it. */
  openId: string | null
}
export interface OptionOrder {
  state: string
  completedAt: Date | null
}

const UNCOLLECTED: readonly Reason[] = ['changed_mind', 'mistake', 'too_slow']
const FRESH_CLAIM: readonly Reason[] = ['spoiled', 'damaged', 'short', 'not_as_described']
/** What was never in the bag cannot be brought back. */
const MISSING: readonly Reason[] = ['short']
/** Something is wrong with these pieces; another of the same mends it. */
const EXCHANGE: readonly Reason[] = ['defect', 'wrong_item']
const RETURN: readonly Reason[] = ['no_reason', 'defect', 'wrong_item']

/** The merchant's doing, whichever request it was asked in. */
const OURS: readonly Reason[] = [...FRESH_CLAIM, 'defect', 'wrong_item']
export const isOurFault = (reason: Reason): boolean => OURS.includes(reason)

/** Everything that this line of this order could be applied for, ends of terms aside. */
function optionsOf({ state, completedAt }: OptionOrder, line: OptionLine): Option[] {
  if (state === 'PAID' || state === 'READY')
    return [{ kind: 'uncollected', reasons: UNCOLLECTED, until: null }]
  if (state !== 'COMPLETED' || !completedAt) return []
  const claim: Option = {
    kind: 'claim',
    reasons: line.perishable ? FRESH_CLAIM : MISSING,
    until: claimUntil(completedAt),
  }
  return line.perishable
    ? [claim]
    : [
        claim,
        { kind: 'return', reasons: RETURN, until: returnUntil(completedAt) },
        { kind: 'exchange', reasons: EXCHANGE, until: returnUntil(completedAt) },
      ]
}

const inTime = ({ until }: Option, now: Date): boolean => until === null || now < until

/** What this line may be applied for now. */
export const openOptions = (order: OptionOrder, line: OptionLine, now: Date): Option[] =>
  line.left > 0 ? optionsOf(order, line).filter((option) => inTime(option, now)) : []

export interface Wanted {
  kind: Kind
  reason: Reason
  lines: readonly { lineNo: number; quantity: number }[]
}
/** Why it cannot be applied for; undefined when it can. */
export function faultOf(
  order: OptionOrder,
  lines: readonly OptionLine[],
  { kind, reason, lines: wanted }: Wanted,
  now: Date,
): { problem: ProblemKind; data: Record<string, unknown> } | undefined {
  const asked = new Set<number>()
  for (const { lineNo, quantity } of wanted) {
    const line = lines.find((each) => each.lineNo === lineNo)
    const data = { lineNo }
    if (!line || asked.has(lineNo)) return { problem: lineUnknown, data }
    asked.add(lineNo)
    const option = optionsOf(order, line).find((each) => each.kind === kind)
    if (!option) return { problem: kindNotOpen, data: { ...data, state: order.state } }
    if (!option.reasons.includes(reason)) return { problem: reasonUnfit, data }
    if (!inTime(option, now)) return { problem: tooLate, data: { ...data, until: option.until } }
    if (line.openId) return { problem: lineOpen, data: { ...data, aftersaleId: line.openId } }
    if (quantity > line.left) return { problem: tooMany, data: { ...data, leftQuantity: line.left } }
  }
  return undefined
}

/** A claim shows what is wrong; what is missing cannot be shown, and goods that come back are looked at. */
export const needsPhoto = ({ kind, reason }: Pick<Wanted, 'kind' | 'reason'>): boolean =>
  kind === 'claim' && reason !== 'short'
