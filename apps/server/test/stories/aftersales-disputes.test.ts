// When the store says no, when money does not arrive, and when the server dies in between.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  apply,
  arrives,
  type Asked,
  type Bought,
  buy,
  collect,
  collected,
  FRESH,
  KEEPS,
  pieces,
  showMine,
  upload,
  wrongInAftersales,
} from '../aftersales.ts'
import { fault, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let s01: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld()
})
beforeEach(signIn)
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))]
  await world.close()
  assert.deepEqual(wrong, [])
})
/** Days pass within a test, and sessions end with them. */
async function signIn(): Promise<void> {
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  s01 = await world.staff('s01')
  clerk = await world.staff('clerk01', 'floor')
}

const DAY = 24 * 3600
const part: Asked = { kind: 'uncollected', reason: 'mistake', lines: pieces(KEEPS) }
const claim: Asked = { kind: 'claim', reason: 'damaged', lines: pieces(FRESH) }
const bringBack: Asked = { kind: 'return', reason: 'wrong_item', lines: pieces(KEEPS) }
const approve = (who: LinliApi, aftersaleId: string) =>
  who('POST /console/v1/aftersales/:aftersaleId/approval', { params: { aftersaleId }, body: {} })
const reject = (who: LinliApi, aftersaleId: string) =>
  who('POST /console/v1/aftersales/:aftersaleId/rejection', {
    params: { aftersaleId },
    body: { words: '照片里看不出破损' },
  })
const appeal = (aftersaleId: string) =>
  shopper.api('POST /v1/aftersales/:aftersaleId/appeal', {
    params: { aftersaleId },
    body: { note: '左下角的裂口放大就能看到' },
  })
const judge = (who: LinliApi, aftersaleId: string, grant: boolean) =>
  who('POST /console/v1/aftersales/:aftersaleId/appeal-judgement', {
    params: { aftersaleId },
    body: { grant, words: grant ? '总部看过，照退' : '总部看过，维持门店的意见' },
  })
const deed = (verb: 'ownership' | 'resending', aftersaleId: string, who = s01) =>
  verb === 'ownership'
    ? who('POST /console/v1/aftersales/:aftersaleId/ownership', { params: { aftersaleId } })
    : who('POST /console/v1/aftersales/:aftersaleId/resending', { params: { aftersaleId } })
const settle = (aftersaleId: string) =>
  s01('POST /console/v1/aftersales/:aftersaleId/settlement', {
    params: { aftersaleId },
    body: { words: '柜台退现金 8.90 元，顾客签收' },
  })
const refundsOf = (aftersaleId: string) =>
  rows<{ state: string; idem_key: string }>(
    world,
    `select state, idem_key from refund where idem_key like 'aftersale:' || $1 || ':%' order by created_at`,
    [aftersaleId],
  )
async function claimed(): Promise<Bought & { id: string }> {
  const bought = await collected(world, shopper, clerk)
  const photo = await upload(shopper)
  return { ...bought, id: (await apply(bought, claim, { photoIds: [photo.id] })).id }
}

test('domain 2.12: a rejection is said with words, and appealed once; head office decides for good', async () => {
  const { id } = await claimed()
  const rejected = await reject(s01, id)
  assert.deepEqual([rejected.state, rejected.words, rejected.deeds], ['REJECTED', '照片里看不出破损', []])
  const told = await showMine(shopper, id)
  assert.deepEqual([told.words, told.mayAppeal], ['照片里看不出破损', true])
  const appealed = await appeal(id)
  assert.deepEqual([appealed.state, appealed.words], ['APPEALED', '照片里看不出破损'])
  await refused(judge(s01, id, true), 'staff.not_allowed', 403)
  await refused(approve(s01, id), 'aftersales.state_changed', 409)
  const upheld = await judge(hq, id, false)
  assert.equal(upheld.state, 'REJECTED')
  assert.deepEqual([(await showMine(shopper, id)).mayAppeal, upheld.dueAt], [false, null])
  await refused(appeal(id), 'aftersales.appealed_before', 409)
  assert.deepEqual(await refundsOf(id), [])
})

test('domain 2.12: an appeal that head office grants is refunded like any other', async () => {
  const { id } = await claimed()
  await reject(s01, id)
  await appeal(id)
  const granted = await judge(hq, id, true)
  assert.equal(granted.state, 'REFUNDING')
  await arrives(world, shopper, id, 'DONE')
})

