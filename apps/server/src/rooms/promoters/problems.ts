import { problem } from '#kernel/problem'

export const codeUnknown = problem('promoters.code_unknown', 404, 'there is no such code in force')
export const touchInvalid = problem('promoters.touch_invalid', 422, 'this is no note that we signed')
export const pictureUnavailable = problem(
  'promoters.picture_unavailable',
  503,
  'WeChat does not draw the code now: try again in a moment',
)
export const cursorInvalid = problem('promoters.cursor_invalid', 400, 'this cursor is not of this list')
export const spanInvalid = problem(
  'promoters.span_invalid',
  400,
  'days run from one to a later one, a year at most',
)
