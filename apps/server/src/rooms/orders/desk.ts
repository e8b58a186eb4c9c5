import type pg from 'pg'
import { createDesk, type Desk, type DeskWork } from '#kernel/desk'
import { ofOrder, purchaseId } from '#kernel/purchase'
import { type CampaignKey, campaignKey, type CampaignsDesk, takesKey } from '#room/campaigns'
import type { CouponsDesk } from '#room/coupons'
import { type FulfilmentDesk, type SlotKey, slotKey } from '#room/fulfilment'
import type { RalliesDesk } from '#room/rallies'
import { type InventoryDesk, levelKey, type LevelKey } from '#room/inventory'
import type { LedgersDesk } from '#room/ledgers'
import type { PaymentsDesk } from '#room/payments'
import type { StaffDesk } from '#room/staff'
import type { Answer, Command, Place } from './commands.ts'
import { decide } from './decide.ts'
import { movesPoints } from './decide-benefits.ts'
import { placesPoints } from './decide-place.ts'
import {
  insertEvents,
  insertPlaced,
  lockOrders,
  readKeys,
  readLines,
  refundLines,
  updateLines,
  updateOrders,
} from './desk.sql.ts'
import { insertPresales, movePresales, readPresales } from './presale-desk.sql.ts'
import { stockOf } from './stock-lines.ts'
import { type DeskLine, emptyView, memberKey, type View, type Writes } from './view.ts'

export interface DeskRooms {
  inventory: { desk: InventoryDesk }
  campaigns: { desk: CampaignsDesk }
  rallies: { desk: RalliesDesk }
  coupons: { desk: CouponsDesk }
  ledgers: { desk: LedgersDesk }
  fulfilment: { desk: FulfilmentDesk }
  payments: { desk: PaymentsDesk }
  staff: { desk: StaffDesk }
}

/** Whose orders' coupons and points change hands. */
const MOVES_BENEFITS: readonly Command['verb'][] = ['pay', 'take', 'cancel', 'refund', 'settle_refund']
/** Whose part in a campaign changes. */
const MOVES_CAMPAIGN: readonly Command['verb'][] = ['pay', 'take', 'cancel', 'refund']
/** Whose seat in a group does. */
const MOVES_SEAT: readonly Command['verb'][] = [...MOVES_CAMPAIGN, 'gather', 'settle_refund']
const MOVES_STOCK: readonly Command['verb'][] = ['cancel', 'hand_over', 'refund', 'arrive']
/** Whose orders' stored value does: the difference of a weight goes back as the bag is handed over, that of a group's price as it is made. */
const MOVES_VALUE: readonly Command['verb'][] = ['pay', 'take', 'cancel', 'refund', 'hand_over', 'gather']
const isPlace = (command: Command): command is Place => command.verb === 'place'

/** What a batch will change besides the orders it names. */
interface Held {
  levels: LevelKey[]
  slots: SlotKey[]
  couponIds: string[]
  /** Orders that move points, and whose. */
  points: { orderId: string; memberId: string }[]
  /** Whose stored value moves. */
  valueOf: string[]
  /** Goods of campaigns that their orders may go back to. */
  campaigns: CampaignKey[]
  /** Groups that their orders have a seat in. */
  groupIds: string[]
  /** Bargains that they come from. */
  rallies: string[]
}

