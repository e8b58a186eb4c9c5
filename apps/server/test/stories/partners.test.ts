// Systems that connect: who lets them in, with which keys, and what is known of their calls.
import { createPartnerClient, privateKeyOf } from '@linli/partner-client'
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createAdmitting } from '../../src/rooms/partners/admitting.ts'
import { openPartner, partnerApi, signedHeaders } from '../partner.ts'
import { refused } from '../refused.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
})
after(() => world.close())

const pem = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}
const addKey = (partnerId: string, validDays = 30) =>
  hq('POST /console/v1/partners/:partnerId/keys', {
    params: { partnerId },
    body: { algorithm: 'hmac-sha256', validDays },
  })

test('a secret of ours is shown once, sealed at rest, and signs', async () => {
  const partner = await openPartner(world, { storeIds: ['S01'], scopes: ['till:sales'] })
  const me = await partner.api('GET /partner/v1/me')
  assert.deepEqual(
    [me.keyId, me.scopes, me.storeIds, me.perMinute],
    [partner.keyId, ['till:sales'], ['S01'], 100_000],
  )
  const list = await hq('GET /console/v1/partners')
  assert.doesNotMatch(JSON.stringify(list), /ls_/)
  const { rows } = await world.ctx.database.pool.query<{ row: string }>(
    `select k::text as row from partner_key k union all select a::text from audit_event a`,
  )
  assert.ok(rows.length > 1 && rows.every(({ row }) => !row.includes(partner.secret)))
})

test('a key of their own signs, over a real connection, with the client that is published', async () => {
  const { partnerId } = await openPartner(world)
  const { privatePem, publicPem } = pem()
  const { keyId, secret } = await hq('POST /console/v1/partners/:partnerId/keys', {
    params: { partnerId },
    body: { algorithm: 'ed25519', publicKeyPem: publicPem, validDays: 30 },
  })
  assert.equal(secret, null)
  const key = { keyId, privateKey: await privateKeyOf(privatePem) }
  const api = createPartnerClient({ origin: world.origin, key })
  assert.equal((await api('GET /partner/v1/me')).keyId, keyId)
})

test('production knows no key that an account of the demo made', async () => {
  const { keyId, secret } = await openPartner(world)
  const asked = { method: 'GET', url: '/partner/v1/me' }
  const admit = (production: boolean) => {
    const headers = signedHeaders({ keyId, secret }, asked)
    return createAdmitting({ ...world.ctx, config: { ...world.ctx.config, production } }).admit(
      {
        ...asked,
        body: Buffer.alloc(0),
        keyId,
        timestamp: headers['linli-timestamp'],
        nonce: headers['linli-nonce'],
        signature: headers['linli-signature'],
      },
      undefined,
    )
  }
  await assert.rejects(admit(true), { code: 'partners.key_unknown' })
  assert.equal((await admit(false)).keyId, keyId)
  await world.ctx.database.pool.query(`update partner_key set created_by = 'staff:somebody' where id = $1`, [
    keyId,
  ])
  assert.equal((await admit(true)).keyId, keyId)
})

test('what is not an Ed25519 public key is refused, a private key too', async () => {
  const { partnerId } = await openPartner(world)
  const rsa = generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey.export({
    type: 'spki',
    format: 'pem',
  })
  for (const publicKeyPem of ['', 'x', pem().privatePem, rsa.toString()])
    await refused(
      hq('POST /console/v1/partners/:partnerId/keys', {
        params: { partnerId },
        body: { algorithm: 'ed25519', publicKeyPem, validDays: 30 },
      }),
      'partners.key_unusable',
    )
})

test('rotation: two keys are live, a third is refused, also when four are asked for at once', async () => {
  const { partnerId } = await openPartner(world)
  const made = await Promise.allSettled(Array.from({ length: 4 }, () => addKey(partnerId)))
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1)
  await refused(addKey(partnerId), 'partners.keys_full')
  const [partner] = (await hq('GET /console/v1/partners')).items.filter(({ id }) => id === partnerId)
  assert.equal(partner?.keys.filter(({ state }) => state === 'live').length, 2)
})

test('a key that was revoked is refused in every process at once, and its slot is free', async () => {
  const partner = await openPartner(world)
  const other = await world.another()
  const there = partnerApi(other, partner)
  await there('GET /partner/v1/me')
  const revoked = await hq('POST /console/v1/partners/:partnerId/keys/:keyId/revocation', { params: partner })
  assert.equal(revoked.keys[0]?.state, 'revoked')
  await refused(there('GET /partner/v1/me'), 'partners.key_ended')
  await refused(partner.api('GET /partner/v1/me'), 'partners.key_ended')
  await refused(
    hq('POST /console/v1/partners/:partnerId/keys/:keyId/revocation', { params: partner }),
    'partners.key_missing',
  )
  await addKey(partner.partnerId)
  await addKey(partner.partnerId)
  await other.close()
})

