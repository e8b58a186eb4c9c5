import {
  campaignGone as goneOf,
  campaignKey,
  type Claim,
  goodsChanged,
  nextSlots,
  notForYou,
  returnPieces,
  sameParts,
  takePieces,
  takesKey,
} from '#room/campaigns'
import { levelKey, stockShort } from '#room/inventory'
import {
  type DeskRally,
  type RallyStep,
  notReached,
  orderOnce,
  rallyMissing,
  rallyOver,
  returnOnce,
} from '#room/rallies'
import { type Answer, type Place, refused } from './commands.ts'
import { piecesOf, shortOf } from './stock-lines.ts'
import type { DeskOrder, Fold, Stamp } from './view.ts'

// What an order has of a campaign: taken when it is placed, its own once it is paid, given back when it is closed unpaid. Only these functions move it.

const takesOf = ({ view }: Fold, key: { campaignId: string; memberId: string }): Map<number, string> => {
  const known = view.takes.get(takesKey(key))
  if (known) return known
  const none = new Map<number, string>()
  view.takes.set(takesKey(key), none)
  return none
}

/** Why this order cannot have what it wants of the campaign; undefined when it can. The goods are those kept for it, if the shelf still has them. */
export function campaignGone(fold: Fold, command: Place, claim: Claim): Answer | undefined {
  const { storeId, memberId, lines, at } = command
  const stock = fold.view.campaignStock.get(campaignKey(claim))
  const gone = goneOf(stock, claim, takesOf(fold, { ...claim, memberId }), at)
  if (gone) return refused(gone.problem, gone.data)
  if (claim.firstOrder && fold.view.firsts.has(memberId)) return refused(notForYou, { firstOrder: true })
  const not = rallyGone(fold, claim, command)
  if (not) return not
  // Goods that are yet to come are on no shelf.
  if (claim.presale) return undefined
  if (!lines.every((line) => sameParts(piecesOf(line, 1), claim.parts))) return refused(goodsChanged)
  const short = shortOf(lines, (skuId) => {
    const level = fold.view.levels.get(levelKey({ storeId, skuId }))
    if (!level) return 0
    const there = level.onHand - level.reserved - level.safety - level.expired - level.buffer
    return Math.min(level.activityLocked, there)
  })
  return short && refused(stockShort, { ...short })
}

/** Of a bargain: why it cannot be ordered; undefined when it can, or when this is none. */
function rallyGone({ view }: Fold, claim: Claim, { memberId, at }: Place): Answer | undefined {
  if (claim.rallyId === null) return undefined
  const rally = view.rallies.get(claim.rallyId)
  if (rally?.memberId !== memberId || campaignKey(rally) !== campaignKey(claim)) return refused(rallyMissing)
  const step = orderOnce(rally, at)
  if (step === 'not_reached') return refused(notReached, { helps: rally.helps })
  return typeof step === 'string' ? refused(rallyOver) : undefined
}
/** The bargain of an order moves with it. */
function moveRally(
  { view, writes }: Fold,
  rally: DeskRally,
  to: { state: DeskRally['state']; orderId: string | null },
  { verb, orderId, by, at }: Omit<RallyStep, 'rallyId'>,
): void {
  const moved = { ...rally, ...to }
  view.rallies.set(rally.rallyId, moved)
  writes.rallies.set(rally.rallyId, moved)
  writes.rallySteps.push({ rallyId: rally.rallyId, verb, orderId, by, at })
}

/** Takes its pieces out of the campaign. Ask `campaignGone` first. */
export function takeFromCampaign(fold: Fold, { campaign, orderId, memberId, by, at }: Place): void {
  if (!campaign) return
  const { view, writes } = fold
  const stock = view.campaignStock.get(campaignKey(campaign))
  if (!stock) throw new Error(`order ${orderId} takes of a campaign that is not there`)
  takePieces(stock, campaign)
  writes.campaignStock.set(campaignKey(stock), stock)
  const taken = takesOf(fold, { ...campaign, memberId })
  for (const slot of nextSlots(taken, campaign)) {
    taken.set(slot, orderId)
    writes.takes.push({ ...campaign, memberId, slot, orderId })
  }
  if (campaign.firstOrder) {
    view.firsts.set(memberId, orderId)
    writes.firsts.push({ memberId, orderId })
  }
  const claim = {
    ...campaign,
    orderId,
    memberId,
    state: 'TAKEN' as const,
    groupId: campaign.group?.groupId ?? null,
    at,
  }
  view.claims.set(orderId, claim)
  writes.newClaims.push(claim)
  const rally = campaign.rallyId === null ? undefined : view.rallies.get(campaign.rallyId)
  if (rally) moveRally(fold, rally, { state: 'ORDERED', orderId }, { verb: 'order', orderId, by, at })
}

/** Paid: it stays the order's, whatever becomes of the campaign. */
export function keepOfCampaign({ view, writes }: Fold, { id, campaignId }: DeskOrder): void {
  if (campaignId === null) return
  const claim = view.claims.get(id)
  if (!claim) throw new Error(`no claim of order ${id}`)
  claim.state = 'PAID'
  if (!writes.newClaims.includes(claim)) writes.claims.set(id, claim)
}

/** Closed unpaid: the pieces and the member's part of the limit are free again. True: the goods go on being kept for the campaign. */
export function returnToCampaign(fold: Fold, { id, campaignId }: DeskOrder, { by, at }: Stamp): boolean {
  if (campaignId === null) return false
  const { view, writes } = fold
  const claim = view.claims.get(id)
  const stock = claim && view.campaignStock.get(campaignKey(claim))
  if (!claim || !stock) throw new Error(`no claim of order ${id}`)
  claim.state = 'RETURNED'
  if (!writes.newClaims.includes(claim)) writes.claims.set(id, claim)
  writes.freedTakes.push(id)
  const taken = view.takes.get(takesKey(claim))
  for (const [slot, orderId] of taken ?? []) if (orderId === id) taken?.delete(slot)
  if (view.firsts.get(claim.memberId) === id) view.firsts.delete(claim.memberId)
  const rally = claim.rallyId === null ? undefined : view.rallies.get(claim.rallyId)
  const step = rally && returnOnce(rally, at, !stock.open || at >= stock.until)
  const held = step?.bargain.state === 'REACHED'
  if (rally && step) {
    const verb = held ? 'return' : 'expire'
    moveRally(fold, rally, { state: step.bargain.state, orderId: null }, { verb, orderId: id, by, at })
  }
  const kept = returnPieces(stock, claim, { at, held })
  writes.campaignStock.set(campaignKey(stock), stock)
  return kept
}
