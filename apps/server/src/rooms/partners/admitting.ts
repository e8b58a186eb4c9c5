import { CLOCK_WINDOW_S } from '@linli/contract/partners'
import type { PartnerActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { SignedRequest } from '#kernel/signed'
import * as sql from './admitting.sql.ts'
import {
  clockOff,
  keyEnded,
  keyUnknown,
  partnerOff,
  replayed,
  scopeMissing,
  signatureWrong,
  tooMany,
} from './problems.ts'
import { type KeyMaterial, signatureFits } from './signing.ts'

/** A secret is bound to its key: sealed for another one it does not open. */
export const sealedFor = (keyId: string): string => `partner_key:${keyId}`

const MINUTE_MS = 60_000

/** Lets a signed request in, once. The key is looked up each time: a key that was revoked a moment ago is refused in every process. */
export function createAdmitting({
  clock,
  config,
  db,
  secrets,
}: Pick<Ctx, 'clock' | 'config' | 'db' | 'secrets'>) {
  function materialOf({ keyId, algorithm, publicKey, secretSealed }: sql.KnownKey): KeyMaterial {
    if (algorithm === 'ed25519') return { algorithm, publicKeyPem: publicKey ?? '' }
    return { algorithm, secret: secrets.open(secretSealed ?? Buffer.alloc(0), sealedFor(keyId)) }
  }

  /** Two other machines' clocks are compared, so this is the wall clock. */
  function requireRecent(timestamp: string): void {
    const off = Number(timestamp) - clock.stamp().getTime() / 1000
    if (Math.abs(off) > CLOCK_WINDOW_S) refuse(clockOff, { now: clock.stamp().toISOString() })
  }

  async function spend({ keyId, nonce, timestamp }: SignedRequest): Promise<void> {
    const at = clock.stamp().getTime()
    const minute = new Date(at - (at % MINUTE_MS))
    const keepUntil = secondsAfter(new Date(Number(timestamp) * 1000), CLOCK_WINDOW_S + 1)
    const entered = await inOneStatement(db, (tx) => sql.enter(tx, { keyId, nonce, keepUntil, minute }))
    if (!entered) return refuse(keyEnded)
    if (entered.calls === null) refuse(replayed)
    else if (entered.calls > entered.perMinute)
      refuse(tooMany, {
        perMinute: entered.perMinute,
        retryAfterSeconds: Math.ceil((minute.getTime() + MINUTE_MS - at) / 1000),
      })
  }

  return {
    async admit(request: SignedRequest, scope: string | undefined): Promise<PartnerActor> {
      const found = await sql.findKey(db, request.keyId)
      // As with its people: what the demo let in is nobody in production.
      const key = found && !(found.demo && config.production) ? found : refuse(keyUnknown)
      requireRecent(request.timestamp)
      if (!signatureFits(materialOf(key), request)) refuse(signatureWrong)
      // Only who has the key is told how it stands.
      if (key.endedAt || key.expiresAt <= clock.now()) refuse(keyEnded)
      if (!key.active) refuse(partnerOff)
      await spend(request)
      if (scope !== undefined && !key.scopes.includes(scope)) refuse(scopeMissing, { scope })
      const { partnerId, keyId, code, storeIds } = key
      return { kind: 'partner', partnerId, keyId, code, scopes: new Set(key.scopes), storeIds }
    },
    async forget(): Promise<void> {
      await inOneStatement(db, (tx) => sql.forget(tx, clock.stamp()))
    },
  }
}
