import { secondsAfter } from '#kernel/clock'
import { violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { Problem, refuse } from '#kernel/problem'
import { type Claim, depositOf } from '#room/campaigns'
import { type OfferedSlot, slotInvalid } from '#room/fulfilment'
import type { Sellable } from '#room/catalog'
import { couponsUnusable } from '#room/coupons'
import { pointsUnusable, valueOff, valueShort } from '#room/ledgers'
import { openBundle, type Priced } from '#room/pricing'
import { hashBody, type PlaceBody } from './body-hash.ts'
import type { Answer, Place, Placed, PlacedComponent, PlacedLine } from './commands.ts'
import { priceChanged, storeClosed } from './problems.ts'
import type { Room } from './room.ts'

const NUMBER_TRIES = 3

/** Whose order it is, and who places it: the member, or we for them in a week of their box. */
export interface Buyer {
  memberId: string
  by: string
  week?: string
}

interface Prepared {
  priced: Priced
  campaign: Claim | null
  slot: OfferedSlot | null
}

/** Places an order for what the shopper saw, or refuses by name. Safe to repeat: the same key with the same body gets the first answer. */
export async function placeOrder(room: Room, buyer: Buyer, body: PlaceBody): Promise<Placed> {
  const { campaign } = body
  if (!campaign) return placeOnce(room, buyer, body)
  const now = () => room.ctx.clock.stamp().getTime()
  const begun = now()
  const told = { campaignId: campaign.campaignId, memberId: buyer.memberId }
  try {
    const placed = await placeOnce(room, buyer, body)
    room.campaigns.note({ ...told, what: 'placed', ms: now() - begun })
    return placed
  } catch (error) {
    const ms = now() - begun
    if (error instanceof Problem) room.campaigns.note({ ...told, what: 'refused', code: error.code, ms })
    throw error
  }
}

/** What placing it again would answer; undefined: it was never placed. Places nothing. */
export async function placedBefore(
  room: Room,
  { memberId }: Pick<Buyer, 'memberId'>,
  body: PlaceBody,
): Promise<Placed | undefined> {
  const { storeId, idempotencyKey: key } = body
  const seen = await room.look({ memberId, key, bodyHash: hashBody(body), storeId, lines: [] })
  return seen.kind === 'open' ? undefined : placedOf(seen)
}

async function placeOnce(room: Room, buyer: Buyer, body: PlaceBody): Promise<Placed> {
  const { storeId, lines } = body
  const bodyHash = hashBody(body)
  const asked = { memberId: buyer.memberId, key: body.idempotencyKey, bodyHash, storeId }
  const prepared = await prepare(room, buyer, body)
  if (prepared instanceof Problem) {
    // Placed before, and only today's price, slot or shelf is against it: the first answer still stands.
    const seen = await room.look({ ...asked, lines: [] })
    if (seen.kind === 'open') throw prepared
    return placedOf(seen)
  }
  // What is kept for a campaign is not what others see as free.
  if (!body.campaign && room.soldOut.has(storeId, lines)) {
    const goods = prepared.priced.goods.map(({ skuId, components }, i) => ({
      skuId,
      quantity: lines[i]?.quantity ?? 0,
      components,
    }))
    const seen = await room.look({ ...asked, lines: goods })
    if (seen.kind !== 'open') return placedOf(seen)
    room.soldOut.forget(storeId, lines)
  }
  for (let left = NUMBER_TRIES; ; left--) {
    const command = await commandOf(room, buyer, body, { bodyHash, ...prepared })
    try {
      return placedOf(await room.submit(command))
    } catch (error) {
      if (left === 0 || !isTaken(error)) throw error
    }
  }
}

/** Numbers made under another secret key may meet ours once in a long while; ten random digits may already be somebody's in this store. */
const isTaken = (error: unknown): boolean =>
  violates(error, 'orders_no_key') || violates(error, 'pickup_digits')

function placedOf(answer: Answer): Placed {
  if (answer.kind === 'refused') return refuse(answer.problem, answer.data)
  if (answer.kind !== 'placed') throw new Error(`a placement was answered ${answer.kind}`)
  return answer.order
}

/** Everything that can be said before the desk; answers the refusal instead of throwing it, because a repeat is stronger. */
async function prepare(room: Room, buyer: Buyer, body: PlaceBody): Promise<Prepared | Problem> {
  try {
    return await priceAndSlot(room, buyer, body)
  } catch (refusal) {
    if (refusal instanceof Problem) return refusal
    throw refusal
  }
}

async function priceAndSlot(
  { stores, pricing, fulfilment, ledgers, campaigns }: Room,
  { memberId, week }: Buyer,
  body: PlaceBody,
): Promise<Prepared> {
  const { storeId, lines, couponIds = [], usePoints = 0, useStoredValue = 0, expectFen } = body
  const store = stores.require(storeId)
  const ordering = stores.ordering(store)
  if (ordering !== 'open') refuse(storeClosed, { storeId, ordering })
  const campaign = body.campaign
    ? await campaigns.admit(memberId, { ...body, claim: body.campaign, week })
    : null
  const benefits = await pricing.benefitsOf(memberId, { couponIds, usePoints })
  const priced = pricing.price({ storeId, fulfilment: body.fulfilment, lines }, benefits, campaign?.price)
  const { slotStart } = body.fulfilment
  // A slot begins at an hour that nobody knows before the group is full: seats have none, and are collected at any time.
  if (campaign?.claim.group && slotStart !== undefined) refuse(slotInvalid, { slotStart })
  // Nor is it known of goods that are yet to come.
  const ahead = campaign !== null && campaign.claim.presale !== null
  const anyTime = ahead || campaign?.claim.group !== undefined
  const slot = anyTime
    ? null
    : fulfilment.slotFor(storeId, slotStart === undefined ? null : new Date(slotStart))
  const { totalFen } = priced.quote
  if (expectFen !== undefined && expectFen !== totalFen) refuse(priceChanged, { totalFen })
  requireUsed(priced, couponIds, usePoints)
  if (useStoredValue > 0 && (ahead || !ledgers.valueOpen())) refuse(valueOff)
  // Whether it is there is for the desk to say; more than the order costs is nowhere.
  if (useStoredValue > totalFen) refuse(valueShort, { availableFen: totalFen })
  return { priced, slot, campaign: campaign?.claim ?? null }
}

/** Whoever names a coupon, or a number of points, wants that very thing: what would do nothing here is refused, not left out. */
function requireUsed({ quote }: Priced, couponIds: readonly string[], usePoints: number): void {
  const idle = couponIds.find((id) => !quote.couponIds.includes(id))
  if (idle !== undefined) refuse(couponsUnusable, { couponId: idle })
  if (quote.pointsUsed !== usePoints) refuse(pointsUnusable, { usable: quote.pointsUsed })
}

async function commandOf(
  { ctx: { clock, config }, numbers, fulfilment }: Room,
  buyer: Buyer,
  body: PlaceBody,
  { bodyHash, priced, slot, campaign }: Prepared & { bodyHash: string },
): Promise<Place> {
  const at = clock.now()
  const { quote, goods, shares } = priced
  const { useStoredValue = 0 } = body
  return {
    verb: 'place',
    orderId: newId(),
    no: await numbers.next(at),
    storeId: body.storeId,
    memberId: buyer.memberId,
    key: body.idempotencyKey,
    bodyHash,
    slot,
    lines: goods.map((good, i) => lineOf(good, quote.lines[i], shares[i], config.weighingToleranceBp)),
    goodsFen: quote.goodsFen,
    discountFen: quote.discountFen,
    freightFen: quote.freightFen,
    totalFen: quote.totalFen,
    couponIds: quote.couponIds,
    usedPoints: quote.pointsUsed,
    stored: useStoredValue > 0 ? { fen: useStoredValue, attemptId: newId() } : null,
    depositFen: firstFen(quote.totalFen, campaign),
    campaign,
    remark: body.remark ?? '',
    ifShort: body.ifShort ?? 'refund',
    pickup: quote.totalFen === useStoredValue ? fulfilment.newPickup() : null,
    by: buyer.by,
    at,
    expiresAt: campaign?.payUntil ?? secondsAfter(at, (campaign?.payMinutes ?? config.unpaidMinutes) * 60),
  }
}

/** What is paid first where that is not all of it. */
const firstFen = (totalFen: number, campaign: Claim | null): number | null => {
  const bp = campaign?.presale?.depositBp ?? null
  return bp === null ? null : depositOf(totalFen, bp)
}

function lineOf(
  good: Priced['goods'][number],
  line: Priced['quote']['lines'][number] | undefined,
  kept: Priced['shares'][number] | undefined,
  toleranceBp: number,
): PlacedLine {
  if (!line || !kept || line.skuId !== good.skuId) throw new Error(`no price for ${good.skuId}`)
  return {
    skuId: good.skuId,
    productId: good.productId,
    name: good.name,
    unit: good.unit,
    barcode: good.barcode,
    shelf: good.shelf,
    pictureId: good.pictureId,
    quantity: line.quantity,
    unitFen: line.unitFen,
    payFen: line.payFen,
    pieceGrams: good.weight?.pieceGrams ?? null,
    toleranceBp: good.weight && toleranceBp,
    components: good.components && componentsOf(good.components, line.payFen),
    discounts: kept.shares,
    earnedPoints: kept.earnedPoints,
  }
}

/** What is in a bundle, each with its part of what the line costs. */
function componentsOf(components: NonNullable<Sellable['components']>, payFen: number): PlacedComponent[] {
  const pays = openBundle(payFen, components)
  return components.map(({ skuId, name, unit, barcode, shelf, pictureId, quantity }) => ({
    skuId,
    name,
    unit,
    barcode,
    shelf,
    pictureId,
    quantity,
    payFen: pays.get(skuId) ?? 0,
  }))
}
