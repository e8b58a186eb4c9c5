import { COUPON_CODE_MINUTES, type DayPack } from '@linli/contract/tills'
import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import { couponsUnusable, isForTills, isUsable } from '#room/coupons'
import { couponCode } from './codes.ts'
import type { Room } from './room.ts'

const KIND = 'LD1'
/** As the member's card says of itself (`rooms/members/card.ts`). */
const CARD_GOOD_S = 60
/** A pack outlives its day by some hours, for a till that opens without a line. */
const AFTER = '12:00'

type Pack = Static<typeof DayPack>
export interface SignedPack {
  payload: string
  signature: string
  keys: { id: string; publicKey: string }[]
}

/** What a till of this store needs to go on without us today: the keys it checks cards and coupons with, and coupons it may accept by itself. */
export async function dayPackOf(room: Room, storeId: string): Promise<SignedPack> {
  room.stores.require(storeId)
  const day = businessDay(room.ctx.clock.now())
  const keys = room.members.cardKeys().map(({ id, publicKey }) => ({ id, publicKey }))
  const coupons = (await room.coupons.tillOffers(storeId)).map((offer) => ({
    templateId: offer.id,
    label: offer.label,
    steps: offer.steps,
    maxOffFen: offer.maxOffFen,
  }))
  const content: Omit<Pack, 'version'> = {
    storeId,
    day,
    validUntil: instantOf(dayAfter(day, 1), AFTER).toISOString(),
    keys,
    cardGoodSeconds: CARD_GOOD_S,
    couponGoodSeconds: COUPON_CODE_MINUTES * 60,
    coupons,
  }
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
  const payload = JSON.stringify({ version, ...content } satisfies Pack)
  const signature = room.members.sign(KIND, createHash('sha256').update(payload).digest())
  return { payload, signature, keys }
}

/** What a member shows at a till in place of a coupon of theirs. */
export async function tillCodeOf(room: Room, memberId: string, couponId: string) {
  const at = room.ctx.clock.now()
  const [held] = await room.coupons.held([couponId])
  if (held?.memberId !== memberId || !isUsable(held, at) || !isForTills(held))
    return refuse(couponsUnusable, { couponId })
  const { templateId, label } = held
  const code = couponCode((kind, body) => room.members.sign(kind, body), {
    couponId,
    memberId,
    templateId,
    at,
  })
  const validUntil = new Date(at.getTime() + COUPON_CODE_MINUTES * 60_000).toISOString()
  return { code, label, validUntil, now: at.toISOString() }
}