/** Everything that exists already and that the batch speaks of: orders, their lines, attempts and refunds. Returns what they hold. */
async function loadOrders(
  client: pg.ClientBase,
  { payments, coupons, campaigns }: DeskRooms,
  view: View,
  commands: readonly Command[],
): Promise<Held> {
  const mine = commands.filter((command) => !isPlace(command))
  const ids = [...new Set(mine.map((command) => command.orderId))].sort()
  if (ids.length === 0)
    return {
      levels: [],
      slots: [],
      couponIds: [],
      points: [],
      valueOf: [],
      campaigns: [],
      groupIds: [],
      rallies: [],
    }
  const ofVerbs = (verbs: readonly Command['verb'][]): Set<string> =>
    new Set(mine.filter(({ verb }) => verbs.includes(verb)).map((command) => command.orderId))
  const benefiting = ofVerbs(MOVES_BENEFITS)
  const [orders, lines, attempts, refunds, couponIds] = await Promise.all([
    lockOrders(client, ids),
    readLines(client, ids),
    payments.desk.lockAttempts(client, ids),
    payments.desk.lockRefunds(client, ids),
    benefiting.size > 0 ? coupons.desk.idsOf(client, [...benefiting]) : [],
  ])
  for (const order of orders) view.orders.set(order.id, order)
  for (const attempt of attempts) view.attempts.set(attempt.attemptId, attempt)
  for (const refund of refunds) view.refunds.set(refund.refundId, refund)
  const byOrder = new Map<string, DeskLine[]>(ids.map((id) => [id, []]))
  for (const { orderId, ...line } of lines) byOrder.get(orderId)?.push(line)
  for (const [id, each] of byOrder) view.lines.set(id, each)
  const inCampaign = ofVerbs(MOVES_CAMPAIGN)
  const seated = ofVerbs(MOVES_SEAT)
  const claimed = orders.filter(({ id, campaignId }) => campaignId !== null && seated.has(id))
  const claims =
    claimed.length > 0
      ? await campaigns.desk.readClaims(
          client,
          claimed.map(({ id }) => id),
        )
      : []
  for (const claim of claims) view.claims.set(claim.orderId, claim)
  const awaited = orders.filter(({ goodsBy }) => goodsBy !== null).map(({ id }) => id)
  const presales = awaited.length > 0 ? await readPresales(client, awaited) : []
  for (const each of presales) view.presales.set(each.orderId, each)
  const moving = ofVerbs(MOVES_STOCK)
  const held = orders.filter(({ id }) => moving.has(id))
  const spending = ofVerbs(MOVES_VALUE)
  return {
    couponIds,
    campaigns: claims.filter(({ orderId }) => inCampaign.has(orderId)),
    groupIds: claims.flatMap(({ groupId }) => groupId ?? []),
    rallies: claims.flatMap(({ rallyId }) => rallyId ?? []),
    points: orders
      .filter(({ id, storedValueFen }) => benefiting.has(id) || (storedValueFen > 0 && spending.has(id)))
      .filter(({ id }) => movesPoints(byOrder.get(id) ?? []))
      .map(({ id, memberId }) => ({ orderId: id, memberId })),
    valueOf: orders
      .filter(({ id, storedValueFen }) => storedValueFen > 0 && spending.has(id))
      .map(({ memberId }) => memberId),
    levels: held.flatMap(({ id, storeId }) =>
      stockOf(byOrder.get(id) ?? []).map(({ skuId }) => ({ storeId, skuId })),
    ),
    slots: held.flatMap(({ storeId, slotStart }) => (slotStart ? [{ storeId, startsAt: slotStart }] : [])),
  }
}

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

/** Coupons, then accounts of points, then of stored value; a statement is sent only where somebody brings such a thing. */
async function loadBenefits(
  client: pg.ClientBase,
  { coupons, ledgers }: DeskRooms,
  view: View,
  places: readonly Place[],
  held: Held,
): Promise<void> {
  const couponIds = sorted([...held.couponIds, ...places.flatMap((place) => place.couponIds)])
  const movers = places.filter((place) => placesPoints(place))
  const memberIds = sorted([...held.points, ...movers].map(({ memberId }) => memberId))
  const orderIds = sorted(held.points.map(({ orderId }) => orderId))
  const payers = places.filter(({ stored }) => stored !== null).map(({ memberId }) => memberId)
  const valueOf = sorted([...held.valueOf, ...payers])
  const [locked, accounts, points, values] = await Promise.all([
    couponIds.length > 0 ? coupons.desk.lockCoupons(client, couponIds) : [],
    memberIds.length > 0 ? ledgers.desk.lockAccounts(client, memberIds) : [],
    orderIds.length > 0 ? ledgers.desk.readPurchases(client, orderIds.map(ofOrder)) : [],
    valueOf.length > 0 ? ledgers.desk.lockValues(client, valueOf) : [],
  ])
  for (const coupon of locked) view.coupons.set(coupon.couponId, coupon)
  for (const account of accounts) view.accounts.set(account.memberId, account)
  for (const each of points) view.points.set(purchaseId(each.purchase), each)
  for (const account of values) view.values.set(account.memberId, account)
}

/**
 * Locks in the one order that every process keeps: orders, attempts, refunds, coupons, accounts of points, accounts of stored value, slots, groups,
 * goods of campaigns, bargains, levels; then reads the idempotency keys and what members have of campaigns.
 */
