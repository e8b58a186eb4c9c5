import { problem } from '#kernel/problem'

export const memberRefWrong = problem(
  'tills.member_ref_wrong',
  403,
  'this says of nobody that they stand at one of your tills now: let them show their card again',
)
export const txnReused = problem('tills.txn_reused', 409, 'this transaction was something else before')
export const txnReversed = problem('tills.reversed', 409, 'this transaction was reversed')
export const txnExpired = problem('tills.expired', 409, 'what was reserved was kept for fifteen minutes')
export const txnRecorded = problem(
  'tills.recorded',
  409,
  'its receipt is with us: send a return instead of reversing it',
)
export const txnMissing = problem('tills.missing', 404, 'there is no such transaction in this store')
export const couponCodeWrong = problem(
  'tills.coupon_code_wrong',
  409,
  'this is no coupon of ours, or it was shown too long ago',
)
export const goodsUnknown = problem('tills.goods_unknown', 404, 'this store sells nothing under this barcode')
export const weightPriceMissing = problem(
  'tills.weight_price_missing',
  422,
  'goods by weight cost what the scales say, all others what this store asks',
)
export const priceChanged = problem('tills.price_changed', 409, 'this basket costs something else now')
export const redemptionMissing = problem('tills.redemption_missing', 404, 'there is no such redemption')
export const redemptionOver = problem(
  'tills.redemption_over',
  409,
  'a redemption is taken back on its business day, not later',
)
export const receiptMissing = problem('tills.receipt_missing', 404, 'there is no such receipt')
export const conflictMissing = problem('tills.conflict_missing', 404, 'there is no such conflict')
export const conflictOver = problem('tills.conflict_over', 409, 'this conflict was resolved already')
export const conflictOwned = problem('tills.conflict_owned', 409, 'somebody else works on this conflict')
export const cursorInvalid = problem('tills.cursor_invalid', 400, 'the cursor is not one of ours')
