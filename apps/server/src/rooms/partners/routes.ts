import { consolePartnerRoutes, type Partner } from '@linli/contract/console-partners'
import { partnerRoutes } from '@linli/contract/partners'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import { refuse } from '#kernel/problem'
import type { Calls } from './calls.ts'
import type { Clients, ShownPartner } from './clients.ts'
import { keyUnknown } from './problems.ts'

const shown = (row: ShownPartner): Static<typeof Partner> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  keys: row.keys.map((key) => ({
    ...key,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt.toISOString(),
    endedAt: key.endedAt?.toISOString() ?? null,
    lastCallAt: key.lastCallAt?.toISOString() ?? null,
  })),
})

export function mountPartners(
  http: Http,
  { clock }: Pick<Ctx, 'clock'>,
  clients: Clients,
  calls: Calls,
): void {
  mount(http, consolePartnerRoutes, {
    'GET /console/v1/partners': async () => ({ items: (await clients.list()).map(shown) }),
    'POST /console/v1/partners': async ({ actor, requestId, body }) =>
      shown(await clients.add({ actor, requestId }, body)),
    'PUT /console/v1/partners/:partnerId': async ({ actor, requestId, params, body }) =>
      shown(await clients.change({ actor, requestId }, params.partnerId, body)),
    'POST /console/v1/partners/:partnerId/keys': async ({ actor, requestId, params, body }) => {
      const { partner, keyId, secret } = await clients.addKey({ actor, requestId }, params.partnerId, body)
      return { partner: shown(partner), keyId, secret }
    },
    'POST /console/v1/partners/:partnerId/keys/:keyId/revocation': async ({ actor, requestId, params }) =>
      shown(await clients.revoke({ actor, requestId }, params.partnerId, params.keyId)),
    'GET /console/v1/partner-calls': async ({ query }) => {
      const { items, total } = await calls.list(query)
      return { items: items.map((call) => ({ ...call, at: call.at.toISOString() })), total }
    },
  })
  mount(http, partnerRoutes, {
    'GET /partner/v1/me': async ({ actor }) => {
      const { code, name, scopes, storeIds, perMinute, keys } = await clients.show(actor.partnerId)
      const key = keys.find(({ id }) => id === actor.keyId) ?? refuse(keyUnknown)
      const keyExpiresAt = key.expiresAt.toISOString()
      return {
        code,
        name,
        keyId: key.id,
        keyExpiresAt,
        scopes,
        storeIds,
        perMinute,
        now: clock.stamp().toISOString(),
      }
    },
  })
}
