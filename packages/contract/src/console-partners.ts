import { Type } from 'typebox'
import {
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { KEY_ALGORITHMS, PARTNER_SCOPES } from './partners.ts'
import { defineRoutes } from './route.ts'

const Scope = OneOf(PARTNER_SCOPES)
const StoreIds = Maybe(
  Type.Array(StoreId, {
    minItems: 1,
    maxItems: 200,
    uniqueItems: true,
    description: 'stores it may speak of; null: every store',
  }),
)
const Code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' })
const KeyId = Type.String({ pattern: '^lk_[A-Za-z0-9_-]{16}$' })

export const PartnerKey = Type.Object({
  id: Type.String(),
  algorithm: OneOf(KEY_ALGORITHMS),
  createdAt: Instant,
  createdBy: Type.String(),
  expiresAt: Instant,
  endedAt: Maybe(Instant),
  state: OneOf(['live', 'expired', 'revoked']),
  lastCallAt: Maybe(Instant),
})
export const Partner = Type.Object({
  id: Uuid,
  code: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  storeIds: Maybe(Type.Array(Type.String())),
  perMinute: Type.Integer(),
  active: Type.Boolean(),
  createdAt: Instant,
  keys: Type.Array(PartnerKey),
})
export const PartnerCall = Type.Object({
  id: Uuid,
  at: Instant,
  partnerId: Uuid,
  partnerName: Type.String(),
  keyId: Type.String(),
  method: Type.String(),
  route: Type.String(),
  storeId: Maybe(Type.String()),
  status: Type.Integer(),
  code: Maybe(Type.String({ description: 'the refusal, if it was one' })),
  ms: Type.Integer(),
  requestId: Type.String(),
})

const terms = {
  name: Line(40),
  scopes: Type.Array(Scope, { minItems: 1, maxItems: PARTNER_SCOPES.length, uniqueItems: true }),
  storeIds: StoreIds,
  perMinute: Type.Integer({ minimum: 1, maximum: 100_000 }),
}
const ByPartner = Strict({ partnerId: Uuid })
const read = { access: 'console', permission: 'partners.read' } as const
const write = { access: 'console', permission: 'partners.write' } as const

export const consolePartnerRoutes = defineRoutes({
  'GET /console/v1/partners': {
    summary: 'Systems that connect, with their keys',
    ...read,
    ok: Type.Object({ items: Type.Array(Partner) }),
    errors: [],
  },
  'POST /console/v1/partners': {
    summary: 'Let a system connect; it still needs a key',
    ...write,
    body: Strict({ code: Code, ...terms }),
    ok: Partner,
    status: 201,
    errors: ['partners.code_taken', 'stores.missing'],
  },
  'PUT /console/v1/partners/:partnerId': {
    summary: 'Change what a system may do, or stop it',
    ...write,
    params: ByPartner,
    body: Strict({ ...terms, active: Type.Boolean() }),
    ok: Partner,
    errors: ['partners.missing', 'stores.missing'],
  },
  'POST /console/v1/partners/:partnerId/keys': {
    summary: 'A new key. A secret of ours is in this answer and nowhere else',
    ...write,
    params: ByPartner,
    body: Strict({
      algorithm: OneOf(KEY_ALGORITHMS),
      publicKeyPem: Type.Optional(Text(400)),
      validDays: Type.Integer({ minimum: 1, maximum: 730 }),
    }),
    ok: Type.Object({ partner: Partner, keyId: Type.String(), secret: Maybe(Type.String()) }),
    status: 201,
    errors: ['partners.missing', 'partners.keys_full', 'partners.key_unusable'],
  },
  'POST /console/v1/partners/:partnerId/keys/:keyId/revocation': {
    summary: 'End a key at once',
    ...write,
    params: Strict({ partnerId: Uuid, keyId: KeyId }),
    ok: Partner,
    errors: ['partners.missing', 'partners.key_missing'],
  },
  'GET /console/v1/partner-calls': {
    summary: 'What partners asked for, newest first: no bodies, no personal data',
    ...read,
    query: Strict({
      partnerId: Type.Optional(Uuid),
      storeId: Type.Optional(StoreId),
      outcome: Type.Optional(OneOf(['done', 'refused'])),
      q: Type.Optional(Text(60)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(PartnerCall),
    errors: [],
  },
})
