import { problem } from '#kernel/problem'

export const rallyMissing = problem('rallies.missing', 404, 'there is no such bargain or assist')
export const noRally = problem('rallies.no_rally', 409, 'friends do not help with this campaign')
export const unseen = problem(
  'rallies.unseen',
  422,
  'whoever helps has to have been shown what for, within the last half hour',
)
export const own = problem('rallies.own', 409, 'nobody helps themselves, under whatever account')
export const helpedBefore = problem('rallies.helped_before', 409, 'this person has helped with this already')
export const limitReached = problem(
  'rallies.limit_reached',
  409,
  'the member has helped as often as the campaign allows',
)
export const limitToday = problem(
  'rallies.limit_today',
  409,
  'the member has helped as often as a day allows',
)
export const broughtBefore = problem('rallies.brought_before', 409, 'this person counts for somebody already')
export const notNew = problem('rallies.not_new', 409, 'only friends who had never bought anything count')
export const over = problem('rallies.over', 409, 'its time is over')
export const notReached = problem('rallies.not_reached', 409, 'not all friends have helped yet')
export const cursorInvalid = problem('rallies.cursor_invalid', 400, 'this cursor is not of this list')
