// The inbox, what members want to be told and what not, text messages, and the desk that looks after it.
import { MESSAGE_KINDS } from '@linli/contract/messages'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { coupon } from '../benefits.ts'
import { APPLE } from '../fixtures.ts'
import { consent, createHouse, type House, NOON, phoneOf } from '../messages.ts'
import { fault, only, paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let house: House
before(async () => {
  world = await openWorld({ start: NOON, onHand: 1000 })
  hq = await world.staff('hq')
  house = await createHouse(world)
})
after(() => world.close())
const agree = ({ api }: Shopper, topic: 'marketing' | 'sms', agreed = true) =>
  api('PUT /v1/message-consents/:topic', { params: { topic }, body: { agreed, wording: 1 } })
const template = (over: object) =>
  hq('PUT /console/v1/message-templates/:kind', {
    params: { kind: 'order.ready' },
    body: {
      enabled: true,
      byWechat: true,
      bySms: false,
      title: '货备好了，来取吧',
      body: '{store}已经备好订单 {orderNo}。',
      ...over,
    },
  })

test('domain 141 站内信 · read one, read all up to what was on the screen; nobody reads another’s', async () => {
  const who = await house.newcomer()
  for (let i = 0; i < 3; i++) await house.ready(await paid(world, who))
  const unread = async () => (await who.api('GET /v1/messages/unread')).unread
  assert.equal(await unread(), 3)
  const [newest, middle, oldest] = await house.inbox(who)
  assert.ok(newest && middle && oldest)
  await who.api('PUT /v1/messages/:messageId/reading', { params: { messageId: oldest.id } })
  await who.api('PUT /v1/messages/:messageId/reading', { params: { messageId: oldest.id } })
  assert.equal(await unread(), 2)
  const stranger = await house.newcomer()
  await refused(
    stranger.api('PUT /v1/messages/:messageId/reading', { params: { messageId: newest.id } }),
    'messages.missing',
    404,
  )
  await refused(
    stranger.api('PUT /v1/messages/reading', { body: { upTo: newest.id } }),
    'messages.missing',
    404,
  )
  assert.equal(await unread(), 2)
  await who.api('PUT /v1/messages/reading', { body: { upTo: middle.id } })
  assert.deepEqual(
    (await house.inbox(who)).map(({ read }) => read),
    [false, true, true],
  )
  const first = await who.api('GET /v1/messages', { query: { limit: 2 } })
  const rest = await who.api('GET /v1/messages', { query: { cursor: first.nextCursor ?? '' } })
  assert.deepEqual(
    [...first.items, ...rest.items].map(({ id }) => id),
    [newest.id, middle.id, oldest.id],
  )
  assert.equal(rest.nextCursor, null)
  await refused(
    who.api('GET /v1/messages', { query: { cursor: 'nonsense' } }),
    'messages.cursor_invalid',
    400,
  )
})

test('domain 2.14 · marketing only with consent, in the inbox too; taken back as easily, and at once', async () => {
  const [yes, no, changed] = [await house.newcomer(), await house.newcomer(), await house.newcomer()]
  for (const who of [yes, no, changed]) {
    await consent(world, who, 'coupon.expiring')
    await coupon(world, who, { label: '满5减1', validDays: 5 })
  }
  const { items, smsOffered } = await yes.api('GET /v1/message-consents')
  assert.deepEqual(
    [items, smsOffered],
    [
      [
        { topic: 'marketing', agreed: false, since: null },
        { topic: 'sms', agreed: false, since: null },
      ],
      true,
    ],
  )
  await agree(yes, 'marketing')
  await agree(changed, 'marketing')
  // Nobody was running on the morning when they came to their last three days.
  await world.sweep('coupons.expiring')
  await world.advance(3 * 86_400 + 7 * 3600)
  hq = await world.staff('hq')
  await house.signInAgain()
  await coupon(world, yes, { label: '今天才得的', validDays: 1 })
  const second = await world.another()
  const there = second.linli.sweeps.find(({ name }) => name === 'coupons.expiring')
  await Promise.all([world.sweep('coupons.expiring'), there?.run()])
  await second.close()
  await world.sweep('coupons.expiring')
  assert.deepEqual((await house.inbox(no)).length, 0)
  assert.deepEqual((await house.inbox(yes)).length, 1)
  const [message] = await house.inbox(yes)
  const [, month, day] = dayAfter(businessDay(world.clock.now()), 1).split('-').map(Number)
  assert.equal(message?.body, `「满5减1」等 1 张券，${month}月${day}日 后就不能用了。`)
  await agree(changed, 'marketing', false)
  await world.advance(17 * 3600)
  hq = await world.staff('hq')
  await house.signInAgain()
  await world.sweep('coupons.expiring')
  assert.deepEqual((await house.inbox(yes)).length, 1, 'told on one day only')
  await house.send()
  assert.equal((await phoneOf(world, yes.shopper)).length, 1)
  assert.deepEqual(await phoneOf(world, no.shopper), [])
  assert.deepEqual(await house.fates(changed), [['wechat', 'SKIPPED', 'no_consent']])
  const { withheld } = await only<{ withheld: string }>(
    world,
    'select withheld from message where member_id = $1',
    [no.memberId],
  )
  assert.equal(withheld, 'no_consent')
  await assert.rejects(
    rows(world, 'update message_consent set agreed = true where member_id = $1', [changed.memberId]),
    /append-only/,
  )
})

test('domain 139 短信 · off until head office and the member say so; sealed number, three a day, R ends them', async () => {
  const who = await house.newcomer()
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', { shopper: who.shopper })
  await who.api('PUT /v1/me/phone', { body: { code } })
  const phone = `1990000${who.shopper.slice(-4)}`
  const texts = async () => (await phoneOf(world, phone)).map(({ lines }) => lines[0]?.[1])
  await house.ready(await paid(world, who))
  await house.send()
  assert.deepEqual(await texts(), [], 'off as delivered')
  await template({ bySms: true })
  await house.ready(await paid(world, who))
  await house.send()
  assert.deepEqual(await texts(), [], 'nobody asked for them')
  await agree(who, 'sms')
  for (let i = 0; i < 4; i++) await house.ready(await paid(world, who))
  await house.send()
  const sent = await texts()
  assert.equal(sent.length, 3)
  assert.match(sent[0] ?? '', /^【襄惠生活超市】1 号店已经备好订单 \S+。$/)
  const last = (await house.pushesOf(who)).filter(
    ({ channel, state }) => channel === 'sms' && state === 'SKIPPED',
  )
  assert.deepEqual(last.map(({ reason }) => reason ?? '').toSorted(), ['capped', 'sms_not_wanted'])
  const { plain } = await only<{ plain: boolean }>(
    world,
    `select exists (select from message m, message_push p where m::text || p::text like $1) as plain`,
    [`%${phone}%`],
  )
  assert.equal(plain, false, 'no number in our books')
  const hookUrl = `${world.origin}/hooks/sms/replies`
  const answer = (text: string) =>
    world.sim<{ status: number }>('POST', '/_sim/sms-replies', { hookUrl, phone, text })
  assert.equal((await answer('谢谢')).status, 204)
  assert.equal((await who.api('GET /v1/message-consents')).items[1]?.agreed, true)
  assert.equal((await answer(' r ')).status, 204)
  assert.equal((await who.api('GET /v1/message-consents')).items[1]?.agreed, false)
  const forged = await fetch(hookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sms-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-sms-signature': '00'.repeat(32),
    },
    body: JSON.stringify({ phone, text: 'R' }),
  })
  assert.equal(forged.status, 401)
  await template({})
})

