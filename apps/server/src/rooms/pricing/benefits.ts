import { refuse } from '#kernel/problem'
import type { ActivityPrice } from '#room/campaigns'
import type { CouponRow, Coupons, HeldCoupon } from '#room/coupons'
import { type Ledgers, type PointsTerms, pointsUnusable } from '#room/ledgers'
import type { MemberTier, Tiers } from '#room/tiers'
import { barrier, idle } from './applies.ts'
import { divide } from './apportion.ts'
import { MOST_COUPONS } from './coupons.ts'
import { quote } from './quote.ts'
import {
  type Basket,
  type CouponEffect,
  type CouponTerm,
  EVERYTHING,
  type Goods,
  type Outcome,
  type PointsTerm,
  type PriceTerm,
} from './terms.ts'

/** The name of the member price among rules. */
export const TIER = 'tier'

/** What a member brings to an order, vouched for by the rooms that own it. */
export interface Benefits {
  coupons: readonly CouponTerm[]
  points: { use: number; balance: number }
  /** Null where the chain has no tiers, or nobody in particular buys. */
  tier: MemberTier | null
  /** Known as far as one of their coupons asks for it. */
  boughtBefore: boolean
}
export const NOTHING: Benefits = {
  coupons: [],
  points: { use: 0, balance: 0 },
  tier: null,
  boughtBefore: false,
}

export interface BenefitWish {
  couponIds?: readonly string[] | undefined
  usePoints?: number | undefined
}
export interface BenefitSources {
  coupons: Pick<Coupons, 'require' | 'usable' | 'shown'>
  ledgers: Pick<Ledgers, 'usablePoints' | 'pointsTerms'>
  tiers: Pick<Tiers, 'tierOf'>
}

function effectOf({ kind, steps, toFen, timesBp }: HeldCoupon): CouponEffect {
  if (kind === 'steps') return { kind, steps }
  if (kind === 'exchange') return { kind, toFen: toFen ?? 0 }
  if (kind === 'freight') return { kind }
  return { kind, timesBp: timesBp ?? 10_000 }
}

export const termOf = (held: HeldCoupon): CouponTerm => ({
  id: held.couponId,
  label: held.label,
  stage: 'coupon',
  stackGroup: held.stackGroup,
  exclusiveWith: held.exclusiveWith,
  appliesTo: {
    ...EVERYTHING,
    storeIds: held.storeIds,
    fulfilments: held.fulfilments,
    channels: held.channels,
    tiers: held.tiers,
    firstOrder: held.firstOrder,
    categoryIds: held.categoryIds,
    skuIds: held.skuIds,
    exceptCategoryIds: held.exceptCategoryIds,
    exceptSkuIds: held.exceptSkuIds,
  },
  funding: held.funding,
  maxOffFen: held.maxOffFen,
  from: held.startsAt,
  until: held.expiresAt,
  effect: effectOf(held),
})

/**
 * What this member wishes to use, if it is theirs, and their tier; refuses with `coupons.unusable` or `points.unusable`. Nothing is asked where nothing
 * is wished.
 */
export async function benefitsOf(
  { coupons, ledgers, tiers }: BenefitSources,
  memberId: string,
  { couponIds = [], usePoints = 0 }: BenefitWish,
): Promise<Benefits> {
  if (couponIds.length === 0 && usePoints === 0) return { ...NOTHING, tier: await tiers.tierOf(memberId) }
  if (usePoints > 0 && !ledgers.pointsTerms()) refuse(pointsUnusable)
  const [held, balance, tier] = await Promise.all([
    couponIds.length > 0 ? coupons.require(memberId, couponIds) : [],
    usePoints > 0 ? ledgers.usablePoints(memberId) : 0,
    tiers.tierOf(memberId),
  ])
  return { ...benefitsOfHeld(held), points: { use: usePoints, balance }, tier }
}

const hasBought = (held: readonly HeldCoupon[]): boolean => held.some(({ boughtBefore }) => boughtBefore)
const benefitsOfHeld = (held: readonly HeldCoupon[]): Pick<Benefits, 'coupons' | 'boughtBefore'> => ({
  coupons: held.map(termOf),
  boughtBefore: hasBought(held),
})

/**
 * The coupons of a member that are weighed against each other for such an order: where there are more than can be, those that take most off alone,
 * then those that expire soonest.
 */
