import { Type } from 'typebox'
import { ByCampaign } from './campaigns.ts'
import {
  Cursor,
  Fen,
  Instant,
  Limit,
  Maybe,
  OneOf,
  Page,
  PageNo,
  Picture,
  StoreId,
  Strict,
  TablePage,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** OPEN gathers people; SUCCESS has enough, all paid; FAILED gives everybody their money back. */
export const GROUP_STATES = ['OPEN', 'SUCCESS', 'FAILED'] as const
/** Only people who ordered: PAYING has not paid yet, IN has. */
export const SHOWN_SEATS = ['PAYING', 'IN'] as const
/** SEATED: to be paid. PAID: waits for the others. SUCCESS: the goods are theirs. REFUNDING, REFUNDED: money on its way back, back. RELEASED: never paid. LATE: paid when
 * the group was over. */
export const SEAT_STATES = ['SEATED', 'PAID', 'SUCCESS', 'REFUNDING', 'REFUNDED', 'RELEASED', 'LATE'] as const

/** So many who paid, and what a piece then costs. */
const Rung = Type.Object({ size: Type.Integer(), priceFen: Fen })

const Goods = Type.Object({
  skuId: Uuid,
  productId: Uuid,
  name: Type.String(),
  unit: Type.String(),
  picture: Maybe(Picture),
})
const groupHead = {
  id: Uuid,
  campaignId: Uuid,
  storeId: StoreId,
  state: OneOf(GROUP_STATES),
  /** So many who paid make it. */
  size: Type.Integer(),
  /** Who is in it: paid, and not gone again. */
  paid: Type.Integer(),
  /** Seats that nobody has. */
  free: Type.Integer(),
  /** By size; the first makes the group and is what everybody pays, the last fills it. More than one: a ladder. */
  rungs: Type.Array(Rung),
  /** What a piece came to; null while it is open, and of one that failed. */
  priceFen: Maybe(Fen),
  /** Whose it is, as others may read it; null while nobody has paid. */
  leader: Maybe(Type.String()),
  expiresAt: Instant,
  /** From then on nobody joins. */
  joinsUntil: Instant,
}
export const GroupSummary = Type.Object(groupHead)
export const Group = Type.Object({
  ...groupHead,
  /** When the server said this: what a screen counts from. */
  now: Instant,
  endedAt: Maybe(Instant),
  goods: Maybe(Goods),
  seats: Type.Array(
    Type.Object({
      no: Type.Integer(),
      name: Type.String({ description: 'masked' }),
      leader: Type.Boolean(),
      state: OneOf(SHOWN_SEATS),
    }),
  ),
})
export const MyGroup = Type.Object({
  ...groupHead,
  seat: OneOf(SEAT_STATES),
  orderId: Uuid,
  goods: Maybe(Goods),
  takenAt: Instant,
})

export const ByGroup = Strict({ groupId: Uuid })
export const groupRoutes = defineRoutes({
  'GET /v1/groups/:groupId': {
    summary: 'One group with its seats; names are masked',
    access: 'public',
    params: ByGroup,
    ok: Group,
    errors: ['groups.missing'],
  },
  'GET /v1/campaigns/:campaignId/groups': {
    summary: 'Groups of a store that can be joined now, those that need the fewest people first',
    access: 'public',
    params: ByCampaign,
    query: Strict({ storeId: StoreId }),
    ok: Type.Object({ items: Type.Array(GroupSummary), total: Type.Integer() }),
    errors: ['stores.missing'],
  },
  'GET /v1/groups': {
    summary: 'My seats, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(MyGroup),
    errors: ['groups.cursor_invalid'],
  },
})

/** How a desk shows a member. */
const person = { customer: Type.String({ description: 'masked' }), phoneTail: Maybe(Type.String()) }
const DeskGroup = Type.Object({
  id: Uuid,
  storeId: StoreId,
  /** What is bought; null where the store sells it no more. */
  goods: Maybe(Type.String()),
  state: OneOf(GROUP_STATES),
  size: Type.Integer(),
  most: Type.Integer(),
  seated: Type.Integer(),
  /** Who is in it; of one that failed who had paid. */
  paid: Type.Integer(),
  rungs: Type.Array(Rung),
  /** The rung that it came to, or that those who have paid would come to now; null: none. */
  reached: Maybe(Rung),
  /** Whose it is, or was when it ended; null where nobody ever paid. */
  leader: Maybe(Type.Object(person)),
  openedAt: Instant,
  expiresAt: Instant,
  endedAt: Maybe(Instant),
})
const DeskSeat = Type.Object({
  orderId: Uuid,
  orderNo: Type.String(),
  ...person,
  leader: Type.Boolean(),
  state: OneOf(SEAT_STATES),
  takenAt: Instant,
  paidAt: Maybe(Instant),
  paidFen: Fen,
  refundedFen: Fen,
})

export const consoleGroupRoutes = defineRoutes({
  'GET /console/v1/campaigns/:campaignId/groups': {
    summary: 'How its groups fare: how many, by what became of them, and the money of those that failed',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({
      asOf: Instant,
      open: Type.Integer(),
      succeeded: Type.Integer(),
      failed: Type.Integer(),
      /** People in open groups who have paid. */
      waiting: Type.Integer(),
      /** Seats whose money is on its way back, and back. */
      refunding: Type.Integer(),
      refunded: Type.Integer(),
      refundedFen: Fen,
      /** Those that gathered, by the rung that each reached, the dearest first. */
      reached: Type.Array(Type.Object({ ...Rung.properties, groups: Type.Integer() })),
    }),
    errors: ['campaigns.missing', 'staff.out_of_scope'],
  },
  'GET /console/v1/campaigns/:campaignId/group-list': {
    summary: 'Its groups in my stores: open ones first, by their end; then those that are over, newest first',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    query: Strict({
      state: Type.Optional(OneOf(GROUP_STATES)),
      storeId: Type.Optional(StoreId),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(DeskGroup).properties,
      /** In any state, in the same stores. */
      counts: Type.Object({ OPEN: Type.Integer(), SUCCESS: Type.Integer(), FAILED: Type.Integer() }),
    }),
    errors: ['campaigns.missing', 'staff.out_of_scope'],
  },
  'GET /console/v1/groups/:groupId/seats': {
    summary: 'Who ordered in a group of one of my stores, by when they sat down, those who left too',
    access: 'console',
    permission: 'campaigns.read',
    params: ByGroup,
    ok: Type.Object({ items: Type.Array(DeskSeat) }),
    errors: ['groups.missing', 'staff.out_of_scope'],
  },
})
