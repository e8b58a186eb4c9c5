// Any interleaving of pay, collect, partial refunds, the end of the term, withdrawals, confirmations, cancellations and expiry ends with sums right:
// a seeded plan is walked through the real doors, and a model of a few lines says what every account must hold after each step.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  bind,
  giveBack,
  handOver,
  promoter,
  type Promoter,
  type Shown,
  sumsOf,
  TERMS,
  withdraw,
  withdrawal,
  wrongInCommissions,
} from '../commissions.ts'
import { NOON } from '../messages.ts'
import { paid, type Purchase } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
const STEPS = 40
let world: World
let hq: LinliApi
let clerk: LinliApi
const signIn = async () => {
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
}
before(async () => {
  world = await openWorld({ start: NOON, onHand: 100_000 })
  await signIn()
  await hq('POST /console/v1/commission-terms', { body: { ...TERMS, bindDays: 365 } })
})
after(() => world.close())

interface Bought extends Purchase {
  quantity: number
  left: number
  collectedDay: number | null
}
/** What one promoter must hold, by the rules of the handbook alone. */
interface Model {
  orders: Bought[]
  paidFen: number
  open: { shown: Shown; fen: number } | null
}
const diceOf = (start: number) => {
  let seed = start
  return (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % most
  }
}
const partOf = ({ totalFen, quantity, left }: Bought, rateBp: number): number =>
  Math.floor((Math.floor((totalFen * left) / quantity) * rateBp) / 10_000)

/** The term is seven whole days after the day of collecting. */
function expected({ orders, paidFen, open }: Model, rateBp: number, today: number) {
  const sum = (which: (order: Bought) => boolean) =>
    orders.filter(which).reduce((all, order) => all + partOf(order, rateBp), 0)
  const isFree = ({ collectedDay }: Bought) => collectedDay !== null && today > collectedDay + 7
  const withdrawingFen = open?.fen ?? 0
  return {
    pendingFen: sum(({ collectedDay }) => collectedDay === null),
    frozenFen: sum((order) => order.collectedDay !== null && !isFree(order)),
    availableFen: sum(isFree) - withdrawingFen - paidFen,
    withdrawingFen,
    paidFen,
  }
}

for (const seed of [20_261_122, 7]) {
  test(`domain 2.5 model · ${STEPS} steps of seed ${seed}: never paid twice, every fen in one place`, async () => {
    const dice = diceOf(seed)
    const upper = await promoter(hq, await world.member(`shopper-upper-${seed}`), { level: 'gold' })
    const lower = await promoter(hq, await world.member(`shopper-lower-${seed}`), { invite: upper.key })
    let buyer: Shopper = await world.member(`shopper-buyer-${seed}`)
    await bind(buyer, lower)
    const people: Record<'upper' | 'lower', { name: string; who: Promoter; rateBp: number; model: Model }> = {
      upper: {
        name: `shopper-upper-${seed}`,
        who: upper,
        rateBp: 300,
        model: { orders: [], paidFen: 0, open: null },
      },
      lower: {
        name: `shopper-lower-${seed}`,
        who: lower,
        rateBp: 500,
        model: { orders: [], paidFen: 0, open: null },
      },
    }
    const orders: Bought[] = []
    people.upper.model.orders = orders
    people.lower.model.orders = orders
    let today = 0

    const nextDay = async (days: number) => {
      await world.advance(days * DAY)
      today += days
      await signIn()
      buyer = await world.member(`shopper-buyer-${seed}`)
      for (const person of Object.values(people)) {
        person.who = { ...(await world.member(person.name)), key: person.who.key }
        const { open } = person.model
        // Nobody confirmed for a day: WeChat gives it back.
        if (open) {
          const { who } = person
          await until(
            async () => (await withdrawal(who, open.shown.withdrawal.id)).state === 'CANCELLED',
            'run out',
          )
          person.model.open = null
        }
      }
    }
    const deeds: (() => Promise<string>)[] = [
      async () => {
        const quantity = 1 + dice(9)
        orders.push({ ...(await paid(world, buyer, quantity)), quantity, left: quantity, collectedDay: null })
        return `pays ${quantity}`
      },
      async () => {
        const order = orders.find(({ collectedDay, left }) => collectedDay === null && left > 0)
        if (!order) return 'nothing to collect'
        await handOver(world, clerk, order)
        order.collectedDay = today
        return 'collects'
      },
      async () => {
        const some = orders.filter(({ left }) => left > 0)
        const order = some[dice(some.length || 1)]
        if (!order) return 'nothing to give back'
        const quantity = 1 + dice(order.left)
        await giveBack(world, hq, order, [{ lineNo: 1, quantity }])
        order.left -= quantity
        return `${quantity} go back`
      },
      async () => {
        const days = 1 + dice(5)
        await nextDay(days)
        return `${days} days pass`
      },
      async () => {
        const person = dice(2) === 0 ? people.upper : people.lower
        const { availableFen } = expected(person.model, person.rateBp, today)
        if (person.model.open || availableFen < 10) {
          await assert.rejects(withdraw(person.who, Math.max(10, availableFen)))
          return 'may not withdraw'
        }
        const fen = 10 + dice(availableFen - 9)
        person.model.open = { shown: await withdraw(person.who, fen), fen }
        return `withdraws ${fen}`
      },
      async () => {
        const person = Object.values(people).find(({ model }) => model.open)
        const open = person?.model.open
        if (!person || !open) return 'nothing to confirm'
        await world.sim('POST', '/_sim/transfers/confirmation', { package: open.shown.confirm?.package })
        await until(
          async () => (await withdrawal(person.who, open.shown.withdrawal.id)).state === 'PAID',
          'paid',
        )
        person.model.paidFen += open.fen
        person.model.open = null
        return 'confirms'
      },
      async () => {
        const person = Object.values(people).find(({ model }) => model.open)
        const open = person?.model.open
        if (!person || !open) return 'nothing to take back'
        const params = { withdrawalId: open.shown.withdrawal.id }
        await person.who.api('POST /v1/promoter/withdrawals/:withdrawalId/cancellation', { params })
        await world.advance(5)
        await until(
          async () => (await withdrawal(person.who, params.withdrawalId)).state === 'CANCELLED',
          'taken back',
        )
        person.model.open = null
        return 'takes back'
      },
    ]
    const done: string[] = []
    for (let step = 0; step < STEPS; step++) {
      const deed = deeds[dice(deeds.length)]
      assert.ok(deed)
      done.push(await deed())
      // Two looks at once: what is read twice is booked once.
      await Promise.all([world.sweep('commissions.orders'), world.sweep('commissions.orders')])
      for (const [name, { who, rateBp, model }] of Object.entries(people))
        assert.deepEqual(
          await sumsOf(who),
          expected(model, rateBp, today),
          `${name} after ${done.join(', ')}`,
        )
    }
    assert.deepEqual(await wrongInCommissions(world), [])
    assert.deepEqual((await hq('POST /console/v1/commission-checks')).faults, [])
    assert.deepEqual(await wrongInTheBooks(world), [])
  })
}
