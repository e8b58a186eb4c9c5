/** Access tokens: the stable kind and the plain kind, isolated from each other, with their rotation rules. */
import { newSecretText } from '../ids.ts'
import type { AccessToken } from '../records.ts'
import type { World } from '../world.ts'

export type Minted = { access_token: string; expires_in: number } | { errcode: number; errmsg: string }

const LIFE_MS = 7_200_000
const OVERLAP_MS = 5 * 60_000
const FORCED_PER_DAY = 20
const FORCED_GAP_MS = 30_000
const DAY_MS = 86_400_000
const TOKEN_BYTES = 102

type Tokens = Pick<World, 'tokens' | 'clock'>

const mint = (world: Tokens, kind: AccessToken['kind'], forced = false): AccessToken => {
  const now = world.clock.now()
  const made = { token: newSecretText(TOKEN_BYTES), kind, issuedAt: now, expiresAt: now + LIFE_MS, forced }
  world.tokens.push(made)
  return made
}

const shown = (world: Tokens, token: AccessToken): Minted => ({
  access_token: token.token,
  expires_in: Math.floor((token.expiresAt - world.clock.now()) / 1_000),
})

/** Tokens a day and more past their end only serve to count forced refreshes; older ones are forgotten. */
const sweep = (world: Tokens): void => {
  const keepAfter = world.clock.now() - DAY_MS
  world.tokens.splice(0, world.tokens.length, ...world.tokens.filter((one) => one.issuedAt > keepAfter))
}

/** `stable_token`: the same token until five minutes before its end; a forced one ends the others at once. */
export const stableToken = (world: Tokens, force: boolean): Minted => {
  sweep(world)
  const now = world.clock.now()
  const mine = world.tokens.filter((one) => one.kind === 'stable')
  const current = mine.findLast((one) => one.expiresAt - now > OVERLAP_MS)
  if (!force) return shown(world, current ?? mint(world, 'stable'))
  const forced = mine.filter((one) => one.forced)
  const last = forced.at(-1)
  if (forced.length >= FORCED_PER_DAY) return { errcode: 45009, errmsg: 'reach max api daily quota limit' }
  if (last && now - last.issuedAt < FORCED_GAP_MS && current) return shown(world, current)
  for (const one of mine) one.expiresAt = Math.min(one.expiresAt, now)
  return shown(world, mint(world, 'stable', true))
}

/** `cgi-bin/token`: every call makes a new one; the one before lives five minutes more. */
export const plainToken = (world: Tokens): Minted => {
  sweep(world)
  const limit = world.clock.now() + OVERLAP_MS
  for (const one of world.tokens) if (one.kind === 'plain') one.expiresAt = Math.min(one.expiresAt, limit)
  return shown(world, mint(world, 'plain'))
}

/** Null when the token is good, else the errcode the real service answers. */
export const tokenFault = (world: Tokens, token: unknown): { errcode: number; errmsg: string } | null => {
  if (typeof token !== 'string' || token === '') return { errcode: 41001, errmsg: 'access_token missing' }
  const found = world.tokens.findLast((one) => one.token === token)
  if (!found) return { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' }
  return found.expiresAt > world.clock.now() ? null : { errcode: 42001, errmsg: 'access_token expired' }
}

/** Ends every token now, as when another server refreshed it. */
export const invalidateTokens = (world: Tokens): void => {
  world.tokens.length = 0
}
