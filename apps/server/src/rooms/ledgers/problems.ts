import { problem } from '#kernel/problem'

export const pointsUnusable = problem('points.unusable', 409, 'these points cannot be used here')
export const cursorInvalid = problem('points.cursor_invalid', 400, 'the cursor is not one of ours')
export const termsUnfit = problem(
  'points.terms_unfit',
  422,
  'terms begin now or within a year, never before now',
)
export const categoryMissing = problem('catalog.category_missing', 422, 'there is no such category')
export const memberMissing = problem('members.missing', 404, 'there is no such member')
export const checkRunning = problem('ledgers.check_running', 409, 'a check is under way')
