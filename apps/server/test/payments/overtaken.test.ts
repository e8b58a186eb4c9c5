// What one opening learns may be old news by the time it is written down: another device's opening went well meanwhile.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Problem } from '../../src/kernel/problem.ts'
import { openPayment } from '../../src/rooms/payments/attempts.ts'
import { openAttemptOf, type Attempt } from '../../src/rooms/payments/attempts.sql.ts'
import type { Room } from '../../src/rooms/payments/room.ts'
import { look } from '../../src/rooms/payments/settlement.ts'
import { createWxpay, type Wxpay } from '../../src/rooms/payments/wxpay-api.ts'
import { wxpayProvider } from '../../src/rooms/payments/wxpay-provider.ts'
import { FOR_A_PERSON, realPorts } from '../../src/rooms/payments/trying.ts'
import { ProviderFault } from '../../src/rooms/payments/provider-fault.ts'
import { openWorld, type World } from '../world.ts'
import { pay, place, rows, type Purchase } from './purchase.ts'

let world: World
let wxpay: Wxpay
before(async () => {
  world = await openWorld()
  wxpay = createWxpay(world.ctx.config.wechat, world.origin, realPorts(world.ctx.clock))
})
after(() => world.close())

const roomWith = (over: Partial<Wxpay>, payer = ''): Room => ({
  ctx: world.ctx,
  wxpay,
  transferTold: () => assert.fail('no transfer'),
  providers: new Map([
    ['wechat', wxpayProvider({ ...wxpay, ...over }, world.ctx, { openidOf: () => Promise.resolve(payer) })],
  ]),
  members: { openidOf: () => Promise.resolve(payer), tellWechat: () => assert.fail('nothing to tell') },
  staff: { audit: () => assert.fail('no audit'), scopeOf: () => null, requireScope: () => undefined },
  events: () => ({
    payable: () => sql`select 1`,
    paid: () => assert.fail('not paid'),
    refundSettled: () => assert.fail('no refund'),
  }),
})

async function opened(): Promise<Purchase & { attempt: Attempt }> {
  const purchase = await place(await world.member('shopper-0001'))
  await pay(purchase)
  const attempt = await openAttemptOf(world.ctx.db, purchase.orderId)
  assert.ok(attempt)
  return { ...purchase, attempt }
}
const stateOf = async ({ id }: Attempt) =>
  (await rows<{ state: string }>(world, 'select state from payment_attempt where id = $1', [id]))[0]?.state

test('WeChat did not know the trade when asked, but it was opened since: it stays open', async () => {
  const { attempt } = await opened()
  const before: Attempt = { ...attempt, state: 'OPENING' }
  const seen = await look(roomWith({ trade: () => Promise.resolve(null) }), before, FOR_A_PERSON)
  assert.deepEqual([seen, await stateOf(attempt)], ['unknown', 'OPEN'])
})

test('our opening is refused while another one went well: it stays open', async () => {
  const { attempt, orderId, shopper, totalFen } = await opened()
  await rows(world, `update payment_attempt set state = 'OPENING' where id = $1`, [attempt.id])
  const prepay = async (): Promise<string> => {
    await rows(world, `update payment_attempt set state = 'OPEN' where id = $1`, [attempt.id])
    throw new ProviderFault('refused', 'RULE_LIMIT', 'played', { status: 403 })
  }
  const order = {
    orderId,
    storeId: 'S01',
    memberId: shopper.memberId,
    title: '苹果',
    amountFen: totalFen,
    expiresAt: world.clock.now(),
    profitSharing: false,
  }
  await assert.rejects(
    openPayment(roomWith({ prepay }, attempt.payer), order, 'wechat'),
    (error) => error instanceof Problem && error.code === 'payments.unavailable',
  )
  assert.equal(await stateOf(attempt), 'OPEN')
})
