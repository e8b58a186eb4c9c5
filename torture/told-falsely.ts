import type { Promise_ } from './town.ts'

const NOBODY = '01900000-0000-7000-8000-000000000000'

/** What somebody was told and what is not so, and the invariant that must see it. */
export const TOLD_FALSELY: readonly { name: string; seenBy: string; promise: Promise_ }[] = [
  {
    name: 'an order that was acknowledged and is gone',
    seenBy: 'every order that was acknowledged exists, once under its key',
    promise: { what: 'placed', shopper: 'nobody', key: 'defect', orderId: NOBODY },
  },
  {
    name: 'a cancellation that was acknowledged and undone',
    seenBy: 'every cancellation that was acknowledged stands',
    promise: { what: 'cancelled', orderId: NOBODY },
  },
  {
    name: 'a bag that was packed for nobody',
    seenBy: 'every bag that was packed was paid for',
    promise: { what: 'ready', orderId: NOBODY },
  },
  {
    name: 'a hand-over that was acknowledged and is gone',
    seenBy: 'every bag that was handed over is booked so, once',
    promise: { what: 'handed_over', orderId: NOBODY },
  },
  {
    name: 'a refund that was accepted and is gone',
    seenBy: 'every refund that was accepted exists, once under its key for each thing that was paid with',
    promise: { what: 'refund', orderId: NOBODY, key: 'defect' },
  },
  {
    name: 'a receipt that was acknowledged and is gone',
    seenBy: 'every step of a stock document that was acknowledged is written down',
    promise: { what: 'document', documentId: NOBODY, verb: 'post' },
  },
  {
    name: 'a request that was acknowledged and is gone',
    seenBy: 'every request that was acknowledged exists, once under its key',
    promise: { what: 'aftersale', aftersaleId: NOBODY, key: 'defect' },
  },
  {
    name: 'money that a clerk took and nobody booked',
    seenBy: 'all money that was taken at a counter is booked, once under its key',
    promise: { what: 'taken', orderId: NOBODY, key: 'defect', fen: 1 },
  },
  {
    name: 'money that a clerk gave back and nobody booked',
    seenBy: 'every refund that was handed back over a counter is over, with a name on it',
    promise: { what: 'handed_back', orderId: NOBODY, refundId: NOBODY },
  },
  {
    name: 'a coupon that was withdrawn and can be used',
    seenBy: 'every coupon that was withdrawn stays so',
    promise: { what: 'withdrawn', couponId: NOBODY },
  },
  {
    name: 'a coupon that was given and is gone',
    seenBy: 'every coupon that was given to a member is theirs',
    promise: { what: 'claimed', couponId: NOBODY, memberId: NOBODY },
  },
  {
    name: 'a redemption that a till was told of and that is gone',
    seenBy: 'what a till was told is used was used',
    promise: { what: 'redeemed', partnerId: NOBODY, key: 'defect' },
  },
  {
    name: 'a reversal that a till was told of and that is gone',
    seenBy: 'what a till was told is reversed stays so',
    promise: { what: 'reversed', partnerId: NOBODY, key: 'defect' },
  },
]