test('domain 2.12: an appeal comes within seven days, and not beside another request for the line', async () => {
  const { id, ...bought } = await claimed()
  await reject(s01, id)
  const photo = await upload(shopper)
  const again = await apply(bought, claim, { photoIds: [photo.id] })
  await refused(appeal(id), 'aftersales.line_open', 409)
  await shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params: { aftersaleId: again.id } })
  world.clock.advance(7 * DAY)
  await signIn()
  await refused(appeal(id), 'aftersales.too_late', 409)
  assert.equal((await showMine(shopper, id)).mayAppeal, false)
})

test('domain 2.12: goods that do not pass go home again with words; on appeal head office may refund without them', async () => {
  const bought = await collected(world, shopper, clerk)
  const { id } = await apply(bought, bringBack)
  await approve(s01, id)
  const code = (await showMine(shopper, id)).returnCode ?? ''
  await s01('POST /console/v1/returns', { body: { storeId: 'S01', code } })
  const inspect = (words?: string) =>
    s01('POST /console/v1/aftersales/:aftersaleId/inspection', {
      params: { aftersaleId: id },
      body: { accept: false, ...(words ? { words } : {}) },
    })
  await refused(inspect(), 'aftersales.words_needed', 422)
  assert.equal((await inspect('瓶盖已经打开过')).state, 'INSPECT_REJECTED')
  await appeal(id)
  assert.equal((await judge(hq, id, true)).state, 'REFUNDING')
  await arrives(world, shopper, id, 'DONE')
  assert.deepEqual(
    (await showMine(shopper, id)).events.map(({ verb }) => verb),
    ['apply', 'approve', 'receive', 'refuse_goods', 'appeal', 'waive_goods', 'finish'],
  )
})

test('domain 2.12: an appeal about goods that were collected meanwhile is overtaken', async () => {
  const bought = await buy(world, shopper)
  const { id } = await apply(bought, part)
  await reject(s01, id)
  await appeal(id)
  await collect(clerk, bought)
  await refused(judge(hq, id, true), 'aftersales.goods_moved', 409)
  await world.sweep('aftersales.timers')
  assert.equal((await showMine(shopper, id)).state, 'CANCELLED')
})

test('domain 2.12: a refund that fails is a person’s work: owned, sent again under a new number, done', async () => {
  const bought = await buy(world, shopper)
  const { id } = await apply(bought, part)
  await fault(world, bought.outTradeNo, [['refund', 'refund-closed']])
  await approve(s01, id)
  await arrives(world, shopper, id, 'REFUND_FAILED')
  const list = await s01('GET /console/v1/aftersales', { query: { tab: 'failed' } })
  assert.deepEqual(
    list.items.map((row) => [row.id, row.ownerName, row.trouble]),
    [[id, null, 'CLOSED']],
  )
  const owned = await deed('ownership', id)
  assert.deepEqual([owned.ownerName, owned.deeds], ['一店店长', ['own', 'resend', 'settle']])
  await fault(world, bought.outTradeNo, [])
  const sent = await Promise.allSettled(Array.from({ length: 5 }, () => deed('resending', id)))
  assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1)
  await arrives(world, shopper, id, 'DONE')
  assert.deepEqual(await refundsOf(id), [
    { state: 'CLOSED', idem_key: `aftersale:${id}:1` },
    { state: 'SUCCESS', idem_key: `aftersale:${id}:2` },
  ])
  await refused(deed('resending', id), 'aftersales.state_changed', 409)
  await refused(deed('ownership', id), 'aftersales.state_changed', 409)
})

test('domain 2.12: while WeChat holds a refund no second one is sent; what is mended there ends here', async () => {
  const bought = await buy(world, shopper)
  const { id } = await apply(bought, part)
  await fault(world, bought.outTradeNo, [['refund', 'refund-abnormal']])
  await approve(s01, id)
  await arrives(world, shopper, id, 'REFUND_FAILED')
  await refused(deed('resending', id), 'aftersales.refund_alive', 409)
  await refused(settle(id), 'aftersales.refund_alive', 409)
  const shown = await s01('GET /console/v1/aftersales/:aftersaleId', { params: { aftersaleId: id } })
  assert.deepEqual(shown.deeds, ['own'])
  const [refund] = await rows<{ out_refund_no: string }>(
    world,
    `select out_refund_no from refund where idem_key = $1`,
    [`aftersale:${id}:1`],
  )
  await world.sim('POST', `/_sim/refunds/${refund?.out_refund_no}/succeed`)
  await arrives(world, shopper, id, 'DONE')
})

