// One SKU of a presale, who orders it, and what people and providers do to those orders, on the order desk without a database.
import assert from 'node:assert/strict'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { campaignKey, depositOf, type Presale } from '../../src/rooms/campaigns/index.ts'
import { newPickup } from '../../src/rooms/fulfilment/codes.ts'
import { levelKey } from '../../src/rooms/inventory/index.ts'
import { type Answer, type Command, refundIds } from '../../src/rooms/orders/commands.ts'
import { decide } from '../../src/rooms/orders/decide.ts'
import { planRefund } from '../../src/rooms/orders/refund-plan.ts'
import { dueFen } from '../../src/rooms/orders/tenders.ts'
import { type DeskOrder, emptyView, type OrderEvent, type View } from '../../src/rooms/orders/view.ts'
import { APPLE, idOf, productOf } from '../fixtures.ts'

export const STORE = 'S01'
const CAMPAIGN = idOf('campaign:presale')
export const MEMBERS = [0, 1, 2].map((i) => idOf(`member:${i}`))
const START = new Date('2026-12-01T00:00:00Z')
export const day = (n: number): Date => secondsAfter(START, n * 86_400)
const UNIT = 9801
const BP = 2000
const QUOTA = 6
export const PER_MEMBER = 3
export const KEY = { campaignId: CAMPAIGN, storeId: STORE, skuId: APPLE }

export type Called = 'advance' | 'earnest' | null
const dealOf = (called: Called): Presale => ({
  called,
  depositBp: called && BP,
  balanceFrom: called && day(7),
  balanceUntil: called && day(10),
  cutoff: day(5),
  pickupFrom: day(12),
  promisedBy: day(15),
})

export interface World {
  view: View
  events: OrderEvent[]
  at: Date
  called: Called
}
export function newWorld(called: Called, onHand: number): World {
  const view = emptyView()
  view.levels.set(levelKey({ storeId: STORE, skuId: APPLE }), {
    storeId: STORE,
    skuId: APPLE,
    onHand,
    reserved: 0,
    safety: 0,
    activityLocked: 0,
    expired: 0,
    buffer: 0,
  })
  view.campaignStock.set(campaignKey(KEY), {
    ...KEY,
    quota: QUOTA,
    carved: QUOTA,
    released: 0,
    taken: 0,
    from: START,
    until: day(6),
    open: true,
    paused: false,
  })
  return { view, events: [], at: START, called }
}
/** The working copy of a batch of one is what the tables would say after it. */
function run(world: World, command: Command): Answer {
  const { answers, writes } = decide(world.view, [command])
  world.events.push(...(writes?.events ?? []))
  for (const { refundId, outcome } of writes?.settled.values() ?? []) {
    const refund = world.view.refunds.get(refundId) ?? assert.fail()
    refund.state = outcome
  }
  return answers[0] ?? assert.fail()
}

let serial = 0
export function place(world: World, memberId: string, quantity: number): Answer {
  serial++
  const totalFen = UNIT * quantity
  return run(world, {
    verb: 'place',
    orderId: newId(),
    no: String(serial).padStart(16, '0'),
    storeId: STORE,
    memberId,
    key: `key-${serial}`,
    bodyHash: '00',
    slot: null,
    lines: [
      {
        skuId: APPLE,
        productId: productOf('6999911000015'),
        name: '内丘苹果 10 斤',
        unit: '箱',
        barcode: '6999911000015',
        shelf: null,
        pictureId: null,
        quantity,
        unitFen: UNIT,
        payFen: totalFen,
        pieceGrams: null,
        toleranceBp: null,
        components: null,
        discounts: [],
        earnedPoints: Math.floor(totalFen / 100),
      },
    ],
    goodsFen: totalFen,
    discountFen: 0,
    freightFen: 0,
    totalFen,
    couponIds: [],
    usedPoints: 0,
    stored: null,
    campaign: {
      ...KEY,
      quantity,
      perMember: PER_MEMBER,
      payMinutes: 15,
      rallyId: null,
      parts: [],
      releasedBp: 10_000,
      presale: dealOf(world.called),
    },
    depositFen: world.called && depositOf(totalFen, BP),
    remark: '',
    ifShort: 'refund',
    pickup: null,
    by: `member:${memberId}`,
    at: world.at,
    expiresAt: secondsAfter(world.at, 900),
  })
}
export const open = ({ view }: World, order: DeskOrder): void => {
  const known = [...view.attempts.values()].some((each) => each.orderId === order.id && each.state === 'OPEN')
  if (known || !['PENDING_PAY', 'WAIT_BALANCE'].includes(order.state)) return
  const attemptId = newId()
  view.attempts.set(attemptId, {
    attemptId,
    orderId: order.id,
    provider: 'wechat',
    state: 'OPEN',
    amountFen: dueFen(order),
    transactionId: null,
    idemKey: null,
    tenderedFen: null,
    slip: null,
  })
}
export const attemptsOf = ({ view }: World, order: DeskOrder) =>
  [...view.attempts.values()].filter(({ orderId }) => orderId === order.id)
