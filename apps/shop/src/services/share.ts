import { campaignPlace } from '../models/campaigns'
import { HOME, type Place, type SeenShare, handedOn, placeOf, storeChanged } from '../models/share'
import type { Landing, Share, Subject } from '../models/wire'
import { api, codeOf, memberSession } from './api'
import { deviceNumber } from './guide'
import { moveTo, place, placeNow } from './place'
import { notePromoter } from './promoter'
import { openPage } from './routes'
import { say } from './toast'
import { keptCell } from './watch'

/** The share that this telephone opened last. */
const seen = keptCell<SeenShare | null>('ll.share', null)
/** Something was opened here while nobody was signed in, and nobody has said since that it was they. */
const unsaid = keptCell<boolean>('ll.share.unsaid', false)

/** My share of something, in its store or the one that is open. Only for who is signed in. */
export async function passOn(subject: Subject, of?: string): Promise<Share> {
  const storeId = of ?? (await placeNow()).storeId
  return api('POST /v1/shares', { body: { storeId, subject, device: deviceNumber() } })
}

/** The key that an address of this thing carries when there is no share of one's own. */
export const keyHandedOn = (subject: Subject): string | null => handedOn(seen.get(), subject, Date.now())

/** Opened by a share: the store is that of the share, and the opening is noted. Null: there is no such share, or no answer. */
export async function noteShare(key: string): Promise<Landing | null> {
  try {
    const landing = await api('POST /v1/share-opens', { body: { key, device: deviceNumber() } })
    seen.set({ key, ...landing.subject, at: Date.now() })
    if (!memberSession.get()) unsaid.set(true)
    if (landing.promoterKey !== null) void notePromoter(landing.promoterKey)
    const words = storeChanged(place.get(), landing)
    if (place.get()?.storeId !== landing.storeId) moveTo({ id: landing.storeId, name: landing.storeName })
    if (words) say(words)
    return landing
  } catch {
    // An old link opens the shop as anything else does.
    return null
  }
}

/** Opened by the 小程序码 of a share: on to what it is about. */
export async function openShared(key: string): Promise<void> {
  const landing = await noteShare(key)
  const { page, query } = landing ? await placeAt(landing) : HOME
  if (page !== 'home') openPage(page, query)
}

/** Where a share leads. What a campaign sells it in says the campaign; one that does not answer opens the home page. */
async function placeAt({ subject, storeId }: Landing): Promise<Place> {
  if (subject.kind !== 'campaign') return placeOf(subject)
  try {
    const params = { campaignId: subject.id }
    return campaignPlace(await api('GET /v1/campaigns/:campaignId', { params, query: { storeId } }))
  } catch {
    return HOME
  }
}

/** Somebody signed in: what this telephone opened before was opened by them. Nothing of theirs depends on the answer. */
export async function sayShares(): Promise<void> {
  if (!unsaid.get() || !memberSession.get()) return
  try {
    await api('POST /v1/me/share-opens', { body: { device: deviceNumber() } })
    unsaid.set(false)
  } catch (error) {
    if (codeOf(error) !== null) unsaid.set(false)
  }
}
