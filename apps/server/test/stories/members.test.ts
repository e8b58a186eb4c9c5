import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, afterEach, before, test } from 'node:test'
import { createWechat } from '../../src/rooms/members/wechat.ts'
import { refused } from '../refused.ts'
import { fails, until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())
afterEach(() => world.sim('POST', '/_sim/faults', { rules: [] }))

const loginCode = async (shopper: string) =>
  (await world.sim<{ code: string }>('POST', '/_sim/login', { shopper })).code
const signIn = (code: string) => world.api('POST /v1/sessions', { body: { code } })
const phoneCode = async (shopper: string, phone?: string) =>
  (await world.sim<{ code: string }>('POST', '/_sim/phone', { shopper, ...(phone ? { phone } : {}) })).code
const fault = (route: string, action: Record<string, unknown>, times: number | null = null) =>
  world.sim('POST', '/_sim/faults', { rules: [{ match: { route }, action, times }] })
const journal = async (route: string) => {
  const { entries } = await world.sim<{ entries: { route: string; what: string }[] }>('GET', '/_sim/journal')
  return entries.filter((entry) => entry.route === route).length
}

test('POST /v1/sessions · 201: the first time makes a member, the second finds it', async () => {
  const first = await signIn(await loginCode('shopper-0001'))
  const second = await signIn(await loginCode('shopper-0001'))
  assert.equal(first.member.id, second.member.id)
  assert.match(first.member.nickname, /^邻里会员\d{4}$/)
  assert.equal(first.member.phone, null)
  assert.deepEqual(await world.as(second.token)('GET /v1/me'), second.member)
})

test('POST /v1/sessions · twenty first sign-ins of one openid at once make one member', async () => {
  const codes = await Promise.all(Array.from({ length: 20 }, () => loginCode('shopper-0002')))
  const answers = await Promise.all(codes.map(signIn))
  assert.equal(new Set(answers.map(({ member }) => member.id)).size, 1)
  const { rows } = await world.ctx.database.pool.query<{ orphans: number }>(
    'select count(*) as orphans from member where not exists (select from member_identity where member_id = member.id)',
  )
  assert.equal(rows[0]?.orphans, 0)
})

test('POST /v1/sessions · 422 code_invalid for an unknown code and for one used before', async () => {
  await refused(signIn('no-such-code'), 'members.code_invalid', 422)
  const code = await loginCode('shopper-0003')
  await signIn(code)
  await refused(signIn(code), 'members.code_invalid', 422)
})

const DOWN: readonly [what: string, action: Record<string, unknown>][] = [
  ['busy', { kind: 'errcode', errcode: -1 }],
  ['too many calls', { kind: 'errcode', errcode: 45011 }],
  ['our secret is wrong', { kind: 'errcode', errcode: 40125 }],
  ['the secret is frozen', { kind: 'errcode', errcode: 40243 }],
  ['our address is not listed', { kind: 'errcode', errcode: 40164 }],
  ['a page of HTML', { kind: 'html' }],
  ['half an answer', { kind: 'truncated-json' }],
  ['status 500', { kind: 'status', status: 500 }],
  ['connection reset', { kind: 'reset-before' }],
]
for (const [what, action] of DOWN)
  test(`POST /v1/sessions · 503 login_unavailable: ${what}`, async () => {
    const code = await loginCode('shopper-0004')
    await fault('jscode2session', action)
    await refused(signIn(code), 'members.login_unavailable', 503)
  })

test('POST /v1/sessions · 503 login_unavailable: an answer that is not what was agreed', async () => {
  let answer = ''
  const stranger = createServer((_request, reply) => reply.end(answer))
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const address = stranger.address()
  assert.ok(typeof address === 'object' && address)
  const wechat = { ...world.ctx.config.wechat, wxBaseUrl: `http://127.0.0.1:${address.port}` }
  const { openidOf } = createWechat({ ...world.ctx, config: { ...world.ctx.config, wechat } })
  for (answer of ['', '{"openid":"o', '{}', '[]', 'null', '{"openid":5}', '{"openid":""}', '{"errcode":"0"}'])
    await assert.rejects(openidOf('code'), { code: 'members.login_unavailable' }, answer)
  answer = '{"openid":"o1","session_key":"k","errcode":0,"news":[1]}'
  assert.equal(await openidOf('code'), 'o1')
  stranger.closeAllConnections()
  stranger.close()
})

