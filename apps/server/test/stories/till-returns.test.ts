// Returns over a till, before and after their sale: growth, points, coupons and stock come to the same end, and who waits in vain is put before a person.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coupon, couponNow } from '../benefits.ts'
import { balance, newcomer, world } from '../benefits-world.ts'
import { openPartner, type TestPartner } from '../partner.ts'
import { refused } from '../refused.ts'
import { APPLES, giveBack, redeem, refOf, reserve, sale, upload } from '../tills.ts'
import type { Shopper } from '../world.ts'

const ref = (till: TestPartner, { memberId }: Shopper) => refOf(world, till.partnerId, memberId)
const rows = async (text: string, values: unknown[] = []) =>
  (await world.ctx.database.pool.query<Record<string, unknown>>(text, values)).rows

test('domain 2.7: growth follows the same event at a till: it counts when the term is over, once, less what came back before or after', async () => {
  const hq = await world.staff('hq')
  const rung = { code: 'green', name: '青柿', atGrowth: 0, pointsTimesBp: 10_000, offBp: 0 }
  await hq('POST /console/v1/tier-terms', {
    body: {
      growthPerYuan: 10,
      periodMonths: 12,
      exceptCategoryIds: [],
      tiers: [rung],
      active: true,
      since: null,
    },
  })
  const till = await openPartner(world)
  const shopper = await newcomer()
  const growth = async () => {
    await world.sweep('tiers.growth')
    const [account] = await rows('select growth from growth_account where member_id = $1', [shopper.memberId])
    return account?.['growth'] ?? 0
  }
  const bought = { memberRef: ref(till, shopper), lines: [{ ...APPLES, quantity: 3, payFen: 3599 }] }
  const early = sale(world, bought)
  const late = sale(world, bought)
  // Told out of order: the return of one comes before its sale.
  await upload(till.api, [giveBack(world, late.posTxnId), early])
  assert.equal(await growth(), 0)
  await upload(till.api, [late])
  assert.equal(await growth(), 0, 'the after-sales term is not over')
  await world.advance(9 * 86_400)
  assert.equal(await growth(), Math.floor(3599 / 10) + Math.floor(2400 / 10))
  assert.equal(await growth(), 359 + 240, 'counted once')
  const elsewhere = await openPartner(world)
  await upload(elsewhere.api, [giveBack(world, early.posTxnId)])
  assert.equal(await growth(), 359 + 240, 'another partner’s number is another sale')
  await upload(till.api, [giveBack(world, early.posTxnId)])
  assert.equal(await growth(), 240 + 240)
})

