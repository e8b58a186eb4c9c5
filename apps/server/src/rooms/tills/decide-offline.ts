import { ofTill } from '#kernel/purchase'
import { hasFirst, lockCoupon, useCoupon, wasUsable } from '#room/coupons'
import { apportion } from '#room/pricing'
import type { AcceptedCoupon, ReceiptLine, RecordSale } from './commands.ts'
import { noteCoupon } from './decide-benefits.ts'
import type { Conflicts } from './opening.ts'
import type { DeskSale, Fold, PricedSale } from './view.ts'

/** Why a coupon that a till accepted by itself cannot serve this sale; undefined when it can. */
function faultOf({ view }: Fold, accepted: AcceptedCoupon): string | undefined {
  const { couponId, memberId, at, fault, worthFen } = accepted
  const coupon = view.coupons.get(couponId)
  if (fault !== null) return fault
  if (coupon?.memberId !== memberId) return 'unknown'
  if (!wasUsable(coupon, at)) return coupon.state === 'UNUSED' ? 'over' : coupon.state
  if (coupon.firstOrder && hasFirst(view.coupons, coupon)) return 'first_order'
  return worthFen === 0 ? 'terms' : undefined
}

/**
 * Coupons that the till accepted without a line to us serve this sale if they are still free, in the state of their moment. What is not free went to
 * somebody else meanwhile, or was not meant for these goods: that is money in question, and the sale stands. What a till took off beyond the terms of a
 * coupon nobody has promised to bear.
 */
export function useAccepted(fold: Fold, sale: DeskSale, command: RecordSale, conflicts: Conflicts): void {
  const good: AcceptedCoupon[] = []
  for (const each of command.accepted) {
    const { couponId, label, offFen } = each
    const why = faultOf(fold, each)
    if (why !== undefined) conflicts.open('coupon_refused', couponId, { couponId, label, why }, offFen)
    else if (sale.memberId === null || sale.memberId === each.memberId) {
      sale.memberId = each.memberId
      const coupon = fold.view.coupons.get(couponId)
      if (!coupon) continue
      noteCoupon(fold, coupon, lockCoupon(coupon, ofTill(sale.id), command))
      noteCoupon(fold, coupon, useCoupon(coupon, ofTill(sale.id), command))
      good.push({ ...each, offFen: Math.min(offFen, each.worthFen) })
    } else conflicts.open('coupon_refused', couponId, { couponId, label, why: 'another_member' }, offFen)
  }
  if (good.length === 0) return
  sale.benefits = 'REDEEMED'
  sale.redeemedAt = command.at
  sale.priced = pricedOf(command.lines, good)
}

/** A sale as it would have been reserved: what each coupon took off, spread over the lines. */
function pricedOf(lines: readonly ReceiptLine[], good: readonly AcceptedCoupon[]): PricedSale {
  const goodsFen = lines.reduce((sum, { quantity, unitFen }) => sum + quantity * unitFen, 0)
  const spread = good.map((each) => ({
    each,
    offs: apportion(
      Math.min(each.offFen, goodsFen),
      lines.map(({ quantity, unitFen }, i) => ({
        id: String(i),
        weight: quantity * unitFen,
        cap: quantity * unitFen,
      })),
    ),
  }))
  return {
    lines: lines.map(({ barcode, skuId, quantity, unitFen, payFen, earnedPoints }, i) => ({
      barcode,
      known: skuId !== null,
      quantity,
      unitFen,
      payFen,
      discounts: spread.flatMap(({ each: { couponId, label, funding }, offs }) => {
        const offFen = offs.get(String(i)) ?? 0
        return offFen > 0 ? [{ rule: couponId, label, offFen, points: 0, funding }] : []
      }),
      usedPoints: 0,
      earnedPoints,
    })),
    goodsFen,
    discountFen: good.reduce((sum, { offFen }) => sum + offFen, 0),
    payFen: lines.reduce((sum, { payFen }) => sum + payFen, 0),
    couponIds: good.map(({ couponId }) => couponId),
    pointsUsed: 0,
    pointsEarned: lines.reduce((sum, { earnedPoints }) => sum + earnedPoints, 0),
  }
}
