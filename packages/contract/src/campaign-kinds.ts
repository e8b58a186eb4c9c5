import { Type } from 'typebox'
import { AssistTerms, BargainTerms, ShareOffTerms } from './campaign-rallies.ts'
import { InstantInput, OneOf, Strict, Uuid } from './parts.ts'
import { PresaleTerms } from './presale-terms.ts'

/** Limited-time sale: the quota may be released in shares, one after another; none: all of it at the start. */
export const FlashTerms = Strict({
  kind: Type.Literal('flash'),
  /** Each share of every store's quota, in basis points; together the whole. What of one is not sold rolls on to the next. */
  batches: Type.Array(Strict({ at: InstantInput, shareBp: Type.Integer({ minimum: 1, maximum: 10_000 }) }), {
    maxItems: 24,
  }),
  /** Spans in which it sells, one after another, within its start and end; none: from start to end. */
  sessions: Type.Optional(
    Type.Array(Strict({ from: InstantInput, until: InstantInput }), { minItems: 1, maxItems: 60 }),
  ),
  /** `required`: only members who reserved before a session began may buy in it; else a reservation is a reminder and no more. */
  reservation: Type.Optional(OneOf(['reminder', 'required'])),
})

/** A rung of a ladder: so many who paid, and what a piece then costs everybody. */
export const GroupStep = Strict({
  size: Type.Integer({ minimum: 3, maximum: 100 }),
  priceFen: Type.Integer({ minimum: 1, maximum: 9_000_000_000 }),
})

/** Group buying: so many people, each with an order of their own, or everybody has their money back. */
export const GroupTerms = Strict({
  kind: Type.Literal('group'),
  /** So many who paid make a group. */
  size: Type.Integer({ minimum: 2, maximum: 20 }),
  /** How long a group may take; the campaign's end comes first. */
  hours: Type.Integer({ minimum: 1, maximum: 48 }),
  /** Nobody joins so shortly before the end of a group: they could not be sure to pay in time. */
  quietMinutes: Type.Integer({ minimum: 5, maximum: 120 }),
  /** Money that comes when its group is over: goes back, or opens a new group while the campaign has time for one. */
  latePayer: OneOf(['refund', 'new_group'] as const),
  /** Who joins (not who opens) has bought nothing yet. */
  newOnly: Type.Boolean(),
  /**
   * A ladder: more people, and a lower price for it, step by step after `size` and the price of its one item. All pay the first price; when the time is
   * up, or the last step is full, the step that was reached is the price, and the rest goes back.
   */
  steps: Type.Optional(Type.Array(GroupStep, { minItems: 1, maxItems: 4 })),
})

/** Subscription boxes: the same goods every week for whoever subscribed, ordered for them and paid week by week. */
export const BoxTerms = Strict({
  kind: Type.Literal('box'),
  /** The day of the week that boxes are collected on; Monday is 1. */
  weekday: Type.Integer({ minimum: 1, maximum: 7 }),
  /** Orders are placed so many days before, at nine in the morning. */
  ordersDaysBefore: Type.Integer({ minimum: 1, maximum: 6 }),
  /** And may be paid until this hour of the day before. */
  payUntilHour: Type.Integer({ minimum: 10, maximum: 22 }),
})

/** What only campaigns of one kind say; which kind it is, stands in it. */
export const CampaignTerms = Type.Union([
  FlashTerms,
  GroupTerms,
  BargainTerms,
  AssistTerms,
  ShareOffTerms,
  PresaleTerms,
  BoxTerms,
])
export const CAMPAIGN_KINDS = ['flash', 'group', 'bargain', 'assist', 'share_off', 'presale', 'box'] as const

/** How an order says that it is of a campaign. */
export const CampaignClaim = Strict({
  campaignId: Uuid,
  /** Of group buying: the group to join; without it the order opens one. */
  groupId: Type.Optional(Uuid),
  /** Of a bargain: the one of mine that is reached. */
  rallyId: Type.Optional(Uuid),
  /** What the gate gave; only campaigns that crowds come to ask for one, and only orders of them. */
  pass: Type.Optional(Type.String({ minLength: 20, maxLength: 300, pattern: '^[\\w.-]+$' })),
})
/** Why an order has no seat in a group. */
export const GROUP_ERRORS = [
  'groups.missing',
  'groups.over',
  'groups.too_late',
  'groups.waits_for_leader',
  'groups.member_already',
  'groups.full',
  'groups.only_new',
] as const
export const CAMPAIGN_ERRORS = [
  'campaigns.missing',
  'campaigns.not_now',
  'campaigns.paused',
  'campaigns.sold_out',
  'campaigns.limit_reached',
  'campaigns.not_for_you',
  'campaigns.one_line',
  'campaigns.goods_changed',
  'campaigns.box_only',
  ...GROUP_ERRORS,
  'campaigns.rally_wanted',
  'rallies.missing',
  'rallies.not_reached',
  'rallies.over',
  'campaigns.pass_needed',
  'campaigns.pass_invalid',
  'campaigns.pass_used',
] as const
