/** One-time codes: what `wx.login` and the phone button hand to a page. Five minutes, one use, one purpose. */
import { newSecretText } from '../ids.ts'
import type { World } from '../world.ts'

export type CodePurpose = 'login' | 'phone'
type Code = { purpose: CodePurpose; shopper: string; phone: string | null; expiresAt: number; used: boolean }

/** What became of a code: its holder, or the errcode the real service answers. */
export type Redeemed = { shopper: string; phone: string | null } | { errcode: number; errmsg: string }

export type CodeBook = {
  issue: (purpose: CodePurpose, shopper: string, phone?: string | null) => string
  /** Uses a code up. A second use, a wrong purpose and an old code each have their own answer. */
  redeem: (code: string, purpose: CodePurpose) => Redeemed
  /** Who a code belongs to, without using it: for matching faults. */
  peek: (code: string) => string | undefined
}

const LIFE_MS = 5 * 60_000
const CODES_MAX = 50_000
const INVALID = { errcode: 40029, errmsg: 'invalid code' }
const USED = { errcode: 40163, errmsg: 'code been used' }

/** An empty book; codes live in memory only, as nothing outlives five minutes. */
export const createCodeBook = (clock: World['clock']): CodeBook => {
  const codes = new Map<string, Code>()
  return {
    issue: (purpose, shopper, phone = null) => {
      const code = `${purpose === 'login' ? '0' : '1'}${newSecretText(23)}`
      codes.set(code, { purpose, shopper, phone, expiresAt: clock.now() + LIFE_MS, used: false })
      if (codes.size > CODES_MAX) {
        const first = codes.keys().next().value
        if (first !== undefined) codes.delete(first)
      }
      return code
    },
    redeem: (code, purpose) => {
      const found = codes.get(code)
      if (!found || found.purpose !== purpose || clock.now() >= found.expiresAt) return INVALID
      if (found.used) return purpose === 'login' ? USED : INVALID
      found.used = true
      return { shopper: found.shopper, phone: found.phone }
    },
    peek: (code) => codes.get(code)?.shopper,
  }
}
