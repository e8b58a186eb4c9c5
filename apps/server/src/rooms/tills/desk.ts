import type pg from 'pg'
import { createDesk, type Desk, type DeskWork } from '#kernel/desk'
import { ofTill, purchaseId } from '#kernel/purchase'
import type { CouponsDesk } from '#room/coupons'
import { type InventoryDesk, levelKey, type LevelKey } from '#room/inventory'
import type { LedgersDesk } from '#room/ledgers'
import type { StaffDesk } from '#room/staff'
import type { Answer, Command, RecordSale, Reserve, TakeBack } from './commands.ts'
import { decide } from './decide.ts'
import * as sql from './desk.sql.ts'
import { type Txn, txnKey, type View, type Writes } from './view.ts'

export interface DeskRooms {
  inventory: { desk: InventoryDesk }
  coupons: { desk: CouponsDesk }
  ledgers: { desk: LedgersDesk }
  staff: { desk: StaffDesk }
}
const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort()
const byKey = (a: Txn, b: Txn): number => (txnKey(a) < txnKey(b) ? -1 : 1)
const distinct = (txns: readonly Txn[]): Txn[] =>
  [...new Map(txns.map((txn) => [txnKey(txn), txn])).values()].sort(byKey)
/** What commands set aside. */
const wishesOf = (commands: readonly Command[]): Reserve[] =>
  commands.flatMap((command) =>
    command.verb === 'reserve' ? [command] : command.verb === 'redeem_by_staff' ? [command.wish] : [],
  )
const isReceipt = (command: Command): command is RecordSale | TakeBack =>
  command.verb === 'record' || command.verb === 'take_back'

/** The sale that a receipt tells of, or a return speaks of. */
const saleNamed = (command: RecordSale | TakeBack): Txn => ({
  partnerId: command.partnerId,
  posTxnId: command.verb === 'take_back' ? command.returnOf : command.posTxnId,
})

/**
 * Transactions that the commands name, the sales that returns speak of, and the returns that wait for these. A sale and its return may be told of at two
 * servers at once, and neither sees the other's row: the name of the sale is locked first, so that whoever is second finds what the first one wrote.
 */
async function loadSales(client: pg.ClientBase, view: View, commands: readonly Command[]): Promise<void> {
  const receipts = distinct(commands.filter(isReceipt).map(saleNamed))
  const named = distinct([
    ...commands,
    ...commands.flatMap((command) =>
      command.verb === 'take_back' ? [{ partnerId: command.partnerId, posTxnId: command.returnOf }] : [],
    ),
  ])
  const recorded = distinct(commands.filter(({ verb }) => verb === 'record'))
  const [, sales, returns] = await Promise.all([
    receipts.length > 0 ? sql.lockNames(client, receipts) : undefined,
    sql.lockSales(client, named),
    recorded.length > 0 ? sql.lockReturns(client, recorded) : [],
  ])
  for (const sale of [...sales, ...returns]) {
    view.sales.set(txnKey(sale), sale)
    view.lines.set(sale.id, [])
  }
  const ids = [...view.lines.keys()]
  const lines = commands.some(isReceipt) && ids.length > 0 ? await sql.readLines(client, sorted(ids)) : []
  for (const line of lines) view.lines.get(line.tillId)?.push(line)
}

