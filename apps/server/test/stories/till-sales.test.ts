// Receipts of tills: they move stock, earn points, are taken once in whatever order they come, and what does not fit is put before a person.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coupon, couponNow, grantPoints } from '../benefits.ts'
import { balance, newcomer, world } from '../benefits-world.ts'
import { APPLE } from '../fixtures.ts'
import { openPartner, type TestPartner } from '../partner.ts'
import { refused } from '../refused.ts'
import { levelOf, order } from '../shopping.ts'
import { APPLES, giveBack, redeem, refOf, reserve, reverse, sale, txn, upload } from '../tills.ts'
import type { Shopper } from '../world.ts'

let opened: Promise<TestPartner> | undefined
const partner = (): Promise<TestPartner> => (opened ??= openPartner(world))
const ref = (till: TestPartner, { memberId }: Shopper) => refOf(world, till.partnerId, memberId)
const stocked = async () => (await levelOf(world)).onHand
const rows = async (text: string, values: unknown[] = []) =>
  (await world.ctx.database.pool.query<Record<string, unknown>>(text, values)).rows
const conflictsOf = (posTxnId: string) =>
  rows(
    `select c.kind, c.detail, c.amount_fen as fen from till_conflict c join till_sale s on s.id = c.till_id where s.pos_txn_id = $1`,
    [posTxnId],
  )

test('a receipt without a member moves stock, with the till’s number behind it in the ledger', async () => {
  const till = await partner()
  const before = await stocked()
  const receipt = sale(world)
  assert.deepEqual(await upload(till.api, [receipt]), [
    { posTxnId: receipt.posTxnId, outcome: 'recorded', code: null, conflicts: [] },
  ])
  assert.equal((await upload(till.api, [receipt]))[0]?.outcome, 'repeat')
  assert.equal(await stocked(), before - 2)
  assert.deepEqual(
    await rows(
      `select l.reason, l.on_hand_delta as delta, l.by ~ '^partner:till-' as "byTill" from stock_ledger l join till_sale s on s.id = l.till_id
       where s.pos_txn_id = $1`,
      [receipt.posTxnId],
    ),
    [{ reason: 'POS_SALE', delta: -2, byTill: true }],
  )
})

test('the same number with another content is refused, and keeps none of the others out', async () => {
  const till = await partner()
  const [first, second] = [sale(world), sale(world)]
  await upload(till.api, [first])
  const changed = { ...first, lines: [{ ...APPLES, payFen: 2300 }] }
  const answers = await upload(till.api, [changed, second])
  assert.deepEqual(
    answers.map(({ outcome, code }) => [outcome, code]),
    [
      ['refused', 'tills.txn_reused'],
      ['recorded', null],
    ],
  )
})

test('domain 2.7: cash really paid earns, frozen until the term is over; what comes back is taken back, and may go negative', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const receipt = sale(world, { memberRef: ref(till, shopper) })
  await upload(till.api, [receipt])
  assert.equal((await balance(shopper)).frozen, 24)
  world.clock.advance(9 * 86_400)
  await world.sweep('ledgers.points')
  const me = async () =>
    (
      await rows('select available, frozen, debt from points_account where member_id = $1', [
        shopper.memberId,
      ])
    )[0]
  assert.deepEqual(await me(), { available: 24, frozen: 0, debt: 0 })
  const again = await openPartner(world)
  const spend = txn()
  await reserve(again.api, refOf(world, again.partnerId, shopper.memberId), {
    posTxnId: spend,
    usePoints: 24,
  })
  await redeem(again.api, spend)
  await upload(till.api, [giveBack(world, receipt.posTxnId)])
  assert.deepEqual(await me(), { available: 0, frozen: 0, debt: 12 })
  await upload(till.api, [giveBack(world, receipt.posTxnId)])
  assert.deepEqual(await me(), { available: 0, frozen: 0, debt: 24 })
  await upload(till.api, [sale(world, { memberRef: refOf(world, till.partnerId, shopper.memberId) })])
  world.clock.advance(9 * 86_400)
  await world.sweep('ledgers.points')
  assert.deepEqual(await me(), { available: 0, frozen: 0, debt: 0 }, 'later earnings pay the debt')
})

