import type { Input, Output } from '@linli/contract'
import { RESERVED_MINUTES, type tillRoutes } from '@linli/contract/tills'
import { createHash } from 'node:crypto'
import { type PartnerActor, signature, SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inRounds } from '#kernel/turns'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { couponsUnusable } from '#room/coupons'
import { pointsUnusable } from '#room/ledgers'
import type { TillPriced } from '#room/pricing'
import type { Answer } from './commands.ts'
import { memberOf } from './member-ref.ts'
import { txnReused, txnReversed } from './problems.ts'
import { goodsOf, type Room, saleOf } from './room.ts'
import { listOverdue } from './tills.sql.ts'
import type { DeskSale, PricedSale, Txn } from './view.ts'

type Routes = typeof tillRoutes
type QuoteWish = Input<Routes['POST /partner/v1/till/quotes']>['body']
type ReserveWish = Input<Routes['POST /partner/v1/till/reservations']>['body']
type Quoted = Output<Routes['POST /partner/v1/till/quotes']>

const RESERVED_S = RESERVED_MINUTES * 60
const OVERDUE_AT_ONCE = 100

export const pricedSale = (
  wish: Pick<QuoteWish, 'lines'>,
  known: readonly boolean[],
  priced: TillPriced,
): PricedSale => ({
  lines: wish.lines.map(({ barcode, quantity, unitFen }, i) => ({
    barcode,
    known: known[i] ?? false,
    quantity,
    unitFen,
    payFen: priced.lines[i]?.payFen ?? 0,
    discounts: priced.lines[i]?.shares ?? [],
    usedPoints: priced.lines[i]?.usedPoints ?? 0,
    earnedPoints: priced.lines[i]?.earnedPoints ?? 0,
  })),
  goodsFen: priced.goodsFen,
  discountFen: priced.goodsFen - priced.payFen,
  payFen: priced.payFen,
  couponIds: priced.couponIds,
  pointsUsed: priced.pointsUsed,
  pointsEarned: priced.pointsEarned,
})

async function priceFor(
  room: Room,
  memberId: string,
  wish: QuoteWish,
): Promise<{ sale: PricedSale; priced: TillPriced }> {
  const { storeId, couponIds, usePoints, bestCoupons = false } = wish
  room.stores.require(storeId)
  const goods = wish.lines.map(({ barcode }) => goodsOf(room, barcode))
  const lines = wish.lines.map(({ name, quantity, unitFen }, i) => ({
    name,
    quantity,
    unitFen,
    skuId: goods[i]?.skuId ?? null,
    categoryId: goods[i]?.categoryId ?? null,
  }))
  const till = { storeId, at: room.ctx.clock.now(), lines }
  const priced = await room.pricing.priceTill(till, memberId, { couponIds, usePoints, best: bestCoupons })
  return {
    sale: pricedSale(
      wish,
      goods.map(({ known }) => known),
      priced,
    ),
    priced,
  }
}

/** What the coupons and points of whoever showed their card would take off. Nothing is set aside. */
export async function quoteAtTill(room: Room, actor: PartnerActor, wish: QuoteWish): Promise<Quoted> {
  const memberId = memberOf(room.ctx, actor, wish.memberRef)
  const [{ sale, priced }, held, pointsBalance] = await Promise.all([
    priceFor(room, memberId, wish),
    room.coupons.usable(memberId),
    room.ledgers.usablePoints(memberId),
  ])
  // Coupons that were not asked about are tried too, so that the till can offer them.
  const tried = await priceFor(room, memberId, { ...wish, bestCoupons: true })
  const outcomes = new Map([...tried.priced.outcomes, ...priced.outcomes].map((each) => [each.rule, each]))
  return {
    ...sale,
    pointsBalance,
    coupons: held.map(({ couponId, label }) => {
      const outcome = outcomes.get(couponId)
      return { id: couponId, label, acts: outcome?.why === 'applied', words: outcome?.words ?? '这单用不上' }
    }),
  }
}

/** What was asked for, in one spelling. SHA-256 in hex. */
function hashOf({ storeId, lines, couponIds = [], usePoints = 0 }: ReserveWish, memberId: string): string {
  const goods = lines.map(({ barcode, quantity, unitFen }) => [barcode, quantity, unitFen])
  const canonical = JSON.stringify([storeId, memberId, goods, [...couponIds].sort(), usePoints])
  return createHash('sha256').update(canonical).digest('hex')
}

/** Whoever names a coupon, or a number of points, wants that very thing: what would do nothing here is refused, not left out. */
export function requireUsed(
  { couponIds: acting, pointsUsed }: PricedSale,
  { couponIds = [], usePoints = 0 }: Pick<ReserveWish, 'couponIds' | 'usePoints'>,
): void {
  const idle = couponIds.find((id) => !acting.includes(id))
  if (idle !== undefined) refuse(couponsUnusable, { couponId: idle })
  if (pointsUsed !== usePoints) refuse(pointsUnusable, { usable: pointsUsed })
}

/** A repeat is answered as the first time, though the coupon is no longer free now: by ourselves. */
export async function onceFor(
  room: Room,
  { hash, ...txn }: Txn & { hash: string },
  priced: () => Promise<PricedSale>,
  submit: (priced: PricedSale) => Promise<Answer>,
): Promise<DeskSale> {
  const sale = await priced().catch((refusal: unknown) => ({ refusal }))
  if (!('refusal' in sale)) return saleOf(await submit(sale))
  const known = await room.find(txn)
  if (!known) throw sale.refusal
  if (known.benefits === 'REVERSED') refuse(txnReversed)
  return known.reserveHash === hash ? known : refuse(txnReused)
}

/** Sets coupons and points aside. */
export function reserveAtTill(room: Room, actor: PartnerActor, wish: ReserveWish): Promise<DeskSale> {
  const memberId = memberOf(room.ctx, actor, wish.memberRef)
  const hash = hashOf(wish, memberId)
  const { storeId, posTxnId } = wish
  const { partnerId } = actor
  const price = async () => {
    const { sale } = await priceFor(room, memberId, wish)
    requireUsed(sale, wish)
    return sale
  }
  return onceFor(room, { partnerId, posTxnId, hash }, price, (priced) => {
    const at = room.ctx.clock.now()
    const named = { partnerId, storeId, posTxnId, by: signature(actor), at }
    const expiresAt = secondsAfter(at, RESERVED_S)
    return room.submit({ ...named, verb: 'reserve', tillId: newId(), memberId, hash, priced, expiresAt })
  })
}

/** Reservations that nobody redeemed in time come back. */
export const releaseOverdue = (room: Room): Promise<void> =>
  inRounds(async () => {
    const at = room.ctx.clock.now()
    const due = await listOverdue(room.ctx.db, at, OVERDUE_AT_ONCE)
    const stamp = { by: SYSTEM, at, dueAt: at, reason: '超时未付款' }
    await Promise.all(due.map((txn) => room.submit({ ...txn, ...stamp, verb: 'reverse', tillId: newId() })))
    return due.length === OVERDUE_AT_ONCE
  })
