/** One that takes part: its weight, and the most it can take. Ids break ties, so they are unique. */
export interface Part {
  id: string
  weight: number
  cap: number
}

/** floor(a · b / c) and what is left over, exact also where a · b passes 2^53. */
export function divide(a: number, b: number, c: number): { floor: number; rest: number } {
  const product = a * b
  if (Number.isSafeInteger(product)) {
    const rest = product % c
    return { floor: (product - rest) / c, rest }
  }
  const [whole, by] = [BigInt(a) * BigInt(b), BigInt(c)]
  return { floor: Number(whole / by), rest: Number(whole % by) }
}

const sum = (parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((total, part) => total + of(part), 0)

const byRest = (a: { id: string; rest: number }, b: { id: string; rest: number }): number =>
  b.rest - a.rest || (a.id < b.id ? -1 : 1)

/**
 * Spreads a whole amount over parts in proportion to their weights, by largest remainder (domain handbook §2.8): each gets the floor of its share,
 * what remains goes one by one to the largest fractions, ties by id. Nobody gets more than their cap; what a cap turns away is spread over the rest.
 * The shares add up to the amount and do not depend on the order of the parts. A part without weight gets nothing.
 */
export function apportion(amount: number, parts: readonly Part[]): Map<string, number> {
  const shares = new Map(parts.map(({ id }) => [id, 0]))
  let open = parts.filter(({ weight, cap }) => weight > 0 && cap > 0)
  const most = sum(open, ({ cap }) => cap)
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > most)
    throw new RangeError(`${amount} cannot be spread over parts that take at most ${most}`)
  let left = amount
  while (left > 0) {
    const whole = sum(open, ({ weight }) => weight)
    const dealt = open.map((part) => ({ ...part, ...divide(left, part.weight, whole) }))
    const full = dealt.filter(({ floor, cap }) => floor >= cap)
    if (full.length === 0) {
      for (const { id, floor } of dealt) shares.set(id, floor)
      const over = left - dealt.reduce((total, { floor }) => total + floor, 0)
      for (const { id, floor } of dealt.sort(byRest).slice(0, over)) shares.set(id, floor + 1)
      return shares
    }
    for (const { id, cap } of full) {
      shares.set(id, cap)
      left -= cap
    }
    open = dealt.filter(({ floor, cap }) => floor < cap)
  }
  return shares
}
