import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import test, { after, before } from 'node:test'
import { sealField } from '../src/crypto.ts'
import { open, startShop } from './shop.ts'
import { newNumber, placeOrder, placePaid, query, signed, startWorld, until } from './world.ts'
import type { Shop } from './shop.ts'
import type { Json, World } from './world.ts'

const REFUNDS = '/v3/refund/domestic/refunds'
let world: World
let shop: Shop
before(async () => {
  shop = await startShop()
  world = await startWorld()
})
after(async () => {
  await world.close()
  await shop.close()
})

type Wanted = { refund?: number; total?: number; number?: string; extra?: Json }

const refund = (
  outTradeNo: string,
  { refund: fen = 500, total = 1_990, number = newNumber('R'), extra = {} }: Wanted,
) =>
  signed(world, 'POST', REFUNDS, {
    out_trade_no: outTradeNo,
    out_refund_no: number,
    amount: { refund: fen, total, currency: 'CNY' },
    ...extra,
  })

const look = (number: string) => signed(world, 'GET', `${REFUNDS}/${encodeURIComponent(number)}`)
const faults = (rules: Json[]) => world.sim('POST', '/_sim/faults', { rules })

test('POST refund · accepted as PROCESSING, then SUCCESS with a notification', async () => {
  const paid = await placePaid(world)
  const number = newNumber('R')
  const accepted = await refund(paid, { number, extra: { reason: '缺货', notify_url: shop.url } })
  assert.equal(accepted.status, 200, accepted.text)
  assert.equal(accepted.body.status, 'PROCESSING')
  assert.match(String(accepted.body.refund_id), /^503\d{26}$/)
  await until(() => shop.received.length > 0, 'the refund notification')
  const news = open(world, shop.received.at(-1) ?? { text: '' })
  assert.equal(news.eventType, 'REFUND.SUCCESS')
  assert.equal(news.plaintext.refund_status, 'SUCCESS')
  assert.equal(news.plaintext.status, undefined, 'notifications say refund_status, never status')
  assert.equal(news.plaintext.out_refund_no, number)
  assert.deepEqual(news.plaintext.amount, {
    total: 1_990,
    refund: 500,
    payer_total: 1_990,
    payer_refund: 500,
  })
  const settled = await look(number)
  assert.equal(settled.body.status, 'SUCCESS')
  assert.ok(settled.body.success_time)
  assert.equal((await query(world, paid)).body.trade_state, 'REFUND')
})

test('POST refund · the same number again is the same refund; another amount or order is refused', async () => {
  const paid = await placePaid(world)
  const other = await placePaid(world)
  const number = newNumber('R')
  const first = await refund(paid, { number })
  const again = await refund(paid, { number, extra: { reason: '再说一次' } })
  assert.equal(again.body.refund_id, first.body.refund_id)
  for (const reply of [await refund(paid, { number, refund: 501 }), await refund(other, { number })]) {
    assert.deepEqual([reply.status, reply.body.code], [400, 'INVALID_REQUEST'])
  }
})

test('POST refund · partial refunds stop at what was paid', async () => {
  const paid = await placePaid(world)
  assert.equal((await refund(paid, { refund: 1_000 })).status, 200)
  const tooMuch = await refund(paid, { refund: 991 })
  assert.deepEqual([tooMuch.status, tooMuch.body.code], [400, 'INVALID_REQUEST'])
  assert.equal((await refund(paid, { refund: 990 })).status, 200)
  assert.equal((await refund(paid, { refund: 1 })).body.code, 'INVALID_REQUEST')
})

test('POST refund · at most fifty for one order', async () => {
  const paid = await placePaid(world)
  for (let count = 0; count < 50; count += 1) assert.equal((await refund(paid, { refund: 1 })).status, 200)
  const last = await refund(paid, { refund: 1 })
  assert.match(String(last.body.message), /50 次/)
})

test('POST refund · not after a year', async () => {
  const paid = await placePaid(world)
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 366 * 86_400 })
  assert.match(String((await refund(paid, {})).body.message), /一年/)
})

