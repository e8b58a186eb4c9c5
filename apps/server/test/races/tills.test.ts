// One coupon, the same points, online and at several tills at once, on two servers: whoever wins, nothing is used twice.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { coupon, couponNow, grantPoints, plantPoints } from '../benefits.ts'
import { APPLE, plant } from '../fixtures.ts'
import { openPartner, partnerApi, type TestPartner } from '../partner.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { giveBack, redeem, refOf, reserve, reverse, sale, txn, upload } from '../tills.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
let tills: TestPartner[]
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 1000 })
      await plantPoints(url)
    },
  })
  second = await world.another()
  const hq = await world.staff('hq')
  tills = [
    await openPartner(world, {}, hq),
    await openPartner(world, {}, hq),
    await openPartner(world, {}, hq),
  ]
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

const answer = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked
    return 'done'
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem.code
    throw error
  }
}
const apiOf = (till: TestPartner, i: number) => (i % 2 === 0 ? till.api : partnerApi(second, till))

test('one coupon, 50 uses at once online and at three tills: exactly one succeeds', async () => {
  const shopper = await world.member('shopper-0001')
  const there = second.as(shopper.token)
  for (let round = 1; round <= 3; round++) {
    const id = await coupon(world, shopper)
    const uses = Array.from({ length: 50 }, (_, i) => {
      if (i % 5 < 2)
        return order(
          { api: i % 2 ? there : shopper.api },
          { lines: [{ skuId: APPLE, quantity: 2 }], couponIds: [id] },
        )
      const till = tills[i % 3] as TestPartner
      return reserve(apiOf(till, i), refOf(world, till.partnerId, shopper.memberId), { couponIds: [id] })
    })
    const answers = await Promise.all(uses.map(answer))
    assert.equal(answers.filter((each) => each === 'done').length, 1)
    assert.equal(answers.filter((each) => each === 'coupons.unusable').length, 49)
    const { state, round: taken } = await couponNow(world, id)
    assert.deepEqual([state, taken], ['LOCKED', 1])
  }
})

test('one coupon, 45 uses at once online, at tills and by staff: exactly one succeeds', async () => {
  const shopper = await world.member('shopper-0001')
  const clerks = [await world.staffToken('clerk01', 'floor'), await world.staffToken('s01', 'floor')]
  const staff = clerks.flatMap((token) => [world.as(token), second.as(token)])
  for (let round = 1; round <= 3; round++) {
    const id = await coupon(world, shopper)
    const { qr } = await shopper.api('GET /v1/me/card')
    const refs = await Promise.all(
      staff.map((api) =>
        api('POST /staff/v1/coupon-holders', { body: { storeId: 'S01', shown: { cardCode: qr } } }),
      ),
    )
    const uses = Array.from({ length: 45 }, (_, i) => {
      const till = tills[i % 3] as TestPartner
      if (i % 3 === 0) return order(shopper, { lines: [{ skuId: APPLE, quantity: 2 }], couponIds: [id] })
      if (i % 3 === 1)
        return reserve(apiOf(till, i), refOf(world, till.partnerId, shopper.memberId), { couponIds: [id] })
      const at = Math.floor(i / 3) % staff.length
      return (staff[at] as LinliApi)('POST /staff/v1/coupon-redemptions', {
        body: {
          storeId: 'S01',
          memberRef: refs[at]?.memberRef ?? '',
          lines: [{ barcode: '6999911000015', quantity: 2 }],
          couponIds: [id],
          requestKey: `race-${round}-${i}`,
          expectPayFen: 2260,
        },
      })
    })
    const answers = await Promise.all(uses.map(answer))
    assert.equal(answers.filter((each) => each === 'done').length, 1)
    assert.equal(answers.filter((each) => each === 'coupons.unusable').length, 44)
    assert.equal((await couponNow(world, id)).round, 1)
  }
})

test('200 spends of the same points at once, online and at tills: as many as the points are enough for', async () => {
  const shopper = await world.member('shopper-0002')
  await grantPoints(world, shopper.memberId, 1050)
  const spends = Array.from({ length: 200 }, (_, i) => {
    if (i % 4 === 0) return order(shopper, { lines: [{ skuId: APPLE, quantity: 2 }], usePoints: 100 })
    const till = tills[i % 3] as TestPartner
    return reserve(apiOf(till, i), refOf(world, till.partnerId, shopper.memberId), { usePoints: 100 })
  })
  const answers = await Promise.all(spends.map(answer))
  assert.equal(answers.filter((each) => each === 'done').length, 10)
  assert.equal(answers.filter((each) => each === 'points.unusable').length, 190)
  const { available, held } = await shopper.api('GET /v1/points')
  assert.deepEqual([available, held], [50, 1000])
})

