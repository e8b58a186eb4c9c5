import { problem } from '#kernel/problem'

export const termsUnfit = problem(
  'tiers.terms_unfit',
  422,
  'the tiers contradict themselves, or begin before now or in more than a year',
)
export const cursorInvalid = problem('tiers.cursor_invalid', 400, 'the cursor is not one of ours')
export const checkRunning = problem('tiers.check_running', 409, 'a comparison is under way')
export const categoryMissing = problem('catalog.category_missing', 422, 'there is no such category')
export const memberMissing = problem('members.missing', 404, 'there is no such member')
