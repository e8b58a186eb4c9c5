import { problem } from '#kernel/problem'

export const rewardsOff = problem('rewards.off', 409, 'there is nothing to sign in for now')
export const termsUnsound = problem('rewards.terms_unsound', 422, 'these terms contradict themselves')
export const pointsOff = problem('rewards.points_off', 409, 'points are off: nothing can be worth any')
export const cursorInvalid = problem('rewards.cursor_invalid', 400, 'this cursor is not of this list')
export const offerMissing = problem('coupons.offer_missing', 404, 'there is no such coupon to be a reward')
