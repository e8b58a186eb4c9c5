import type { Coupon, CouponOffer } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { type MemberActor, signature } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { createDesk } from '#kernel/desk'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { Stores } from '#room/stores'
import {
  type Claim,
  type ClaimAnswer,
  type ClaimView,
  type ClaimWrites,
  decideClaims,
  leftOf,
} from './claims.ts'
import * as sql from './claims.sql.ts'
import type { Wallet } from './wallet.ts'

type Offer = Static<typeof CouponOffer>
const SHOWN = 50
const ORDER: Record<Offer['state'], number> = { open: 0, gone_today: 1, had: 2, gone: 3 }

export interface ClaimingDeps {
  stores: Pick<Stores, 'require'>
  members: Pick<Members, 'phoneHashes'>
}

/**
 * Coupons that members get by themselves. Whoever wants one waits at a desk like that of orders: many are decided on one lock and one commit, and no
 * more are given than the template says.
 */
export function createClaiming(
  { db, clock, database: { deskPool } }: Pick<Ctx, 'db' | 'clock' | 'database'>,
  { stores, members }: ClaimingDeps,
  wallet: Pick<Wallet, 'one' | 'promise'>,
) {
  const desk = createDesk<Claim, ClaimView, ClaimAnswer, ClaimWrites>(deskPool, {
    load: sql.loadClaims,
    decide: decideClaims,
    write: sql.writeClaims,
  })
  const phoneOf = async (memberId: string): Promise<string | null> =>
    (await members.phoneHashes([memberId])).get(memberId) ?? null

  function stateOf(row: sql.OfferRow): Offer['state'] {
    if (row.had >= row.mostEach) return 'had'
    const { left, tomorrow } = leftOf(row, businessDay(clock.now()))
    if (left > 0) return 'open'
    return tomorrow ? 'gone_today' : 'gone'
  }
  const shown = (row: sql.OfferRow): Offer => ({
    ...wallet.promise(row),
    id: row.templateId,
    validDays: row.validDays,
    mostEach: row.mostEach,
    had: row.had,
    takenPercent: Math.floor((row.granted * 100) / row.most),
    state: stateOf(row),
    needsPhone: row.needsPhone,
    closesAt: row.closesAt?.toISOString() ?? null,
  })

  return {
    async offers({ memberId }: MemberActor, storeId: string): Promise<Offer[]> {
      stores.require(storeId)
      const phone = await phoneOf(memberId)
      const rows = await sql.listOffers(db, { memberId, phone, storeId, at: clock.now(), limit: SHOWN })
      return rows.map(shown).sort((a, b) => ORDER[a.state] - ORDER[b.state])
    },

    /** One coupon of this template for the member, or a refusal by name; the same key again gives the same coupon. */
    async claim(actor: MemberActor, templateId: string, key: string): Promise<Static<typeof Coupon>> {
      const { memberId } = actor
      const answer = await desk.submit({
        couponId: newId(),
        templateId,
        memberId,
        phone: await phoneOf(memberId),
        key: `claim:${key}`,
        by: signature(actor),
        at: clock.now(),
      })
      return answer.kind === 'claimed'
        ? wallet.one(memberId, answer.couponId)
        : refuse(answer.problem, answer.data)
    },
  }
}
export type Claiming = ReturnType<typeof createClaiming>