const refusals: [string, Wanted, number, string][] = [
  ['a total that is not the order’s', { total: 1_991 }, 400, 'INVALID_REQUEST'],
  ['no fen', { refund: 0 }, 400, 'PARAM_ERROR'],
  ['an unknown field', { extra: { why: 'x' } }, 400, 'PARAM_ERROR'],
  ['a reason of 81 characters', { extra: { reason: '缺'.repeat(81) } }, 400, 'PARAM_ERROR'],
  ['a number of 65 characters', { number: 'R'.repeat(65) }, 400, 'PARAM_ERROR'],
  ['a number with a space', { number: 'R 1' }, 400, 'PARAM_ERROR'],
  ['an unknown account', { extra: { funds_account: 'SAVINGS' } }, 400, 'PARAM_ERROR'],
]
for (const [name, wanted, status, code] of refusals) {
  test(`POST refund · ${status} ${code} for ${name}`, async () => {
    const reply = await refund(await placePaid(world), wanted)
    assert.deepEqual([reply.status, reply.body.code], [status, code], reply.text)
  })
}

test('POST refund · unknown and unpaid orders, and no order at all', async () => {
  assert.equal((await refund('unknown-number', {})).body.code, 'RESOURCE_NOT_EXISTS')
  const { number } = await placeOrder(world)
  assert.equal((await refund(number, {})).body.code, 'INVALID_REQUEST')
  const nothing = await signed(world, 'POST', REFUNDS, {
    out_refund_no: newNumber('R'),
    amount: { refund: 1, total: 1, currency: 'CNY' },
  })
  assert.equal(nothing.body.code, 'PARAM_ERROR')
  assert.equal((await look('unknown-refund')).status, 404)
})

test('a refund by transaction_id, with every character a refund number may have', async () => {
  const paid = await placePaid(world)
  const number = `R_-|*@${newNumber()}`
  const { body } = await query(world, paid)
  const reply = await signed(world, 'POST', REFUNDS, {
    transaction_id: body.transaction_id,
    out_refund_no: number,
    amount: { refund: 1, total: 1_990, currency: 'CNY' },
  })
  assert.equal(reply.status, 200, reply.text)
  assert.equal((await look(number)).body.out_trade_no, paid)
})

test('cash goes back in proportion to cash paid, and the parts equal the whole', async () => {
  const paid = await placePaid(world, { amount: { total: 1_000 } }, 333)
  const parts = []
  for (const fen of [1, 499, 500]) {
    const { body } = await refund(paid, { refund: fen, total: 1_000 })
    parts.push((body.amount as { payer_refund: number }).payer_refund)
  }
  assert.deepEqual(parts, [1, 333, 333])
  assert.equal(
    parts.reduce((sum, part) => sum + part, 0),
    1_000 - 333,
  )
})

test('one minute between refunds of an order, when the operator wants it', async () => {
  await world.sim('POST', '/_sim/settings', { refundGapSeconds: 60 })
  const paid = await placePaid(world)
  await refund(paid, { refund: 1 })
  const soon = await refund(paid, { refund: 1 })
  assert.deepEqual([soon.status, soon.body.code], [429, 'FREQUENCY_LIMITED'])
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 60 })
  assert.equal((await refund(paid, { refund: 1 })).status, 200)
  await world.sim('POST', '/_sim/settings', { refundGapSeconds: 0 })
})

test('a held refund stays PROCESSING for days, until the operator ends it', async () => {
  await faults([{ match: { route: 'refund' }, action: 'refund-hold', times: 1 }])
  const paid = await placePaid(world)
  const number = newNumber('R')
  await refund(paid, { number })
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 5 * 86_400 })
  assert.equal((await look(number)).body.status, 'PROCESSING')
  assert.equal((await world.sim('POST', `/_sim/refunds/${number}/succeed`)).status, 200)
  assert.equal((await look(number)).body.status, 'SUCCESS')
  assert.equal((await world.sim('POST', `/_sim/refunds/${number}/close`)).status, 409)
})

test('ABNORMAL, then to a bank card with fields that really decrypt, then SUCCESS', async () => {
  await faults([{ match: { route: 'refund' }, action: 'refund-abnormal', times: 1 }])
  const paid = await placePaid(world)
  const number = newNumber('R')
  const seen = shop.received.length
  const { body } = await refund(paid, { number, extra: { notify_url: shop.url } })
  await until(() => shop.received.length > seen, 'REFUND.ABNORMAL')
  assert.equal(open(world, shop.received.at(-1) ?? { text: '' }).eventType, 'REFUND.ABNORMAL')
  const [key, other] = world.merchant.platformKeys
  const sealed = (text: string) => sealField(text, createPublicKey(key?.publicKeyPem ?? ''))
  const card = {
    bank_type: 'ICBC_DEBIT',
    bank_account: sealed('6222000000000000'),
    real_name: sealed('测试'),
  }
  const apply = (serial: string) =>
    signed(
      world,
      'POST',
      `${REFUNDS}/${String(body.refund_id)}/apply-abnormal-refund`,
      { out_refund_no: number, type: 'USER_BANK_CARD', ...card },
      { headers: { 'Wechatpay-Serial': serial } },
    )
  assert.equal((await apply(other?.id ?? '')).body.code, 'PARAM_ERROR', 'named the wrong key')
  assert.equal((await apply(key?.id ?? '')).status, 200)
  await until(() => shop.received.length > seen + 1, 'REFUND.SUCCESS')
  assert.equal((await look(number)).body.channel, 'OTHER_BANKCARD')
  assert.equal((await apply(key?.id ?? '')).body.code, 'INVALID_REQUEST', 'it is not abnormal any more')
})

