// Did it help? Those who were sent something against those who were held back by lot, over the same days.

/** One arm of a comparison, as it was drawn by lot: also those of it whom nothing reached. */
export interface Arm {
  members: number
  /** Of them, those who bought something. */
  bought: number
  /** What all of them paid and kept, in fen, and the sum of its squares. */
  keptFen: number
  keptSquares: number
}
/** A difference, sent less held, with the bounds of its interval. */
export interface Difference {
  value: number
  low: number
  high: number
}
/** `few`: too few to tell by any interval; `waiting`: the days are not over, and nobody should judge yet. */
export type Verdict = 'useful' | 'harmful' | 'no_evidence' | 'few' | 'waiting'
export interface Uplift {
  /** Of the shares who bought, −1 to 1. */
  share: Difference | null
  /** Of what a member paid and kept on average, in fen. */
  kept: Difference | null
  verdict: Verdict
  /** Members who bought and, by the point estimate, would not have; never below none. */
  extraBuyers: number
}

/** Two-sided 95 %: of a hundred drops that do nothing, about five are called useful or harmful. */
const Z = 1.959963984540054
/** 80 % of effects of this size are seen. */
const Z_POWER = 0.8416212335729143
/** Fewer in an arm say nothing that an interval could save. */
export const FEWEST = 30

/** The score interval of a share (Wilson 1927). `of` must not be zero. */
export function wilson(hits: number, of: number): { low: number; high: number } {
  const share = hits / of
  const centre = (hits + (Z * Z) / 2) / (of + Z * Z)
  const half = (Z / (of + Z * Z)) * Math.sqrt(of * share * (1 - share) + (Z * Z) / 4)
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** The difference of two independent shares, by the score method without continuity correction (Newcombe 1998, method 10). */
export function shareDifference(sent: Arm, held: Arm): Difference {
  const [p, q] = [sent.bought / sent.members, held.bought / held.members]
  const [a, b] = [wilson(sent.bought, sent.members), wilson(held.bought, held.members)]
  return {
    value: p - q,
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  }
}

/** The difference of two means with unequal variances (Welch 1947); arms are large enough that the normal quantile stands for Student's. */
export function keptDifference(sent: Arm, held: Arm): Difference {
  const mean = ({ keptFen, members }: Arm) => keptFen / members
  const variance = (arm: Arm) =>
    Math.max(0, (arm.keptSquares - arm.keptFen * mean(arm)) / (arm.members - 1)) / arm.members
  const value = mean(sent) - mean(held)
  const half = Z * Math.sqrt(variance(sent) + variance(held))
  return { value, low: value - half, high: value + half }
}

/**
 * The smallest difference of shares that arms of these sizes would show in four of five cases, at a share of `base` (0 to 1) without anything sent. Said before
 * a drop starts, so that nobody asks of thirty people what takes three thousand.
 */
export const detectable = (sent: number, held: number, base: number): number | null =>
  sent < FEWEST || held < FEWEST ? null : (Z + Z_POWER) * Math.sqrt(base * (1 - base) * (1 / sent + 1 / held))

/**
 * What a drop did. The verdict is about the share who bought, is given once, when the days that were announced are over (whoever looks every day and stops
 * at the first good one finds something in nothing), and is no more than the interval bears out.
 */
export function upliftOf(sent: Arm, held: Arm, over: boolean): Uplift {
  if (sent.members < FEWEST || held.members < FEWEST)
    return { share: null, kept: null, verdict: over ? 'few' : 'waiting', extraBuyers: 0 }
  const share = shareDifference(sent, held)
  const verdict = share.low > 0 ? 'useful' : share.high < 0 ? 'harmful' : 'no_evidence'
  return {
    share,
    kept: keptDifference(sent, held),
    verdict: over ? verdict : 'waiting',
    extraBuyers: Math.max(0, Math.round(share.value * sent.members)),
  }
}