test('a receipt uses what was reserved for it, and says who bears what was taken off', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 500)
  const id = await coupon(world, shopper, { funding: 'supplier' })
  const posTxnId = txn()
  const { payFen } = await reserve(till.api, ref(till, shopper), {
    posTxnId,
    couponIds: [id],
    usePoints: 500,
  })
  const receipt = sale(world, { posTxnId, benefitOffFen: 800, lines: [{ ...APPLES, payFen }] })
  assert.deepEqual(await upload(till.api, [receipt]), [
    { posTxnId, outcome: 'recorded', code: null, conflicts: [] },
  ])
  assert.equal((await couponNow(world, id)).state, 'USED')
  assert.deepEqual(
    await rows(
      `select d.funding, d.off_fen as fen, d.points from till_discount d join till_sale s on s.id = d.till_id where s.pos_txn_id = $1 order by 2`,
      [posTxnId],
    ),
    [
      { funding: 'supplier', fen: 300, points: 0 },
      { funding: 'hq', fen: 500, points: 500 },
    ],
  )
  assert.equal((await balance(shopper)).frozen, 16)
  await refused(reverse(till.api, posTxnId), 'tills.recorded')
})

test('domain 2.8: a return gives back points by pieces, rounded down, and the coupon with the last piece', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 501)
  const id = await coupon(world, shopper)
  const posTxnId = txn()
  const { payFen } = await reserve(till.api, ref(till, shopper), {
    posTxnId,
    couponIds: [id],
    usePoints: 501,
  })
  await upload(till.api, [sale(world, { posTxnId, benefitOffFen: 801, lines: [{ ...APPLES, payFen }] })])
  await upload(till.api, [giveBack(world, posTxnId)])
  assert.equal((await balance(shopper)).available, 250)
  assert.equal((await couponNow(world, id)).state, 'USED')
  await upload(till.api, [giveBack(world, posTxnId)])
  assert.deepEqual([(await balance(shopper)).available, (await balance(shopper)).frozen], [501, 0])
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('returns before their sale, in one upload and in two: the same end', async () => {
  const till = await partner()
  for (const apart of [false, true]) {
    const shopper = await newcomer()
    const before = await stocked()
    const receipt = sale(world, { memberRef: ref(till, shopper) })
    const back = giveBack(world, receipt.posTxnId)
    if (apart) {
      await upload(till.api, [back])
      await upload(till.api, [receipt])
    } else await upload(till.api, [back, receipt])
    assert.equal(await stocked(), before - 1)
    assert.equal((await balance(shopper)).frozen, 12)
    assert.deepEqual(await conflictsOf(receipt.posTxnId), [])
    const more = giveBack(world, receipt.posTxnId, {
      lines: [{ ...APPLES, quantity: 2, payFen: 2400, resellable: false }],
    })
    assert.deepEqual((await upload(till.api, [more]))[0]?.conflicts, ['return_unmatched'])
    assert.equal((await balance(shopper)).frozen, 0)
    assert.equal(await stocked(), before - 1, 'what is not for sale any more is not put back')
  }
})

test('a moment that there is not is refused as it comes in; a till whose clock stands at 1970 is believed, and its receipts page', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const at = (soldAt: string) => sale(world, { soldAt, memberRef: ref(till, shopper) })
  for (const soldAt of ['2026-13-01T10:00Z', '2026-11-02T25:61Z', '0000-01-01T00:00Z'])
    await refused(upload(till.api, [at(soldAt)]), 'request.invalid')
  await upload(till.api, [at('1970-01-01T00:00Z'), at('1970-01-01T00:01Z')])
  const { nextCursor } = await shopper.api('GET /v1/till-receipts', { query: { limit: 1 } })
  const next = await shopper.api('GET /v1/till-receipts', { query: { limit: 1, cursor: nextCursor ?? '' } })
  assert.deepEqual(
    next.items.map(({ soldAt }) => soldAt),
    ['1970-01-01T00:00:00.000Z'],
  )
})

test('numbers are a partner’s own: the same one of two vendors is two sales, and a return finds its own', async () => {
  const [till, other] = [await partner(), await openPartner(world)]
  const [shopper, second] = [await newcomer(), await newcomer()]
  const posTxnId = txn()
  await reserve(till.api, ref(till, shopper), { posTxnId })
  await refused(redeem(other.api, posTxnId), 'tills.missing')
  const theirs = sale(world, { posTxnId, memberRef: refOf(world, other.partnerId, second.memberId) })
  assert.equal((await upload(other.api, [theirs]))[0]?.outcome, 'recorded')
  await upload(other.api, [giveBack(world, posTxnId)])
  assert.equal((await redeem(till.api, posTxnId)).benefits, 'REDEEMED')
  assert.equal((await upload(till.api, [sale(world, { posTxnId })]))[0]?.outcome, 'recorded')
  assert.deepEqual([(await balance(shopper)).frozen, (await balance(second)).frozen], [24, 12])
})

