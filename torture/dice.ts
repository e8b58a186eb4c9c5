import { createHash } from 'node:crypto'
import { seededRandom } from '../apps/sandbox/src/faults/rules.ts'

/** A stream of choices that follows from its name alone. */
export interface Dice {
  /** From 0 up to, not including, `below`. */
  int(below: number): number
  between(least: number, most: number): number
  chance(probability: number): boolean
  /** Undefined of an empty list. */
  pick<T>(from: readonly T[]): T | undefined
  /** One of the names, as often as its weight says. */
  weigh<K extends string>(weights: Readonly<Record<K, number>>): K
  /** `count` different ones, in a random order. */
  some<T>(from: readonly T[], count: number): T[]
  /** Letters for a key; never the same twice. */
  key(prefix: string): string
  /** A stream of its own for one purpose, so that a choice more here changes nothing there. */
  fork(purpose: string | number): Dice
}

export function createDice(name: string): Dice {
  const digest = createHash('sha256').update(name).digest()
  const next = seededRandom(digest.readUInt32LE(0))
  let keys = 0
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    between: (least, most) => least + int(most - least + 1),
    chance: (probability) => next() < probability,
    pick: (from) => from[int(from.length)],
    weigh<K extends string>(weights: Readonly<Record<K, number>>): K {
      const entries = Object.entries<number>(weights) as [K, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [each, weight] of entries) {
        left -= weight
        if (left < 0) return each
      }
      throw new RangeError('nothing to choose from')
    },
    some<T>(from: readonly T[], count: number): T[] {
      const rest = [...from]
      const taken: T[] = []
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(int(rest.length), 1))
      return taken
    },
    key: (prefix) => `${prefix}-${digest.toString('hex', 4, 12)}-${(keys += 1)}`,
    fork: (purpose) => createDice(`${name}/${purpose}`),
  }
}
