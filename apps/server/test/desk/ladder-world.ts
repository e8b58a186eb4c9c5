// One SKU of a ladder, who sits in its groups, and what people, the clock and providers do to them, on the order desk without a database.
import assert from 'node:assert/strict'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { campaignKey } from '../../src/rooms/campaigns/index.ts'
import { endGroup, type Group, type GroupWish } from '../../src/rooms/campaigns/kinds/group/group.ts'
import { newPickup } from '../../src/rooms/fulfilment/codes.ts'
import { levelKey } from '../../src/rooms/inventory/index.ts'
import { type Answer, type Command, refundIds } from '../../src/rooms/orders/commands.ts'
import { decide } from '../../src/rooms/orders/decide.ts'
import { planRefund, type WantedLine } from '../../src/rooms/orders/refund-plan.ts'
import { dueFen } from '../../src/rooms/orders/tenders.ts'
import { type DeskOrder, emptyView, type View } from '../../src/rooms/orders/view.ts'
import { APPLE, idOf, productOf } from '../fixtures.ts'

const STORE = 'S01'
const CAMPAIGN = idOf('campaign:ladder')
const KEY = { campaignId: CAMPAIGN, storeId: STORE, skuId: APPLE }
export const MEMBERS = [0, 1, 2, 3, 4, 5].map((i) => idOf(`member:${i}`))
const START = new Date('2026-12-01T00:00:00Z')
export const HOUR = 3600
const RUNGS = [
  { size: 2, priceFen: 1001 },
  { size: 3, priceFen: 877 },
  { size: 5, priceFen: 749 },
]
const QUOTA = 24
const FIRST = RUNGS[0]?.priceFen ?? 0

export interface World {
  view: View
  at: Date
  latePayer: 'refund' | 'new_group'
}
export function newWorld(latePayer: World['latePayer']): World {
  const view = emptyView()
  view.levels.set(levelKey({ storeId: STORE, skuId: APPLE }), {
    storeId: STORE,
    skuId: APPLE,
    onHand: QUOTA,
    reserved: 0,
    safety: 0,
    activityLocked: QUOTA,
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
    until: secondsAfter(START, 8 * HOUR),
    open: true,
    paused: false,
  })
  return { view, at: START, latePayer }
}
/** The working copy of a batch of one is what the tables would say after it. */
const run = ({ view }: World, command: Command): Answer => decide(view, [command]).answers[0] ?? assert.fail()

let serial = 0
export function place(world: World, memberId: string, which: number, quantity: number): Answer {
  serial++
  const totalFen = FIRST * quantity
  const open = [...world.view.groups.values()].filter(({ state }) => state === 'OPEN')
  const joins = open[which % (open.length + 1)]
  const groupId = joins?.groupId ?? newId()
  const opening = {
    ...KEY,
    groupId,
    rungs: RUNGS,
    latePayer: world.latePayer,
    quietMinutes: 15,
    expiresAt: secondsAfter(world.at, 2 * HOUR),
  }
  const group: GroupWish = { groupId, opening: joins ? null : opening }
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
        unitFen: FIRST,
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
      perMember: 20,
      payMinutes: 10,
      rallyId: null,
      parts: [{ skuId: APPLE, quantity: 1 }],
      releasedBp: 10_000,
      presale: null,
      group,
    },
    depositFen: null,
    remark: '',
    ifShort: 'refund',
    pickup: null,
    by: `member:${memberId}`,
    at: world.at,
    expiresAt: secondsAfter(world.at, 600),
  })
}

export function pay(world: World, order: DeskOrder): void {
  if (order.state !== 'PENDING_PAY') return
  const attemptId = newId()
  const attempt = {
    attemptId,
    orderId: order.id,
    provider: 'wechat' as const,
    state: 'OPEN' as const,
    amountFen: dueFen(order),
    transactionId: null,
    idemKey: null,
    tenderedFen: null,
    slip: null,
  }
  world.view.attempts.set(attemptId, attempt)
  const { at } = world
  const fact = { ...attempt, transactionId: `t-${attemptId}`, paidAt: at }
  const command = { verb: 'pay' as const, orderId: order.id, fact, pickup: newPickup(), by: 'system', at }
  run(world, { ...command, refundId: newId() })
  // Told again, nothing changes.
  run(world, { ...command, refundId: newId() })
}
export const refundsOf = ({ view }: World, { id }: DeskOrder) =>
  [...view.refunds.values()].filter(({ orderId }) => orderId === id)
export const linesOf = ({ view }: World, { id }: DeskOrder) => view.lines.get(id) ?? assert.fail()
export function giveBack(
  world: World,
  order: DeskOrder,
  key: string,
  wanted: WantedLine[] | null,
  more = {},
): Answer | undefined {
  const planned = planRefund(order, linesOf(world, order), refundsOf(world, order), wanted)
  return planned.kind === 'plan'
    ? run(world, {
        verb: 'refund',
        orderId: order.id,
        refundIds: refundIds(),
        key,
        bodyHash: '00',
        lines: wanted,
        expectFen: planned.plan.amountFen,
        reason: '退',
        ourFault: false,
        uncollected: false,
        auditor: null,
        by: 'system',
        at: world.at,
        ...more,
      })
    : undefined
}
export const cancel = (world: World, order: DeskOrder): Answer =>
  run(world, {
    verb: 'cancel',
    orderId: order.id,
    who: 'system',
    reason: '',
    dueAt: null,
    refundIds: refundIds(),
    auditor: null,
    by: 'system',
    at: world.at,
  })
export const gather = (world: World, order: DeskOrder): Answer =>
  run(world, {
    verb: 'gather',
    orderId: order.id,
    pickup: newPickup(),
    refundIds: refundIds(),
    by: 'system',
    at: world.at,
  })
export function settle(
  world: World,
  order: DeskOrder,
  outcome: 'SUCCESS' | 'CLOSED' | 'ABNORMAL',
  n = 0,
): void {
  const open = refundsOf(world, order).filter(({ state }) => ['PENDING', 'PROCESSING'].includes(state))
  const refund = open[n % Math.max(1, open.length)]
  if (!refund) return
  const fact = {
    refundId: refund.refundId,
    orderId: order.id,
    outcome,
    providerId: null,
    trouble: null,
    at: world.at,
  }
  const command = {
    verb: 'settle_refund' as const,
    orderId: order.id,
    fact,
    handing: null,
    by: 'system',
    at: world.at,
  }
  run(world, command)
  // The answer was lost, and is told again.
  run(world, command)
}
/** What the sweep does with everybody in a group that is over; any of it may be done twice, or later. */
export function sweep(world: World, group: Group, only?: number): void {
  if (group.state === 'OPEN') return
  for (const [i, { orderId, state }] of [...group.seats].entries()) {
    if (only !== undefined && i % 2 !== only % 2) continue
    const order = world.view.orders.get(orderId) ?? assert.fail()
    if (state === 'SEATED') cancel(world, order)
    else if (state === 'PAID' && group.state === 'SUCCESS') gather(world, order)
    else if (state === 'PAID' || state === 'LATE')
      giveBack(world, order, `group:${group.groupId}`, null, { uncollected: true, ourFault: true })
  }
}
export const close = ({ at }: World, group: Group): void => {
  if (group.state === 'OPEN' && group.expiresAt <= at) endGroup(group, 'expire', at)
}
