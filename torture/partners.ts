import type { Transport } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import { PARTNER_SCOPES } from '@linli/contract/partners'
import { createPartnerClient, type PartnerApi } from '@linli/partner-client'
import type { Chain } from './chain.ts'
import type { Dice } from './dice.ts'
import { type LinliApi, routeOf } from './people.ts'
import type { Sightings } from './sightings.ts'

/** A system of somebody else, with a key of its own. */
export interface Partner {
  id: string
  /** A client whose calls go to a server that these dice choose, whether it is alive or not. */
  with(dice: Dice): PartnerApi
}
const PATIENCE_MS = 25_000

/** Head office lets a system connect. */
export async function openPartner(
  chain: Chain,
  sightings: Sightings,
  office: LinliApi,
  code: string,
): Promise<Partner> {
  const terms = { name: code, scopes: [...PARTNER_SCOPES], storeIds: null, perMinute: 100_000 }
  const { id } = await office('POST /console/v1/partners', { body: { code, ...terms } })
  const { keyId, secret } = await office('POST /console/v1/partners/:partnerId/keys', {
    params: { partnerId: id },
    body: { algorithm: 'hmac-sha256', validDays: 730 },
  })
  const key = { keyId, secret: secret ?? '' }
  const send =
    (origin: string | undefined): Transport =>
    async (wire) => {
      if (!origin) throw new Error('this server is dead')
      return sightings.watch(routeOf(wire.method, wire.url), () => fetchTransport(origin, PATIENCE_MS)(wire))
    }
  return {
    id,
    with: (dice) =>
      createPartnerClient({
        origin: '',
        key,
        tries: 1,
        send: (wire) => send(dice.pick(chain.origins()))(wire),
      }),
  }
}
