import { Type } from 'typebox'
import { Cursor, Fen, Instant, Limit, Maybe, OneOf, Page, Picture, StoreId, Strict, Uuid } from './parts.ts'
import { ByCampaign } from './campaigns.ts'
import { defineRoutes } from './route.ts'

export const RALLY_KINDS = ['bargain', 'assist'] as const
/**
 * CUTTING (of a bargain) and GATHERING (of an assist): friends are awaited. REACHED: all have helped; of a bargain a piece is set aside for a while, of an
 * assist the coupon is given. ORDERED: an order has the piece. EXPIRED: time was over, or the campaign.
 */
export const RALLY_STATES = ['CUTTING', 'GATHERING', 'REACHED', 'ORDERED', 'EXPIRED'] as const
export const ByRally = Strict({ rallyId: Uuid })

/** A random number that the app made for itself on this telephone; kept as a keyed hash, and not for long. */
const Device = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9]+$' })

const short = {
  id: Uuid,
  kind: OneOf(RALLY_KINDS),
  campaignId: Uuid,
  /** What the campaign is called. */
  name: Type.String(),
  storeId: StoreId,
  state: OneOf(RALLY_STATES),
  helps: Type.Integer(),
  need: Type.Integer({ description: 'friends, all of them' }),
  startedAt: Instant,
  deadline: Instant,
  heldUntil: Maybe(Instant),
  /** Of a bargain. */
  goods: Maybe(
    Type.Object({
      skuId: Uuid,
      productId: Uuid,
      name: Type.String(),
      unit: Type.String(),
      picture: Maybe(Picture),
      startFen: Fen,
      floorFen: Fen,
      /** What it costs after the friends so far; it is sold at the floor only. */
      priceFen: Fen,
      cuts: Type.Array(Type.Integer()),
    }),
  ),
  /** Of an assist: what the owner gets is called so; null: it is not to be had any more. */
  reward: Maybe(Type.String()),
  /** Of an assist that is REACHED. */
  rewardState: Maybe(OneOf(['WAITING', 'GIVEN', 'REFUSED'] as const)),
  /** Of a bargain, for its owner: the order that has the piece. */
  orderId: Maybe(Uuid),
  /** When the server said this: what a screen counts from. */
  now: Instant,
}
export const RallyShort = Type.Object(short)
export const Rally = Type.Object({
  ...short,
  owner: Type.String({ description: 'masked' }),
  mine: Type.Boolean(),
  /** I have helped. */
  helped: Type.Boolean(),
  /** What each friend who helps gets is called so; null: nothing, or not any more. */
  helperCoupon: Maybe(Type.String()),
  helpers: Type.Array(
    Type.Object({ n: Type.Integer(), name: Type.String({ description: 'masked' }), at: Instant }),
  ),
  /** Says that I was shown the goods and the rules: what a help has to bring. Null where I may not help. */
  seen: Maybe(Type.String()),
})

const OF_CAMPAIGN = [
  'campaigns.missing',
  'campaigns.not_now',
  'campaigns.paused',
  'campaigns.sold_out',
] as const
export const rallyRoutes = defineRoutes({
  'POST /v1/rallies': {
    summary: 'Start a bargain or an assist; the one I have under way again. Nothing is set aside yet',
    access: 'member',
    body: Strict({ campaignId: Uuid, storeId: StoreId, device: Device }),
    ok: Rally,
    errors: [...OF_CAMPAIGN, 'campaigns.limit_reached', 'campaigns.not_for_you', 'rallies.no_rally'],
  },
  'GET /v1/campaigns/:campaignId/rally-offer': {
    summary: 'What friends are gathered for in a campaign, and what its coupons are called',
    access: 'public',
    params: ByCampaign,
    ok: Type.Object({
      kind: OneOf([...RALLY_KINDS, 'share_off'] as const),
      need: Type.Integer({ description: 'friends; 0: each one counts' }),
      /** Of an assist or a share reward; null: it is not to be had any more. */
      reward: Maybe(Type.String()),
      /** What each friend gets; null: nothing, or not any more. */
      helperCoupon: Maybe(Type.String()),
    }),
    errors: ['campaigns.missing', 'rallies.no_rally'],
  },
  'GET /v1/rallies': {
    summary: 'My bargains and assists, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(RallyShort),
    errors: ['rallies.cursor_invalid'],
  },
  'GET /v1/rallies/:rallyId': {
    summary: 'One, as its owner or a friend sees it',
    access: 'member',
    params: ByRally,
    ok: Rally,
    errors: ['rallies.missing'],
  },
  'POST /v1/rallies/:rallyId/helps': {
    summary: 'Help, by tapping, after having seen what for. Safe to repeat',
    access: 'member',
    params: ByRally,
    body: Strict({
      seen: Type.String({ minLength: 20, maxLength: 300, pattern: '^[\\w.~-]+$' }),
      device: Device,
    }),
    ok: Type.Object({
      rally: Rally,
      /** What I got for it is called so. */
      coupon: Maybe(Type.String()),
    }),
    errors: [
      'rallies.missing',
      'rallies.unseen',
      'rallies.own',
      'rallies.helped_before',
      'rallies.limit_reached',
      'rallies.limit_today',
      'rallies.over',
      ...OF_CAMPAIGN,
    ],
  },
})

const Count = Type.Integer()
export const consoleRallyRoutes = defineRoutes({
  'GET /console/v1/campaigns/:campaignId/rallies': {
    summary: 'How far a bargain or an assist came: who started, who helped, what was reached and bought',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({
      asOf: Instant,
      started: Count,
      /** Of those started: at least one friend has helped. */
      helped: Count,
      reached: Count,
      ordered: Count,
      expired: Count,
      helps: Count,
      helpers: Type.Integer({ description: 'members who helped' }),
      /** Of the helpers: became members that day. */
      newHelpers: Count,
      couponsGiven: Count,
      couponsRefused: Count,
      /** How many rallies stand at so many helps, from 0 on. */
      byHelps: Type.Array(Count),
    }),
    errors: ['campaigns.missing', 'rallies.no_rally', 'staff.out_of_scope'],
  },
})
