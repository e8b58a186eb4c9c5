import { problem } from '#kernel/problem'

export const couponsUnusable = problem('coupons.unusable', 409, 'this coupon cannot be used here')
export const templateMissing = problem('coupons.template_missing', 404, 'there is no such coupon template')
export const templateOver = problem('coupons.template_over', 409, 'this coupon template has ended already')
export const templateUnsound = problem(
  'coupons.template_unsound',
  422,
  'the terms of this coupon contradict themselves',
)
export const couponMissing = problem('coupons.missing', 404, 'there is no such coupon')
export const cursorInvalid = problem('coupons.cursor_invalid', 400, 'the cursor is not one of ours')
export const grantedOut = problem('coupons.granted_out', 409, 'not so many of this coupon are left to grant')
export const offerMissing = problem('coupons.offer_missing', 404, 'there is no such coupon to claim')
export const offerOver = problem('coupons.offer_over', 409, 'this coupon cannot be claimed now')
export const phoneNeeded = problem(
  'coupons.phone_needed',
  409,
  'this coupon is for members whose phone is known',
)
export const limitReached = problem(
  'coupons.limit_reached',
  409,
  'one person may have no more of this coupon',
)
export const goneToday = problem('coupons.gone_today', 409, 'none of this coupon are left today')
export const gone = problem('coupons.gone', 409, 'none of this coupon are left')
export const codeUnknown = problem('coupons.code_unknown', 404, 'there is no such code')
export const codeUsed = problem('coupons.code_used', 409, 'somebody has used this code already')
export const codeLocked = problem('coupons.code_locked', 429, 'too many codes that do not exist: wait')
export const batchMissing = problem('coupons.batch_missing', 404, 'there is no such batch of codes')
export const withoutCodes = problem(
  'coupons.template_without_codes',
  409,
  'members do not come by this coupon with a code',
)
export const wordTaken = problem('coupons.word_taken', 409, 'another coupon has this word')
export const memberMissing = problem('coupons.member_missing', 404, 'there is no such member')
export const skuMissing = problem('catalog.sku_missing', 404, 'this store does not sell this SKU now')
export const categoryMissing = problem('catalog.category_missing', 422, 'there is no such category')
