// How long the best set of coupons takes to find, on baskets of 50 lines and 30 coupons: as a chain has them, and made to be hard.
import { quote } from '../apps/server/src/rooms/pricing/quote.ts'
import type { Basket, CouponTerm } from '../apps/server/src/rooms/pricing/terms.ts'
import type { Book } from './report.ts'
import { basket, coupon, EARN, line, points, step } from '../apps/server/test/pricing/baskets.ts'

const LINES = 50
const COUPONS = 30
const ROUNDS = 200
const CATEGORIES = ['V', 'G', 'M', 'D', 'L', 'S', 'B', 'F', 'C', 'H'] as const
const of = <T>(items: readonly T[], n: number): T => items[n % items.length] as T

const lines = Array.from({ length: LINES }, (_, i) =>
  line(`l${i}`, 199 + ((i * 7919) % 5000), 1 + (i % 4), of(CATEGORIES, i)),
)
const sums = (n: number): CouponTerm['effect'] => ({
  kind: 'steps',
  steps: [step(2000 + n * 700, 200 + n * 60)],
})
const rate = (n: number): CouponTerm['effect'] => ({
  kind: 'steps',
  steps: [{ atFen: 1000 * n, atPieces: 0, offFen: 0, offBp: 300 + n * 20 }],
})
const make = (each: (n: number) => CouponTerm): CouponTerm[] =>
  Array.from({ length: COUPONS }, (_, n) => each(n))

/** As the console makes them: one group for each kind, some for some goods only. */
const usual = make((n) => {
  const appliesTo = n % 2 === 0 ? { categoryIds: [of(CATEGORIES, n), of(CATEGORIES, n + 3)] } : {}
  if (n % 5 === 0)
    return coupon(`gift ${n}`, { kind: 'exchange', toFen: 0 }, { appliesTo, stackGroup: 'gift' })
  if (n % 7 === 0)
    return coupon(`earn ${n}`, { kind: 'earn', timesBp: 15_000 + n * 100 }, { stackGroup: 'earn' })
  return coupon(`coupon ${n}`, n % 3 === 0 ? rate(n) : sums(n), { appliesTo })
})
/** Each of a group of its own, overlapping goods, some of which exclude each other. */
const crossed = make((n) =>
  coupon(`crossed ${n}`, n % 2 === 0 ? rate(n) : sums(n), {
    appliesTo:
      n % 3 === 0 ? {} : { categoryIds: [0, 1, 2, 3, 4].map((i) => of(CATEGORIES, n + i * (1 + (n % 3)))) },
    stackGroup: `group-${n}`,
    exclusiveWith: n % 4 === 0 ? [`group-${(n * 3 + 1) % COUPONS}`, `group-${(n * 5 + 2) % COUPONS}`] : [],
  }),
)
/** All worth the same, each of a group of its own: nothing is better than anything. */
const alike = make((n) => coupon(`alike ${n}`, sums(3), { stackGroup: `group-${n}` }))
/** Each excludes all others. */
const alone = make((n) =>
  coupon(`alone ${n}`, sums(n), {
    stackGroup: `group-${n}`,
    exclusiveWith: Array.from({ length: COUPONS }, (_, i) => `group-${i}`).filter((_, i) => i !== n),
  }),
)

const time = (of50: Basket): { median: number; p99: number } => {
  const took = Array.from({ length: ROUNDS }, () => {
    const began = performance.now()
    quote(of50)
    return performance.now() - began
  }).sort((a, b) => a - b)
  const at = (share: number): number => Math.round((took[Math.floor(ROUNDS * share)] ?? 0) * 100) / 100
  return { median: at(0.5), p99: at(0.99) }
}

/** Milliseconds of a whole quote, beside the same quote without coupons; the slowest mix of coupons counts. */
export function chooser(book: Book): Promise<void> {
  const common = { earn: EARN, points: points(500, { capBp: 5000 }) }
  const bare = time(basket(lines, common)).median
  const mixes = Object.entries({ usual, crossed, alike, alone })
  for (const [, coupons] of mixes) time(basket(lines, { ...common, coupons })) // compiled before it counts
  const took = mixes.map(([what, coupons]) => ({ what, ...time(basket(lines, { ...common, coupons })) }))
  const p99 = Math.max(...took.map((each) => each.p99))
  for (const { what, median, p99: slow } of took)
    Object.assign(book.figures, { [`${what}MedianMs`]: median, [`${what}P99Ms`]: slow })
  book.figures['withoutCouponsMs'] = bare
  book.rows.push({
    what: `best of ${COUPONS} coupons on ${LINES} lines, hardest of four mixes`,
    figure: `${Math.max(...took.map(({ median }) => median))} ms, p99 ${p99} ms`,
    beside: `the same basket without coupons ${bare} ms`,
    aim: '≤ 5 ms',
    met: p99 <= 5,
  })
  return Promise.resolve()
}
