// Whose doing a refund was: begins with what the reason says, decided by who agrees, and coupons and points follow it to the letter.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Asked, apply, arrives, FRESH, wrongInAftersales } from '../aftersales.ts'
import { coupon, couponNow, plantPoints } from '../benefits.ts'
import { APPLE, plant } from '../fixtures.ts'
import { pay, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
let world: World
let shopper: Shopper
let s01: LinliApi
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url)
      await plantPoints(url)
    },
  })
})
beforeEach(signIn)
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))]
  await world.close()
  assert.deepEqual(wrong, [])
})
async function signIn(): Promise<void> {
  shopper = await world.member('shopper-0001')
  s01 = await world.staff('s01')
}

const all: Asked = { kind: 'uncollected', reason: 'mistake', lines: [{ lineNo: FRESH, quantity: 2 }] }
/** Two apples, paid with a coupon that ends today. The bag is being packed, so that the store must answer. */
async function applied(): Promise<{ couponId: string; aftersaleId: string }> {
  const couponId = await coupon(world, shopper, { validDays: 1 })
  const { id: orderId, totalFen } = await order(shopper, {
    lines: [{ skuId: APPLE, quantity: 2 }],
    couponIds: [couponId],
  })
  const { prepayId, outTradeNo } = await pay({ shopper, orderId, totalFen })
  await settleAtCashier(world, prepayId)
  const params = { orderId }
  await until(
    async () => (await shopper.api('GET /v1/orders/:orderId', { params })).state === 'PAID',
    'order paid',
  )
  const clerk = await world.staff('clerk01', 'floor')
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params })
  const bought = { shopper, orderId, totalFen, outTradeNo }
  return { couponId, aftersaleId: (await apply(bought, all)).id }
}
const quote = (aftersaleId: string, ourFault: boolean, who = s01) =>
  who('POST /console/v1/aftersales/:aftersaleId/refund-quotes', {
    params: { aftersaleId },
    body: { ourFault },
  })
const approve = (aftersaleId: string, ourFault?: boolean) =>
  s01('POST /console/v1/aftersales/:aftersaleId/approval', {
    params: { aftersaleId },
    body: ourFault === undefined ? {} : { ourFault },
  })

for (const ourFault of [false, true])
  test(`domain 2.8: an expired coupon of a mistaken order ${ourFault ? 'comes back where the store says it was its doing' : 'stays gone'}`, async () => {
    const { couponId, aftersaleId } = await applied()
    await world.advance(DAY)
    await signIn()
    const asked = await s01('GET /console/v1/aftersales/:aftersaleId', { params: { aftersaleId } })
    assert.equal(asked.ourFault, false, 'a mistake of the shopper, says the reason')
    const shown = await quote(aftersaleId, ourFault)
    assert.deepEqual(
      [shown.coupons.map(({ id }) => id), shown.coupons[0]?.expiresAt === null],
      [[couponId], !ourFault],
    )
    const agreed = await approve(aftersaleId, ourFault ? true : undefined)
    assert.equal(agreed.ourFault, ourFault)
    await arrives(world, shopper, aftersaleId, 'DONE')
    const now = await couponNow(world, couponId)
    assert.equal(now.state, ourFault ? 'UNUSED' : 'EXPIRED')
    if (ourFault) assert.ok(now.expiresAt.getTime() >= world.clock.now().getTime() + (3 * DAY - 120) * 1000)
  })

test('a quote of a request changes nothing, and is not for other stores', async () => {
  const { aftersaleId } = await applied()
  const elsewhere = await world.staff('s02')
  const untouched = await world.fingerprint()
  const { amountFen } = await quote(aftersaleId, true)
  assert.ok(amountFen > 0)
  await refused(quote(aftersaleId, true, elsewhere), 'aftersales.missing')
  assert.equal(await world.fingerprint(), untouched)
})
