// Codes on paper, words that are made known, and gifts for points.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { grantPoints, mine, offered } from '../benefits.ts'
import { balance, DAY, newcomer, place, THREE, world } from '../benefits-world.ts'
import { refused } from '../refused.ts'
import type { Shopper } from '../world.ts'

const say = ({ api }: Shopper, code: string, idempotencyKey: string = randomUUID()) =>
  api('POST /v1/coupon-codes', { body: { code, idempotencyKey } })
const buy = ({ api }: Shopper, templateId: string, idempotencyKey: string = randomUUID()) =>
  api('POST /v1/coupon-offers/:templateId/purchases', { params: { templateId }, body: { idempotencyKey } })

/** Codes of a new batch, as the printer gets them. */
async function print(templateId: string, count: number): Promise<{ batchId: string; codes: string[] }> {
  const hq = await world.staff('hq')
  const { id: batchId } = await hq('POST /console/v1/coupon-templates/:templateId/code-batches', {
    params: { templateId },
    body: { idempotencyKey: randomUUID(), count },
  })
  await world.sweep('coupons.codes')
  const { items } = await hq('POST /console/v1/coupon-code-batches/:batchId/reveals', {
    params: { batchId },
    body: { after: 0 },
  })
  return { batchId, codes: items.map(({ code }) => code) }
}

test('codes on paper: made in a batch, each worth one coupon, once', async () => {
  const templateId = await offered(world, { way: 'code', most: 5, mostEach: 2 })
  const { codes } = await print(templateId, 3)
  assert.equal(new Set(codes).size, 3)
  const [first = '', second = '', third = ''] = codes
  const [shopper, other] = [await newcomer(), await newcomer()]
  const coupon = await say(shopper, first.toLowerCase().replaceAll('-', ' '))
  assert.deepEqual(await say(shopper, first), coupon, 'who had it gets the same answer again')
  await refused(say(other, first), 'coupons.code_used')
  await say(shopper, second)
  await refused(say(shopper, third), 'coupons.limit_reached')
  await say(other, third)
  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/coupon-templates/:templateId/code-batches', {
    params: { templateId },
  })
  assert.deepEqual(
    items.map(({ count, made, used }) => [count, made, used]),
    [[3, 3, 3]],
  )
  const more = (count: number, idempotencyKey: string) =>
    hq('POST /console/v1/coupon-templates/:templateId/code-batches', {
      params: { templateId },
      body: { idempotencyKey, count },
    })
  await refused(more(3, 'too-many-codes'), 'coupons.granted_out')
  assert.equal((await more(2, 'two-more-codes')).id, (await more(2, 'two-more-codes')).id)
  await refused(more(1, 'one-more-code'), 'coupons.granted_out')
  await refused(shopperClaims(shopper, templateId), 'coupons.offer_missing')
})
const shopperClaims = ({ api }: Shopper, templateId: string) =>
  api('POST /v1/coupon-offers/:templateId/claims', {
    params: { templateId },
    body: { idempotencyKey: randomUUID() },
  })

test('codes are made for coupons that have codes, and read by who may, which stands in the trail', async () => {
  const hq = await world.staff('hq')
  const claimed = await offered(world)
  const body = { idempotencyKey: randomUUID(), count: 1 }
  await refused(
    hq('POST /console/v1/coupon-templates/:templateId/code-batches', {
      params: { templateId: claimed },
      body,
    }),
    'coupons.template_without_codes',
  )
  const { batchId } = await print(await offered(world, { way: 'code' }), 2)
  const reveal = (who: typeof hq, id: string) =>
    who('POST /console/v1/coupon-code-batches/:batchId/reveals', {
      params: { batchId: id },
      body: { after: 1 },
    })
  assert.deepEqual(
    (await reveal(hq, batchId)).items.map(({ n }) => n),
    [2],
  )
  await refused(reveal(hq, randomUUID()), 'coupons.batch_missing')
  await refused(reveal(await world.staff('s01'), batchId), 'staff.not_allowed')
  const { rows } = await world.ctx.database.pool.query(
    `select count(*)::int as times from audit_event where action = 'coupons.codes_revealed' and after->>'batchId' = $1`,
    [batchId],
  )
  assert.deepEqual(rows, [{ times: 2 }])
})

