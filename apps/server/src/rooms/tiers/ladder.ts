// Tiers as plain data, and what growth makes of them (domain handbook §2.7: up at once, down only at the end of a period).

/** One published tier. What it is worth is all that it is worth: nothing about a member changes a price but this. */
export interface Tier {
  /** Coupons and rules name it; it stays while the name changes. */
  code: string
  name: string
  /** Growth of a period from which on it is reached; the first begins at 0. */
  atGrowth: number
  /** Points for what is paid, in basis points: 15,000 is one and a half times. */
  pointsTimesBp: number
  /** Off the store's price, in basis points. */
  offBp: number
}

const rises = (a: Tier, b: Tier): boolean =>
  b.atGrowth > a.atGrowth && b.pointsTimesBp >= a.pointsTimesBp && b.offBp >= a.offBp

/** What is wrong with tiers, in a word; null when nothing is. A higher tier never gets less. */
export function ladderFault(tiers: readonly Tier[]): string | null {
  if (tiers[0]?.atGrowth !== 0) return 'first_not_at_nothing'
  if (new Set(tiers.map(({ code }) => code)).size < tiers.length) return 'code_repeated'
  if (new Set(tiers.map(({ name }) => name.trim())).size < tiers.length) return 'name_repeated'
  return tiers.every((tier, i) => i === 0 || rises(tiers[i - 1] ?? tier, tier)) ? null : 'tiers_fall'
}

const lowest = ([first]: readonly Tier[]): Tier => {
  if (!first) throw new Error('terms without tiers')
  return first
}
/** The tier that so much growth of a period reaches. */
export const tierAt = (tiers: readonly Tier[], growth: number): Tier =>
  tiers.findLast(({ atGrowth }) => growth >= atGrowth) ?? lowest(tiers)
const higher = (a: Tier, b: Tier): Tier => (b.atGrowth > a.atGrowth ? b : a)

/** The tier within a period: growth lifts it at once, and what is taken back does not lower it. */
export const tierWithin = (tiers: readonly Tier[], now: string, growth: number): Tier => {
  const reached = tierAt(tiers, growth)
  return higher(reached, tiers.find(({ code }) => code === now) ?? reached)
}

/**
 * The tier once other terms hold, in the middle of a period: nobody loses a tier that is still there; who had one that is gone has the highest that does
 * not begin above it.
 */
export function tierUnder(
  tiers: readonly Tier[],
  { tier, growth }: { tier: string; growth: number },
  before: readonly Tier[],
): Tier {
  if (tiers.some(({ code }) => code === tier)) return tierWithin(tiers, tier, growth)
  const had = before.find(({ code }) => code === tier)?.atGrowth ?? 0
  return tierAt(tiers, Math.max(growth, had))
}

/** What is next, and how much growth is missing; null for who has the highest. */
export function nextTier(
  tiers: readonly Tier[],
  { tier, growth }: { tier: string; growth: number },
): { tier: Tier; missing: number } | null {
  const rank = tiers.findIndex(({ code }) => code === tier)
  const next = tiers[rank + 1]
  return next ? { tier: next, missing: Math.max(0, next.atGrowth - growth) } : null
}

/** Growth for what stays paid of a purchase, rounded down. */
export const growthOf = (keptFen: number, growthPerYuan: number): number =>
  Number((BigInt(keptFen) * BigInt(growthPerYuan)) / 100n)
