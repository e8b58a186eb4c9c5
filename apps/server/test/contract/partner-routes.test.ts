// Walks every route under /partner/v1 with requests that somebody forged, replayed, held back or changed, or that are not theirs to make: refused by
// name, and nothing changes. A new route is covered by being declared.
import { partnerRoutes, type Route } from '@linli/contract'
import { CLOCK_WINDOW_S, PARTNER_SCOPES } from '@linli/contract/partners'
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { openPartner, type SigningKey, signedHeaders, type ToSign } from '../partner.ts'
import { openWorld, type World } from '../world.ts'
import { sampleOf } from './samples.ts'

const routes = Object.entries(partnerRoutes) as [string, Route][]
const now = () => Math.floor(Date.now() / 1000)

let world: World
let untouched: string
const keys: Record<'live' | 'revoked' | 'expired' | 'off' | 'narrow' | 'elsewhere' | 'slow', SigningKey> =
  {} as never
let own: SigningKey

before(async () => {
  world = await openWorld()
  const hq = await world.staff('hq')
  keys.live = await openPartner(world, {}, hq)
  keys.elsewhere = await openPartner(world, { storeIds: ['S02'] }, hq)
  keys.slow = await openPartner(world, { perMinute: 1 }, hq)
  const revoked = await openPartner(world, {}, hq)
  keys.revoked = revoked
  await hq('POST /console/v1/partners/:partnerId/keys/:keyId/revocation', { params: revoked })
  const off = await openPartner(world, {}, hq)
  keys.off = off
  const terms = { name: '停用的', scopes: [...PARTNER_SCOPES], storeIds: null, perMinute: 60, active: false }
  await hq('PUT /console/v1/partners/:partnerId', { params: { partnerId: off.partnerId }, body: terms })
  const expired = await openPartner(world, {}, hq)
  keys.expired = expired
  await world.ctx.database.pool.query(
    `update partner_key set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1`,
    [expired.keyId],
  )
  keys.narrow = await openPartner(world, { scopes: ['webhook:events'] }, hq)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { keyId } = await hq('POST /console/v1/partners/:partnerId/keys', {
    params: { partnerId: (keys.live as { partnerId?: string }).partnerId ?? '' },
    body: {
      algorithm: 'ed25519',
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      validDays: 30,
    },
  })
  own = { keyId, privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  untouched = await world.fingerprint()
})
after(async () => {
  const end = await world.fingerprint()
  await world.close()
  assert.equal(end, untouched, 'a request that was refused changed something')
})

function requestOf(key: string, route: Route, query: Record<string, string> = {}): ToSign {
  const [method = 'GET', path = ''] = key.split(' ')
  const params = (route.params ? sampleOf(route.params) : {}) as Record<string, string>
  const search = new URLSearchParams(query).toString()
  const url = path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '') + (search ? `?${search}` : '')
  return { method, url, ...(route.body ? { body: JSON.stringify(sampleOf(route.body)) } : {}) }
}

interface Sent {
  status: number
  code: string
  retryAfter: unknown
}
async function send(request: ToSign, headers: Record<string, string>): Promise<Sent> {
  const reply = await world.linli.http.app.inject({
    method: request.method as 'GET',
    url: request.url,
    headers: { ...headers, ...(request.body ? { 'content-type': 'application/json' } : {}) },
    ...(request.body ? { payload: request.body } : {}),
  })
  const { code = 'none' } = reply.json<{ code?: string }>()
  return { status: reply.statusCode, code, retryAfter: reply.headers['retry-after'] }
}
const signed = (key: SigningKey, request: ToSign) => send(request, signedHeaders(key, request))
async function refused(sent: Promise<Sent>, status: number, code: string): Promise<void> {
  const { status: was, code: named } = await sent
  assert.deepEqual([was, named], [status, code])
}
/** Gets in, and is refused there: the signature was fine. */
const spoilt = (key: string, route: Route) => requestOf(key, route, { unheardOf: '1' })

/** Every way of changing a request after it was signed. */
const changes: readonly [what: string, change: (request: ToSign) => ToSign][] = [
  ['another method', (request) => ({ ...request, method: request.method === 'PUT' ? 'GET' : 'PUT' })],
  [
    'another query',
    (request) => ({ ...request, url: `${request.url}${request.url.includes('?') ? '&' : '?'}a=1` }),
  ],
  ['another body', (request) => ({ ...request, body: `${String(request.body ?? '')} ` })],
  ['another nonce', (request) => ({ ...request, nonce: 'f'.repeat(24) })],
  ['another time', (request) => ({ ...request, timestamp: now() - 1 })],
]

test('there is something to walk, and every route but the first call names its scope', () => {
  assert.ok(routes.length > 0)
  for (const [key, { access, scope }] of routes) {
    assert.equal(access, 'partner', key)
    assert.ok(
      key === 'GET /partner/v1/me' || (PARTNER_SCOPES as readonly (string | undefined)[]).includes(scope),
      key,
    )
  }
})

