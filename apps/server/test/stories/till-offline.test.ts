// A till without a line to us: what it may accept by itself, and what becomes of it once it is told. Nothing is lost, nothing counts twice.
import assert from 'node:assert/strict'
import { couponOff, readCoupon, readDayPack } from '@linli/partner-client'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { coupon, couponNow, grantPoints } from '../benefits.ts'
import { balance, newcomer, place, world } from '../benefits-world.ts'
import { openPartner, type TestPartner } from '../partner.ts'
import { refused } from '../refused.ts'
import { APPLES, reserve, type Sale, sale, upload } from '../tills.ts'
import type { Shopper } from '../world.ts'

let opened: Promise<TestPartner> | undefined
const partner = (): Promise<TestPartner> => (opened ??= openPartner(world))
const shownOf = (shopper: Shopper, couponId: string) =>
  shopper.api('GET /v1/coupons/:couponId/till-code', { params: { couponId } })
/** A receipt with one coupon that the till accepted: 2,400 fen of apples, 300 off. */
const offline = (code: string, over: Partial<Sale> = {}): Sale =>
  sale(world, {
    benefitOffFen: 300,
    offlineCoupons: [{ code, offFen: 300 }],
    lines: [{ ...APPLES, payFen: 2100 }],
    ...over,
  })
const conflicts = async (posTxnId: string) => {
  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/till-conflicts', { query: { limit: 100 } })
  return items.filter((each) => each.posTxnId === posTxnId)
}
const whyOf = async (posTxnId: string) =>
  (await conflicts(posTxnId)).map(({ kind, detail, amountFen }) => [
    kind,
    (detail as { why?: string }).why,
    amountFen,
  ])

/** As a till does: with nothing but the keys it was handed. */
function signedBy(keys: readonly { id: string; publicKey: string }[], token: string): Buffer {
  const [kind = '', id = '', body = '', signature = ''] = token.split('.')
  const key = keys.find((each) => each.id === id)
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey ?? '' },
    format: 'jwk',
  })
  assert.ok(
    verify(null, Buffer.from(`${kind}.${id}.${body}`), publicKey, Buffer.from(signature, 'base64url')),
  )
  return Buffer.from(body, 'base64url')
}

test('a card that is shown says who it is, masked, and opens their coupons and points to this partner', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 200)
  const { qr, digits } = await shopper.api('GET /v1/me/card')
  for (const cardCode of [qr, digits]) {
    const { memberRef, name, points } = await till.api('POST /partner/v1/till/members', {
      body: { storeId: 'S01', terminal: '1', shown: { cardCode } },
    })
    assert.match(name, /\*/)
    assert.equal(points, 200)
    assert.equal((await reserve(till.api, memberRef)).benefits, 'RESERVED')
  }
})

test('who guesses at one till locks that till, and no other', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const ask = (terminal: string, cardCode: string) =>
    till.api('POST /partner/v1/till/members', { body: { storeId: 'S01', terminal, shown: { cardCode } } })
  for (let i = 0; i < 10; i++)
    await refused(ask('7', `86${String(i).padStart(14, '0')}`), 'members.card_unknown')
  const { qr } = await shopper.api('GET /v1/me/card')
  await refused(ask('7', qr), 'members.card_locked')
  await ask('8', qr)
})

test('the day pack is signed by the chain, and says what a till may accept by itself', async () => {
  const till = await partner()
  const shopper = await newcomer()
  await coupon(world, shopper, { label: '店里满10减3' })
  await coupon(world, shopper, { label: '只有苹果', categoryIds: ['G'] })
  await coupon(world, shopper, { label: '别的店', storeIds: ['S02'] })
  const ask = () => till.api('GET /partner/v1/till/day-pack', { query: { storeId: 'S01' } })
  const { payload, signature, keys } = await ask()
  assert.deepEqual(signedBy(keys, signature), createHash('sha256').update(payload).digest())
  const pack = JSON.parse(payload) as { version: string; storeId: string; coupons: { label: string }[] }
  const labels = pack.coupons.map(({ label }) => label)
  assert.equal(pack.storeId, 'S01')
  assert.ok(labels.includes('店里满10减3'))
  assert.ok(!labels.includes('只有苹果') && !labels.includes('别的店'))
  assert.equal((JSON.parse((await ask()).payload) as typeof pack).version, pack.version)
})

test('the published client reads a pack and a coupon as we made them, and takes off what we would', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const { code } = await shownOf(shopper, id)
  const at = world.clock.now()
  const answer = await till.api('GET /partner/v1/till/day-pack', { query: { storeId: 'S01' } })
  const read = await readCoupon(await readDayPack(answer, { storeId: 'S01', at }), code, at)
  assert.deepEqual([read.couponId, read.memberId], [id, shopper.memberId])
  assert.equal(couponOff(read.offer, { goodsFen: 2400, pieces: 2 }), 300)
})

