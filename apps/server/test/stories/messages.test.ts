// Messages on their way out: WeChat's consents, its answers, the night.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { consent, createHouse, type House, type Named, NOON, phoneOf, templateOf } from '../messages.ts'
import { fault, paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let house: House
before(async () => {
  world = await openWorld({ start: NOON, onHand: 1000 })
  hq = await world.staff('hq')
  house = await createHouse(world)
})
after(() => world.close())
const errcode = (shopper: string, code: number, times = 99) =>
  fault(world, shopper, [['subscribe-send', { kind: 'errcode', errcode: code }, times]])

test('domain 137 订阅消息 · packed: one line in the inbox, one message on the phone, one consent less', async () => {
  const who = await house.newcomer()
  const purchase = await house.packed(who)
  await house.send()
  const [message, ...others] = await house.inbox(who)
  assert.equal(others.length, 0)
  assert.equal(message?.title, '货备好了，来取吧')
  assert.match(message.body, /^1 号店已经备好订单 \S+，到店出示提货码就能取。$/)
  assert.deepEqual([message.page, message.pageId, message.read], ['order', purchase.orderId, false])
  const [told, ...more] = await phoneOf(world, who.shopper)
  assert.equal(more.length, 0)
  assert.deepEqual(
    [told?.title, told?.lines[1], told?.page],
    ['取货提醒', ['取货门店', '1 号店'], `packages/order/order/index?id=${purchase.orderId}`],
  )
  assert.deepEqual(await house.postings(who), [
    ['accept', 1, 1],
    ['send', -1, 0],
  ])
  await world.sweep('messages.orders')
  await house.send()
  assert.equal((await phoneOf(world, who.shopper)).length, 1, 'told once')
})

test('domain 2.9 · without a consent nothing is pushed and the inbox has it all the same; a sheet that was refused counts for nothing', async () => {
  const who = await house.newcomer()
  const { accepted } = await who.api('POST /v1/subscriptions', {
    body: {
      idempotencyKey: randomUUID(),
      answers: [{ templateId: templateOf('order.ready'), answer: 'reject' }],
    },
  })
  assert.equal(accepted, 0)
  await house.ready(await paid(world, who))
  await house.send()
  assert.equal((await house.inbox(who)).length, 1)
  assert.deepEqual(await house.fates(who), [['wechat', 'SKIPPED', 'no_quota']])
  assert.deepEqual(await phoneOf(world, who.shopper), [])
})

test('domain 2.9 · the consent ledger: +1 per press and key, −1 per message, 0 on 43101, never below', async () => {
  const who = await house.newcomer()
  const body = {
    idempotencyKey: randomUUID(),
    answers: [{ templateId: templateOf('order.ready'), answer: 'accept' as const }],
  }
  const all = await Promise.all(Array.from({ length: 5 }, () => who.api('POST /v1/subscriptions', { body })))
  assert.equal(
    all.reduce((sum, { accepted }) => sum + accepted, 0),
    1,
    'one press, however often it is sent',
  )
  await who.api('POST /v1/subscriptions', { body: { ...body, idempotencyKey: randomUUID() } })
  // WeChat knows of none of them: its settings took them back.
  await house.ready(await paid(world, who))
  await house.send()
  assert.deepEqual(await house.fates(who), [['wechat', 'SKIPPED', '43101']])
  assert.deepEqual(await house.postings(who), [
    ['accept', 1, 1],
    ['accept', 1, 2],
    ['send', -1, 1],
    ['refused', -1, 0],
  ])
  const { memberId } = who
  await assert.rejects(
    rows(world, 'update subscription set remaining = remaining - 1 where member_id = $1', [memberId]),
    /subscription_remaining_check/,
  )
  await assert.rejects(
    rows(world, 'delete from subscription_posting where member_id = $1', [memberId]),
    /append-only/,
  )
  await refused(
    who.api('POST /v1/subscriptions', {
      body: { ...body, answers: [{ templateId: 'somebody_elses', answer: 'accept' }] },
    }),
    'messages.template_unknown',
    422,
  )
})

test('an answer that nobody heard is never asked for again, and its consent counts as used', async () => {
  const who = await house.newcomer()
  await consent(world, who, 'order.ready')
  await fault(world, who.shopper, [['subscribe-send', { kind: 'timeout-after', ms: 10 }, 1]])
  await house.packed(who)
  await house.send()
  assert.equal((await phoneOf(world, who.shopper)).length, 1, 'it had arrived')
  assert.deepEqual(await house.fates(who), [['wechat', 'UNKNOWN', 'NO_ANSWER']])
  await world.advance(3 * 3600)
  await house.send()
  assert.equal((await phoneOf(world, who.shopper)).length, 1)
  assert.equal((await house.postings(who)).at(-1)?.[2], 1)
})

test('a process that died while it was asking: nobody knows, nobody asks again, and the table holds it', async () => {
  const who = await house.newcomer()
  await house.packed(who)
  await rows(
    world,
    `update message_push set state = 'SENDING', tries = 1, day = current_date, due_at = $2 where member_id = $1`,
    [who.memberId, world.clock.now()],
  )
  await house.send()
  assert.deepEqual(await house.fates(who), [['wechat', 'UNKNOWN', 'NO_ANSWER']])
  assert.deepEqual(await phoneOf(world, who.shopper), [])
  await assert.rejects(
    rows(
      world,
      `update message_push set state = 'WAITING', due_at = now(), done_at = null where member_id = $1`,
      [who.memberId],
    ),
    /may not go from UNKNOWN to WAITING/,
  )
})

const ANSWERS: readonly [errcode: number, fate: string, left: number][] = [
  [47003, 'FAILED', 1],
  [40037, 'FAILED', 1],
]
for (const [code, fate, left] of ANSWERS)
  test(`errcode ${code}: ${fate}, and the consent is still there`, async () => {
    const who = await house.newcomer()
    await errcode(who.shopper, code)
    await house.packed(who)
    await house.send()
    assert.deepEqual(await house.fates(who), [['wechat', fate, String(code)]])
    assert.equal((await house.postings(who)).at(-1)?.[2], left)
  })

test('errcode 45009, too many today: asked again a minute later, out once', async () => {
  const who = await house.newcomer()
  await errcode(who.shopper, 45009, 1)
  await house.packed(who)
  await house.send()
  assert.deepEqual(await house.fates(who), [['wechat', 'WAITING', '45009']])
  await house.send()
  assert.equal((await phoneOf(world, who.shopper)).length, 0, 'not before its time')
  await world.advance(61)
  await house.send()
  assert.deepEqual(await house.fates(who), [['wechat', 'SENT', null]])
  assert.equal((await phoneOf(world, who.shopper)).length, 1)
  assert.deepEqual(
    (await house.postings(who)).map(([cause]) => cause),
    ['accept', 'send', 'give_back', 'send'],
  )
})

test('race: two workers, six messages, each goes out once', async () => {
  const crowd: Named[] = []
  for (let i = 0; i < 3; i++) {
    const who = await house.newcomer()
    await consent(world, who, 'order.ready')
    await house.packed(who)
    await house.ready(await paid(world, who))
    crowd.push(who)
  }
  const second = await world.another()
  try {
    const there = (name: string) => second.linli.sweeps.find((each) => each.name === name)?.run()
    await Promise.all([world.sweep('messages.orders'), there('messages.orders')])
    await Promise.all([house.send(), there('messages.send'), house.send(), there('messages.send')])
  } finally {
    await second.close()
  }
  for (const who of crowd) {
    assert.equal((await phoneOf(world, who.shopper)).length, 2)
    assert.deepEqual(await house.fates(who), [
      ['wechat', 'SENT', null],
      ['wechat', 'SENT', null],
    ])
    assert.equal((await house.postings(who)).at(-1)?.[2], 0)
  }
})

test('domain 142 免打扰 · money that goes back at night is told in the inbox at once, and on the phone in the morning', async () => {
  const who = await house.newcomer()
  await consent(world, who, 'order.refunded')
  const { orderId, totalFen } = await paid(world, who)
  const tonight = 11 * 3600
  await world.advance(tonight)
  hq = await world.staff('hq')
  await house.signInAgain()
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '顾客取消' },
  })
  await world.sweep('payments.refunds')
  await until(async () => {
    await world.sweep('payments.refunds')
    await world.sweep('messages.orders')
    return (await house.inbox(who)).length === 1
  }, 'refund told')
  const [message] = await house.inbox(who)
  assert.match(message?.title ?? '', /^退款 ¥\d+\.\d\d 退回了$/)
  await house.send()
  assert.deepEqual(await house.fates(who), [['wechat', 'WAITING', 'night']])
  assert.deepEqual(await phoneOf(world, who.shopper), [])
  await world.advance(9 * 3600 + 600)
  await house.send()
  assert.deepEqual(
    (await phoneOf(world, who.shopper)).map(({ title }) => title),
    ['退款通知'],
  )
  hq = await world.staff('hq')
  await house.signInAgain()
})

test('what was read in the inbox meanwhile does not ring any more', async () => {
  const who = await house.newcomer()
  await house.packed(who)
  const [message] = await house.inbox(who)
  await who.api('PUT /v1/messages/:messageId/reading', { params: { messageId: message?.id ?? '' } })
  await house.send()
  assert.deepEqual(await house.fates(who), [['wechat', 'SKIPPED', 'read']])
  assert.equal((await house.postings(who)).at(-1)?.[2], 1)
})
