import { problem } from '#kernel/problem'

export const subjectMissing = problem(
  'shares.subject_missing',
  404,
  'there is no such thing in this store that could be passed on',
)
export const keyUnknown = problem('shares.key_unknown', 404, 'there is no such share')
export const shareMissing = problem('shares.missing', 404, 'there is no such share, or not in your stores')
export const tooMany = problem('shares.too_many', 429, 'so many new shares in an hour: wait a little')
export const pictureUnavailable = problem(
  'shares.picture_unavailable',
  503,
  'the picture cannot be drawn now: try again in a moment',
)
export const spanInvalid = problem(
  'shares.span_invalid',
  400,
  'days run from one to a later one, a year at most',
)