test('a word: as often as the coupon may be had, in any writing; of two open coupons only one has it', async () => {
  const templateId = await offered(world, { way: 'word', word: 'Linli中秋', most: 2 })
  const hq = await world.staff('hq')
  await refused(offered(world, { way: 'word', word: 'LINLI中秋' }), 'coupons.word_taken')
  const [a, b, c] = [await newcomer(), await newcomer(), await newcomer()]
  await say(a, ' linli 中秋 ')
  await refused(say(a, 'LINLI中秋'), 'coupons.limit_reached')
  await say(b, 'linli中秋', 'said-by-b-once')
  await say(b, 'linli中秋', 'said-by-b-once')
  await refused(say(c, 'linli中秋'), 'coupons.gone')
  await hq('POST /console/v1/coupon-templates/:templateId/ending', { params: { templateId } })
  await refused(say(c, 'linli中秋'), 'coupons.code_unknown')
  await offered(world, { way: 'word', word: 'LINLI中秋' })
  await say(c, 'linli中秋')
})

test('who guesses codes waits ten minutes, and head office is told', async () => {
  const shopper = await newcomer()
  await offered(world, { way: 'word', word: 'RIGHT' })
  for (let i = 0; i < 10; i++) await refused(say(shopper, `WRONG-${i}`), 'coupons.code_unknown')
  const locked = await refused(say(shopper, 'RIGHT'), 'coupons.code_locked')
  assert.ok(locked)
  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/coupon-alarms')
  assert.deepEqual(
    items.filter(({ member }) => member.id === shopper.memberId).map(({ kind, times }) => [kind, times]),
    [['codes_guessed', 1]],
  )
  await world.advance(601)
  await say(shopper, 'RIGHT')
})

test('a gift for points: paid once, used like any coupon; taken away unused its points come back', async () => {
  const shopper = await newcomer()
  const id = await offered(world, { way: 'points', pricePoints: 300, mostEach: 2 })
  await refused(buy(shopper, id), 'points.unusable')
  await grantPoints(world, shopper.memberId, 700)
  const offers = (await shopper.api('GET /v1/coupon-offers', { query: { storeId: 'S01' } })).items
  assert.deepEqual(
    offers.filter((each) => each.id === id).map(({ pricePoints, state }) => [pricePoints, state]),
    [[300, 'open']],
  )
  await refused(shopperClaims(shopper, id), 'coupons.offer_missing')
  const coupon = await buy(shopper, id, 'my-first-gift')
  assert.deepEqual(await buy(shopper, id, 'my-first-gift'), coupon)
  assert.equal((await balance(shopper)).available, 400)
  const second = await buy(shopper, id)
  assert.equal((await balance(shopper)).available, 100)
  await refused(buy(shopper, id), 'coupons.limit_reached')
  await place(shopper, { lines: THREE, couponIds: [coupon.id] })
  const hq = await world.staff('hq')
  const { withdrawn, kept } = await hq('POST /console/v1/coupon-withdrawals', {
    body: { couponIds: [coupon.id, second.id], reason: '礼品缺货' },
  })
  assert.deepEqual([withdrawn, kept], [[second.id], [{ couponId: coupon.id, state: 'LOCKED' }]])
  assert.equal((await balance(shopper)).available, 400)
  const { items } = await shopper.api('GET /v1/points/postings')
  assert.deepEqual(
    items.map(({ reason, available }) => [reason, available]),
    [
      ['gift_back', 300],
      ['gift', -300],
      ['gift', -300],
      ['grant', 700],
    ],
  )
  assert.equal((await mine(shopper)).length, 0)
})

test('points of a gift that come back after they ended live on for a week', async () => {
  const shopper = await newcomer()
  const today = businessDay(world.clock.now())
  await grantPoints(world, shopper.memberId, 50, today)
  const { id } = await buy(shopper, await offered(world, { way: 'points', pricePoints: 50 }))
  await world.advance(2 * DAY)
  const hq = await world.staff('hq')
  await hq('POST /console/v1/coupon-withdrawals', { body: { couponIds: [id], reason: '礼品缺货' } })
  const { available, nextEnd } = await balance(shopper)
  assert.deepEqual([available, nextEnd?.lastDay], [50, dayAfter(today, 2 + 7)])
})
