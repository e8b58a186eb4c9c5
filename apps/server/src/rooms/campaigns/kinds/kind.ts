import type { CampaignFault, CampaignInput } from '@linli/contract/campaigns'
import type { Static } from 'typebox'

export type Terms = Static<typeof CampaignInput>['terms']
export type TermsOf<K extends Terms['kind']> = Extract<Terms, { kind: K }>
export type Fault = Static<typeof CampaignFault>
/** A campaign as rules see it: what was written down, with instants. */
export interface Plan<T extends Terms = Terms> extends Omit<
  Static<typeof CampaignInput>,
  'startsAt' | 'endsAt' | 'terms'
> {
  startsAt: Date
  endsAt: Date
  terms: T
}
/** A span in which a campaign sells: from, and until but not at. */
export interface Session {
  from: Date
  until: Date
}
export interface Rule {
  title: string
  words: string
}

/** What a store asks for one piece now; undefined where it does not sell it. */
export type PriceAt = (storeId: string, skuId: string) => number | undefined

/** What one kind of campaign is: pure rules, nothing else. A new kind is a folder with these, its terms in the contract, and a form. */
export interface Kind<T extends Terms = Terms> {
  /** What shoppers see on its price: 秒杀价. */
  label: string
  /** Its goods are taken off the shelf; false: they are yet to come, and its quotas are only counted. */
  fromShelf: boolean
  /** What does not hold together in its own terms. */
  faults(plan: Plan<T>, priceAt: PriceAt): Fault[]
  /** Of each quota, so much may be had at this instant; basis points, never falling. */
  releasedBp(plan: Plan<T>, at: Date): number
  /** The same terms at another time: every instant in them moves likewise. */
  moved(terms: T, move: (at: string) => string): T
  /** What is published besides what the frame says of every campaign. */
  rules(plan: Plan<T>): Rule[]
  /** When its orders are paid, where that is not so many minutes after each. */
  payment?(plan: Plan<T>): string
  /** Spans in which it sells, in order; without them it sells from start to end. */
  sessions?(plan: Plan<T>): Session[]
  /** When more is released after this instant; null: never. */
  nextRelease?(plan: Plan<T>, at: Date): Date | null
  /** Crowds come at the minute: an order needs a pass of the gate (docs/adr/0033). */
  gated?: boolean
  /** Only members who reserved before a session began may buy in it. */
  reservedOnly?(plan: Plan<T>): boolean
}
