import { Type } from 'typebox'
import {
  ByCampaign,
  Campaign,
  CampaignFault,
  CampaignInput,
  CampaignKind,
  CampaignState,
  ShopCampaign,
} from './campaigns.ts'
import { Fen, Instant, InstantInput, Limit, Line, PageNo, StoreId, Strict, TablePage, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const Sum = Type.Object({
  orders: Type.Integer(),
  pieces: Type.Integer(),
  paidFen: Fen,
  buyers: Type.Integer(),
})
const EDIT_ERRORS = [
  'campaigns.missing',
  'campaigns.state_wrong',
  'campaigns.unsound',
  'staff.out_of_scope',
] as const
const Reason = Strict({ reason: Line(60) })
export const consoleCampaignRoutes = defineRoutes({
  'GET /console/v1/campaigns': {
    summary: 'Campaigns that touch my stores, by start, newest first',
    access: 'console',
    permission: 'campaigns.read',
    query: Strict({
      state: Type.Optional(CampaignState),
      kind: Type.Optional(CampaignKind),
      /** Those that touch this span: what a calendar shows. */
      from: Type.Optional(InstantInput),
      until: Type.Optional(InstantInput),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(Campaign).properties,
      counts: Type.Record(Type.String(), Type.Integer(), {
        description: 'by state, whatever state was asked for',
      }),
    }),
    errors: [],
  },
  'GET /console/v1/campaigns/:campaignId': {
    summary: 'One campaign',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Campaign,
    errors: ['campaigns.missing', 'staff.out_of_scope'],
  },
  'POST /console/v1/campaigns': {
    summary: 'Begin a draft; nobody sees it before it is scheduled',
    access: 'console',
    permission: 'campaigns.write',
    body: CampaignInput,
    ok: Campaign,
    status: 201,
    errors: ['campaigns.unsound', 'staff.out_of_scope'],
  },
  'PUT /console/v1/campaigns/:campaignId': {
    summary: 'Edit a draft; a revision that somebody else has made since refuses',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    body: Strict({ ...CampaignInput.properties, revision: Type.Integer({ minimum: 1 }) }),
    ok: Campaign,
    errors: [...EDIT_ERRORS, 'campaigns.edited_meanwhile'],
  },
  'POST /console/v1/campaign-trials': {
    summary:
      'What would happen if this were scheduled now: faults, goods, cost, and how shoppers would see it. Changes nothing',
    access: 'console',
    permission: 'campaigns.read',
    body: CampaignInput,
    ok: Type.Object({
      faults: Type.Array(CampaignFault),
      goods: Type.Array(
        Type.Object({
          storeId: StoreId,
          skuId: Uuid,
          quota: Type.Integer(),
          /** What of it could be taken off the shelf now; all of it where the goods are yet to come. */
          available: Type.Integer(),
          onlineFen: Fen,
        }),
      ),
      /** What it takes off at most, were all of it sold. */
      costFen: Fen,
      /** By store. */
      shop: Type.Array(ShopCampaign),
    }),
    errors: ['staff.out_of_scope'],
  },
  'DELETE /console/v1/campaigns/:campaignId': {
    summary: 'Throw a draft away',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    ok: Type.Null(),
    status: 204,
    errors: EDIT_ERRORS,
  },
  'POST /console/v1/campaigns/:campaignId/copies': {
    summary: 'A new draft with the same terms, to start at another time',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    body: Strict({ startsAt: InstantInput }),
    ok: Campaign,
    status: 201,
    errors: EDIT_ERRORS,
  },
  'POST /console/v1/campaigns/:campaignId/schedule': {
    summary: 'Make a draft count: its goods and its days are its own from now on',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    body: Strict({ revision: Type.Integer({ minimum: 1 }) }),
    ok: Campaign,
    errors: [...EDIT_ERRORS, 'campaigns.edited_meanwhile', 'campaigns.overlap'],
  },
  'POST /console/v1/campaigns/:campaignId/pause': {
    summary: 'Sell nothing more for now; orders that wait to be paid may be paid',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    body: Reason,
    ok: Campaign,
    errors: EDIT_ERRORS,
  },
  'POST /console/v1/campaigns/:campaignId/resumption': {
    summary: 'Go on selling',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    ok: Campaign,
    errors: EDIT_ERRORS,
  },
  'POST /console/v1/campaigns/:campaignId/stop': {
    summary: 'End it now, for good; goods that are not sold go back on the shelf',
    access: 'console',
    permission: 'campaigns.write',
    params: ByCampaign,
    body: Reason,
    ok: Campaign,
    errors: EDIT_ERRORS,
  },
  'GET /console/v1/campaigns/:campaignId/figures': {
    summary: 'What it sold, beside the same goods in the same stores as long before it',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({
      asOf: Instant,
      /** Orders of the campaign. */
      placed: Sum,
      waiting: Sum,
      paid: Sum,
      cancelled: Sum,
      refundedFen: Fen,
      /** What the campaign took off what was paid. */
      offFen: Fen,
      /** Buyers of the campaign who had never bought before. */
      newBuyers: Type.Integer(),
      /** The same goods in the same stores, in any order. */
      span: Type.Object({ from: Instant, until: Instant, pieces: Type.Integer(), paidFen: Fen }),
      before: Type.Object({ from: Instant, until: Instant, pieces: Type.Integer(), paidFen: Fen }),
    }),
    errors: ['campaigns.missing', 'staff.out_of_scope'],
  },
  'GET /console/v1/campaigns/:campaignId/events': {
    summary: 'What became of it, and who did it',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          at: Instant,
          verb: Type.String(),
          by: Type.String(),
          words: Type.String({ description: 'a reason, or what it found' }),
        }),
      ),
    }),
    errors: ['campaigns.missing', 'staff.out_of_scope'],
  },
})