test('PUT /v1/me/phone · 422 code_invalid: a number that WeChat gave to another mini-program', async () => {
  let appid = ''
  const phone = () => ({ purePhoneNumber: '19900000077', countryCode: '86', watermark: { appid } })
  const stranger = createServer((request, reply) =>
    reply.end(
      JSON.stringify(
        request.url?.includes('token') && !request.url.includes('phone')
          ? { access_token: 't', expires_in: 7200 }
          : { errcode: 0, phone_info: phone() },
      ),
    ),
  )
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const address = stranger.address()
  assert.ok(typeof address === 'object' && address)
  const wechat = { ...world.ctx.config.wechat, wxBaseUrl: `http://127.0.0.1:${address.port}` }
  const { phoneOf } = createWechat({ ...world.ctx, config: { ...world.ctx.config, wechat } })
  appid = 'wx0000000000000000'
  await assert.rejects(phoneOf('code'), { code: 'members.code_invalid' })
  appid = wechat.appId
  assert.deepEqual(await phoneOf('code'), { countryCode: '86', number: '19900000077' })
  stranger.closeAllConnections()
  stranger.close()
})

test('POST /v1/sessions · 403 blocked, by WeChat or by us', async () => {
  await fault('jscode2session', { kind: 'errcode', errcode: 40226 })
  await refused(signIn(await loginCode('shopper-0005')), 'members.blocked', 403)
  await world.sim('POST', '/_sim/faults', { rules: [] })
  const { member } = await signIn(await loginCode('shopper-0005'))
  await world.ctx.database.pool.query('update member set blocked = true where id = $1', [member.id])
  await refused(signIn(await loginCode('shopper-0005')), 'members.blocked', 403)
})

test('a member who is blocked is out at once, in every process and after a restart; unblocked, they sign in anew', async () => {
  const { token, memberId } = await world.member('shopper-0012')
  const block = (blocked: boolean) =>
    world.ctx.database.pool.query('update member set blocked = $2 where id = $1', [memberId, blocked])
  const second = await world.another()
  try {
    await second.as(token)('GET /v1/me')
    await block(true)
    for (const as of [world.as, second.as]) {
      await until(() => fails(as(token)('GET /v1/me')), 'hears of it', 1)
      await refused(as(token)('GET /v1/me'), 'session.ended', 401)
    }
    const third = await world.another()
    await refused(third.as(token)('GET /v1/me'), 'session.ended', 401)
    await third.close()
    await block(false)
    await refused(world.as(token)('GET /v1/me'), 'session.ended', 401)
    assert.equal((await world.member('shopper-0012')).memberId, memberId)
  } finally {
    await second.close()
  }
})

test('a sign-in that meets the block at its commit opens no session', async () => {
  const { memberId } = await world.member('shopper-0013')
  const code = await loginCode('shopper-0013')
  const client = await world.ctx.database.pool.connect()
  await client.query('begin')
  await client.query('update member set blocked = true where id = $1', [memberId])
  const signing = refused(signIn(code), 'members.blocked', 403)
  await new Promise((resolve) => setTimeout(resolve, 150))
  await client.query('commit')
  client.release()
  await signing
})

test('DELETE /v1/sessions/current · 204: refused here and in the other process', async () => {
  const { token } = await world.member('shopper-0006')
  const second = await world.another()
  try {
    await second.as(token)('GET /v1/me')
    await world.as(token)('DELETE /v1/sessions/current')
    await refused(world.as(token)('GET /v1/me'), 'session.ended', 401)
    await until(() => fails(second.as(token)('GET /v1/me')), 'the other process hears of it')
  } finally {
    await second.close()
  }
})

test('PUT /v1/me/nickname · 200', async () => {
  const { api } = await world.member('shopper-0007')
  assert.equal((await api('PUT /v1/me/nickname', { body: { nickname: ' 老王 ' } })).nickname, '老王')
  assert.equal((await api('GET /v1/me')).nickname, '老王')
})

test('PUT /v1/me/phone · 200: masked on the wire, sealed at rest; 409 phone_taken; 422 code_invalid', async () => {
  const [owner, other] = [await world.member('shopper-0008'), await world.member('shopper-0009')]
  const code = await phoneCode('shopper-0008')
  assert.equal((await owner.api('PUT /v1/me/phone', { body: { code } })).phone, '199****0008')
  await refused(owner.api('PUT /v1/me/phone', { body: { code } }), 'members.code_invalid', 422)
  const again = await phoneCode('shopper-0008')
  assert.equal((await owner.api('PUT /v1/me/phone', { body: { code: again } })).phone, '199****0008')
  const same = await phoneCode('shopper-0009', '19900000008')
  await refused(other.api('PUT /v1/me/phone', { body: { code: same } }), 'members.phone_taken', 409)
  const { rows } = await world.ctx.database.pool.query<{ row: string }>(
    'select member::text as row from member',
  )
  assert.ok(rows.every(({ row }) => !row.includes('19900000008')))
  assert.ok(rows.some(({ row }) => row.includes('0008')))
})

