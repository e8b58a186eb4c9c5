/** Where goods were handed over or sent to. `till`: paid and taken away in the store. */
export type Channel = 'pickup' | 'delivery' | 'express' | 'neighbours' | 'till'

export interface PurchaseLine {
  lineNo: number
  /** Null: a barcode of a till that nobody here knows. */
  skuId: string | null
  quantity: number
  refundedQuantity: number
  /** After all discounts. */
  payFen: number
  refundedFen: number
}
/** What somebody bought at once, as the books say now. Its lines are never empty. */
export interface Purchase {
  id: string
  source: 'order' | 'till' | 'history'
  storeId: string
  /** Null: nobody showed a card. */
  memberId: string | null
  channel: Channel
  boughtAt: Date
  /** The business day of `boughtAt`. */
  day: string
  /** Before discounts, freight aside. */
  goodsFen: number
  collectedAt: Date | null
  campaignId: string | null
  lines: readonly PurchaseLine[]
}

/** What went back of a purchase's lines, by line number. What else there is of a purchase never changes. */
export type Returned = ReadonlyMap<number, { quantity: number; fen: number }>
/** A purchase that was noted before: what had gone back by then. */
export type Noted = ReadonlyMap<string, Returned>

export interface SalesDay {
  storeId: string
  day: string
  channel: Channel
  purchases: number
  goodsFen: number
  payFen: number
  refundedFen: number
  pieces: number
  refundedPieces: number
}
export interface SkuDay {
  storeId: string
  day: string
  skuId: string
  purchases: number
  quantity: number
  refundedQuantity: number
  payFen: number
  refundedFen: number
}
export interface MemberDay {
  memberId: string
  day: string
  storeId: string
  purchases: number
  payFen: number
  refundedFen: number
  pieces: number
  mostPieces: number
}
export interface Sums {
  sales: SalesDay[]
  skus: SkuDay[]
  members: MemberDay[]
}

const total = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((sum, each) => sum + of(each), 0)

/** The goods of a purchase, together. */
export const totalsOf = (lines: readonly PurchaseLine[]) => ({
  payFen: total(lines, (line) => line.payFen),
  refundedFen: total(lines, (line) => line.refundedFen),
  pieces: total(lines, (line) => line.quantity),
  refundedPieces: total(lines, (line) => line.refundedQuantity),
})

/** Finds the entry of a key, or begins it. */
function entry<T>(all: Map<string, T>, key: readonly string[], begin: () => T): T {
  const id = key.join('\n')
  const found = all.get(id) ?? begin()
  all.set(id, found)
  return found
}

/**
 * What these purchases add to the sums of their days: a new one all it is, a known one what went back since it was noted. Adding this to sums that are right
 * keeps them right, in whatever order purchases come and however late. Each purchase once.
 */
export function additions(purchases: readonly Purchase[], noted: Noted): Sums {
  const sales = new Map<string, SalesDay>()
  const skus = new Map<string, SkuDay>()
  const members = new Map<string, MemberDay>()
  for (const { id, storeId, day, channel, memberId, goodsFen, lines } of purchases) {
    const before = noted.get(id)
    const since = lines.map((line) => ({
      ...line,
      refundedQuantity: line.refundedQuantity - (before?.get(line.lineNo)?.quantity ?? 0),
      refundedFen: line.refundedFen - (before?.get(line.lineNo)?.fen ?? 0),
      ...(before && { quantity: 0, payFen: 0 }),
    }))
    const { payFen, refundedFen, pieces, refundedPieces } = totalsOf(since)
    const one = before ? 0 : 1
    const sale = entry(sales, [storeId, day, channel], () => ({
      storeId,
      day,
      channel,
      purchases: 0,
      goodsFen: 0,
      payFen: 0,
      refundedFen: 0,
      pieces: 0,
      refundedPieces: 0,
    }))
    sale.purchases += one
    sale.goodsFen += before ? 0 : goodsFen
    sale.payFen += payFen
    sale.refundedFen += refundedFen
    sale.pieces += pieces
    sale.refundedPieces += refundedPieces
    const met = new Set<string>()
    for (const { skuId, quantity, refundedQuantity, payFen, refundedFen } of since) {
      if (skuId === null) continue
      const sku = entry(skus, [storeId, day, skuId], () => ({
        storeId,
        day,
        skuId,
        purchases: 0,
        quantity: 0,
        refundedQuantity: 0,
        payFen: 0,
        refundedFen: 0,
      }))
      if (!met.has(skuId)) sku.purchases += one
      met.add(skuId)
      sku.quantity += quantity
      sku.refundedQuantity += refundedQuantity
      sku.payFen += payFen
      sku.refundedFen += refundedFen
    }
    if (memberId === null) continue
    const member = entry(members, [memberId, day, storeId], () => ({
      memberId,
      day,
      storeId,
      purchases: 0,
      payFen: 0,
      refundedFen: 0,
      pieces: 0,
      mostPieces: 0,
    }))
    member.purchases += one
    member.payFen += payFen
    member.refundedFen += refundedFen
    member.pieces += pieces
    member.mostPieces = Math.max(member.mostPieces, pieces)
  }
  return { sales: [...sales.values()], skus: [...skus.values()], members: [...members.values()] }
}
