import { problem } from '#kernel/problem'

export const storeMissing = problem('stores.missing', 404, 'there is no such store')
export const hoursInvalid = problem(
  'stores.hours_invalid',
  422,
  'a store opens before it closes, on the same day',
)
