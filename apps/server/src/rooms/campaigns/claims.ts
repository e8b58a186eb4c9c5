import type { ProblemKind } from '#kernel/problem'
import type { GroupWish } from './kinds/group/group.ts'
import type { Deal } from './kinds/presale/money.ts'
import { campaignPaused, limitReached, notNow, soldOut } from './problems.ts'

/** What is agreed with whoever orders in a presale, and which part of the price is paid first. */
export interface Presale extends Deal {
  depositBp: number | null
}

/** The goods of a campaign in one store. */
export interface CampaignKey {
  campaignId: string
  storeId: string
  skuId: string
}
export const campaignKey = ({ campaignId, storeId, skuId }: CampaignKey): string =>
  `${campaignId} ${storeId} ${skuId}`
export const takesKey = ({ campaignId, memberId }: { campaignId: string; memberId: string }): string =>
  `${campaignId} ${memberId}`

/** The row that everybody who wants one waits for. */
export interface CampaignStock extends CampaignKey {
  quota: number
  /** Off the shelf for it; the rest of the quota was not there. */
  carved: number
  released: number
  taken: number
  from: Date
  until: Date
  open: boolean
  paused: boolean
}
/** What an order wants of a campaign, as the campaign told it when it was asked. */
export interface Claim extends CampaignKey {
  quantity: number
  perMember: number
  payMinutes: number
  /** Where its order is paid by an hour, and not within so many minutes. */
  payUntil?: Date
  /** Of each quota, so much may be had by now; basis points. It never falls while the campaign runs. */
  releasedBp: number
  /** The seat it wants, of group buying. */
  group?: GroupWish
  /** Its campaign is for a first order: a member has one order of all such. */
  firstOrder?: true
  /** Of a bargain that is reached: the piece is set aside for it already. */
  rallyId: string | null
  /** What is agreed about goods that are yet to come; null: they are on the shelf. */
  presale: Presale | null
  /** What one piece was made of when it was set aside. */
  parts: readonly { skuId: string; quantity: number }[]
}
export interface DeskClaim extends CampaignKey {
  orderId: string
  memberId: string
  quantity: number
  state: 'TAKEN' | 'PAID' | 'RETURNED'
  /** Where its order has a seat; null: in no group. */
  groupId: string | null
  rallyId: string | null
  at: Date
}
/** Which order of campaigns that are for a first order a member has. */
export interface DeskFirst {
  memberId: string
  orderId: string
}
export interface DeskTake extends CampaignKey {
  memberId: string
  slot: number
  perMember: number
  orderId: string
}

/** Are these the goods that were set aside? A bundle that is made of other things since has nothing of them kept for it. */
export const sameParts = (a: Claim['parts'], b: Claim['parts']): boolean => {
  const said = (parts: Claim['parts']): string =>
    parts
      .map(({ skuId, quantity }) => `${skuId} ${quantity}`)
      .sort()
      .join()
  return said(a) === said(b)
}

/** Pieces that may be had by now, sold ones counted: what was released stays released. */
export const releasedOf = ({ quota, carved, released }: CampaignStock, releasedBp: number): number =>
  Math.max(released, Math.min(carved, Math.floor((quota * releasedBp) / 10_000)))

/** Why a claim cannot be met; undefined when it can. */
export function campaignGone(
  stock: CampaignStock | undefined,
  claim: Claim,
  taken: ReadonlyMap<number, string>,
  at: Date,
): { problem: ProblemKind; data?: Record<string, unknown> } | undefined {
  if (!stock?.open || at < stock.from || at >= stock.until) return { problem: notNow }
  if (stock.paused) return { problem: campaignPaused }
  if (taken.size + claim.quantity > claim.perMember)
    return { problem: limitReached, data: { perMember: claim.perMember, taken: taken.size } }
  // What is set aside counts as taken since then.
  if (claim.rallyId !== null) return undefined
  const left = releasedOf(stock, claim.releasedBp) - stock.taken
  return left < claim.quantity ? { problem: soldOut, data: { left } } : undefined
}

export function takePieces(stock: CampaignStock, { releasedBp, quantity, rallyId }: Claim): void {
  if (rallyId !== null) return
  stock.released = releasedOf(stock, releasedBp)
  stock.taken += quantity
}

/**
 * Pieces come back. True: the campaign still runs and sells them again; else they are the shelf's. `held`: they are set aside again for the bargain that
 * they came from, while the campaign runs.
 */
export function returnPieces(
  stock: CampaignStock,
  { quantity }: Pick<DeskClaim, 'quantity'>,
  { at, held = false }: { at: Date; held?: boolean },
): boolean {
  const kept = stock.open && at < stock.until
  if (kept && held) return true
  stock.taken -= quantity
  if (kept) return true
  stock.released -= quantity
  stock.carved -= quantity
  return false
}

/** The slots of the member's limit that these pieces stand in. */
export const nextSlots = (
  taken: ReadonlyMap<number, string>,
  { quantity, perMember }: Pick<Claim, 'quantity' | 'perMember'>,
): number[] =>
  Array.from({ length: perMember }, (_, i) => i + 1)
    .filter((slot) => !taken.has(slot))
    .slice(0, quantity)
