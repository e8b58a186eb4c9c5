import { Type } from 'typebox'
import { ByCampaign } from './campaigns.ts'
import { SHARE_ACTS } from './campaign-rallies.ts'
import { Instant, Maybe, OneOf, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** OPEN: opened it; DUE: did what counts; GIVEN, REFUSED: the sharer has the coupon, or could not; LAPSED: too late; REVERSED: all its money went back. */
export const INVITED_STATES = ['OPEN', 'DUE', 'GIVEN', 'REFUSED', 'LAPSED', 'REVERSED'] as const
const Device = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9]+$' })
const ByInvite = Strict({ inviteId: Uuid })

export const Invite = Type.Object({
  id: Uuid,
  campaignId: Uuid,
  name: Type.String(),
  storeId: StoreId,
  owner: Type.String({ description: 'masked' }),
  mine: Type.Boolean(),
  act: OneOf(SHARE_ACTS),
  days: Type.Integer(),
  endsAt: Instant,
  now: Instant,
  /** What its sharer gets for each friend is called so; null: it is not to be had any more. */
  reward: Maybe(Type.String()),
  friendCoupon: Maybe(Type.String()),
  /** Of the sharer: friends by how far they came. */
  friends: Maybe(Type.Object({ opened: Type.Integer(), done: Type.Integer(), given: Type.Integer() })),
  /** Of a friend who opened it: how far they are. */
  joined: Maybe(OneOf(INVITED_STATES)),
  /** Says that I was shown what it is about: what opening it has to bring. Null where I may not. */
  seen: Maybe(Type.String()),
})

const OF_CAMPAIGN = ['campaigns.missing', 'campaigns.not_now', 'campaigns.paused'] as const
export const inviteRoutes = defineRoutes({
  'POST /v1/invites': {
    summary: 'What I pass on of a campaign that rewards it; the same one again',
    access: 'member',
    body: Strict({ campaignId: Uuid, storeId: StoreId, device: Device }),
    ok: Invite,
    errors: [...OF_CAMPAIGN, 'campaigns.not_for_you', 'rallies.no_rally'],
  },
  'GET /v1/invites/:inviteId': {
    summary: 'What somebody passed on, as they or a friend see it',
    access: 'member',
    params: ByInvite,
    ok: Invite,
    errors: ['rallies.missing'],
  },
  'POST /v1/invites/:inviteId/openings': {
    summary: 'I came by this, and say so by tapping; brings the coupon that is a friend’s. Safe to repeat',
    access: 'member',
    params: ByInvite,
    body: Strict({
      seen: Type.String({ minLength: 20, maxLength: 300, pattern: '^[\\w.~-]+$' }),
      device: Device,
    }),
    ok: Type.Object({
      invite: Invite,
      coupon: Maybe(Type.String({ description: 'what I got is called so' })),
    }),
    errors: [
      'rallies.missing',
      'rallies.unseen',
      'rallies.own',
      'rallies.brought_before',
      'rallies.not_new',
      'rallies.limit_reached',
      ...OF_CAMPAIGN,
    ],
  },
})

const Count = Type.Integer()
export const consoleInviteRoutes = defineRoutes({
  'GET /console/v1/campaigns/:campaignId/invites': {
    summary:
      'How far a share reward came: who passed it on, who opened it, who did something, what was given',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({
      asOf: Instant,
      sharers: Count,
      opened: Count,
      done: Count,
      given: Count,
      refused: Count,
      reversed: Count,
      friendCoupons: Count,
    }),
    errors: ['campaigns.missing', 'rallies.no_rally', 'staff.out_of_scope'],
  },
})
