import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { secondsAfter } from '#kernel/clock'
import { overloaded, refuse } from '#kernel/problem'

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const MOST_AT_ONCE = 64

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** Checks passwords, a bounded number at once: each takes 19 MiB, so a flood of sign-ins must not fill the memory. */
export interface PasswordCheck {
  /** `null` stands for an account that does not exist; it takes as long as one that does, and never fits. */
  fits(passwordHash: string | null, password: string): Promise<boolean>
}

export async function createPasswordCheck(): Promise<PasswordCheck> {
  const decoy = await hashPassword('an account that does not exist')
  let running = 0
  return {
    async fits(passwordHash, password) {
      if (running >= MOST_AT_ONCE) refuse(overloaded)
      running++
      try {
        const right = await verify(passwordHash ?? decoy, password)
        return right && passwordHash !== null
      } finally {
        running--
      }
    },
  }
}

const FEWEST_KINDS = 5
/** Pieces that guessers try first; the demo's password is published. */
const PIECES = [
  'linli-demo',
  'linli',
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfgh',
  'iloveyou',
  'woaini',
]

/** Is nearly every letter the neighbour of the one before, as in 1234567890 and zyxwvutsrq? */
function isRun(text: string): boolean {
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
  const near = codes.filter((code, i) => i > 0 && Math.abs(code - (codes[i - 1] ?? 0)) <= 1)
  return near.length >= (codes.length - 1) * 0.8
}

/**
 * A new password is weak when it is the old one, or when little is left of it without the account name, what everybody chooses, runs of
 * neighbours and repetition.
 */
export function isWeak(next: string, { account, current }: { account: string; current: string }): boolean {
  const lower = next.toLowerCase()
  const name = account.toLowerCase()
  if (next === current || (name.length > 2 && lower.includes(name)) || isRun(lower)) return true
  const rest = PIECES.reduce((text, piece) => text.replaceAll(piece, ''), lower)
  return new Set(rest).size < FEWEST_KINDS
}

// Without letters and digits that are taken for one another when they are read aloud or copied from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** A password that nobody chose, e.g. `k7mq-3xvd-p9tw-hc2f`: 79 bits, and short enough to type on a phone. */
export const newTemporaryPassword = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-')

const TEMPORARY_SECONDS = 7 * 86_400

/** Until when a password made now lets its owner choose one of their own. */
export const temporaryUntil = (now: Date): Date => secondsAfter(now, TEMPORARY_SECONDS)
