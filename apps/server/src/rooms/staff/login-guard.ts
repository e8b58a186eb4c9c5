import { secondsAfter } from '#kernel/clock'

/** Sign-in tries with one account name since the last success. */
export interface Tries {
  tries: number
  lockedUntil: Date | null
  lastTryAt: Date
}

const FREE_TRIES = 5
const FIRST_LOCK_SECONDS = 60
const LONGEST_LOCK_SECONDS = 3600
const FORGET_AFTER_SECONDS = 86_400

/** Seconds for which the name is locked after its n-th try in a row: none for the first four, then 1, 2, 4 … minutes, an hour at most. */
export const lockSeconds = (tries: number): number =>
  tries < FREE_TRIES ? 0 : Math.min(FIRST_LOCK_SECONDS * 2 ** (tries - FREE_TRIES), LONGEST_LOCK_SECONDS)

/**
 * Counts one more try before its password is looked at, so that a hundred guesses sent at once are a hundred tries.
 * Null: locked, this try may not happen.
 */
export function nextTry(known: Tries, now: Date): Tries | null {
  if (known.lockedUntil && known.lockedUntil > now) return null
  const forgotten = now.getTime() - known.lastTryAt.getTime() > FORGET_AFTER_SECONDS * 1000
  const tries = (forgotten ? 0 : known.tries) + 1
  const seconds = lockSeconds(tries)
  return { tries, lockedUntil: seconds > 0 ? secondsAfter(now, seconds) : null, lastTryAt: now }
}