/** Whose coupons and points move: of the transactions that are known, and of those that begin. */
async function loadBenefits(
  client: pg.ClientBase,
  { coupons, ledgers }: DeskRooms,
  view: View,
  commands: readonly Command[],
): Promise<void> {
  const known = [...view.sales.values()].filter(({ memberId }) => memberId !== null)
  const reserves = wishesOf(commands)
  const earners = commands.filter((command) => command.verb === 'record' && command.memberId !== null)
  const taken = known.length > 0 ? await coupons.desk.idsOf(client, sorted(known.map(({ id }) => id))) : []
  const accepted = commands.flatMap((command) => (command.verb === 'record' ? command.accepted : []))
  const good = accepted.filter(({ fault }) => fault === null)
  const couponIds = sorted([
    ...taken,
    ...reserves.flatMap(({ priced }) => priced.couponIds),
    ...good.map(({ couponId }) => couponId),
  ])
  const memberIds = sorted(
    [...known, ...reserves, ...earners, ...good].flatMap((each) =>
      'memberId' in each && each.memberId !== null ? [each.memberId] : [],
    ),
  )
  const [locked, accounts, points] = await Promise.all([
    couponIds.length > 0 ? coupons.desk.lockCoupons(client, couponIds) : [],
    memberIds.length > 0 ? ledgers.desk.lockAccounts(client, memberIds) : [],
    known.length > 0
      ? ledgers.desk.readPurchases(
          client,
          known.map(({ id }) => ofTill(id)),
        )
      : [],
  ])
  for (const coupon of locked) view.coupons.set(coupon.couponId, coupon)
  for (const account of accounts) view.accounts.set(account.memberId, account)
  for (const each of points) view.points.set(purchaseId(each.purchase), each)
}

const levelsOf = (commands: readonly Command[]): LevelKey[] =>
  commands
    .filter(isReceipt)
    .flatMap(({ storeId, lines }) =>
      lines.flatMap(({ pieces }) => (pieces ?? []).map(({ skuId }) => ({ storeId, skuId }))),
    )

/**
 * Locks in the one order that every process keeps: transactions of tills, then as the order desk does coupons, accounts of points, levels. What belongs
 * to a transaction is read once it is locked.
 */
async function load(client: pg.ClientBase, rooms: DeskRooms, commands: readonly Command[]): Promise<View> {
  const view: View = {
    sales: new Map(),
    begun: new Map(),
    lines: new Map(),
    coupons: new Map(),
    accounts: new Map(),
    points: new Map(),
    levels: new Map(),
  }
  await loadSales(client, view, commands)
  await loadBenefits(client, rooms, view, commands)
  const fresh = distinct(wishesOf(commands).filter((wish) => !view.sales.has(txnKey(wish))))
  const [levels, begun] = await Promise.all([
    rooms.inventory.desk.lockLevels(client, levelsOf(commands)),
    // As with the keys of orders: under READ COMMITTED a statement of its own sees what was committed while this batch waited for its rows.
    fresh.length > 0 ? sql.readSales(client, fresh) : [],
  ])
  for (const sale of begun) view.begun.set(txnKey(sale), sale)
  for (const level of levels) view.levels.set(levelKey(level), level)
  return view
}

function write(
  client: pg.ClientBase,
  { inventory, coupons, ledgers, staff }: DeskRooms,
  writes: Writes,
): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  const send = <T>(
    rows: readonly T[],
    statement: (client: pg.ClientBase, rows: readonly T[]) => Promise<unknown>,
  ) => {
    if (rows.length > 0) sent.push(statement(client, rows))
  }
  send(writes.made, sql.insertSales)
  send([...writes.changed.values()], sql.updateSales)
  send(writes.lines, sql.insertLines)
  send([...writes.returned.values()], sql.returnLines)
  send(writes.discounts, sql.insertDiscounts)
  if (writes.coupons.size > 0)
    sent.push(coupons.desk.moveCoupons(client, [...writes.coupons.values()], writes.couponEvents))
  send(writes.postings, ledgers.desk.insertPostings)
  send(writes.usable, ledgers.desk.setUsable)
  sent.push(...inventory.desk.applyMoves(client, writes.moves, { mayRunShort: true }))
  send(writes.conflicts, sql.insertConflicts)
  send(writes.came, sql.endWaiting)
  send(writes.events, sql.insertEvents)
  send(writes.audits, staff.desk.insertAudits)
  return sent
}

export const tillWork = (rooms: DeskRooms): DeskWork<Command, View, Answer, Writes> => ({
  load: (client, commands) => load(client, rooms, commands),
  decide,
  write: (client, writes) => write(client, rooms, writes),
})

/** The tills' desk: sales at tills compete with orders for coupons, points and stock on the same locked rows. */
export const createTillDesk = (pool: pg.Pool, rooms: DeskRooms): Desk<Command, Answer> =>
  createDesk(pool, tillWork(rooms))
