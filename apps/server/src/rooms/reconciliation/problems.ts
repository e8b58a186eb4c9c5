import { problem } from '#kernel/problem'

export const dayMissing = problem('reconciliation.day_missing', 404, 'this day was never due')
export const dayOutOfReach = problem(
  'reconciliation.day_out_of_reach',
  409,
  'only days that are over, and whose bills WeChat still keeps',
)
export const dayNotReconciled = problem(
  'reconciliation.day_not_reconciled',
  409,
  'only a day whose last run went well can be signed off',
)
export const dayUnsettled = problem(
  'reconciliation.day_unsettled',
  409,
  'this day has differences that nobody explained yet',
)
export const daySignedOff = problem('reconciliation.day_signed_off', 409, 'this day is signed off already')
export const differenceMissing = problem(
  'reconciliation.difference_missing',
  404,
  'there is no such difference',
)
export const differenceEnded = problem(
  'reconciliation.difference_ended',
  409,
  'this difference was explained already',
)
export const differenceOpen = problem('reconciliation.difference_open', 409, 'this difference is still open')
export const notYours = problem(
  'reconciliation.not_yours',
  409,
  'somebody else works on this difference: take it over first',
)
