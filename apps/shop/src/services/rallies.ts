import type { Invite, Rally, ShopCampaign } from '../models/wire'
import { api, troubleFrom } from './api'
import { deviceNumber } from './guide'
import { listStores, moveTo } from './place'
import { openPage } from './routes'
import { ensureMember } from './sign-in'
import { say } from './toast'

/** Starts a bargain or an assist, or opens the one that is under way. */
export async function startRally({ id, storeId }: Pick<ShopCampaign, 'id' | 'storeId'>): Promise<void> {
  if (!(await ensureMember())) return
  try {
    const body = { campaignId: id, storeId, device: deviceNumber() }
    const rally = await api('POST /v1/rallies', { body })
    openPage('rally', { id: rally.id })
  } catch (error) {
    say(troubleFrom(error).text)
  }
}

/** What I pass on of a campaign that rewards it. */
export async function startInvite({ id, storeId }: Pick<ShopCampaign, 'id' | 'storeId'>): Promise<void> {
  if (!(await ensureMember())) return
  try {
    const body = { campaignId: id, storeId, device: deviceNumber() }
    openPage('invite', { id: (await api('POST /v1/invites', { body })).id })
  } catch (error) {
    say(troubleFrom(error).text)
  }
}

/** A friend says that they came by it; null when it was refused, and why was said. */
export async function openInvite({ id, seen }: Pick<Invite, 'id' | 'seen'>) {
  try {
    return await api('POST /v1/invites/:inviteId/openings', {
      params: { inviteId: id },
      body: { seen: seen ?? '', device: deviceNumber() },
    })
  } catch (error) {
    say(troubleFrom(error).text)
    return null
  }
}

/** The tap of a friend; null when it was refused, and why was said. */
export async function helpWith({ id, seen }: Pick<Rally, 'id' | 'seen'>) {
  try {
    return await api('POST /v1/rallies/:rallyId/helps', {
      params: { rallyId: id },
      body: { seen: seen ?? '', device: deviceNumber() },
    })
  } catch (error) {
    say(troubleFrom(error).text)
    return null
  }
}

/** To the checkout of what was reached: in the store of the bargain, at its floor, alone. */
export async function buyReached({ id, campaignId, storeId, goods }: Rally): Promise<void> {
  if (!goods) return
  const store = (await listStores()).find((each) => each.id === storeId)
  if (store) moveTo(store)
  openPage('checkout', {
    id: goods.productId,
    skuId: goods.skuId,
    quantity: '1',
    campaignId,
    rallyId: id,
  })
}
