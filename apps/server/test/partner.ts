import type { AllRoutes, Input } from '@linli/contract'
import { PARTNER_SCOPES } from '@linli/contract/partners'
import { injectTransport } from '@linli/contract/transports'
import { createPartnerClient, type PartnerApi, type PartnerKey } from '@linli/partner-client'
import { createHash, createHmac, randomBytes, sign as signWith } from 'node:crypto'
import type { LinliApi, World } from './world.ts'

type Wish = Input<AllRoutes['POST /console/v1/partners']>['body']

export interface TestPartner {
  partnerId: string
  keyId: string
  secret: string
  api: PartnerApi
}

/** A client that signs with this key and speaks to the world without a network, and never twice by itself. */
export const partnerApi = (world: Pick<World, 'linli'>, key: PartnerKey): PartnerApi =>
  createPartnerClient({
    origin: '',
    key,
    tries: 1,
    send: injectTransport((wire) => world.linli.http.app.inject(wire)),
  })

/** Lets a system connect, as head office does, with a secret of ours. */
export async function openPartner(
  world: World,
  wish: Partial<Wish> = {},
  hq?: LinliApi,
): Promise<TestPartner> {
  const office = hq ?? (await world.staff('hq'))
  const code = `till-${randomBytes(4).toString('hex')}`
  const body: Wish = {
    code,
    name: '测试收银',
    scopes: [...PARTNER_SCOPES],
    storeIds: null,
    perMinute: 100_000,
    ...wish,
  }
  const { id: partnerId } = await office('POST /console/v1/partners', { body })
  const { keyId, secret } = await office('POST /console/v1/partners/:partnerId/keys', {
    params: { partnerId },
    body: { algorithm: 'hmac-sha256', validDays: 730 },
  })
  const key = { keyId, secret: secret ?? '' }
  return { partnerId, ...key, api: partnerApi(world, key) }
}

export interface ToSign {
  method: string
  url: string
  body?: string | Buffer | undefined
  timestamp?: number
  nonce?: string
}
export interface SigningKey {
  keyId: string
  secret?: string
  privateKeyPem?: string
}

/** The headers of a signed request, computed without our own client: what a vendor would write. */
export function signedHeaders({ keyId, secret = '', privateKeyPem }: SigningKey, request: ToSign) {
  const { method, url, body = '', timestamp = Math.floor(Date.now() / 1000) } = request
  const { nonce = randomBytes(12).toString('hex') } = request
  const hash = createHash('sha256').update(body).digest('hex')
  const text = Buffer.from(`linli-v1\n${method}\n${url}\n${timestamp}\n${nonce}\n${hash}`)
  const signature = privateKeyPem
    ? signWith(null, text, privateKeyPem)
    : createHmac('sha256', secret).update(text).digest()
  return {
    'linli-key': keyId,
    'linli-timestamp': String(timestamp),
    'linli-nonce': nonce,
    'linli-signature': signature.toString('base64'),
  }
}
