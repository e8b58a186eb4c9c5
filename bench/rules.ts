// How long it takes to find every rule in half a million baskets, beside reading through them once.
import { seededRandom } from '../apps/sandbox/src/faults/rules.ts'
import { basketCount, packBaskets } from '../apps/server/src/rooms/insight/baskets.ts'
import { findNeighbours } from '../apps/server/src/rooms/insight/items.ts'
import { mineRules } from '../apps/server/src/rooms/insight/rules.ts'
import { median, ratio, say } from './measure.ts'
import type { Book } from './report.ts'

const BASKETS = 500_000
const GOODS = 20_000
const THRESHOLDS = { support: 0.0005, confidence: 0.1 }
const ROUNDS = 3

/** Goods by a Zipf law, as shops sell them; each has a partner that one in seven baskets with it has too. */
function* drawBaskets(): Generator<string[]> {
  const roll = seededRandom(7)
  const below = new Float64Array(GOODS)
  for (let i = 0, sum = 0; i < GOODS; i++) below[i] = sum += (i + 1) ** -0.9
  const all = below[GOODS - 1] ?? 1
  const pick = (): number => {
    const wanted = roll() * all
    let [low, high] = [0, GOODS - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((below[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
  const partners = Int32Array.from({ length: GOODS }, () => Math.floor(roll() * GOODS))
  for (let i = 0; i < BASKETS; i++) {
    const basket: string[] = []
    for (let left = 1 + Math.floor(-Math.log(1 - roll()) * 7); left > 0; left--) {
      const item = pick()
      basket.push(String(item))
      if (roll() < 0.15) basket.push(String(partners[item]))
    }
    yield basket
  }
}
function timed<T>(work: () => T): { seconds: number; value: T } {
  const begun = performance.now()
  const value = work()
  return { seconds: (performance.now() - begun) / 1000, value }
}

export function rules(book: Book): void {
  const packed = timed(() => packBaskets(drawBaskets()))
  const baskets = packed.value
  const rounds = []
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({
      mined: timed(() => mineRules(baskets, THRESHOLDS)),
      // What nobody can go below: looking at every item of every basket once.
      read: timed(() => baskets.items.reduce((sum, item) => sum + item, 0)),
    })
  const { mined, read } = median(rounds, (each) => each.mined.seconds)
  const near = timed(() => findNeighbours(baskets))
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
  const s = (seconds: number): string => `${seconds.toFixed(2)} s`
  say(
    `rules: drawn and packed in ${s(packed.seconds)}, mined in ${s(mined.seconds)}, neighbours in ${s(near.seconds)}, ${memory} MiB`,
  )
  book.rows.push({
    what: `${mined.value.length} rules of ${basketCount(baskets)} baskets × ${baskets.names.length} goods (${baskets.items.length} lines), support ${THRESHOLDS.support}, confidence ${THRESHOLDS.confidence}`,
    figure: `${s(mined.seconds)}, ${memory} MiB in all`,
    beside: `reading every line once ${(read.seconds * 1000).toFixed(0)} ms → × ${ratio(mined.seconds, read.seconds)}`,
    aim: '< 60 s',
    met: mined.seconds < 60,
  })
  book.rows.push({
    what: 'what is bought with each of these goods',
    figure: s(near.seconds),
    beside: `drawing and packing the baskets ${s(packed.seconds)}`,
    aim: '–',
    met: true,
  })
}