test('the same reservation ten times at once, at two servers: one, with one answer', async () => {
  const shopper = await world.member('shopper-0003')
  const id = await coupon(world, shopper)
  const [till] = tills as [TestPartner]
  const wish = { posTxnId: txn(), couponIds: [id] }
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      reserve(apiOf(till, i), refOf(world, till.partnerId, shopper.memberId), wish),
    ),
  )
  assert.equal(new Set(answers.map((each) => JSON.stringify(each))).size, 1)
  assert.equal((await couponNow(world, id)).round, 1)
})

test('redeeming and reversing at once: in the end reversed, and the coupon is free', async () => {
  const shopper = await world.member('shopper-0004')
  await grantPoints(world, shopper.memberId, 1000)
  const [till] = tills as [TestPartner]
  for (let round = 0; round < 12; round++) {
    const id = await coupon(world, shopper)
    const posTxnId = txn()
    await reserve(till.api, refOf(world, till.partnerId, shopper.memberId), {
      posTxnId,
      couponIds: [id],
      usePoints: 500,
    })
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        const api = apiOf(till, i)
        return answer(i % 4 < 2 ? redeem(api, posTxnId) : reverse(api, posTxnId))
      }),
    )
    assert.ok(answers.every((each) => each === 'done' || each === 'tills.reversed'))
    assert.equal((await couponNow(world, id)).state, 'UNUSED')
    const { available, held } = await shopper.api('GET /v1/points')
    assert.deepEqual([available, held], [1000, 0])
  }
})

test('the same receipt from everywhere at once is taken once: stock, points and lines', async () => {
  const shopper = await world.member('shopper-0005')
  const [till] = tills as [TestPartner]
  const { onHand } = await levelOf(world)
  const receipt = sale(world, { memberRef: refOf(world, till.partnerId, shopper.memberId) })
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => upload(apiOf(till, i), [receipt])))
  assert.equal(answers.flat().filter(({ outcome }) => outcome === 'recorded').length, 1)
  assert.equal(answers.flat().filter(({ outcome }) => outcome === 'repeat').length, 19)
  assert.equal((await levelOf(world)).onHand, onHand - 2)
  assert.equal((await shopper.api('GET /v1/points')).frozen, 24)
})

test('a sale and its return, told at two servers at the same moment: the return finds its sale', async () => {
  const shopper = await world.member('shopper-0007')
  const [till] = tills as [TestPartner]
  const memberRef = refOf(world, till.partnerId, shopper.memberId)
  const pairs = Array.from({ length: 12 }, () => {
    const receipt = sale(world, { memberRef })
    return { receipt, back: giveBack(world, receipt.posTxnId) }
  })
  for (const { receipt, back } of pairs)
    await Promise.all([upload(apiOf(till, 0), [receipt]), upload(apiOf(till, 1), [back])])
  const { rows } = await world.ctx.database.pool.query<{ lost: number }>(
    `select count(*)::int as lost from till_sale where kind = 'return' and returned_id is null and pos_txn_id = any($1)`,
    [pairs.map(({ back }) => back.posTxnId)],
  )
  assert.deepEqual(rows, [{ lost: 0 }])
  assert.equal((await shopper.api('GET /v1/points')).frozen, 12 * 12)
})

test('receipts and orders for the same goods at once: every receipt counts, and no order is sold what is not there', async () => {
  const shopper = await world.member('shopper-0006')
  const [till] = tills as [TestPartner]
  const { onHand, reserved } = await levelOf(world)
  const work = Array.from({ length: 60 }, (_, i) =>
    i % 2
      ? upload(apiOf(till, i), [sale(world)]).then(() => 'sold')
      : answer(order(shopper, { lines: [{ skuId: APPLE, quantity: 1 }] })),
  )
  const answers = await Promise.all(work)
  const ordered = answers.filter((each) => each === 'done').length
  assert.deepEqual(await levelOf(world), { onHand: onHand - 60, reserved: reserved + ordered })
})
