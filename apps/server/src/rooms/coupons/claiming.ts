import type { CouponOffer } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { type MemberActor, signature, SYSTEM } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { createDesk } from '#kernel/desk'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { type Ledgers, pointsUnusable } from '#room/ledgers'
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
import { raiseAlarm } from './alarms.sql.ts'
import type { ShownCoupon, Wallet } from './wallet.ts'

type Offer = Static<typeof CouponOffer>
type Wanted = Pick<Claim, 'templateId' | 'memberId' | 'way' | 'key'> & Partial<Pick<Claim, 'code'>>
const SHOWN = 50
const ORDER: Record<Offer['state'], number> = { open: 0, gone_today: 1, had: 2, gone: 3 }

export interface ClaimingDeps {
  stores: Pick<Stores, 'require'>
  members: Pick<Members, 'phoneHashes'>
  ledgers: Pick<Ledgers, 'desk' | 'pointsTerms'>
}

/**
 * Coupons that members get by themselves. Whoever wants one waits at a desk like that of orders: many are decided on one lock and one commit, and no
 * more are given than the template says.
 */
export function createClaiming(
  { db, clock, database: { deskPool } }: Pick<Ctx, 'db' | 'clock' | 'database'>,
  { stores, members, ledgers }: ClaimingDeps,
  wallet: Pick<Wallet, 'one' | 'promise'>,
) {
  const desk = createDesk<Claim, ClaimView, ClaimAnswer, ClaimWrites>(deskPool, {
    load: (client, claims) => sql.loadClaims(client, ledgers.desk, claims),
    decide: decideClaims,
    write: (client, writes) => sql.writeClaims(client, ledgers.desk, writes),
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
    pricePoints: row.pricePoints,
    closesAt: row.closesAt?.toISOString() ?? null,
  })

  /** The id of one coupon of this template for the member, or a refusal by name; the same key again gives the same coupon. */
  async function give(wanted: Wanted, by: string = SYSTEM): Promise<string> {
    const { memberId, templateId } = wanted
    const at = clock.now()
    const phone = await phoneOf(memberId)
    const answer = await desk.submit({ code: null, ...wanted, couponId: newId(), phone, by, at })
    if (answer.kind === 'claimed') return answer.couponId
    const { alarm: kind, problem, data } = answer
    if (kind) await inTx(db, (tx) => raiseAlarm(tx, { kind, memberId, templateId, day: businessDay(at), at }))
    return refuse(problem, data)
  }

  /** The coupon, as its member sees it. */
  async function get(
    actor: MemberActor,
    wanted: Pick<Claim, 'templateId' | 'way' | 'key' | 'code'>,
  ): Promise<ShownCoupon> {
    const { memberId } = actor
    // Points are a chain's promise of today: switched off, they buy nothing.
    if (wanted.way === 'points' && !ledgers.pointsTerms()) refuse(pointsUnusable)
    return wallet.one(memberId, await give({ ...wanted, memberId }, signature(actor)))
  }

  return {
    async offers({ memberId }: MemberActor, storeId: string): Promise<Offer[]> {
      stores.require(storeId)
      const phone = await phoneOf(memberId)
      const rows = await sql.listOffers(db, { memberId, phone, storeId, at: clock.now(), limit: SHOWN })
      return rows.map(shown).sort((a, b) => ORDER[a.state] - ORDER[b.state])
    },

    claim: (actor: MemberActor, templateId: string, key: string): Promise<ShownCoupon> =>
      get(actor, { templateId, way: 'claim', key: `claim:${key}`, code: null }),
    buy: (actor: MemberActor, templateId: string, key: string): Promise<ShownCoupon> =>
      get(actor, { templateId, way: 'points', key: `buy:${key}`, code: null }),
    get,
    give,
  }
}
export type Claiming = ReturnType<typeof createClaiming>
