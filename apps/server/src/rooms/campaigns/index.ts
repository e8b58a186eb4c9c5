/**
 * Campaigns: goods at another price, for a while, as many as were set aside for it.
 *
 * Owns campaign, campaign_item, campaign_stock, campaign_take, campaign_claim and campaign_event; of group buying buy_group, group_seat and group_event; of
 * flash sales campaign_reservation, campaign_visit and campaign_minute. Promises that what shoppers were promised is never edited,
 * that a piece is sold once (it leaves the shelf when it is set aside, and comes back when the campaign ends), that a member has no more than the
 * limit says, and that one SKU of a store is in one campaign at a time: all four are constraints of tables. What an order takes is decided on
 * the order desk, through `desk`. A kind of campaign is a folder of pure rules under `kinds` (docs/adr/0030).
 */
import { randomBytes } from 'node:crypto'
import type { StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import { gather } from '#kernel/gather'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { admit, type Admitted, type CampaignWish, enter, holdRunning } from './admitting.ts'
import { createBook } from './book.ts'
import * as sql from './campaigns.sql.ts'
import { createGroups, type Groups } from './grouping.ts'
import { type Errand, listErrands } from './errands.ts'
import { campaignsDesk, type CampaignsDesk } from './desk.sql.ts'
import { createGate } from './gate.ts'
import { type Goods, lockPieces, movePieces } from './holding.ts'
import { type Answered, createWatch } from './monitor.ts'
import { groupNews } from './notices.ts'
import { describeCampaign, describeGroup } from './passing-on.ts'
import { createPasses } from './passes.ts'
import { findInScope } from './reading.ts'
import { forgetVisits, remind } from './reservations.ts'
import { readAtTheDoor } from './reservations.sql.ts'
import type { CampaignsDeps, Room } from './room.ts'
import { mountConsole, mountFlash, mountShopper } from './routes.ts'
import { turn } from './running.ts'

export type { ActivityPrice, Admitted, CampaignWish } from './admitting.ts'
export {
  campaignGone,
  type CampaignKey,
  campaignKey,
  type CampaignStock,
  type Claim,
  type DeskClaim,
  type DeskFirst,
  type DeskTake,
  nextSlots,
  type Presale,
  returnPieces,
  sameParts,
  takePieces,
  takesKey,
} from './claims.ts'
// What a kind is made of: the folders under kinds take it from this door, rooms being flat.
export type {
  Fault as CampaignFault,
  Kind,
  Plan as CampaignPlan,
  PriceAt,
  Rule as CampaignRule,
  TermsOf as CampaignTermsOf,
} from './kinds/kind.ts'
export type { CampaignRow } from './campaigns.sql.ts'
export { campaignsDesk, type CampaignsDesk } from './desk.sql.ts'
export {
  arriveSeat,
  gatherSeat,
  giveBackSeat,
  type Group,
  joinFault,
  differenceOf as groupDifference,
  members as groupMembers,
  mostOf,
  openGroup,
  paySeat,
  regroup,
  releaseSeat,
  seatOf,
  takeSeat,
} from './kinds/group/group.ts'
export type { GroupEvent, SeatRow } from './groups.sql.ts'
export { type EndedGroup, type Groups, joinProblem } from './grouping.ts'
export { groupMissing } from './problems.ts'
export {
  boxOf,
  type BoxPlan,
  firstWeek,
  mostOf as boxesEach,
  perWeekOf,
  type Week,
  weekDue,
  weeksOf,
} from './kinds/box/calendar.ts'
export { rulesOf } from './words.ts'
export { floorOf, priceAfter } from './kinds/bargain/table.ts'
export {
  campaignMissing,
  goodsChanged,
  notForYou,
  limitReached as campaignLimit,
  notNow as campaignNotNow,
  soldOut as campaignSoldOut,
} from './problems.ts'
export { balanceOpen, type Deal, depositOf, type Ending, endOf, takingBack } from './kinds/presale/money.ts'

export interface Campaigns {
  /** What a campaign promises this member for such an order; refuses by name what can be known before the order desk decides. */
  admit(memberId: string, wish: CampaignWish): Promise<Admitted>
  /** A campaign that this member (null: whoever) may take part in now, in this store; refuses by name. */
  enter(memberId: string | null, where: { campaignId: string; storeId: string }): Promise<sql.CampaignRow>
  /** Refuses what was paused or stopped a moment ago, in whichever process, and keeps both from happening until this transaction ends. Ask before `lockPieces`. */
  holdRunning(tx: Tx, campaignId: string): Promise<void>
  /** A campaign, whatever became of it; undefined: there is none, or only a draft. */
  find(campaignId: string): Promise<sql.CampaignRow | undefined>
  /** A campaign that touches a store of whoever asks; refuses with `campaigns.missing`. */
  inScope(actor: StaffActor, campaignId: string): Promise<sql.CampaignRow>
  /** Locks the goods of a campaign in one store; answers how many are free now. */
  lockPieces(tx: Tx, campaign: sql.CampaignRow, goods: Goods): Promise<{ free: number }>
  /** Sets pieces aside that are free, or lets go of them: to the campaign, or to the shelf when it is over. */
  movePieces(
    tx: Tx,
    campaign: sql.CampaignRow,
    goods: Goods & { pieces: number },
    stamp: { by: string; at: Date },
  ): Promise<void>
  /** Counts an order of a campaign, placed or refused, for whoever watches it. */
  note(answered: Answered): void
  /** What waits for people, for the workbench. */
  errands(storeIds: readonly string[] | null): Promise<Errand[]>
  desk: CampaignsDesk
  groups: Groups
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createCampaigns(ctx: Ctx, deps: CampaignsDeps): Promise<Campaigns> {
  const book = await createBook(ctx)
  const watch = createWatch(ctx)
  const gate = createGate(createPasses(ctx.secrets, ctx.clock), {
    ms: () => ctx.clock.stamp().getTime(),
    newNonce: () => randomBytes(9).toString('base64url'),
  })
  ctx.metrics.gauge(
    'campaign_gate_waiting',
    'members in line at the gate of this process',
    () => gate.waiting,
  )
  const room: Room = {
    ...deps,
    ctx,
    book,
    gate,
    watch,
    atTheDoor: gather((asked) => readAtTheDoor(ctx.db, asked)),
  }
  deps.shares.describe('campaign', describeCampaign(room))
  deps.shares.describe('group', describeGroup(room))
  return {
    admit: (memberId, wish) => admit(room, memberId, wish),
    enter: (memberId, where) => enter(room, memberId, where),
    holdRunning,
    async find(campaignId) {
      const row = book.find(campaignId) ?? (await sql.findCampaign(ctx.db, campaignId))
      return row?.state === 'DRAFT' ? undefined : row
    },
    inScope: (actor, campaignId) => findInScope(room, actor, campaignId),
    lockPieces: (tx, campaign, goods) => lockPieces(tx, ctx, campaign, goods),
    movePieces: (tx, campaign, goods, stamp) => movePieces(tx, deps, campaign, goods, stamp),
    note(answered) {
      if (book.find(answered.campaignId)) watch.note(answered)
    },
    errands: (storeIds) => listErrands(ctx, storeIds),
    desk: campaignsDesk,
    groups: createGroups(ctx),
    routes(http) {
      mountFlash(http, room)
      http.app.addHook('preClose', () => watch.close())
      mountShopper(http, room)
      mountConsole(http, room)
    },
    sweeps: [
      { name: 'campaigns.turn', seconds: 2, run: () => turn(room) },
      deps.messages.follow(groupNews(deps.catalog)),
      { name: 'campaigns.remind', seconds: 20, run: () => remind(room) },
      { name: 'campaigns.forget', seconds: 3600, run: () => forgetVisits(room) },
    ],
  }
}
