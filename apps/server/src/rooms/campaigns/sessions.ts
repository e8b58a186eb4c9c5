import { refuse } from '#kernel/problem'
import type { CampaignRow } from './campaigns.sql.ts'
import { sessionsOf } from './kinds/index.ts'
import type { Session } from './kinds/kind.ts'
import { campaignPaused, notNow } from './problems.ts'
import { releasedNow } from './shown.ts'

/** The session that a campaign is in; undefined between two, before the first and after the last. */
export const sessionAt = (campaign: CampaignRow, at: Date): Session | undefined =>
  at >= campaign.startsAt && at < campaign.endsAt
    ? sessionsOf(campaign).find(({ from, until }) => from <= at && at < until)
    : undefined

/** The same; refuses with when the next one begins, by the clock of the server, and what that clock says. */
export function requireSession(campaign: CampaignRow, at: Date): Session {
  const session = sessionAt(campaign, at)
  if (!session) {
    const startsAt = sessionsOf(campaign).find(({ from }) => from > at)?.from ?? campaign.startsAt
    return refuse(notNow, { startsAt, endsAt: campaign.endsAt, now: at })
  }
  if (campaign.paused) refuse(campaignPaused)
  return session
}

/** Pieces that may be had now, as far as this process knows; undefined: the campaign sells none of these goods there. */
export function leftOf(
  campaign: CampaignRow,
  { storeId, skuId }: { storeId: string; skuId: string },
  at: Date,
): number | undefined {
  const stock = campaign.stock.find((each) => each.storeId === storeId && each.skuId === skuId)
  return stock && releasedNow(campaign, stock, at) - stock.taken
}
