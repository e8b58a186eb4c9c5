// Baskets and terms as tests write them: only what a case is about is named.
import { quote } from '../../src/rooms/pricing/quote.ts'
import {
  type AppliesTo,
  type Basket,
  type BasketLine,
  type CouponTerm,
  EVERYTHING,
  type PointsTerm,
  type PricedBasket,
  type PriceTerm,
  type Step,
  type StepTerm,
  type Term,
} from '../../src/rooms/pricing/terms.ts'

export const AT = new Date('2026-11-22T02:36:00Z')

export const line = (id: string, unitFen: number, quantity = 1, categoryId = 'V'): BasketLine => ({
  id,
  skuId: id,
  categoryId,
  name: id,
  quantity,
  unitFen,
})
export const basket = (lines: readonly BasketLine[], more: Partial<Basket> = {}): Basket => ({
  at: AT,
  storeId: 'S01',
  fulfilment: 'pickup',
  channel: 'online',
  tier: null,
  boughtBefore: false,
  lines,
  rules: [],
  coupons: [],
  points: null,
  freight: null,
  earn: null,
  ...more,
})

type Own<T extends Term> = Partial<Omit<T, 'appliesTo'>> & { appliesTo?: Partial<AppliesTo> }
const common = (id: string, { appliesTo = {}, ...own }: Own<Term>) => ({
  id,
  label: id,
  exclusiveWith: [],
  funding: 'hq' as const,
  maxOffFen: null,
  from: new Date(0),
  until: null,
  ...own,
  appliesTo: { ...EVERYTHING, ...appliesTo },
})
export const step = (atFen: number, offFen: number): Step => ({ atFen, atPieces: 0, offFen, offBp: 0 })
export const steps = (id: string, of: readonly Step[], own: Own<StepTerm> = {}): StepTerm => ({
  ...common(id, own),
  stage: own.stage ?? 'step',
  stackGroup: own.stackGroup ?? own.stage ?? 'step',
  steps: of,
})
export const pricing = (id: string, prices: PriceTerm['prices'], own: Own<PriceTerm> = {}): PriceTerm => ({
  ...common(id, own),
  stage: own.stage ?? 'price',
  stackGroup: own.stage ?? 'price',
  prices,
})
export const coupon = (id: string, effect: CouponTerm['effect'], own: Own<CouponTerm> = {}): CouponTerm => ({
  ...common(id, own),
  stage: 'coupon',
  stackGroup: own.stackGroup ?? 'coupon',
  effect,
})
export const off = (atFen: number, offFen: number): CouponTerm['effect'] => ({
  kind: 'steps',
  steps: [step(atFen, offFen)],
})
export const points = (use: number, own: Partial<PointsTerm> = {}): PointsTerm => ({
  label: '积分',
  use,
  balance: use,
  pointsPerYuan: 100,
  capBp: 10_000,
  capPoints: null,
  minOrderFen: 0,
  goods: EVERYTHING,
  ...own,
})
export const EARN = { fenPerPoint: 100, timesBp: 10_000, goods: EVERYTHING }

/** What each line has off by a rule, in the order of the basket. */
export const offsBy = ({ lines }: PricedBasket, rule: string): number[] =>
  lines.map(({ shares }) => shares.find((share) => share.rule === rule)?.offFen ?? 0)
export const pays = ({ lines }: PricedBasket): number[] => lines.map(({ payFen }) => payFen)
/** Why a term did or did not act. */
export const whyOf = ({ outcomes }: PricedBasket, rule: string) =>
  outcomes.find((outcome) => outcome.rule === rule)
export const totalOf = (of: Basket): number => quote(of).totalFen
