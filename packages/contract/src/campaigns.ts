import { Type } from 'typebox'
import { CAMPAIGN_KINDS, CampaignTerms } from './campaign-kinds.ts'
import {
  ByStore,
  Fen,
  Instant,
  InstantInput,
  Line,
  Maybe,
  OneOf,
  Picture,
  StoreId,
  Strict,
  Uuid,
} from './parts.ts'
import { FUNDINGS, Tier } from './pricing.ts'
import { defineRoutes } from './route.ts'

export const CampaignKind = OneOf(CAMPAIGN_KINDS)
/** DRAFT may be edited; SCHEDULED holds its goods and its days; LIVE sells; ENDED has given back what it did not sell. */
export const CAMPAIGN_STATES = ['DRAFT', 'SCHEDULED', 'LIVE', 'ENDED'] as const
export const CampaignState = OneOf(CAMPAIGN_STATES)
export const ByCampaign = Strict({ campaignId: Uuid })

/** What a store sells of one SKU, at which price, and how many at most. */
export const CampaignItem = Strict({
  skuId: Uuid,
  priceFen: Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'fen, for one piece' }),
  quotas: Type.Array(Strict({ storeId: StoreId, quota: Type.Integer({ minimum: 1, maximum: 100_000 }) }), {
    minItems: 1,
    maxItems: 200,
  }),
})
const head = {
  name: Line(30),
  /** None where the kind sells nothing. */
  items: Type.Array(CampaignItem, { maxItems: 20 }),
  /** Pieces that one member may have, over all stores and orders of the campaign. */
  perMember: Type.Integer({ minimum: 1, maximum: 20 }),
  payMinutes: Type.Integer({
    minimum: 5,
    maximum: 30,
    description: 'to pay, before the goods go on to others',
  }),
  /** The goods leave the shelf for the campaign so long before it starts. */
  armMinutes: Type.Integer({ minimum: 0, maximum: 20_160 }),
  /** Only for these tiers of members; null: for everybody. */
  tiers: Maybe(Type.Array(Tier, { minItems: 1, maxItems: 10, uniqueItems: true })),
  /** Only for members who have bought nothing yet. */
  firstOrder: Type.Boolean(),
  funding: OneOf(FUNDINGS),
  terms: CampaignTerms,
}
export const CampaignInput = Strict({ ...head, startsAt: InstantInput, endsAt: InstantInput })

/** What stands in the way of a campaign, field by field. */
export const CampaignFault = Type.Object({
  field: Type.String({ description: 'path into the input, e.g. items/0/priceFen' }),
  code: Type.String(),
  words: Type.String({ description: 'the same in one Chinese sentence' }),
})
const Stock = Type.Object({
  storeId: StoreId,
  skuId: Uuid,
  quota: Type.Integer(),
  /** Taken off the shelf for the campaign; less than the quota where the store had fewer. */
  carved: Type.Integer(),
  released: Type.Integer({ description: 'may be had by now' }),
  taken: Type.Integer({ description: 'in orders, paid or waiting to be paid' }),
})
export const Campaign = Type.Object({
  id: Uuid,
  ...head,
  kind: CampaignKind,
  state: CampaignState,
  startsAt: Instant,
  endsAt: Instant,
  paused: Type.Boolean(),
  /** Why it was stopped before its time. */
  stopReason: Maybe(Type.String()),
  /** Grows with each edit of the draft. */
  revision: Type.Integer(),
  createdAt: Instant,
  createdBy: Type.String(),
  endedAt: Maybe(Instant),
  goods: Type.Array(
    Type.Object({ skuId: Uuid, name: Type.String(), unit: Type.String(), picture: Maybe(Picture) }),
  ),
  stock: Type.Array(Stock),
})
/** As a shopper of one store sees it. */
export const ShopCampaign = Type.Object({
  id: Uuid,
  kind: CampaignKind,
  name: Type.String(),
  storeId: StoreId,
  state: CampaignState,
  paused: Type.Boolean(),
  startsAt: Instant,
  endsAt: Instant,
  /** When the server said this: what a screen counts from. */
  now: Instant,
  perMember: Type.Integer(),
  payMinutes: Type.Integer(),
  terms: CampaignTerms,
  items: Type.Array(
    Type.Object({
      skuId: Uuid,
      productId: Uuid,
      name: Type.String(),
      unit: Type.String(),
      picture: Maybe(Picture),
      priceFen: Fen,
      /** What it costs here without the campaign: the online price where there is one. */
      aloneFen: Fen,
      quota: Type.Integer(),
      released: Type.Integer(),
      /** Released and not taken, as of about a second ago. */
      left: Type.Integer(),
    }),
  ),
  /** Everything that holds, in plain sentences. */
  rules: Type.Array(Type.Object({ title: Type.String(), words: Type.String() })),
})

export const campaignRoutes = defineRoutes({
  'GET /v1/stores/:storeId/campaigns': {
    summary: 'Campaigns that run in a store now, or will within a week',
    access: 'public',
    params: ByStore,
    query: Strict({ kind: Type.Optional(CampaignKind) }),
    ok: Type.Object({ items: Type.Array(ShopCampaign) }),
    errors: ['stores.missing'],
  },
  'GET /v1/campaigns/:campaignId': {
    summary: 'One campaign as a store runs it, with all its rules; ended ones too',
    access: 'public',
    params: ByCampaign,
    query: Strict({ storeId: StoreId }),
    ok: ShopCampaign,
    errors: ['campaigns.missing', 'stores.missing'],
  },
})
