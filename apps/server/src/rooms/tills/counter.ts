import type { Input, Output } from '@linli/contract'
import type { staffRedemptionRoutes } from '@linli/contract/coupon-redemptions'
import { createHash } from 'node:crypto'
import { signature, type StaffActor } from '#kernel/actor'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { couponsUnusable, type HeldCoupon, isForTills, isUsable } from '#room/coupons'
import type { AuditedCall } from '#room/staff'
import { onceFor, pricedSale, requireUsed } from './benefits.ts'
import { readCouponCode } from './codes.ts'
import type { RedeemByStaff } from './commands.ts'
import { memberOf, memberRef } from './member-ref.ts'
import { couponCodeWrong, goodsUnknown, priceChanged, weightPriceMissing } from './problems.ts'
import type { Room } from './room.ts'
import type { DeskSale, PricedSale } from './view.ts'

// Coupons in a store whose register does not speak with us. Staff say what is bought, at the prices of their store; the coupon is used, and that is all:
// goods, money, points and growth are told by whoever took the money, so that nothing counts twice where a register does speak with us.

/** As many as pricing weighs against each other. */
const MOST_WEIGHED = 30

type Routes = typeof staffRedemptionRoutes
type Seeking = Input<Routes['POST /staff/v1/coupon-holders']>['body']
type Quoting = Input<Routes['POST /staff/v1/coupon-redemption-quotes']>['body']
type Redeeming = Input<Routes['POST /staff/v1/coupon-redemptions']>['body']
type Holder = Output<Routes['POST /staff/v1/coupon-holders']>
type Quoted = Output<Routes['POST /staff/v1/coupon-redemption-quotes']>
type Redeemed = Output<Routes['POST /staff/v1/coupon-redemptions']>

/** References are given to one person, as a partner's are to the partner. */
const teller = ({ staffId }: StaffActor) => ({ partnerId: `staff:${staffId}` })
/** Numbers of redemptions, and of what takes them back, are ours: no key of a request can be either. */
export const numberOf = (requestKey: string): string => `R-${requestKey}`
export const undoingOf = (posTxnId: string): string => `U-${posTxnId.slice(2)}`

/** May a counter take it? What multiplies points has nothing to act on where none are earned. */
const isTakeable = (coupon: HeldCoupon): boolean => isForTills(coupon) && coupon.kind !== 'earn'
/** Coupons of this member's that a counter may take, those asked about first. */
async function takeable(
  { coupons }: Room,
  memberId: string,
  asked: readonly string[],
): Promise<HeldCoupon[]> {
  const [named, held] = await Promise.all([coupons.held(asked), coupons.usable(memberId)])
  const mine = named.filter((coupon) => coupon.memberId === memberId)
  const others = held.filter(({ couponId }) => !asked.includes(couponId))
  return [...mine, ...others].filter(isTakeable)
}
function requireTakeable(held: readonly HeldCoupon[], couponIds: readonly string[]): void {
  const other = couponIds.find((id) => !held.some(({ couponId }) => couponId === id))
  if (other !== undefined) refuse(couponsUnusable, { couponId: other })
}

/** Whose coupon a code speaks of, if the chain signed it minutes ago and it is free. */
async function holderOf(room: Room, couponCode: string): Promise<{ memberId: string; couponId: string }> {
  const at = room.ctx.clock.now()
  const read = readCouponCode(couponCode, room.members.cardKeys(), at)
  if (!read || read.fault !== null) return refuse(couponCodeWrong, { why: read?.fault ?? 'code_forged' })
  const { couponId, memberId } = read.code
  const [coupon] = await room.coupons.held([couponId])
  if (coupon?.memberId !== memberId || !isUsable(coupon, at) || !isTakeable(coupon))
    return refuse(couponsUnusable, { couponId, state: coupon?.state })
  await room.members.standingOf(memberId)
  return { memberId, couponId }
}