for (const [key, route] of routes)
  describe(key, () => {
    test('unsigned, or with a part of the signature missing or misshapen', async () => {
      const request = requestOf(key, route)
      await refused(send(request, {}), 401, 'partners.signature_missing')
      const whole = signedHeaders(keys.live, request)
      for (const part of Object.keys(whole)) {
        const { [part as 'linli-key']: _, ...rest } = whole
        await refused(send(request, rest), 401, 'partners.signature_missing')
        await refused(send(request, { ...rest, [part]: '’' }), 401, 'partners.signature_missing')
      }
    })
    test('forged: an unknown key, another secret, somebody else’s key', async () => {
      const request = requestOf(key, route)
      const unknown = { keyId: `lk_${'A'.repeat(16)}`, secret: keys.live.secret ?? '' }
      await refused(signed(unknown, request), 401, 'partners.key_unknown')
      for (const secret of ['', 'x', keys.narrow.secret ?? ''])
        await refused(signed({ keyId: keys.live.keyId, secret }, request), 401, 'partners.signature_wrong')
      await refused(signed({ ...keys.live, keyId: own.keyId }, request), 401, 'partners.signature_wrong')
      await refused(signed({ ...own, keyId: keys.live.keyId }, request), 401, 'partners.signature_wrong')
      const other = generateKeyPairSync('ed25519')
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString()
      await refused(signed({ ...own, privateKeyPem: other }, request), 401, 'partners.signature_wrong')
    })
    for (const [what, change] of changes)
      test(`signed, and then changed: ${what}`, async () => {
        for (const signer of [keys.live, own]) {
          const request = { timestamp: now(), nonce: 'a'.repeat(24), ...requestOf(key, route) }
          if (what === 'another body' && request.method === 'GET') continue // nobody reads the body of a GET
          const changed = change(request)
          const headers = {
            ...signedHeaders(signer, request),
            'linli-nonce': changed.nonce ?? '',
            'linli-timestamp': String(changed.timestamp),
          }
          const { status, code } = await send(changed, headers)
          // Another method may be another route, or none.
          if (what === 'another method' && code === 'request.route_missing') continue
          assert.deepEqual([status, code], [401, 'partners.signature_wrong'])
        }
      })
    test('too old, or from the future', async () => {
      for (const off of [-CLOCK_WINDOW_S - 2, CLOCK_WINDOW_S + 2])
        await refused(
          signed(keys.live, { ...requestOf(key, route), timestamp: now() + off }),
          401,
          'partners.clock_off',
        )
      for (const off of [-CLOCK_WINDOW_S + 5, CLOCK_WINDOW_S - 5])
        await refused(
          signed(keys.live, { ...spoilt(key, route), timestamp: now() + off }),
          400,
          'request.invalid',
        )
    })
    test('replayed: as it was, and ten at once', async () => {
      const request = {
        ...spoilt(key, route),
        nonce: `n-${key.replaceAll(/\W/g, '').slice(-50)}`.padEnd(16, '0'),
      }
      const headers = signedHeaders(keys.live, request)
      const sent = await Promise.all(Array.from({ length: 10 }, () => send(request, headers)))
      assert.equal(sent.filter(({ code }) => code === 'request.invalid').length, 1)
      assert.equal(sent.filter(({ code }) => code === 'partners.replayed').length, 9)
      await refused(send(request, headers), 401, 'partners.replayed')
    })
    test('with a key that was revoked or has expired, of a partner who was stopped', async () => {
      await refused(signed(keys.revoked, requestOf(key, route)), 401, 'partners.key_ended')
      await refused(signed(keys.expired, requestOf(key, route)), 401, 'partners.key_ended')
      await refused(signed(keys.off, requestOf(key, route)), 403, 'partners.off')
    })
    test('more often than agreed', async () => {
      const sent = [await signed(keys.slow, spoilt(key, route)), await signed(keys.slow, spoilt(key, route))]
      const last = sent.at(-1)
      // Two calls may fall into two minutes; then a third does not.
      const over = last?.code === 'partners.too_many' ? last : await signed(keys.slow, spoilt(key, route))
      assert.deepEqual([over.status, over.code], [429, 'partners.too_many'])
      assert.ok(Number(over.retryAfter) >= 1 && Number(over.retryAfter) <= 60)
    })
    if (route.scope)
      test('with a key that may not do this', () =>
        refused(signed(keys.narrow, requestOf(key, route)), 403, 'partners.scope_missing'))
    const parts: { properties?: object }[] = [route.params, route.query, route.body].map((part) => part ?? {})
    const named = parts.some(({ properties = {} }) => 'storeId' in properties)
    if (named)
      test('for a store that is not one of theirs', () => {
        const inQuery = 'storeId' in (route.query?.properties ?? {})
        return refused(
          signed(keys.elsewhere, requestOf(key, route, inQuery ? { storeId: 'S01' } : {})),
          403,
          'partners.store_foreign',
        )
      })
  })