test('twenty returns that do not fit wait for one sale: it is taken, and each of them is in question', async () => {
  const till = await partner()
  const receipt = sale(world)
  const odd = (i: number) => ({ ...APPLES, barcode: `2${i}`, quantity: 1, payFen: 100, resellable: false })
  for (let i = 0; i < 20; i++)
    await upload(till.api, [giveBack(world, receipt.posTxnId, { lines: [odd(i)] })])
  assert.deepEqual((await upload(till.api, [receipt]))[0]?.outcome, 'recorded')
  assert.equal((await conflictsOf(receipt.posTxnId)).length, 20)
})

test('a barcode that nobody knows is kept and listed; the rest of the receipt counts', async () => {
  const till = await partner()
  const before = await stocked()
  const receipt = sale(world, {
    lines: [
      { ...APPLES, payFen: 2400 },
      { barcode: '2000000000008', name: '现包水饺', quantity: 1, unitFen: 1500, payFen: 1500 },
    ],
  })
  assert.deepEqual((await upload(till.api, [receipt]))[0]?.conflicts, ['barcode_unknown'])
  assert.equal(await stocked(), before - 2)
  assert.deepEqual(
    (await conflictsOf(receipt.posTxnId)).map(({ kind, fen }) => [kind, fen]),
    [['barcode_unknown', 1500]],
  )
  assert.equal(
    (await rows(`select from till_line where barcode = '2000000000008' and sku_id is null`)).length,
    1,
  )
})

test('a sale over what was promised online keeps what is reserved, and says how many are missing', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await order(shopper, { lines: [{ skuId: APPLE, quantity: 9 }] })
  const { onHand, reserved } = await levelOf(world)
  const receipt = sale(world, { lines: [{ ...APPLES, quantity: onHand + 3, payFen: 1 }] })
  assert.deepEqual((await upload(till.api, [receipt]))[0]?.conflicts, ['stock_short'])
  assert.deepEqual(await levelOf(world), { onHand: 0, reserved })
  assert.deepEqual(
    (await conflictsOf(receipt.posTxnId)).map(({ detail }) => (detail as { pieces: number }).pieces),
    [reserved],
  )
  await upload(till.api, [
    giveBack(world, receipt.posTxnId, {
      lines: [{ ...APPLES, quantity: onHand, payFen: 1, resellable: true }],
    }),
  ])
  assert.equal((await levelOf(world)).onHand, onHand)
})

test('what a till took off and we know nothing of is money in question', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const posTxnId = txn()
  await reserve(till.api, ref(till, shopper), { posTxnId, couponIds: [id] })
  world.clock.advance(901)
  await world.sweep('tills.reservations')
  const receipt = sale(world, { posTxnId, benefitOffFen: 300, lines: [{ ...APPLES, payFen: 2100 }] })
  assert.deepEqual((await upload(till.api, [receipt]))[0]?.conflicts, ['benefit_missing'])
  assert.deepEqual(
    (await conflictsOf(posTxnId)).map(({ fen }) => fen),
    [300],
  )
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('a basket that changed after it was reserved is taken as it was paid, and listed', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 500)
  const posTxnId = txn()
  await reserve(till.api, ref(till, shopper), { posTxnId, usePoints: 500 })
  const receipt = sale(world, {
    posTxnId,
    benefitOffFen: 500,
    lines: [{ ...APPLES, quantity: 1, payFen: 700 }],
  })
  assert.deepEqual((await upload(till.api, [receipt]))[0]?.conflicts, ['basket_changed'])
  assert.deepEqual([(await balance(shopper)).available, (await balance(shopper)).frozen], [0, 7])
})

test('a receipt of a member who is not this partner’s to name is taken as nobody’s', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const other = await openPartner(world)
  const receipt = sale(world, { memberRef: ref(other, shopper) })
  assert.equal((await upload(till.api, [receipt]))[0]?.outcome, 'recorded')
  assert.equal((await balance(shopper)).frozen, 0)
})

test('how a transaction stands can be asked, in its own store', async () => {
  const till = await partner()
  const receipt = sale(world)
  await upload(till.api, [receipt])
  const ask = (storeId: string, posTxnId = receipt.posTxnId) =>
    till.api('GET /partner/v1/till/sales/:posTxnId', { params: { posTxnId }, query: { storeId } })
  const { kind, benefits, payFen, recordedAt } = await ask('S01')
  assert.deepEqual([kind, benefits, payFen, recordedAt !== null], ['sale', 'NONE', 2400, true])
  await refused(ask('S02'), 'tills.missing')
  await refused(ask('S01', txn()), 'tills.missing')
})
