import type { AllRoutes, Output } from '@linli/contract'
import assert from 'node:assert/strict'
import { businessDay, dayAfter, instantOf } from '../src/kernel/clock.ts'
import { fault, type Purchase } from './payments/purchase.ts'
import { type LinliApi, openWorld, type Shopper, type World } from './world.ts'

export type Day = Output<AllRoutes['GET /console/v1/reconciliation/days/:day']>
export type Difference = Output<AllRoutes['GET /console/v1/reconciliation/differences']>['items'][number]

/** A world whose days pass when they are told to, on our side and on WeChat's. It begins at noon. */
export interface Days {
  world: World
  today(): string
  shopper(): Shopper
  hq(): LinliApi
  /** Moves both clocks to an instant; time only goes forward. Sessions that end on the way are begun anew. */
  goTo(day: string, time: string): Promise<void>
  /** What the job does at five past ten. */
  run(): Promise<void>
  runAgain(day: string): Promise<Day>
  /** What goes wrong with bills from now on; without rules, nothing. */
  spoil(...rules: [route: string, action: string | object][]): Promise<void>
  dayOf(day: string): Promise<Day>
  differencesOf(day: string): Promise<Difference[]>
  detailOf(
    differenceId: string,
  ): Promise<Output<AllRoutes['GET /console/v1/reconciliation/differences/:differenceId']>>
  /** What must hold on every day: the two sides differ by exactly what the open and explained differences say. */
  assertSidesExplained(day: string): Promise<void>
}

export async function openDays(): Promise<Days> {
  const world = await openWorld({ onHand: 10_000 })
  let shopper = await world.member('shopper-0001')
  let hq = await world.staff('hq')
  const days: Days = {
    world,
    today: () => businessDay(world.clock.now()),
    shopper: () => shopper,
    hq: () => hq,
    async goTo(day, time) {
      const seconds = (instantOf(day, time).getTime() - world.clock.now().getTime()) / 1000
      assert.ok(seconds >= 0, `${day} ${time} is past`)
      world.clock.advance(seconds)
      const behind = (world.clock.now().getTime() - world.sandbox.world.clock.now()) / 1000
      await world.sim('POST', '/_sim/clock', { advanceSeconds: Math.max(0, behind) })
      shopper = await world.member('shopper-0001')
      hq = await world.staff('hq')
    },
    run: () => world.sweep('reconciliation.days'),
    async runAgain(day) {
      await hq('POST /console/v1/reconciliation/days/:day/runs', { params: { day } })
      await days.run()
      return days.dayOf(day)
    },
    async spoil(...rules) {
      await fault(world, '', rules)
    },
    dayOf: (day) => hq('GET /console/v1/reconciliation/days/:day', { params: { day } }),
    async differencesOf(day) {
      return (await hq('GET /console/v1/reconciliation/differences', { query: { day, limit: 100 } })).items
    },
    detailOf: (differenceId) =>
      hq('GET /console/v1/reconciliation/differences/:differenceId', { params: { differenceId } }),
    async assertSidesExplained(day) {
      const { payments, refunds } = await days.dayOf(day)
      const live = (await days.differencesOf(day)).filter(({ state }) => state !== 'CLOSED')
      const delta = (source: string) =>
        live
          .filter((each) => each.source === source)
          .reduce((sum, each) => sum + (each.theirsFen ?? 0) - (each.oursFen ?? 0), 0)
      assert.equal(payments.theirsFen - payments.oursFen, delta('payment'), `payments of ${day}`)
      assert.equal(refunds.theirsFen - refunds.oursFen, delta('refund'), `refunds of ${day}`)
    },
  }
  await world.sim('POST', '/_sim/settings', { tellsTime: 'virtual' })
  await world.sim('POST', '/_sim/clock', { scale: 0 })
  await days.goTo(dayAfter(days.today(), 1), '12:00')
  return days
}

export const giveBack = async ({ hq }: Days, { orderId, totalFen }: Purchase, key: string): Promise<void> => {
  await hq()('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: `key-${key}-${orderId}`, expectFen: totalFen, reason: '对账测试' },
  })
}
