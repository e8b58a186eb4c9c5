/**
 * Partners: the systems that connect (tills, an ERP), the keys they sign with, and what they asked for.
 *
 * Owns partner, partner_key, partner_nonce, partner_minute and partner_call. Promises that a request under `/partner/v1` was signed by a live key of
 * a partner who may do this, over the bytes that arrived, within five minutes, and that it is let in once; that a key which was revoked is refused
 * everywhere at once; that a secret is shown once and sealed at rest; and that the log of calls holds no bodies and nobody's data. The door behind
 * which it stands is `kernel/signed`.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { PartnerDoor } from '#kernel/signed'
import { createAdmitting } from './admitting.ts'
import { createCalls } from './calls.ts'
import { createClients, type PartnerDeps } from './clients.ts'
import { mountPartners } from './routes.ts'

export interface Partners {
  door: PartnerDoor
  routes(http: Http): void
  sweeps: readonly Sweep[]
  /** Waits for the notes of calls that were answered. */
  close(): Promise<void>
}

export function createPartners(ctx: Ctx, deps: PartnerDeps): Partners {
  const admitting = createAdmitting(ctx)
  const calls = createCalls(ctx)
  return {
    door: { admit: admitting.admit, note: calls.note },
    routes: (http) => mountPartners(http, ctx, createClients(ctx, deps), calls),
    sweeps: [
      { name: 'partners.nonces', seconds: 60, run: admitting.forget },
      { name: 'partners.calls', seconds: 3600, run: calls.sweep },
    ],
    async close() {
      await calls.settled()
    },
  }
}