async function load(client: pg.ClientBase, rooms: DeskRooms, commands: readonly Command[]): Promise<View> {
  const view = emptyView()
  const held = await loadOrders(client, rooms, view, commands)
  const places = commands.filter(isPlace)
  const offered = places.flatMap(({ slot }) => (slot ? [slot] : []))
  const slotKeys = [...held.slots, ...offered]
  const levelKeys = [
    ...held.levels,
    ...places.flatMap(({ storeId, lines }) => stockOf(lines).map(({ skuId }) => ({ storeId, skuId }))),
  ]
  const claims = places.flatMap(({ campaign, memberId }) => (campaign ? [{ ...campaign, memberId }] : []))
  const campaignKeys = [...held.campaigns, ...claims]
  const joined = claims.flatMap(({ group }) => (group && !group.opening ? [group.groupId] : []))
  const groupIds = [...held.groupIds, ...joined]
  const rallyIds = [...held.rallies, ...claims.flatMap(({ rallyId }) => rallyId ?? [])]
  const firstOf = claims.filter(({ firstOrder }) => firstOrder).map(({ memberId }) => memberId)
  const [, , slots, groups, stocks, rallies, levels, keys, takes, firsts] = await Promise.all([
    loadBenefits(client, rooms, view, places, held),
    offered.length > 0 ? rooms.fulfilment.desk.offerSlots(client, offered) : undefined,
    slotKeys.length > 0 ? rooms.fulfilment.desk.lockSlots(client, slotKeys) : [],
    groupIds.length > 0 ? rooms.campaigns.desk.lockGroups(client, groupIds) : [],
    campaignKeys.length > 0 ? rooms.campaigns.desk.lockStock(client, campaignKeys) : [],
    rallyIds.length > 0 ? rooms.rallies.desk.lock(client, rallyIds) : [],
    rooms.inventory.desk.lockLevels(client, levelKeys),
    readKeys(client, places),
    claims.length > 0 ? rooms.campaigns.desk.readTakes(client, claims) : [],
    firstOf.length > 0 ? rooms.campaigns.desk.readFirsts(client, firstOf) : [],
  ])
  for (const group of groups) view.groups.set(group.groupId, group)
  for (const stock of stocks) view.campaignStock.set(campaignKey(stock), stock)
  for (const rally of rallies) view.rallies.set(rally.rallyId, rally)
  for (const each of takes)
    view.takes.set(takesKey(each), new Map(each.slots.map(({ slot, orderId }) => [slot, orderId])))
  for (const { memberId, orderId } of firsts) view.firsts.set(memberId, orderId)
  for (const slot of slots) view.slots.set(slotKey(slot), slot)
  for (const level of levels) view.levels.set(levelKey(level), level)
  for (const { memberId, key, bodyHash, ...order } of keys)
    view.keys.set(memberKey(memberId, key), { order, bodyHash })
  return view
}

function write(
  client: pg.ClientBase,
  { inventory, campaigns, rallies, coupons, ledgers, fulfilment, payments, staff }: DeskRooms,
  writes: Writes,
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  const send = <T>(
    rows: readonly T[],
    statement: (client: pg.ClientBase, rows: readonly T[]) => Promise<unknown>,
  ) => {
    if (rows.length > 0) sent.push(statement(client, rows))
  }
  send(writes.placed, insertPlaced)
  send([...writes.changed.values()], updateOrders)
  send([...writes.lines.values()], updateLines)
  send([...writes.refundedLines.values()], refundLines)
  send(writes.paid, payments.desk.markPaid)
  send(writes.takings, payments.desk.insertTakings)
  send(writes.stored, payments.desk.insertStored)
  send([...writes.storedMoves.values()], payments.desk.moveStored)
  // Ends first: the table counts a refund that is under way against what may still be given back. Nobody can know the end of one made just now.
  send([...writes.settled.values()], payments.desk.settleRefunds)
  send(writes.refunds, payments.desk.insertRefunds)
  send(writes.alarms, payments.desk.insertAlarms)
  send([...writes.slots.values()], fulfilment.desk.countSlots)
  if (writes.coupons.size > 0)
    sent.push(coupons.desk.moveCoupons(client, [...writes.coupons.values()], writes.couponEvents))
  send(writes.postings, ledgers.desk.insertPostings)
  send(writes.usable, ledgers.desk.setUsable)
  send(writes.valuePostings, ledgers.desk.postValues)
  send([...writes.campaignStock.values()], campaigns.desk.setStock)
  // Freed before taken: one batch may give a slot back and hand it out again.
  send(writes.freedTakes, campaigns.desk.freeTakes)
  send(writes.takes, campaigns.desk.insertTakes)
  send(writes.firsts, campaigns.desk.insertFirsts)
  send(writes.newClaims, campaigns.desk.insertClaims)
  send(writes.newPresales, insertPresales)
  send([...writes.presales.values()], movePresales)
  send([...writes.claims.values()], campaigns.desk.moveClaims)
  send([...writes.groups.values()], campaigns.desk.setGroups)
  send([...writes.seats.values()], campaigns.desk.setSeats)
  send(writes.groupEvents, campaigns.desk.insertGroupEvents)
  send([...writes.rallies.values()], rallies.desk.set)
  send(writes.rallySteps, rallies.desk.insertEvents)
  send(writes.pickups, fulfilment.desk.insertPickups)
  send(writes.readied, fulfilment.desk.readyPickups)
  send(writes.closed, fulfilment.desk.closePickups)
  sent.push(...inventory.desk.applyMoves(client, writes.moves))
  send(writes.audits, staff.desk.insertAudits)
  send(writes.reports, payments.desk.queueReports)
  send(writes.events, insertEvents)
  return sent
}

/** The order desk at work on PostgreSQL: every command that competes for stock, slots or money is decided here and nowhere else. */
export const orderWork = (
  rooms: DeskRooms,
  seen: (view: View) => void = () => {},
): DeskWork<Command, View, Answer, Writes> => ({
  load: (client, commands) => load(client, rooms, commands),
  decide(view, commands) {
    const decision = decide(view, commands)
    seen(view)
    return decision
  },
  write: (client, writes) => write(client, rooms, writes),
})

export const createOrderDesk = (
  pool: pg.Pool,
  rooms: DeskRooms,
  seen: (view: View) => void,
): Desk<Command, Answer> => createDesk(pool, orderWork(rooms, seen))