test('a key expires by itself, and makes room', async () => {
  const partner = await openPartner(world)
  const { keyId, secret } = await addKey(partner.partnerId, 1)
  const api = partnerApi(world, { keyId, secret: secret ?? '' })
  await api('GET /partner/v1/me')
  world.clock.advance(86_401)
  const again = await world.staff('hq')
  await refused(api('GET /partner/v1/me'), 'partners.key_ended')
  const { partner: after } = await again('POST /console/v1/partners/:partnerId/keys', {
    params: partner,
    body: { algorithm: 'hmac-sha256', validDays: 30 },
  })
  assert.deepEqual(after.keys.map(({ state }) => state).sort(), ['expired', 'live', 'live'])
  hq = again
})

test('a nonce counts once in every process, and is forgotten only when the clock keeps it out', async () => {
  const partner = await openPartner(world)
  const other = await world.another()
  const request = { method: 'GET', url: '/partner/v1/me' } as const
  const headers = signedHeaders(partner, request)
  const inject = (which: { linli: World['linli'] }) => which.linli.http.app.inject({ ...request, headers })
  const replies = await Promise.all([world, other, world, other].map(inject))
  assert.equal(replies.filter(({ statusCode }) => statusCode === 200).length, 1)
  await world.sweep('partners.nonces')
  assert.equal((await inject(other)).statusCode, 401)
  const { pool } = world.ctx.database
  await pool.query(`update partner_nonce set keep_until = now() - interval '1 second'`)
  await world.sweep('partners.nonces')
  assert.deepEqual((await pool.query('select from partner_nonce')).rowCount, 0)
  await other.close()
})

test('the limit counts calls of all processes', async () => {
  const partner = await openPartner(world, { perMinute: 5 })
  const other = await world.another()
  // Wait for nothing: should the minute turn meanwhile, both minutes together let ten in.
  const sent = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) => partnerApi(i % 2 ? world : other, partner)('GET /partner/v1/me')),
  )
  const done = sent.filter(({ status }) => status === 'fulfilled').length
  assert.ok(done === 5 || done === 10, `${done} let in`)
  await other.close()
})

test('only head office lets systems in; a code is given once; an unknown store is refused', async () => {
  const manager = await world.staff('s01')
  await refused(manager('GET /console/v1/partners'), 'staff.not_allowed')
  const body = {
    code: 'erp-main',
    name: '总部 ERP',
    scopes: ['feed:write' as const],
    storeIds: null,
    perMinute: 60,
  }
  const made = await hq('POST /console/v1/partners', { body })
  await refused(hq('POST /console/v1/partners', { body }), 'partners.code_taken')
  await refused(
    hq('POST /console/v1/partners', { body: { ...body, code: 'erp-2', storeIds: ['S99'] } }),
    'stores.missing',
  )
  const trail = await hq('GET /console/v1/audit-events', { query: { about: 'partners', q: 'erp-main' } })
  assert.deepEqual(
    trail.items.map(({ action, subject }) => [action, subject]),
    [['partners.added', `partner:${made.code}`]],
  )
})

test('the log says what was called and how it ended, and nothing of what was in it', async () => {
  const partner = await openPartner(world)
  await partner.api('GET /partner/v1/me')
  const forged = {
    ...signedHeaders(partner, { method: 'GET', url: '/partner/v1/me' }),
    'linli-nonce': 'x'.repeat(20),
  }
  for (let i = 0; i < 70; i++)
    await world.linli.http.app.inject({
      method: 'GET',
      url: '/partner/v1/me?phone=19900000001',
      headers: forged,
    })
  const { partnerId } = partner
  const list = (query: object) => hq('GET /console/v1/partner-calls', { query: { partnerId, ...query } })
  const all = await list({})
  assert.equal(all.total, 61, 'who has the id of a key, and no more, does not fill the log')
  assert.deepEqual(
    (await list({ outcome: 'done' })).items.map(({ route, status, code, keyId }) => [
      route,
      status,
      code,
      keyId,
    ]),
    [['/partner/v1/me', 200, null, partner.keyId]],
  )
  const [refusal] = (await list({ outcome: 'refused', q: 'SIGNATURE_wrong', limit: 1 })).items
  assert.deepEqual([refusal?.status, refusal?.code], [401, 'partners.signature_wrong'])
  assert.doesNotMatch(JSON.stringify(all), /1990000/)
})

test('sweep partners.calls · drops what is older than 30 days', async () => {
  const { pool } = world.ctx.database
  const before = (await pool.query('select from partner_call')).rowCount ?? 0
  assert.ok(before > 0)
  await pool.query(
    `insert into partner_call select gen_random_uuid(), at - interval '40 days', partner_id, key_id, method, route, store_id, status, code, ms,
       request_id from partner_call limit 3`,
  )
  await world.sweep('partners.calls')
  assert.equal((await pool.query('select from partner_call')).rowCount, before)
})