test('CLOSED gives nothing back, and the money can be refunded under a new number', async () => {
  await faults([{ match: { route: 'refund' }, action: 'refund-closed', times: 1 }])
  const paid = await placePaid(world)
  const number = newNumber('R')
  await refund(paid, { number, refund: 1_990 })
  await world.sandbox.world.clock.settled()
  await until(() => world.sandbox.world.store.refunds.get(number)?.state === 'CLOSED', 'the refund to close')
  assert.equal((await query(world, paid)).body.trade_state, 'SUCCESS')
  assert.equal((await refund(paid, { refund: 1_990 })).status, 200)
})

test('the notification may come before the reply, and a query may show an older state', async () => {
  await faults([
    { match: { route: 'refund' }, action: 'notify-before-reply', times: 1 },
    { match: { route: 'refund-query' }, action: 'stale-view', times: 1 },
  ])
  const paid = await placePaid(world)
  const number = newNumber('R')
  const seen = shop.received.length
  const reply = await refund(paid, { number, extra: { notify_url: shop.url } })
  assert.equal(shop.received.length, seen + 1, 'delivered before the reply arrived')
  assert.equal(reply.body.status, 'PROCESSING')
  assert.equal((await look(number)).body.status, 'PROCESSING', 'stale')
  assert.equal((await look(number)).body.status, 'SUCCESS')
})

test('an abnormal refund goes on only with a debit card that is one, or to the merchant; and may be abnormal again', async () => {
  await faults([{ match: { route: 'refund' }, action: 'refund-abnormal', times: 1 }])
  const paid = await placePaid(world)
  const number = newNumber('R')
  const { body } = await refund(paid, { number })
  const state = () => world.sandbox.world.store.refunds.get(number)?.state
  await until(() => state() === 'ABNORMAL', 'abnormal')
  const [key] = world.merchant.platformKeys
  const sealed = (text: string) => sealField(text, createPublicKey(key?.publicKeyPem ?? ''))
  const card = { bank_type: 'CMB_DEBIT', bank_account: sealed('6222000000000000'), real_name: sealed('测试') }
  const apply = (given: Json) =>
    signed(
      world,
      'POST',
      `${REFUNDS}/${String(body.refund_id)}/apply-abnormal-refund`,
      { out_refund_no: number, ...given },
      { headers: { 'Wechatpay-Serial': key?.id ?? '' } },
    )
  const type = 'USER_BANK_CARD'
  for (const [what, given] of [
    ['no type', card],
    ['no name', { type, bank_type: card.bank_type, bank_account: card.bank_account }],
    ['a credit card', { type, ...card, bank_type: 'CMB_CREDIT' }],
    ['a number in the open', { type, ...card, bank_account: '6222000000000000' }],
    ['letters for a number', { type, ...card, bank_account: sealed('six two two two') }],
    ['an empty name', { type, ...card, real_name: sealed(' ') }],
  ] as const)
    assert.deepEqual((await apply(given)).body.code, 'PARAM_ERROR', what)
  await faults([{ match: { route: 'abnormal-refund' }, action: 'refund-abnormal', times: 1 }])
  assert.equal((await apply({ type, ...card })).body.status, 'PROCESSING')
  await until(() => state() === 'ABNORMAL', 'abnormal again')
  assert.equal((await apply({ type: 'MERCHANT_BANK_CARD' })).status, 200)
  await until(() => state() === 'SUCCESS', 'back at the merchant')
})

test('mode 52 · money frozen for sharing is not refunded until it is released', async () => {
  const paid = await placePaid(world, { settle_info: { profit_sharing: true } })
  const frozen = await refund(paid, {})
  assert.deepEqual([frozen.status, frozen.body.code], [403, 'NOT_ENOUGH'])
  assert.equal((await world.sim('POST', `/_sim/orders/${paid}/release`)).status, 200)
  assert.equal((await world.sim('POST', `/_sim/orders/${paid}/release`)).status, 409)
  assert.equal((await refund(paid, {})).status, 200)
})
