import type { CHANNELS, Explained, FULFILMENTS, FUNDINGS } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import type { Step } from '#kernel/steps'

/** In the order of precedence (domain handbook §2.8). */
export const STAGES = ['activity', 'price', 'step', 'pickup', 'coupon', 'points', 'freight'] as const
export type Stage = (typeof STAGES)[number]
export type Funding = (typeof FUNDINGS)[number]
export type FulfilmentKind = (typeof FULFILMENTS)[number]
export type Channel = (typeof CHANNELS)[number]

/** Which goods a term speaks of: all, or those of the named categories and SKUs; in both cases without the exceptions. */
export interface Goods {
  categoryIds: readonly string[]
  skuIds: readonly string[]
  exceptCategoryIds: readonly string[]
  exceptSkuIds: readonly string[]
}
/** Where, how and for whom a term holds; null: everywhere, however, for everyone. */
export interface AppliesTo extends Goods {
  storeIds: readonly string[] | null
  fulfilments: readonly FulfilmentKind[] | null
  channels: readonly Channel[] | null
  tiers: readonly string[] | null
  /** Only for a member who has bought nothing yet. */
  firstOrder: boolean
}
export const EVERYTHING: AppliesTo = {
  categoryIds: [],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: [],
  storeIds: null,
  fulfilments: null,
  channels: null,
  tiers: null,
  firstOrder: false,
}

/** What every rule and coupon says, whatever it takes off. */
export interface Term {
  id: string
  label: string
  stage: Stage
  /** Of one group at most one acts: the one that takes most off. */
  stackGroup: string
  /** Groups or ids of terms that may not act on the same line as this one, whichever of the two says so. */
  exclusiveWith: readonly string[]
  appliesTo: AppliesTo
  funding: Funding
  /** The most it takes off in one order. */
  maxOffFen: number | null
  from: Date
  until: Date | null
}
export type { Step } from '#kernel/steps'

/** A price of a campaign (the line takes nothing else then), a limited-time price, or a member price. */
export interface PriceTerm extends Term {
  stage: 'activity' | 'price'
  /** Fen by SKU; or, for every SKU it applies to, basis points off, rounded down to the fen. */
  prices: Readonly<Record<string, number>> | { offBp: number }
}
/** 满减 or a discount for collecting: off the order, spread over the lines that take part. */
export interface StepTerm extends Term {
  stage: 'step' | 'pickup'
  steps: readonly Step[]
}
export type CouponEffect =
  | { kind: 'steps'; steps: readonly Step[] }
  /** One piece of the goods it applies to for so much; the only thing that may make an order cost nothing. */
  | { kind: 'exchange'; toFen: number }
  | { kind: 'freight' }
  /** Multiplies the points earned; 20,000 doubles them. */
  | { kind: 'earn'; timesBp: number }
/** A coupon that its holder may use now; that it is theirs and unused is for the room of coupons to know. */
export interface CouponTerm extends Term {
  stage: 'coupon'
  effect: CouponEffect
}
export type RuleTerm = PriceTerm | StepTerm

/** How points pay: what they are worth, and how much of an order they may pay. */
export interface PointsTerm {
  label: string
  /** Points the shopper wants to use, and has. */
  use: number
  balance: number
  pointsPerYuan: number
  /** Of what the goods that take part still cost. */
  capBp: number
  capPoints: number | null
  minOrderFen: number
  goods: Goods
}
/** What is earned: one point for so many fen that are really paid for these goods, multiplied by a tier. */
export interface EarnTerm {
  fenPerPoint: number
  timesBp: number
  goods: Goods
}
export interface FreightTerm {
  label: string
  feeFen: number
  /** Free from so much on, counted before coupons and points, so that a coupon never costs freight. */
  freeFromFen: number | null
}

export interface BasketLine {
  /** Of the line; one SKU stands in one line, so the SKU will do. */
  id: string
  skuId: string
  categoryId: string
  name: string
  quantity: number
  unitFen: number
}
/** Everything that decides what a basket costs, as plain data: the same basket costs the same everywhere. */
export interface Basket {
  at: Date
  storeId: string
  fulfilment: FulfilmentKind
  channel: Channel
  tier: string | null
  /** Has the member an order already that was not cancelled? */
  boughtBefore: boolean
  lines: readonly BasketLine[]
  rules: readonly RuleTerm[]
  coupons: readonly CouponTerm[]
  points: PointsTerm | null
  freight: FreightTerm | null
  earn: EarnTerm | null
}

/** What one term did to the order, or why it did nothing. Sentences are made of it in `words.ts`. */
export interface Outcome extends Omit<Static<typeof Explained>, 'words' | 'lines'> {
  lines: readonly { id: string; offFen: number }[]
}
export interface Share {
  rule: string
  label: string
  offFen: number
  /** Points that were given for it; 0 but for the share of points. */
  points: number
}
export interface PricedLine {
  line: BasketLine
  amountFen: number
  payFen: number
  shares: readonly Share[]
  earnedPoints: number
}
export interface PricedBasket {
  lines: readonly PricedLine[]
  goodsFen: number
  discountFen: number
  freightFen: number
  totalFen: number
  /** Sums of the shares, one for each term that took something off. */
  discounts: readonly (Share & { funding: Funding })[]
  pointsUsed: number
  pointsEarned: number
  outcomes: readonly Outcome[]
}
