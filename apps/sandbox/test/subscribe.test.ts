// Subscribe messages and text messages: what the pretended WeChat and the pretended gateway take, and with which words they refuse.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import test, { after, before } from 'node:test'
import { openidOf } from '../src/shoppers.ts'
import { startWorld } from './world.ts'
import type { Json, World } from './world.ts'

let world: World
let token: string
before(async () => {
  world = await startWorld()
  const { appId: appid, appSecret: secret } = world.merchant
  token = String(
    (await post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid, secret })).access_token,
  )
})
after(() => world.close())

const post = async (target: string, body: Json): Promise<Json> => {
  const reply = await fetch(world.merchant.wxBaseUrl + target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await reply.json()) as Json
}
const SHOPPER = 'shopper-0001'
const templateId = () => String(world.merchant.subscribeTemplates['order.ready']?.id)
const message = (over: Json = {}): Json => ({
  touser: openidOf(SHOPPER),
  template_id: templateId(),
  page: 'packages/order/order/index?id=1',
  data: { character_string1: { value: 'A-1' }, thing2: { value: '襄都旗舰店' } },
  ...over,
})
const send = async (over: Json = {}) =>
  (await post(`/cgi-bin/message/subscribe/send?access_token=${encodeURIComponent(token)}`, message(over)))
    .errcode
const press = (answer: string) =>
  world.sim('POST', '/_sim/subscriptions', { shopper: SHOPPER, answers: { [templateId()]: answer } })
const onPhone = async (to: string) =>
  ((await world.sim('GET', `/_sim/phone-messages?to=${to}`)).body.messages as Json[]).length

test('subscribe/send · one press of 允许 is one message; 43101 after that, after 拒绝, and after the settings', async () => {
  assert.equal(await send(), 43101)
  await press('reject')
  assert.equal(await send(), 43101)
  await press('accept')
  await press('accept')
  assert.equal(await send(), 0)
  assert.equal(await send(), 0)
  assert.equal(await send(), 43101)
  await press('accept')
  await world.sim('POST', '/_sim/subscriptions/withdrawal', { shopper: SHOPPER })
  assert.equal(await send(), 43101)
  assert.equal(await onPhone(SHOPPER), 2)
})

const value = (text: string) => ({ value: text })
const REFUSALS: readonly [what: string, over: Json, errcode: number][] = [
  ['a template that is not ours', { template_id: 'x'.repeat(43) }, 40037],
  ['a reader nobody knows', { touser: `o${'x'.repeat(27)}` }, 40003],
  ['a page with a slash before it', { page: '/pages/home/index' }, 41030],
  ['a keyword too few', { data: { character_string1: value('A') } }, 47003],
  [
    'a keyword too many',
    { data: { character_string1: value('A'), thing2: value('店'), thing9: value('x') } },
    47003,
  ],
  ['a thing of 21', { data: { character_string1: value('A'), thing2: value('店'.repeat(21)) } }, 47003],
  ['an empty value', { data: { character_string1: value('A'), thing2: value('') } }, 47003],
  ['Chinese in a number', { data: { character_string1: value('订单'), thing2: value('店') } }, 47003],
]
for (const [what, over, errcode] of REFUSALS)
  test(`subscribe/send · ${errcode} for ${what}, and the consent is not used up`, async () => {
    await press('accept')
    const before = world.sandbox.world.store.subscriptions.get(`${openidOf(SHOPPER)} ${templateId()}`)?.left
    assert.equal(await send(over), errcode)
    assert.equal(
      world.sandbox.world.store.subscriptions.get(`${openidOf(SHOPPER)} ${templateId()}`)?.left,
      before,
    )
  })

test('subscribe/send · a fault rule answers 45009', async () => {
  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'subscribe-send' }, action: { kind: 'errcode', errcode: 45009 }, times: 1 }],
  })
  assert.equal(await send(), 45009)
  assert.equal(await send(), 0)
})

test('getwxacodeunlimit · a picture; JSON where it refuses; what is scanned opens the page with its scene', async () => {
  const draw = (body: Json) =>
    fetch(`${world.merchant.wxBaseUrl}/wxa/getwxacodeunlimit?access_token=${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const drawn = await draw({ scene: 'g.ABCDEFGHJKLM', page: 'pages/home/index', check_path: false })
  assert.equal(drawn.headers.get('content-type'), 'image/png')
  const picture = Buffer.from(await drawn.arrayBuffer())
  assert.equal(picture.subarray(1, 4).toString(), 'PNG')
  const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)]
  assert.ok(width === height && width >= 280 && width <= 430, `${width} × ${height}`)
  for (const [body, errcode] of [
    [{ scene: 'x'.repeat(33) }, 40169],
    [{ scene: '店' }, 40169],
    [{ scene: 'a', page: '/pages/home/index' }, 41030],
  ] as const)
    assert.equal(((await (await draw(body)).json()) as Json).errcode, errcode)
  const scanned = await fetch(`${world.origin}/wxacode?page=pages/home/index&scene=g.ABCDEFGHJKLM`, {
    redirect: 'manual',
  })
  assert.match(
    scanned.headers.get('location') ?? '',
    /^http:\/\/127\.0\.0\.1:\d+\/pages\/home\/index\?scene=g\.ABCDEFGHJKLM$/,
  )
  assert.equal((await fetch(`${world.origin}/wxacode?page=//evil.example&scene=a`)).status, 404)
})

test('sms · taken when it is signed and says who writes; onto phones of the demo only', async () => {
  const { url, secret } = JSON.parse(
    await readFile(path.join(world.dataDir, 'sandbox/sms.json'), 'utf8'),
  ) as {
    url: string
    secret: string
  }
  const text = async (body: Json, { key = secret, late = 0 } = {}) => {
    const words = JSON.stringify(body)
    const stamp = String(Math.floor(Date.now() / 1_000) - late)
    const reply = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-sms-timestamp': stamp,
        'x-sms-signature': createHmac('sha256', key).update(`${stamp}\n${words}`).digest('hex'),
      },
      body: words,
    })
    return reply.status
  }
  const phone = '19900000001'
  assert.equal(await text({ id: '1', phone, text: '【襄惠】货到了' }), 200)
  assert.equal(await text({ id: '2', phone, text: '【襄惠】货到了' }, { key: 'another' }), 401)
  assert.equal(await text({ id: '3', phone, text: '【襄惠】货到了' }, { late: 301 }), 401)
  assert.equal(await text({ id: '4', phone, text: '货到了' }), 400)
  assert.equal(await text({ id: '5', phone: '12345678901', text: '【襄惠】货到了' }), 400)
  assert.equal(await onPhone(phone), 1)
})