/** Who stands at this counter, by a coupon or by their card; guessing at cards locks the person who guesses. */
export async function findHolder(
  room: Room,
  actor: StaffActor,
  { storeId, shown }: Seeking,
): Promise<Holder> {
  room.staff.requireScope(actor, storeId)
  room.stores.require(storeId)
  const asker = { device: `staff:${actor.staffId}`, storeId }
  const { memberId, couponId } =
    'couponCode' in shown
      ? await holderOf(room, shown.couponCode)
      : { memberId: await room.members.identify(shown, asker), couponId: null }
  const [desk, held] = await Promise.all([
    room.members.atDesk([memberId]),
    takeable(room, memberId, couponId === null ? [] : [couponId]),
  ])
  return {
    memberRef: memberRef(room.ctx, teller(actor).partnerId, memberId),
    member: desk.get(memberId) ?? { id: memberId, name: '', phoneTail: null },
    couponId,
    coupons: held.map(({ couponId: id, label, expiresAt }) => ({
      id,
      label,
      expiresAt: expiresAt.toISOString(),
    })),
  }
}

interface Line {
  barcode: string
  skuId: string
  categoryId: string
  name: string
  quantity: number
  unitFen: number
  weighed: boolean
}
/** What lies on the counter: names and prices are the store's own, but for what the scales say. */
function linesOf({ catalog }: Room, { storeId, lines }: Pick<Quoting, 'storeId' | 'lines'>): Line[] {
  return lines.map(({ barcode, quantity, unitFen }) => {
    const known = catalog.skuOf(barcode)
    const sellable = known && catalog.sellable(storeId, known.skuId)
    if (!sellable) return refuse(goodsUnknown, { barcode })
    const { skuId, categoryId, name, shelfFen, weight } = sellable
    const weighed = weight !== null
    if (unitFen !== undefined && !weighed) refuse(weightPriceMissing, { barcode })
    return { barcode, skuId, categoryId, name, quantity, unitFen: unitFen ?? shelfFen, weighed }
  })
}

async function price(room: Room, memberId: string, storeId: string, lines: Line[], couponIds: string[]) {
  const till = { storeId, at: room.ctx.clock.now(), lines }
  const priced = await room.pricing.priceTill(till, memberId, { couponIds })
  const known = lines.map(() => true)
  const sale = pricedSale({ lines }, known, priced)
  const bare: PricedSale = {
    ...sale,
    lines: sale.lines.map((line) => ({ ...line, earnedPoints: 0 })),
    pointsEarned: 0,
  }
  return { sale: bare, outcomes: new Map(priced.outcomes.map((each) => [each.rule, each])) }
}

const shown = (lines: readonly Line[], sale: PricedSale): Omit<Quoted, 'coupons'> => ({
  lines: lines.map(({ barcode, name, quantity, unitFen, weighed }, i) => ({
    barcode,
    name,
    quantity,
    unitFen,
    weighed,
    payFen: sale.lines[i]?.payFen ?? 0,
  })),
  goodsFen: sale.goodsFen,
  discountFen: sale.discountFen,
  payFen: sale.payFen,
  couponIds: sale.couponIds,
})

/** What would come off, and what each coupon has to say. Nothing is set aside. */
export async function quoteAtCounter(room: Room, actor: StaffActor, wish: Quoting): Promise<Quoted> {
  const { storeId } = wish
  room.staff.requireScope(actor, storeId)
  room.stores.require(storeId)
  const memberId = memberOf(room.ctx, teller(actor), wish.memberRef)
  const lines = linesOf(room, wish)
  const { couponIds: asked = [] } = wish
  const held = await takeable(room, memberId, asked)
  requireTakeable(held, asked)
  const all = held.map(({ couponId }) => couponId).slice(0, MOST_WEIGHED)
  const [{ sale, outcomes }, tried] = await Promise.all([
    price(room, memberId, storeId, lines, wish.couponIds ?? all),
    price(room, memberId, storeId, lines, all),
  ])
  return {
    ...shown(lines, sale),
    coupons: held.map(({ couponId: id, label }) => {
      const outcome = outcomes.get(id) ?? tried.outcomes.get(id)
      return {
        id,
        label,
        acts: tried.sale.couponIds.includes(id) || sale.couponIds.includes(id),
        words: outcome?.words ?? '这单用不上',
      }
    }),
  }
}

