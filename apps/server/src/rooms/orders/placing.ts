import type { MemberActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { signature } from '#kernel/actor'
import { violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { Problem, refuse } from '#kernel/problem'
import type { OfferedSlot } from '#room/fulfilment'
import type { Priced } from '#room/pricing'
import { hashBody, type PlaceBody } from './body-hash.ts'
import type { Answer, Place, Placed, PlacedLine } from './commands.ts'
import type { Room } from './room.ts'
import { priceChanged, storeClosed } from './problems.ts'

const NUMBER_TRIES = 3

/** Places an order for what the shopper saw, or refuses by name. Safe to repeat: the same key with the same body gets the first answer. */
export async function placeOrder(room: Room, actor: MemberActor, body: PlaceBody): Promise<Placed> {
  const { memberId } = actor
  const asked = { memberId, key: body.idempotencyKey, bodyHash: hashBody(body), storeId: body.storeId }
  let prepared: { priced: Priced; slot: OfferedSlot | null }
  try {
    prepared = prepare(room, body)
  } catch (refusal) {
    if (!(refusal instanceof Problem)) throw refusal
    // Placed before, and only today's price, slot or shelf is against it: the first answer still stands.
    const seen = await room.look({ ...asked, lines: [] })
    if (seen.kind === 'open') throw refusal
    return placedOf(seen)
  }
  if (room.soldOut.has(body.storeId, body.lines)) {
    const seen = await room.look({ ...asked, lines: body.lines })
    if (seen.kind !== 'open') return placedOf(seen)
    room.soldOut.forget(body.storeId, body.lines)
  }
  const { bodyHash } = asked
  for (let left = NUMBER_TRIES; ; left--) {
    const command = await commandOf(room, actor, body, { bodyHash, ...prepared })
    try {
      return placedOf(await room.submit(command))
    } catch (error) {
      // Numbers made under another secret key may meet ours once in a long while.
      if (left === 0 || !violates(error, 'orders_no_key')) throw error
    }
  }
}

function placedOf(answer: Answer): Placed {
  if (answer.kind === 'refused') return refuse(answer.problem, answer.data)
  if (answer.kind !== 'placed') throw new Error(`a placement was answered ${answer.kind}`)
  return answer.order
}

function prepare(room: Room, body: PlaceBody): { priced: Priced; slot: OfferedSlot | null } {
  const { stores, pricing, fulfilment } = room
  const store = stores.require(body.storeId)
  if (!store.open || !stores.featureOn(store.id, 'pickup')) refuse(storeClosed, { storeId: store.id })
  const priced = pricing.price({
    storeId: body.storeId,
    fulfilment: body.fulfilment,
    lines: body.lines,
    ...(body.couponIds && { couponIds: body.couponIds }),
    ...(body.usePoints !== undefined && { usePoints: body.usePoints }),
  })
  const { slotStart } = body.fulfilment
  const slot = slotStart === undefined ? null : fulfilment.slotAt(store.id, new Date(slotStart))
  const { totalFen } = priced.quote
  if (body.expectFen !== undefined && body.expectFen !== totalFen) refuse(priceChanged, { totalFen })
  return { priced, slot }
}

async function commandOf(
  { ctx: { clock, config }, numbers }: Room,
  actor: MemberActor,
  body: PlaceBody,
  { bodyHash, priced, slot }: { bodyHash: string; priced: Priced; slot: OfferedSlot | null },
): Promise<Place> {
  const at = clock.now()
  const { quote, goods } = priced
  return {
    verb: 'place',
    orderId: newId(),
    no: await numbers.next(at),
    storeId: body.storeId,
    memberId: actor.memberId,
    key: body.idempotencyKey,
    bodyHash,
    slot,
    lines: goods.map((good, i) => lineOf(good, quote.lines[i])),
    goodsFen: quote.goodsFen,
    discountFen: quote.discountFen,
    freightFen: quote.freightFen,
    totalFen: quote.totalFen,
    remark: body.remark ?? '',
    ifShort: body.ifShort ?? 'refund',
    by: signature(actor),
    at,
    expiresAt: secondsAfter(at, config.unpaidMinutes * 60),
  }
}

function lineOf(
  good: Priced['goods'][number],
  line: Priced['quote']['lines'][number] | undefined,
): PlacedLine {
  if (!line || line.skuId !== good.skuId) throw new Error(`no price for ${good.skuId}`)
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
    discounts: line.discounts,
  }
}