test('a failed refund that was settled at the counter: a person says how, once', async () => {
  const bought = await buy(world, shopper)
  const { id } = await apply(bought, part)
  await fault(world, bought.outTradeNo, [['refund', 'refund-closed']])
  await approve(s01, id)
  await arrives(world, shopper, id, 'REFUND_FAILED')
  const settled = await settle(id)
  assert.deepEqual([settled.state, settled.events.at(-1)?.words], ['DONE', '柜台退现金 8.90 元，顾客签收'])
  await refused(settle(id), 'aftersales.state_changed', 409)
})

test('a failed refund that somebody mended on the order itself is not sent a second time', async () => {
  const bought = await buy(world, shopper)
  const { id } = await apply(bought, part)
  await fault(world, bought.outTradeNo, [['refund', 'refund-closed']])
  await approve(s01, id)
  await arrives(world, shopper, id, 'REFUND_FAILED')
  await fault(world, bought.outTradeNo, [])
  const { amountFen: expectFen } = await hq('POST /console/v1/orders/:orderId/refund-quotes', {
    params: bought,
    body: { lines: part.lines },
  })
  const mended = { idempotencyKey: `by-hand-${id}`, expectFen, reason: '在订单上补退', lines: part.lines }
  await hq('POST /console/v1/orders/:orderId/refunds', { params: bought, body: mended })
  await refused(deed('resending', id), 'aftersales.money_back', 409)
  assert.equal((await refundsOf(id)).length, 1)
  await settle(id)
})

test('what the desk cannot refund any more is a person’s work too', async () => {
  const bought = await collected(world, shopper, clerk)
  const photo = await upload(shopper)
  const { id } = await apply(bought, claim, { photoIds: [photo.id] })
  const rest = await hq('POST /console/v1/orders/:orderId/refund-quotes', {
    params: bought,
    body: {},
  })
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: bought,
    body: { idempotencyKey: `by-hand-${id}`, expectFen: rest.amountFen, reason: '店长已整单退' },
  })
  const agreed = await approve(s01, id)
  assert.deepEqual([agreed.state, agreed.trouble], ['REFUND_FAILED', 'orders.not_refundable'])
  await settle(id)
})

test('killed between the agreement and its refund, and between the refund and its end: neither lost nor doubled', async () => {
  const second = await world.another()
  try {
    const bought = await buy(world, shopper, 2, 2)
    const { id } = await apply(bought, part)
    // The process that agreed died before it could ask the desk: only its transaction is there.
    await rows(
      world,
      `with moved as (update aftersale set state = 'REFUNDING', due_at = null where id = $1 returning id)
       insert into aftersale_event (aftersale_id, verb, from_state, to_state, by, at) select id, 'agree_late', 'APPLIED', 'REFUNDING', 'system', now() from moved`,
      [id],
    )
    assert.deepEqual(await refundsOf(id), [])
    const sweepThere = second.linli.sweeps.find(({ name }) => name === 'aftersales.refunds')
    assert.ok(sweepThere)
    await Promise.all(
      Array.from({ length: 6 }, (_, i) => (i % 2 ? sweepThere.run() : world.sweep('aftersales.refunds'))),
    )
    assert.equal((await refundsOf(id)).length, 1, 'once, on two servers')
    // WeChat has ended it; whoever would have noted that here has died too.
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    await arrives(world, shopper, id, 'DONE')
    await Promise.all([sweepThere.run(), world.sweep('aftersales.refunds')])
    assert.equal((await refundsOf(id)).length, 1)
    assert.equal(
      (await showMine(shopper, id)).events.filter(({ verb }) => verb === 'finish').length,
      1,
      'ended once',
    )
  } finally {
    await second.close()
  }
})

test('agreed to, and the bag handed over before the refund was sent: the desk refuses, and the request says so', async () => {
  const bought = await buy(world, shopper)
  const { id } = await apply(bought, part)
  await rows(
    world,
    `with moved as (update aftersale set state = 'REFUNDING', due_at = null where id = $1 returning id)
     insert into aftersale_event (aftersale_id, verb, from_state, to_state, by, at) select id, 'agree_late', 'APPLIED', 'REFUNDING', 'system', now() from moved`,
    [id],
  )
  await collect(clerk, bought)
  await world.sweep('aftersales.refunds')
  assert.equal((await showMine(shopper, id)).state, 'CANCELLED')
  assert.deepEqual(await refundsOf(id), [])
})
