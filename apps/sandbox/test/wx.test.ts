import assert from 'node:assert/strict'
import test, { after, before, beforeEach } from 'node:test'
import { demoShoppers, openidOf } from '../src/shoppers.ts'
import { call, startWorld } from './world.ts'
import type { Json, Reply, World } from './world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.close())
beforeEach(() => world.sim('DELETE', '/_sim/faults'))

const codeOf = async (shopper: string) =>
  String((await world.sim('POST', '/_sim/login', { shopper })).body.code)
const session = (code: string, overrides: Record<string, string> = {}): Promise<Reply> => {
  const { appId: appid, appSecret: secret, wxBaseUrl } = world.merchant
  const query = { appid, secret, js_code: code, grant_type: 'authorization_code', ...overrides }
  return call(`${wxBaseUrl}/sns/jscode2session?${new URLSearchParams(query).toString()}`)
}
const app = () => ({
  appid: world.merchant.appId,
  secret: world.merchant.appSecret,
  grant_type: 'client_credential',
})
const post = (path: string, body: Json): Promise<Reply> =>
  call(`${world.merchant.wxBaseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const stable = (extra: Json = {}) => post('/cgi-bin/stable_token', { ...app(), ...extra })
const plain = () => call(`${world.merchant.wxBaseUrl}/cgi-bin/token?${new URLSearchParams(app()).toString()}`)
const phone = (token: unknown, code: unknown) =>
  post(`/wxa/business/getuserphonenumber?access_token=${String(token)}`, { code })
const advance = (seconds: number) => world.sim('POST', '/_sim/clock', { advanceSeconds: seconds })

test('a code becomes a session once: the openid is the shopper’s for ever, the key is new each time', async () => {
  const code = await codeOf('shopper-0007')
  const first = await session(code)
  assert.equal(first.status, 200)
  assert.equal(first.body.openid, openidOf('shopper-0007'))
  assert.match(openidOf('shopper-0007'), /^o[A-Za-z0-9_-]{27}$/)
  assert.equal(Buffer.from(String(first.body.session_key), 'base64').length, 16)
  const again = await session(code)
  assert.deepEqual([again.status, again.body.errcode], [200, 40_163])
  const next = await session(await codeOf('shopper-0007'))
  assert.equal(next.body.openid, first.body.openid)
  assert.notEqual(next.body.session_key, first.body.session_key)
})

const badSessions: [string, Record<string, string>, number][] = [
  ['an unknown code', { js_code: 'nonsense' }, 40_029],
  ['another app', { appid: 'wx0000000000000000' }, 40_013],
  ['a wrong secret', { secret: 'x' }, 40_125],
  ['another grant type', { grant_type: 'password' }, 40_002],
]
for (const [name, overrides, errcode] of badSessions) {
  test(`jscode2session · errcode ${errcode} for ${name}`, async () => {
    const reply = await session(await codeOf('shopper-0001'), overrides)
    assert.deepEqual([reply.status, reply.body.errcode], [200, errcode])
    assert.match(String(reply.body.errmsg), /rid: /)
  })
}

test('a code lives five minutes, and a phone code is no login code', async () => {
  const code = await codeOf('shopper-0001')
  await advance(301)
  assert.equal((await session(code)).body.errcode, 40_029)
  const { body } = await world.sim('POST', '/_sim/phone', { shopper: 'shopper-0001' })
  assert.equal((await session(String(body.code))).body.errcode, 40_029)
})

test('POST phone · a demo number, watermarked with the app, once', async () => {
  const { body: token } = await stable()
  const { body } = await world.sim('POST', '/_sim/phone', { shopper: 'shopper-0012' })
  const reply = await phone(token.access_token, body.code)
  const info = reply.body.phone_info as Json
  assert.equal(info.purePhoneNumber, '19900000012')
  assert.equal((info.watermark as Json).appid, world.merchant.appId)
  assert.equal((await phone(token.access_token, body.code)).body.errcode, 40_029)
})

test('POST phone · only obviously invented numbers are ever handed out', async () => {
  const own = await world.sim('POST', '/_sim/phone', { shopper: 'race-1', phone: '19900001234' })
  assert.equal(own.status, 200)
  for (const given of ['13800138000', '199000012345', '+8619900001234', 5]) {
    assert.equal((await world.sim('POST', '/_sim/phone', { shopper: 'race-1', phone: given })).status, 400)
  }
  assert.equal((await world.sim('POST', '/_sim/phone', { shopper: 'race-1' })).status, 400)
})

test('stable_token: the same until five minutes before its end; forcing ends the old one at once', async () => {
  const first = await stable()
  assert.equal((await stable()).body.access_token, first.body.access_token)
  await advance(6_910)
  const second = await stable()
  assert.notEqual(second.body.access_token, first.body.access_token)
  assert.equal((await phone(first.body.access_token, 'x')).body.errcode, 40_029, 'the old one still works')
  const forced = await stable({ force_refresh: true })
  assert.notEqual(forced.body.access_token, second.body.access_token)
  assert.equal((await phone(second.body.access_token, 'x')).body.errcode, 42_001)
  const soon = await stable({ force_refresh: true })
  assert.equal(soon.body.access_token, forced.body.access_token, 'not again within thirty seconds')
})

test('stable_token: at most twenty forced refreshes a day', async () => {
  await world.sim('POST', '/_sim/tokens/invalidation')
  for (let count = 0; count < 20; count += 1) {
    assert.ok((await stable({ force_refresh: true })).body.access_token)
    await advance(31)
  }
  assert.equal((await stable({ force_refresh: true })).body.errcode, 45_009)
  assert.ok((await stable()).body.access_token, 'the usual way still works')
})

test('the plain token is a world of its own: a new one each time, five minutes of overlap', async () => {
  const kept = await stable()
  const first = await plain()
  const second = await plain()
  assert.notEqual(second.body.access_token, first.body.access_token)
  assert.equal((await phone(first.body.access_token, 'x')).body.errcode, 40_029)
  await advance(301)
  assert.equal((await phone(first.body.access_token, 'x')).body.errcode, 42_001)
  assert.equal((await phone(second.body.access_token, 'x')).body.errcode, 40_029)
  assert.equal((await phone(kept.body.access_token, 'x')).body.errcode, 40_029)
})

test('no token, a wrong one, one invalidated from elsewhere', async () => {
  assert.equal((await post('/wxa/business/getuserphonenumber', { code: 'x' })).body.errcode, 41_001)
  assert.equal((await phone('nonsense', 'x')).body.errcode, 40_001)
  const { body } = await stable()
  await world.sim('POST', '/_sim/tokens/invalidation')
  assert.equal((await phone(body.access_token, 'x')).body.errcode, 40_001)
})

test('faults on the WeChat API: errcodes, losses after the code was used, by shopper', async () => {
  await world.sim('POST', '/_sim/faults', {
    rules: [
      {
        match: { route: 'jscode2session', shopper: 'shopper-0002' },
        action: { kind: 'errcode', errcode: 40_226 },
      },
      { match: { route: 'jscode2session' }, action: { kind: 'timeout-after', ms: 10 }, times: 1 },
    ],
  })
  assert.equal((await session(await codeOf('shopper-0002'))).body.errcode, 40_226)
  const code = await codeOf('shopper-0003')
  await assert.rejects(session(code))
  assert.equal((await session(code)).body.errcode, 40_163, 'the lost reply had used the code up')
})

test('the journal never shows a secret or a token', async () => {
  await session(await codeOf('shopper-0001'))
  const { text } = await world.sim('GET', '/_sim/journal?limit=20000')
  assert.ok(text.includes('jscode2session'))
  assert.ok(!text.includes(world.merchant.appSecret))
})

test('fifty demo shoppers, each with a name, a number and an openid of their own', async () => {
  const { body } = await world.sim('GET', '/_sim/shoppers')
  assert.deepEqual(body.shoppers, demoShoppers())
  for (const key of ['name', 'openid', 'nickname', 'phone'] as const) {
    assert.equal(new Set(demoShoppers().map((shopper) => shopper[key])).size, 50, key)
  }
})

test('POST login · 400 for what no shopper could be called', async () => {
  for (const shopper of ['', 'a b', '<b>', 'x'.repeat(65), 5, null]) {
    const reply = await world.sim('POST', '/_sim/login', { shopper })
    assert.deepEqual([reply.status, reply.body.code], [400, 'sim.shopper_wrong'])
  }
})

test('faults on the text of an answer: cut off, and with fields nobody knows', async () => {
  const rules = ['truncated-json', 'extra-fields'].map((action) => ({
    match: { route: 'jscode2session' },
    action,
    times: 1,
  }))
  await world.sim('POST', '/_sim/faults', { rules })
  const { appId: appid, appSecret: secret, wxBaseUrl } = world.merchant
  const ask = async () => {
    const query = { appid, secret, js_code: await codeOf('shopper-0009'), grant_type: 'authorization_code' }
    return (await fetch(`${wxBaseUrl}/sns/jscode2session?${new URLSearchParams(query).toString()}`)).text()
  }
  const cut = await ask()
  assert.throws(() => JSON.parse(cut), SyntaxError)
  assert.match(cut, /^\{"openid":/)
  const more = JSON.parse(await ask()) as Json
  assert.deepEqual([more.openid, 'sandbox_extra' in more], [openidOf('shopper-0009'), true])
})
