import { problem } from '#kernel/problem'

export const dropMissing = problem('drops.missing', 404, 'there is no such drop')
export const notDraft = problem('drops.not_draft', 409, 'what has run is not edited: make a new one')
export const wrongState = problem('drops.wrong_state', 409, 'the drop does not stand where this is possible')
export const changedSince = problem('drops.changed_since', 409, 'somebody changed it since you looked')
export const termsUnsound = problem('drops.terms_unsound', 422, 'the terms contradict themselves')
export const couponMissing = problem(
  'drops.coupon_missing',
  404,
  'there is no open coupon of this id that is given as a reward',
)
export const cursorInvalid = problem('drops.cursor_invalid', 400, 'the cursor is not one of ours')