export async function allCoupons(
  { coupons }: BenefitSources,
  memberId: string,
  order: Basket,
): Promise<Pick<Benefits, 'coupons' | 'boughtBefore'>> {
  const held = benefitsOfHeld(await coupons.usable(memberId))
  const theirs = { ...order, boughtBefore: held.boughtBefore }
  const terms = held.coupons.filter((term) => barrier(term, theirs) === null)
  if (terms.length <= MOST_COUPONS) return { ...held, coupons: terms }
  const best = terms
    .map((term) => ({ term, tried: tryAlone(theirs, term) }))
    .sort((a, b) => byUse(a.tried, b.tried))
    .map(({ term }) => term)
    .slice(0, MOST_COUPONS)
  return { ...held, coupons: best }
}

/** What a coupon would do on an order if it were the only one, before points. */
export function tryAlone(order: Basket, term: CouponTerm): Outcome {
  const { outcomes } = quote({ ...order, coupons: [term], points: null })
  return outcomes.find(({ rule }) => rule === term.id) ?? idle(term, 'nothing_left')
}
/** What acts before what does not, what takes more off before what takes less. */
const byUse = (a: Outcome, b: Outcome): number =>
  Number(b.why === 'applied') - Number(a.why === 'applied') || b.offFen - a.offFen

/** Each usable coupon of a member beside an order: what it would do alone. What helps most comes first, then what expires soonest. */
export async function couponsBeside(
  { coupons }: BenefitSources,
  memberId: string,
  order: Basket,
): Promise<{ coupon: CouponRow; tried: Outcome }[]> {
  const held = await coupons.usable(memberId)
  const theirs = { ...order, boughtBefore: hasBought(held) }
  return held
    .map((coupon) => ({ coupon, tried: tryAlone(theirs, termOf(coupon)) }))
    .sort((a, b) => byUse(a.tried, b.tried))
}

const goodsBut = (exceptCategoryIds: readonly string[]): Goods => ({ ...EVERYTHING, exceptCategoryIds })

/** How points pay, under the terms of the chain. */
export const pointsTerm = (
  terms: PointsTerms | null,
  { use, balance }: Benefits['points'],
): PointsTerm | null =>
  terms && {
    label: '积分抵扣',
    use,
    balance,
    pointsPerYuan: terms.pointsPerYuan,
    capBp: terms.capBp,
    capPoints: terms.capPoints,
    minOrderFen: terms.minOrderFen,
    goods: goodsBut(terms.exceptCategoryIds),
  }

/** How an order earns points: as often as the tier says. */
export const earnTerm = (terms: PointsTerms | null, tier: MemberTier | null): Basket['earn'] =>
  terms && {
    fenPerPoint: terms.fenPerPoint,
    timesBp: tier?.pointsTimesBp ?? 10_000,
    goods: goodsBut(terms.exceptCategoryIds),
  }

/** So much off the store's price, not off what the shop asks: the lower of the two holds, never both (domain handbook §2.8). */
export const memberPrice = (shelfFen: number, offBp: number): number =>
  Math.max(1, shelfFen - divide(shelfFen, offBp, 10_000).floor)

/** The member price of a published tier, as a term like any other. */
export const tierTerm = (
  tier: MemberTier | null,
  goods: readonly { skuId: string; shelfFen: number }[],
): PriceTerm | null =>
  tier && tier.offBp > 0
    ? {
        id: TIER,
        label: `${tier.name}会员价`,
        stage: 'price',
        stackGroup: TIER,
        exclusiveWith: [],
        appliesTo: { ...EVERYTHING, tiers: [tier.code], exceptCategoryIds: tier.exceptCategoryIds },
        funding: 'hq',
        maxOffFen: null,
        from: tier.since,
        until: null,
        prices: Object.fromEntries(
          goods.map(({ skuId, shelfFen }) => [skuId, memberPrice(shelfFen, tier.offBp)]),
        ),
      }
    : null

/** The price of a campaign that vouches for itself: whom it is for and when, the campaign has judged already. */
export const activityTerm = ({ id, label, prices, funding, from, until }: ActivityPrice): PriceTerm => ({
  id,
  label,
  stage: 'activity',
  stackGroup: 'activity',
  exclusiveWith: [],
  appliesTo: { ...EVERYTHING, skuIds: Object.keys(prices) },
  funding,
  maxOffFen: null,
  from,
  until,
  prices,
})
