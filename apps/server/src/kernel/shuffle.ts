const ROUNDS = 4

/** A keyed one-to-one map of 0 … space−1 onto itself, and the way back. */
export interface Shuffle {
  hide(value: number): number
  reveal(value: number): number
}

/** Hides how many of a thing there are, and which came first (a Feistel network, walked until it stays within the space; below 2^31). */
export function createShuffle(key: Buffer, space: number): Shuffle {
  const halfBits = Math.ceil(Math.ceil(Math.log2(space)) / 2)
  const half = (1 << halfBits) - 1
  const keys = Array.from({ length: ROUNDS }, (_, i) => key.readUInt32LE(i * 4))
  const mix = (part: number, roundKey: number): number => {
    let x = Math.imul(part ^ roundKey, 0x9e3779b1)
    x = Math.imul(x ^ (x >>> 15), 0x85ebca6b)
    return (x ^ (x >>> 13)) & half
  }
  const there = (value: number): number => {
    let left = value >>> halfBits
    let right = value & half
    for (const roundKey of keys) [left, right] = [right, left ^ mix(right, roundKey)]
    return (left << halfBits) | right
  }
  const back = (value: number): number => {
    let left = value >>> halfBits
    let right = value & half
    for (const roundKey of keys.toReversed()) [left, right] = [right ^ mix(left, roundKey), left]
    return (left << halfBits) | right
  }
  const walk = (once: (value: number) => number) => (value: number) => {
    let next = once(value % space)
    while (next >= space) next = once(next)
    return next
  }
  return { hide: walk(there), reveal: walk(back) }
}
