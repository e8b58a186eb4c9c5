// A chain that gives: two coupons that are only ever rewards, the people at its desks, and what members do to be given something.
import { randomUUID } from 'node:crypto'
import { offered, plantPoints } from './benefits.ts'
import { plant } from './fixtures.ts'
import { createHouse, type House, type Named, NOON } from './messages.ts'
import { only, type Purchase } from './payments/purchase.ts'
import { until } from './until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from './world.ts'

export const DAY = 86_400
/** What the days of a round are worth. */
export const CYCLE = [1, 2, 5]

export interface Giving {
  world: World
  house: House
  hq: LinliApi
  clerk: LinliApi
  /** The coupon of first steps, one each. */
  once: string
  /** The coupon of birthdays and sleepers, many each. */
  often: string
  /** Sessions of staff end in the night. */
  signIn(): Promise<void>
  advance(days: number): Promise<void>
  /** Tomorrow, with somebody at the desks. */
  nextMorning(days?: number): Promise<void>
  handOver(purchase: Purchase): Promise<void>
  refund(purchase: Purchase): Promise<void>
}
/** Opens a world that gives; the terms of points hold from the wall's now on, and it begins a day later. */
export async function openGiving(): Promise<Giving> {
  const world = await openWorld({
    start: NOON,
    fill: async (url) => {
      await plant(url, { onHand: 1000 })
      await plantPoints(url)
    },
  })
  const giving: Giving = {
    world,
    house: await createHouse(world),
    hq: await world.staff('hq'),
    clerk: await world.staff('clerk01', 'floor'),
    once: await offered(world, { way: 'reward', label: '新手满20减5' }),
    often: await offered(world, { way: 'reward', label: '邻里礼', mostEach: 50, validDays: 30 }),
    async signIn() {
      giving.hq = await world.staff('hq')
      giving.clerk = await world.staff('clerk01', 'floor')
      await giving.house.signInAgain()
    },
    async advance(days) {
      await world.advance(days * DAY)
    },
    async nextMorning(days = 1) {
      await giving.advance(days)
      await giving.signIn()
    },
    async handOver({ orderId }) {
      const { digits } = await only<{ digits: string }>(
        world,
        'select digits from pickup where order_id = $1',
        [orderId],
      )
      await giving.clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
    },
    async refund({ orderId, totalFen }) {
      await giving.hq('POST /console/v1/orders/:orderId/refunds', {
        params: { orderId },
        body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '质量问题' },
      })
      await until(async () => {
        await world.sweep('payments.refunds')
        const now = await only<{ state: string }>(
          world,
          'select refund_state as state from orders where id = $1',
          [orderId],
        )
        return now.state === 'FULL'
      }, 'money back')
    },
  }
  return giving
}

let tail = 700
/** Binds a phone of their own, or this one. */
export async function bind(
  { world }: Pick<Giving, 'world'>,
  { shopper, api }: Named,
  phone = `19900000${tail++}`,
): Promise<string> {
  const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', { shopper, phone })
  await api('PUT /v1/me/phone', { body: { code } })
  return phone
}
/** Agrees to marketing, in words of that number. */
export const agree = ({ api }: Pick<Shopper, 'api'>, wording = 2) =>
  api('PUT /v1/message-consents/:topic', { params: { topic: 'marketing' }, body: { agreed: true, wording } })
