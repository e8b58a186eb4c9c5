import type { Clock } from '#kernel/clock'
import type { Secrets } from '#kernel/secrets'

/** What a pass says: this member may come to the counter of this session of this campaign, until then. */
export interface PassClaims {
  campaignId: string
  memberId: string
  /** When its session began. */
  session: Date
  /** Tells passes apart: one pass is one order. */
  nonce: string
  expiresAt: Date
}
export interface Passes {
  issue(claims: Omit<PassClaims, 'expiresAt'>): { pass: string; expiresAt: Date }
  /** What a pass says, if we signed it and it is still good; undefined for anything else. */
  read(pass: string): PassClaims | undefined
}

const PURPOSE = 'campaign pass'
/** Long enough to fill in a checkout, short enough that nobody trades in them. */
const GOOD_MS = 180_000
const PARTS =
  /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.([0-9a-z]{1,11})\.([\w-]{8,22})\.([0-9a-z]{1,11})\.([\w-]{43})$/

/**
 * Passes are signed with a key of the chain, so that every process believes those of every other. A pass is the right to ask, never a claim on goods: the
 * order desk alone decides who has a piece.
 */
export function createPasses(secrets: Pick<Secrets, 'sign' | 'signatureFits'>, clock: Clock): Passes {
  return {
    issue({ campaignId, memberId, session, nonce }) {
      const expiresAt = new Date(clock.now().getTime() + GOOD_MS)
      const text = [
        campaignId,
        memberId,
        session.getTime().toString(36),
        nonce,
        expiresAt.getTime().toString(36),
      ].join('.')
      return { pass: `${text}.${secrets.sign(PURPOSE, text)}`, expiresAt }
    },
    read(pass) {
      const [, campaignId = '', memberId = '', session = '', nonce = '', expiry = '', signature = ''] =
        PARTS.exec(pass) ?? []
      const text = pass.slice(0, -(signature.length + 1))
      if (signature === '' || !secrets.signatureFits(PURPOSE, text, signature)) return undefined
      const expiresAt = new Date(Number.parseInt(expiry, 36))
      if (expiresAt <= clock.now()) return undefined
      return { campaignId, memberId, session: new Date(Number.parseInt(session, 36)), nonce, expiresAt }
    },
  }
}
