import { randomKey } from '../models/order-key'
import { isFresh, type KeptTouch } from '../models/guide'
import { api, codeOf, memberSession } from './api'
import { moveTo } from './place'
import { keptCell } from './watch'

/** A random number that this app made for itself: it tells two telephones apart, and says nothing of whose they are. */
const device = keptCell<string | null>('ll.device', null)
export function deviceNumber(): string {
  const known = device.get() ?? randomKey(Date.now())
  device.set(known)
  return known
}

/** The first code that this telephone saw, until it counted or is too old. */
const touch = keptCell<KeptTouch | null>('ll.guide', null)

/** Opened by a store's or a guide's code: opens that store, and keeps the first code there was. */
export async function noteScene(scene: string): Promise<void> {
  try {
    const seen = await api('POST /v1/guidance-touches', { body: { scene } })
    moveTo({ id: seen.storeId, name: seen.storeName })
    if (!isFresh(touch.get(), Date.now())) touch.set({ touch: seen.touch, at: Date.now() })
    await sayGuide()
  } catch {
    // An old poster opens the shop as anything else does.
  }
}

/** Says by which code this member came, once they are one. Nothing of theirs depends on the answer. */
export async function sayGuide(): Promise<void> {
  const seen = touch.get()
  if (!seen || !memberSession.get()) return
  if (!isFresh(seen, Date.now())) return touch.set(null)
  try {
    await api('POST /v1/guidance', { body: { touch: seen.touch, device: deviceNumber() } })
    touch.set(null)
  } catch (error) {
    if (codeOf(error) !== null) touch.set(null)
  }
}