test('a return whose sale does not come is put before a person after a day; when the sale comes it is settled as in the other order', async () => {
  const till = await openPartner(world)
  let hq = await world.staff('hq')
  const sold = async () => {
    const shopper = await newcomer()
    const couponId = await coupon(world, shopper)
    const { posTxnId, payFen } = await reserve(till.api, ref(till, shopper), { couponIds: [couponId] })
    await redeem(till.api, posTxnId)
    const receipt = sale(world, { posTxnId, benefitOffFen: 300, lines: [{ ...APPLES, payFen }] })
    const back = giveBack(world, posTxnId, { lines: [{ ...APPLES, payFen, resellable: true }] })
    /** Everything that the two of them move. */
    const end = async () => [
      (await couponNow(world, couponId)).state,
      (await balance(shopper)).frozen,
      await rows(
        `select reason, sum(on_hand_delta) as pieces from stock_ledger l join till_sale s on s.id = l.till_id
         where $1 in (s.pos_txn_id, s.return_of) group by 1 order by 1`,
        [posTxnId],
      ),
      await rows(
        `select returned_quantity from till_line l join till_sale s on s.id = l.till_id where s.pos_txn_id = $1`,
        [posTxnId],
      ),
    ]
    return { receipt, back, end, couponId }
  }
  const [inOrder, late, decided] = [await sold(), await sold(), await sold()]
  await upload(till.api, [inOrder.receipt, inOrder.back])
  const right = await inOrder.end()
  assert.equal(right[0], 'UNUSED')
  const returnOf = (detail: unknown) => (detail as { returnOf: string }).returnOf
  const openOnes = async () =>
    (
      await hq('GET /console/v1/till-conflicts', { query: { open: true, kind: 'sale_missing' } })
    ).items.filter(({ detail }) =>
      [late, decided].some(({ receipt }) => receipt.posTxnId === returnOf(detail)),
    )
  await upload(till.api, [late.back, decided.back])
  await world.sweep('tills.waiting')
  assert.deepEqual(await openOnes(), [], 'not before a day has passed')
  world.clock.advance(86_400)
  hq = await world.staff('hq')
  const second = await world.another()
  const there = async () => {
    for (const sweep of second.linli.sweeps) if (sweep.name === 'tills.waiting') await sweep.run()
  }
  await Promise.all([world.sweep('tills.waiting'), there(), world.sweep('tills.waiting'), there()])
  await second.close()
  const waiting = await openOnes()
  assert.equal(waiting.length, 2)
  const about = ({ receipt }: typeof late) => {
    const found = waiting.find(({ detail }) => returnOf(detail) === receipt.posTxnId)
    assert.ok(found)
    assert.deepEqual([found.amountFen, found.owner], [2100, null])
    return found.id
  }
  await refused(
    hq('POST /console/v1/till-conflicts/:conflictId/resolution', {
      params: { conflictId: about(decided) },
      body: { resolution: 'sale_came' as 'no_loss', note: '自己说来了' },
    }),
    'request.invalid',
  )
  await hq('POST /console/v1/till-conflicts/:conflictId/resolution', {
    params: { conflictId: about(decided) },
    body: { resolution: 'store_bears', note: '原单找不到了' },
  })
  assert.equal((await couponNow(world, late.couponId)).state, 'USED')
  await upload(till.api, [late.receipt, decided.receipt])
  for (const each of [late, decided]) assert.deepEqual(await each.end(), right)
  await world.sweep('tills.waiting')
  assert.deepEqual(await openOnes(), [])
  const shown = async (which: typeof late) => {
    const { conflict, events } = await hq('GET /console/v1/till-conflicts/:conflictId', {
      params: { conflictId: about(which) },
    })
    return [conflict.resolution, events.map(({ verb, by }) => `${verb} ${by}`)]
  }
  assert.deepEqual(await shown(late), ['sale_came', ['open system', 'resolve system']])
  assert.deepEqual(await shown(decided), ['store_bears', ['open system', 'resolve staff:hq']])
})

test('more money given back than was paid is in question, in either order; what the goods had cost, rounded up, is not', async () => {
  const till = await openPartner(world)
  const bought = { lines: [{ ...APPLES, quantity: 3, payFen: 1000 }] }
  const [first, late] = [sale(world, bought), sale(world, bought)]
  const back = (posTxnId: string, payFen: number) =>
    giveBack(world, posTxnId, { lines: [{ ...APPLES, quantity: 1, payFen, resellable: true }] })
  const said = async (receipts: Parameters<typeof upload>[1]) =>
    (await upload(till.api, receipts)).map(({ conflicts }) => conflicts)
  assert.deepEqual(await said([first]), [[]])
  assert.deepEqual(await said([back(first.posTxnId, 334)]), [[]])
  assert.deepEqual(await said([back(first.posTxnId, 1000)]), [['return_unmatched']])
  assert.deepEqual(await said([back(late.posTxnId, 500)]), [[]])
  assert.deepEqual(await said([late]), [['return_unmatched']])
  const amounts = await rows(
    `select amount_fen, detail->'overFen' as over from till_conflict c join till_sale s on s.id = c.till_id
     where c.kind = 'return_unmatched' and $1 in (s.pos_txn_id, s.return_of) or s.pos_txn_id = $2 order by 1`,
    [first.posTxnId, late.posTxnId],
  )
  assert.deepEqual(amounts, [
    { amount_fen: 166, over: 166 },
    { amount_fen: 666, over: 666 },
  ])
})