test('到货提醒 · told where somebody asked, once for each time they asked', async () => {
  const who = await house.newcomer()
  await consent(world, who, 'stock.back')
  const skuId = APPLE
  await rows(world, `update listing set on_shelf = true where store_id = 'S02' and sku_id = $1`, [skuId])
  await rows(
    world,
    `insert into restock_notice (member_id, store_id, sku_id, place, asked_at) values ($1, 'S02', $2, 1, $3)`,
    [who.memberId, skuId, world.clock.now()],
  )
  await world.sweep('inventory.restock')
  await world.sweep('inventory.restock')
  await house.send()
  const [message, ...more] = await house.inbox(who)
  assert.equal(more.length, 0)
  assert.match(message?.body ?? '', /^2 号店的.+到货了。$/)
  assert.equal(message?.page, 'product')
  assert.equal((await phoneOf(world, who.shopper)).length, 1)
})

test('消息 desk · what was told to whom, masked, and why not; words are checked, audited, and only head office changes them', async () => {
  const unlucky = await house.newcomer()
  await fault(world, unlucky.shopper, [['subscribe-send', { kind: 'errcode', errcode: 40037 }]])
  await house.packed(unlucky)
  await house.send()
  const { items, quiet, marketing } = await hq('GET /console/v1/message-templates')
  assert.equal(items.length, MESSAGE_KINDS.length)
  assert.deepEqual([quiet, marketing.agreed], [{ from: '22:00', until: '08:00' }, 1])
  const told = items.find(({ kind }) => kind === 'order.ready')
  assert.ok(told && told.sent === 3 && told.failed === 1 && told.skipped > 3 && told.wechatReady)
  const { items: failed, total } = await hq('GET /console/v1/messages', { query: { fate: 'failed' } })
  assert.equal(total, 1)
  assert.deepEqual(failed[0]?.pushes[0]?.reason, '40037')
  assert.match(failed[0].member.name, /\*/)
  const { total: withheld } = await hq('GET /console/v1/messages', { query: { fate: 'withheld' } })
  assert.equal(withheld, 1)
  await refused(template({ body: '{goods}' }), 'messages.field_unknown', 422)
  await template({ enabled: false })
  const who = await house.newcomer()
  await house.ready(await paid(world, who))
  assert.deepEqual(await house.inbox(who), [])
  await template({})
  const { items: trail } = await hq('GET /console/v1/audit-events', { query: { about: 'messages' } })
  assert.equal(trail[0]?.action, 'messages.template_changed')
  const s01 = await world.staff('s01')
  await refused(s01('GET /console/v1/messages'), 'staff.not_allowed', 403)
})

test('what is half a year old is forgotten, and never told again', async () => {
  const who = await house.newcomer()
  await house.ready(await paid(world, who))
  await world.advance(181 * 86_400)
  await house.send()
  await world.sweep('messages.forget')
  assert.equal((await rows(world, 'select 1 from message')).length, 0)
  await world.sweep('messages.orders')
  assert.equal((await rows(world, 'select 1 from message')).length, 0)
})
