import { Type } from 'typebox'
import { Instant, Maybe } from './parts.ts'
import { defineRoutes } from './route.ts'

/** What a partner may be allowed: each route under `/partner/v1` names one of these. */
export const PARTNER_SCOPES = [
  'till:members',
  'till:benefits',
  'till:sales',
  'till:offline',
  'feed:write',
  'webhook:events',
] as const
export const KEY_ALGORITHMS = ['ed25519', 'hmac-sha256'] as const
/** How far the clocks of two machines may be apart. */
export const CLOCK_WINDOW_S = 300

export const partnerRoutes = defineRoutes({
  'GET /partner/v1/me': {
    summary: 'Who I am here, what I may do, and what time it is: a first call to try a key with',
    access: 'partner',
    ok: Type.Object({
      code: Type.String(),
      name: Type.String(),
      keyId: Type.String(),
      keyExpiresAt: Instant,
      scopes: Type.Array(Type.String()),
      storeIds: Maybe(Type.Array(Type.String())),
      perMinute: Type.Integer(),
      now: Instant,
    }),
    errors: [],
  },
})

/** Refusals that every route under `/partner/v1` may answer, besides its own. */
export const SIGNED_REFUSALS = [
  'partners.signature_missing',
  'partners.key_unknown',
  'partners.clock_off',
  'partners.signature_wrong',
  'partners.key_ended',
  'partners.off',
  'partners.replayed',
  'partners.scope_missing',
  'partners.store_foreign',
  'partners.too_many',
] as const
