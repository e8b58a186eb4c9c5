import { hash, verify } from '@node-rs/argon2'
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

/** A new password is weak when it is the old one, contains the account name, or is made of a few characters repeated. */
export function isWeak(next: string, { account, current }: { account: string; current: string }): boolean {
  const lower = next.toLowerCase()
  return next === current || lower.includes(account.toLowerCase()) || new Set(lower).size < FEWEST_KINDS
}