/** What was asked for, and by whom, in one spelling. SHA-256 in hex. */
function hashOf({ storeId, lines, couponIds }: Redeeming, memberId: string, account: string): string {
  const goods = lines.map(({ barcode, quantity, unitFen = null }) => [barcode, quantity, unitFen])
  const canonical = JSON.stringify([account, storeId, memberId, goods, [...couponIds].sort()])
  return createHash('sha256').update(canonical).digest('hex')
}

interface Redemption {
  storeId: string
  memberId: string
  posTxnId: string
  hash: string
  lines: readonly Line[]
  priced: PricedSale
}
function commandOf(room: Room, { actor, requestId }: AuditedCall, redemption: Redemption): RedeemByStaff {
  const { storeId, memberId, posTxnId, hash, lines, priced } = redemption
  const at = room.ctx.clock.now()
  const named = { partnerId: null, storeId, posTxnId, by: signature(actor), at }
  const tillId = newId()
  const receipt = lines.map(({ barcode, name, skuId, quantity, unitFen }, i) => ({
    barcode,
    name,
    skuId,
    quantity,
    unitFen,
    payFen: priced.lines[i]?.payFen ?? 0,
    earnedPoints: 0,
    pieces: null,
  }))
  return {
    ...named,
    verb: 'redeem_by_staff',
    wish: { ...named, verb: 'reserve', tillId, memberId, hash, priced, expiresAt: at },
    receipt: {
      ...named,
      verb: 'record',
      tillId,
      memberId,
      hash,
      soldAt: at,
      usableAt: at,
      benefitOffFen: priced.discountFen,
      accepted: [],
      lines: receipt,
    },
    deed: {
      auditor: { id: newId(), staffId: actor.staffId, requestId },
      action: 'tills.coupon_redeemed',
      details: { couponIds: priced.couponIds, amountFen: priced.discountFen, payFen: priced.payFen },
    },
  }
}

/** Redeems coupons for what lies on the counter: they are used, and on file, at once. */
export async function redeemAtCounter(room: Room, call: AuditedCall, wish: Redeeming): Promise<Redeemed> {
  const { actor } = call
  const { storeId, couponIds, expectPayFen } = wish
  room.staff.requireScope(actor, storeId)
  room.stores.require(storeId)
  const memberId = memberOf(room.ctx, teller(actor), wish.memberRef)
  const lines = linesOf(room, wish)
  const unweighed = wish.lines.find(({ unitFen }, i) => lines[i]?.weighed && unitFen === undefined)
  if (unweighed) refuse(weightPriceMissing, { barcode: unweighed.barcode })
  const posTxnId = numberOf(wish.requestKey)
  const hash = hashOf(wish, memberId, actor.account)
  const priced = async () => {
    requireTakeable(await takeable(room, memberId, couponIds), couponIds)
    const { sale } = await price(room, memberId, storeId, lines, couponIds)
    requireUsed(sale, { couponIds })
    return sale.payFen === expectPayFen ? sale : refuse(priceChanged, { payFen: sale.payFen })
  }
  const redemption = { storeId, memberId, posTxnId, hash, lines }
  const sale = await onceFor(room, { partnerId: null, posTxnId, hash }, priced, (sold) =>
    room.submit(commandOf(room, call, { ...redemption, priced: sold })),
  )
  return redeemed(lines, sale)
}

function redeemed(lines: readonly Line[], { id, priced, redeemedAt, posTxnId }: DeskSale): Redeemed {
  if (!priced || !redeemedAt) throw new Error(`${posTxnId} redeemed nothing`)
  return { id, ...shown(lines, priced), redeemedAt: redeemedAt.toISOString() }
}