export const refundsOf = ({ view }: World, order: DeskOrder) =>
  [...view.refunds.values()].filter(({ orderId }) => orderId === order.id)

export function pay(world: World, order: DeskOrder, n: number): Answer | undefined {
  const attempts = attemptsOf(world, order)
  const attempt = attempts[n % Math.max(1, attempts.length)]
  return attempt
    ? run(world, {
        verb: 'pay',
        orderId: order.id,
        fact: { ...attempt, transactionId: `t-${attempt.attemptId}`, paidAt: world.at },
        pickup: newPickup(),
        refundId: newId(),
        by: 'system',
        at: world.at,
      })
    : undefined
}
export const cancel = (world: World, order: DeskOrder, who: 'member' | 'system' | 'staff'): Answer =>
  run(world, {
    verb: 'cancel',
    orderId: order.id,
    who,
    reason: '',
    dueAt: who === 'system' ? world.at : null,
    refundIds: refundIds(),
    auditor: null,
    by: who,
    at: world.at,
  })
export const arrive = (world: World, order: DeskOrder): Answer =>
  run(world, {
    verb: 'arrive',
    orderId: order.id,
    arrivalId: newId(),
    pickup: newPickup(),
    by: 'staff:s01',
    at: world.at,
  })
export function giveBack(world: World, order: DeskOrder): Answer | undefined {
  const lines = world.view.lines.get(order.id) ?? []
  const planned = planRefund(order, lines, refundsOf(world, order), null)
  if (planned.kind !== 'plan') return undefined
  return run(world, {
    verb: 'refund',
    orderId: order.id,
    refundIds: refundIds(),
    key: `refund-${refundsOf(world, order).length}`,
    bodyHash: '00',
    lines: null,
    expectFen: planned.plan.amountFen,
    reason: '缺货',
    ourFault: true,
    uncollected: false,
    auditor: null,
    by: 'staff:s01',
    at: world.at,
  })
}
export function settle(world: World, order: DeskOrder, n: number): void {
  const waiting = refundsOf(world, order).filter(({ state }) => state === 'PENDING' || state === 'PROCESSING')
  const refund = waiting[n % Math.max(1, waiting.length)]
  if (!refund) return
  const fact = { refundId: refund.refundId, orderId: order.id, outcome: 'SUCCESS' as const }
  run(world, {
    verb: 'settle_refund',
    orderId: order.id,
    fact: { ...fact, providerId: null, trouble: null, at: world.at },
    handing: null,
    by: 'system',
    at: world.at,
  })
}
export const handOver = (world: World, order: DeskOrder): Answer =>
  run(world, {
    verb: 'hand_over',
    orderId: order.id,
    storeId: STORE,
    staffId: idOf('staff:clerk01'),
    refundIds: refundIds(),
    pointsUsableAt: world.at,
    by: 'staff:clerk01',
    at: world.at,
  })
