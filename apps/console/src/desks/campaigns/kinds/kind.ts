import type { Campaign, CampaignInput } from '../model.ts'
import type { Wall } from '../times.ts'

export type Terms = CampaignInput['terms']
export type TermsOf<K extends Campaign['kind']> = Extract<Terms, { kind: K }>

/** What the terms of one kind are written within. */
export interface Around {
  startsAt: Wall
  endsAt: Wall
  /** Pieces of each good in each store, as far as they read. */
  quotas: readonly number[]
  /** Prices of its goods in fen, as far as they read. */
  prices: readonly number[]
}
export interface FieldsProps<F> {
  form: F
  change: (form: F) => void
  around: Around
  /** What is wrong with a field, by the server's path. */
  faultOf: (field: string) => string | undefined
}

/** What the console knows of one kind of campaign: its words and how its own terms are written. Its fields are drawn in `fields.tsx`. */
export interface KindDesk<F, T> {
  /** 秒杀 */
  word: string
  /** In one sentence, when to choose it. */
  promise: string
  /** What its own step of the wizard is called. */
  termsTitle: string
  /** Where its goods come from: off the shelf, still to come, or it sells none and gives coupons. */
  goods: 'shelf' | 'coming' | 'none'
  begin(around: Pick<Around, 'startsAt' | 'endsAt'>): F
  formOf(terms: T): F
  /** By the server's paths; empty: it may be read. */
  faults(form: F): [string, string][]
  read(form: F): T
  moved(form: F, minutes: number): F
  /** Its own terms in a line, for lists and heads. */
  summary(terms: T): string
}