test('domain 2.10: what a till accepted offline is used once it is told, however often, and finance sees who bears it', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper, { funding: 'supplier' })
  const { code } = await shownOf(shopper, id)
  const receipt = offline(code)
  world.clock.advance(6 * 3600)
  assert.deepEqual(
    (await upload(till.api, [receipt])).map(({ outcome, conflicts: open }) => [outcome, open]),
    [['recorded', []]],
  )
  assert.equal((await upload(till.api, [receipt]))[0]?.outcome, 'repeat')
  const { state, round } = await couponNow(world, id)
  assert.deepEqual([state, round], ['USED', 1])
  assert.equal((await balance(shopper)).frozen, 21, 'the member is known by the coupon')
  const { rows } = await world.ctx.database.pool.query(
    `select d.off_fen as fen, d.funding from till_discount d join till_sale s on s.id = d.till_id where s.pos_txn_id = $1`,
    [receipt.posTxnId],
  )
  assert.deepEqual(rows, [{ fen: 300, funding: 'supplier' }])
  const mine = await shopper.api('GET /v1/till-receipts')
  assert.deepEqual(
    mine.items.map(({ posTxnId, paidFen }) => [posTxnId, paidFen]),
    [[receipt.posTxnId, 2100]],
  )
})

test('used elsewhere meanwhile: the sale stands, its stock and points too, and the money is in question', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const { code } = await shownOf(shopper, id)
  const receipt = offline(code)
  await place(shopper, { couponIds: [id] })
  assert.deepEqual((await upload(till.api, [receipt]))[0]?.conflicts, ['coupon_refused'])
  // The first answer may have been lost: the second says the same.
  const [again] = await upload(till.api, [receipt])
  assert.deepEqual([again?.outcome, again?.conflicts], ['repeat', ['coupon_refused']])
  assert.deepEqual(await whyOf(receipt.posTxnId), [['coupon_refused', 'LOCKED', 300]])
  assert.equal((await couponNow(world, id)).state, 'LOCKED')
})

test('one coupon accepted at two tills without a line: the first that tells has it, in whatever order', async () => {
  const [till, other] = [await partner(), await openPartner(world)]
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const { code } = await shownOf(shopper, id)
  const answers = await Promise.all([upload(till.api, [offline(code)]), upload(other.api, [offline(code)])])
  assert.deepEqual(
    answers
      .flat()
      .map(({ conflicts: open }) => open.length)
      .sort((a, b) => a - b),
    [0, 1],
  )
  assert.equal((await couponNow(world, id)).round, 1)
})

test('a coupon that was accepted in time is used, however late it is told; one that was over by then is in question', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const [inTime, tooLate] = [
    await coupon(world, shopper, { validDays: 1 }),
    await coupon(world, shopper, { validDays: 1 }),
  ]
  const { expiresAt } = await couponNow(world, inTime)
  world.clock.advance((expiresAt.getTime() - world.clock.now().getTime()) / 1000 - 60)
  const codes = [(await shownOf(shopper, inTime)).code, (await shownOf(shopper, tooLate)).code] as const
  const first = offline(codes[0])
  world.clock.advance(120)
  const second = offline(codes[1])
  world.clock.advance(40 * 86_400)
  await world.sweep('coupons.expiry')
  assert.equal((await couponNow(world, inTime)).state, 'EXPIRED')
  assert.deepEqual((await upload(till.api, [first]))[0]?.conflicts, [])
  assert.equal((await couponNow(world, inTime)).state, 'USED')
  await upload(till.api, [second])
  assert.deepEqual(await whyOf(second.posTxnId), [['coupon_refused', 'EXPIRED', 300]])
})

test('a till that took off more than a coupon is worth, or accepted one for other goods: what nobody promised is in question', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const [some, other] = [await coupon(world, shopper), await coupon(world, shopper, { storeIds: ['S02'] })]
  const accept = async (couponId: string, offFen: number) => {
    const { code } = await shownOf(shopper, couponId)
    // The sum of its coupons is left out: the till need not add up.
    return sale(world, {
      offlineCoupons: [{ code, offFen }],
      lines: [{ ...APPLES, payFen: 2400 - offFen }],
    })
  }
  const [much, elsewhere] = [await accept(some, 2000), await accept(other, 300)]
  await upload(till.api, [much, elsewhere])
  assert.deepEqual(await whyOf(much.posTxnId), [['benefit_missing', undefined, 1700]])
  assert.deepEqual(await whyOf(elsewhere.posTxnId), [['coupon_refused', 'terms', 300]])
  assert.equal((await couponNow(world, other)).state, 'UNUSED')
  const { rows } = await world.ctx.database.pool.query(
    `select sum(off_fen)::int as fen from till_discount d join till_sale s on s.id = d.till_id where s.pos_txn_id = $1`,
    [much.posTxnId],
  )
  assert.deepEqual(rows, [{ fen: 300 }])
})

