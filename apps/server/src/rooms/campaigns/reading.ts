import type { Output } from '@linli/contract'
import type { consoleCampaignRoutes } from '@linli/contract/console-campaigns'
import type { StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import * as sql from './campaigns.sql.ts'
import { claimSums, soldIn } from './figures.sql.ts'
import { storesOf } from './plan.ts'
import { campaignMissing } from './problems.ts'
import type { Room } from './room.ts'
import { shopView, type ShopCampaign } from './shown.ts'

type Figures = Output<(typeof consoleCampaignRoutes)['GET /console/v1/campaigns/:campaignId/figures']>

const SOON_MS = 7 * 86_400_000

/** What runs in a store now or soon, by start. */
export async function listForShop(
  room: Room,
  storeId: string,
  kind: string | undefined,
): Promise<ShopCampaign[]> {
  room.stores.require(storeId)
  const soon = room.ctx.clock.now().getTime() + SOON_MS
  const rows = await room.book.fresh()
  return rows
    .filter((row) => storesOf(row).includes(storeId) && row.startsAt.getTime() <= soon)
    .filter((row) => kind === undefined || row.terms.kind === kind)
    .map((row) => shopView(room, row, storeId))
}

/** One campaign of a store. What is only a draft is nobody's business yet. */
export async function findForShop(room: Room, campaignId: string, storeId: string): Promise<ShopCampaign> {
  room.stores.require(storeId)
  const open = (await room.book.fresh()).find(({ id }) => id === campaignId)
  const row = open ?? (await sql.findCampaign(room.ctx.db, campaignId))
  if (!row || row.state === 'DRAFT' || !storesOf(row).includes(storeId))
    return refuse(campaignMissing, { campaignId })
  return shopView(room, row, storeId)
}

/** A campaign with a store in the scope of whoever asks. */
export async function findInScope(
  { ctx, staff }: Room,
  actor: StaffActor,
  campaignId: string,
): Promise<sql.CampaignRow> {
  const row = (await sql.findCampaign(ctx.db, campaignId)) ?? refuse(campaignMissing, { campaignId })
  const scope = staff.scopeOf(actor)
  if (scope && !storesOf(row).some((storeId) => scope.includes(storeId)))
    refuse(campaignMissing, { campaignId })
  return row
}

/** What it sold, and what the same goods sold as long before it. */
export async function figures(room: Room, actor: StaffActor, campaignId: string): Promise<Figures> {
  const { id, startsAt, endsAt, endedAt } = await findInScope(room, actor, campaignId)
  const { db, clock } = room.ctx
  const now = clock.now()
  const over = endedAt ?? endsAt
  const until = over < now ? over : now
  const length = Math.max(0, until.getTime() - startsAt.getTime())
  const span = { from: startsAt, until: new Date(startsAt.getTime() + length) }
  const before = { from: new Date(startsAt.getTime() - length), until: startsAt }
  const [sums, during, earlier] = await Promise.all([
    claimSums(db, id),
    soldIn(db, id, span),
    soldIn(db, id, before),
  ])
  const told = ({ from, until: to }: typeof span) => ({ from: from.toISOString(), until: to.toISOString() })
  return {
    asOf: now.toISOString(),
    ...sums,
    span: { ...told(span), ...during },
    before: { ...told(before), ...earlier },
  }
}
