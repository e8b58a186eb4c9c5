import type { Clock } from './clock.ts'
import type { Secrets } from './secrets.ts'

/** What a bearer token says. It is signed, not secret; the session row is the truth for revocation. */
export interface TokenClaims {
  face: 'member' | 'console' | 'floor'
  sessionId: string
  subjectId: string
  expiresAt: Date
}

/**
 * Bearer tokens that are checked without a database query: face.session.subject.expiry.signature.
 * Ended sessions are kept in memory until their tokens would have expired anyway.
 */
export interface Tokens {
  issue(claims: TokenClaims): string
  /** The claims, or `ended` for a token that was ours once, or null for anything else. */
  read(token: string): TokenClaims | 'ended' | null
  /** From now on this session's token is refused in this process; the room tells the others. */
  end(sessionId: string, expiresAt: Date): void
}

const PURPOSE = 'bearer'
const FACES: readonly string[] = ['member', 'console', 'floor']

export function createTokens(secrets: Secrets, clock: Clock): Tokens {
  const ended = new Map<string, number>()
  const sweep = () => {
    const now = clock.now().getTime()
    for (const [id, until] of ended) if (until <= now) ended.delete(id)
  }
  return {
    issue({ face, sessionId, subjectId, expiresAt }) {
      const text = [face, sessionId, subjectId, expiresAt.getTime().toString(36)].join('.')
      return `${text}.${secrets.sign(PURPOSE, text)}`
    },
    read(token) {
      const cut = token.lastIndexOf('.')
      if (cut < 0 || token.length > 400) return null
      const text = token.slice(0, cut)
      if (!secrets.signatureFits(PURPOSE, text, token.slice(cut + 1))) return null
      const [face = '', sessionId = '', subjectId = '', expiry = ''] = text.split('.')
      if (!FACES.includes(face)) return null
      const expiresAt = new Date(Number.parseInt(expiry, 36))
      if (expiresAt <= clock.now() || ended.has(sessionId)) return 'ended'
      return { face: face as TokenClaims['face'], sessionId, subjectId, expiresAt }
    },
    end(sessionId, expiresAt) {
      if (ended.size > 10_000) sweep()
      ended.set(sessionId, expiresAt.getTime())
    },
  }
}