test('two coupons for a first order, both accepted without a line: one is used, and the other receipt is taken too', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const first = { firstOrder: true, stackGroup: 'first-order' }
  const ids = [await coupon(world, shopper, first), await coupon(world, shopper, first)]
  const receipts = await Promise.all(ids.map(async (id) => offline((await shownOf(shopper, id)).code)))
  for (const receipt of receipts) assert.equal((await upload(till.api, [receipt]))[0]?.outcome, 'recorded')
  const whys = await Promise.all(receipts.map(({ posTxnId }) => whyOf(posTxnId)))
  assert.deepEqual(whys.flat(), [['coupon_refused', 'first_order', 300]])
})

test('a forged code and one that was old when it was accepted are in question, each by its name', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const [a, b] = [await coupon(world, shopper), await coupon(world, shopper)]
  const forged = (await shownOf(shopper, a)).code.replace(/.{5}$/, 'AAAAA')
  const old = (await shownOf(shopper, b)).code
  world.clock.advance(301)
  const receipts = [offline(forged), offline(old)]
  for (const receipt of receipts) await upload(till.api, [receipt])
  const whys = await Promise.all(receipts.map(({ posTxnId }) => whyOf(posTxnId)))
  assert.deepEqual(whys.flat(), [
    ['coupon_refused', 'code_forged', 300],
    ['coupon_refused', 'code_old', 300],
  ])
})

test('a card that a till read offline is judged as of the sale', async () => {
  const till = await partner()
  const shopper = await newcomer()
  const { qr: memberCard } = await shopper.api('GET /v1/me/card')
  const receipt = sale(world, { memberCard })
  world.clock.advance(120)
  const late = sale(world, { memberCard })
  await upload(till.api, [receipt, late])
  assert.equal((await balance(shopper)).frozen, 24)
})

test('conflicts are worked on like alarms: one has it, says who bears it, and it is over; other stores do not see it', async () => {
  const till = await partner()
  const lines = [{ barcode: '2000000000008', name: '现包水饺', quantity: 1, unitFen: 1500, payFen: 1500 }]
  const receipt = sale(world, { lines })
  await upload(till.api, [receipt])
  const [conflict] = await conflicts(receipt.posTxnId)
  assert.ok(conflict)
  const params = { conflictId: conflict.id }
  const [hq, s01, s02] = [await world.staff('hq'), await world.staff('s01'), await world.staff('s02')]
  await refused(s02('GET /console/v1/till-conflicts/:conflictId', { params }), 'tills.conflict_missing')
  await refused(
    s02('POST /console/v1/till-conflicts/:conflictId/owner', { params }),
    'tills.conflict_missing',
  )
  assert.equal((await s01('POST /console/v1/till-conflicts/:conflictId/owner', { params })).owner?.mine, true)
  await refused(hq('DELETE /console/v1/till-conflicts/:conflictId/owner', { params }), 'tills.conflict_owned')
  await hq('POST /console/v1/till-conflicts/:conflictId/owner', { params })
  await hq('DELETE /console/v1/till-conflicts/:conflictId/owner', { params })
  const body = { resolution: 'corrected' as const, note: '商品已建档' }
  const over = await hq('POST /console/v1/till-conflicts/:conflictId/resolution', { params, body })
  assert.deepEqual([over.resolution, over.note, over.owner?.account], ['corrected', '商品已建档', 'hq'])
  await refused(
    hq('POST /console/v1/till-conflicts/:conflictId/resolution', { params, body }),
    'tills.conflict_over',
  )
  const { events, sale: shown } = await hq('GET /console/v1/till-conflicts/:conflictId', { params })
  assert.deepEqual(
    events.map(({ verb }) => verb),
    ['open', 'take', 'take', 'release', 'resolve'],
  )
  assert.deepEqual(
    shown.lines.map(({ barcode, known }) => [barcode, known]),
    [['2000000000008', false]],
  )
  const trail = await hq('GET /console/v1/audit-events', { query: { about: 'tills' } })
  assert.equal(trail.total, 4)
})

test('a coupon of somebody else shows nothing', async () => {
  const [shopper, other] = [await newcomer(), await newcomer()]
  const id = await coupon(world, other)
  await refused(shownOf(shopper, id), 'coupons.unusable')
})
