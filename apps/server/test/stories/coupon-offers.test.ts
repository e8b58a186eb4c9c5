// Coupons that shoppers claim for themselves.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { mine, offered, template } from '../benefits.ts'
import { DAY, newcomer, place, quoteOf, THREE, world } from '../benefits-world.ts'
import { cancel } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import type { Shopper } from '../world.ts'

type Template = Parameters<typeof template>[0]
const offer = (over: Template = {}) => offered(world, over)
const bind = async ({ api }: Shopper, phone: string): Promise<void> => {
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', {
    shopper: 'shopper-0001',
    phone,
  })
  await api('PUT /v1/me/phone', { body: { code } })
}
const claim = ({ api }: Shopper, templateId: string, idempotencyKey: string = randomUUID()) =>
  api('POST /v1/coupon-offers/:templateId/claims', { params: { templateId }, body: { idempotencyKey } })
const offers = async ({ api }: Shopper, storeId = 'S01') =>
  (await api('GET /v1/coupon-offers', { query: { storeId } })).items
const offerOf = async (shopper: Shopper, id: string) => (await offers(shopper)).find((each) => each.id === id)

test('a shopper sees what there is, claims it once, and uses it', async () => {
  const shopper = await newcomer()
  const id = await offer({ label: '领一张', most: 4 })
  assert.deepEqual(
    await offerOf(shopper, id).then((each) => [each?.label, each?.state, each?.had, each?.takenPercent]),
    ['领一张', 'open', 0, 0],
  )
  const coupon = await claim(shopper, id, 'my-first-claim')
  assert.deepEqual(await claim(shopper, id, 'my-first-claim'), coupon, 'the same key, the same coupon')
  await refused(claim(shopper, id), 'coupons.limit_reached')
  assert.deepEqual(
    (await mine(shopper)).map((each) => each.id),
    [coupon.id],
  )
  const after = await offerOf(shopper, id)
  assert.deepEqual([after?.state, after?.had, after?.takenPercent], ['had', 1, 25])
  assert.deepEqual((await quoteOf(shopper, { bestCoupons: true })).couponIds, [coupon.id])
  await place(shopper, { lines: THREE, couponIds: [coupon.id] })
})

test('what is not offered cannot be claimed, and is not shown', async () => {
  const shopper = await newcomer()
  const hq = await world.staff('hq')
  const granted = (await hq('POST /console/v1/coupon-templates', { body: template() })).id
  await refused(claim(shopper, granted), 'coupons.offer_missing')
  await refused(claim(shopper, randomUUID()), 'coupons.offer_missing')
  const elsewhere = await offer({ storeIds: ['S02'] })
  assert.equal(await offerOf(shopper, elsewhere), undefined)
  assert.ok((await offers(shopper, 'S02')).some((each) => each.id === elsewhere))
  await refused(shopper.api('GET /v1/coupon-offers', { query: { storeId: 'S99' } }), 'stores.missing')
  const ended = await offer()
  await hq('POST /console/v1/coupon-templates/:templateId/ending', { params: { templateId: ended } })
  await refused(claim(shopper, ended), 'coupons.offer_over')
  const opensAt = new Date(world.clock.now().getTime() + DAY * 1000).toISOString()
  const later = await offer({ opensAt })
  await refused(claim(shopper, later), 'coupons.offer_over')
  assert.equal(await offerOf(shopper, later), undefined)
  await world.advance(DAY)
  const again = await world.member('shopper-0900')
  assert.equal((await offerOf(again, later))?.state, 'open')
  await claim(again, later)
})

test('none left today, tomorrow there are more; a budget that is promised is over', async () => {
  const [one, two] = [await newcomer(), await newcomer()]
  const daily = await offer({ mostPerDay: 1 })
  await claim(one, daily)
  await refused(claim(two, daily), 'coupons.gone_today')
  assert.equal((await offerOf(two, daily))?.state, 'gone_today')
  const dear = await offer({ budgetFen: 500, budgetOn: 'granted', worthFen: 300 })
  await claim(one, dear)
  await refused(claim(two, dear), 'coupons.gone')
  assert.equal((await offerOf(two, dear))?.state, 'gone')
  const hq = await world.staff('hq')
  await refused(
    hq('POST /console/v1/coupon-templates/:templateId/grants', {
      params: { templateId: dear },
      body: { idempotencyKey: randomUUID(), memberIds: [two.memberId] },
    }),
    'coupons.granted_out',
  )
  await world.advance(DAY)
  await claim(await world.member('shopper-0901'), daily)
})

test('a coupon for members whose phone is known; another account with the same phone has had it too', async () => {
  const shopper = await newcomer()
  const id = await offer({ needsPhone: true })
  await refused(claim(shopper, id), 'coupons.phone_needed')
  await bind(shopper, '19900000701')
  const coupon = await claim(shopper, id)
  // The number moves on to somebody else: whoever has it has had its coupon.
  await bind(shopper, '19900000702')
  const other = await newcomer()
  await bind(other, '19900000701')
  await refused(claim(other, id), 'coupons.limit_reached')
  assert.equal((await offerOf(other, id))?.state, 'had')
  assert.deepEqual(
    (await mine(shopper)).map((each) => each.id),
    [coupon.id],
  )
})

test('a coupon for the first order: two of them, one order; after a cancelled order it is the first again', async () => {
  const shopper = await newcomer()
  const first = { firstOrder: true, stackGroup: 'first-order' }
  const [a, b] = [await claim(shopper, await offer(first)), await claim(shopper, await offer(first))]
  assert.deepEqual((await quoteOf(shopper, { bestCoupons: true })).couponIds.length, 1)
  const placed = await place(shopper, { lines: THREE, couponIds: [a.id] })
  const quote = await quoteOf(shopper, { couponIds: [b.id] })
  assert.deepEqual(quote.couponIds, [])
  assert.equal(quote.explanation.find(({ rule }) => rule === b.id)?.words, '第一单才能用')
  assert.ok(!(await offers(shopper)).some(({ firstOrder }) => firstOrder), 'not offered after the first')
  await cancel(placed)
  assert.deepEqual((await quoteOf(shopper, { couponIds: [b.id] })).couponIds, [b.id])
})

test('head office is told what is wrong with an offer', async () => {
  const hq = await world.staff('hq')
  const faulty: Template[] = [
    { budgetFen: 100 },
    { budgetFen: 100, budgetOn: 'granted' },
    { opensAt: '2026-12-02T00:00:00Z', closesAt: '2026-12-01T00:00:00Z' },
    { firstOrder: true },
    { stackGroup: 'first-order' },
    { kind: 'freight', steps: [], fulfilments: ['pickup'] },
  ]
  for (const over of faulty)
    await refused(
      hq('POST /console/v1/coupon-templates', { body: template(over) }),
      'coupons.template_unsound',
    )
})