test('PUT /v1/me/phone · a token that died early is renewed once for a storm of callers', async () => {
  const shoppers = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const name = `shopper-00${20 + i}`
      return { api: (await world.member(name)).api, code: await phoneCode(name) }
    }),
  )
  await world.sim('POST', '/_sim/tokens/invalidation', {})
  const before = await journal('stable_token')
  const bound = await Promise.all(
    shoppers.map(({ api, code }) => api('PUT /v1/me/phone', { body: { code } })),
  )
  assert.ok(bound.every(({ phone }) => phone?.startsWith('199****')))
  assert.ok((await journal('stable_token')) - before <= 2, 'more than one renewal')
})

test('PUT /v1/me/phone · 503 login_unavailable when the token stays bad, or WeChat is down', async () => {
  const { api } = await world.member('shopper-0031')
  const bind = async () => api('PUT /v1/me/phone', { body: { code: await phoneCode('shopper-0031') } })
  for (const errcode of [40001, 40014, 42001, 45009]) {
    await fault('phone', { kind: 'errcode', errcode })
    await refused(bind(), 'members.login_unavailable', 503)
  }
  await world.sim('POST', '/_sim/faults', { rules: [] })
  assert.equal((await bind()).phone, '199****0031')
})

test('a second process uses the token that the first one fetched', async () => {
  const { token } = await world.member('shopper-0032')
  await world.as(token)('PUT /v1/me/phone', { body: { code: await phoneCode('shopper-0032') } })
  const before = await journal('stable_token')
  const second = await world.another()
  try {
    await second.as(token)('PUT /v1/me/phone', { body: { code: await phoneCode('shopper-0032') } })
  } finally {
    await second.close()
  }
  assert.equal(await journal('stable_token'), before)
})

const HOME = {
  name: '王建国',
  phone: '19900000040',
  district: '河北省邢台市襄都区',
  detail: '演示路 1 号 2 单元',
}

test('addresses · the first is the default, one default at most, the next newest follows it', async () => {
  const { api } = await world.member('shopper-0040')
  const first = await api('POST /v1/me/addresses', { body: HOME })
  assert.deepEqual({ ...first, id: '' }, { ...HOME, id: '', tag: null, isDefault: true })
  const second = await api('POST /v1/me/addresses', { body: { ...HOME, tag: '公司' } })
  assert.equal(second.isDefault, false)
  const third = await api('POST /v1/me/addresses', { body: { ...HOME, isDefault: true } })
  const defaults = async () =>
    (await api('GET /v1/me/addresses')).items.filter(({ isDefault }) => isDefault).map(({ id }) => id)
  assert.deepEqual(await defaults(), [third.id])
  const params = { addressId: second.id }
  const body = { ...HOME, name: '李晓梅', isDefault: true }
  assert.equal((await api('PUT /v1/me/addresses/:addressId', { params, body })).name, '李晓梅')
  assert.deepEqual(await defaults(), [second.id])
  await api('DELETE /v1/me/addresses/:addressId', { params })
  assert.deepEqual(await defaults(), [third.id])
  await refused(api('DELETE /v1/me/addresses/:addressId', { params }), 'members.address_missing', 404)
})

test("addresses · 404 address_missing: another member's address is as good as none", async () => {
  const [owner, other] = [await world.member('shopper-0041'), await world.member('shopper-0042')]
  const { id } = await owner.api('POST /v1/me/addresses', { body: HOME })
  const params = { addressId: id }
  await refused(other.api('DELETE /v1/me/addresses/:addressId', { params }), 'members.address_missing', 404)
  await refused(
    other.api('PUT /v1/me/addresses/:addressId', { params, body: HOME }),
    'members.address_missing',
    404,
  )
  assert.equal((await owner.api('GET /v1/me/addresses')).items.length, 1)
  const { rows } = await world.ctx.database.pool.query<{ row: string }>(
    'select address::text as row from address',
  )
  assert.ok(rows.every(({ row }) => !row.includes('王建国')))
})

test('POST /v1/me/addresses · 409 too_many_addresses: thirty at once keep twenty', async () => {
  const { api } = await world.member('shopper-0043')
  const answers = await Promise.allSettled(
    Array.from({ length: 30 }, () => api('POST /v1/me/addresses', { body: HOME })),
  )
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 20)
  const { items } = await api('GET /v1/me/addresses')
  assert.equal(items.length, 20)
  assert.equal(items.filter(({ isDefault }) => isDefault).length, 1)
  await refused(api('POST /v1/me/addresses', { body: HOME }), 'members.too_many_addresses', 409)
})
