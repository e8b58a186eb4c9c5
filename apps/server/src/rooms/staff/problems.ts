import { problem } from '#kernel/problem'

export const credentialsWrong = problem(
  'staff.credentials_wrong',
  401,
  'account and password do not fit together',
)
// Not 401: the caller is signed in all right, and a client that hears 401 forgets its session.
export const passwordWrong = problem('staff.password_wrong', 422, 'this is not your password')
export const locked = problem('staff.locked', 429, 'too many tries with this account: wait')
export const consoleDenied = problem('staff.console_denied', 403, 'this role has no place in the console')
export const otpUnsupported = problem(
  'staff.otp_unsupported',
  400,
  'one-time passwords are not set up for this account',
)
export const passwordWeak = problem('staff.password_weak', 422, 'choose a stronger password')
export const outOfScope = problem('staff.out_of_scope', 403, 'this store is not one of yours')
export const passwordChangeDue = problem(
  'staff.password_change_due',
  403,
  'somebody else made this password: sign in with a new one of your own in `next`',
)
export const passwordExpired = problem(
  'staff.password_expired',
  403,
  'this password was for a first sign-in and has run out: have it reset',
)
export const accountMissing = problem('staff.missing', 404, 'there is no such account')
export const accountTaken = problem('staff.account_taken', 409, 'there is an account with this name')
export const storesUnfit = problem(
  'staff.stores_unfit',
  422,
  'head office names no store; everybody else has at least one that exists',
)
export const outOfReach = problem('staff.out_of_reach', 403, 'you do not look after such an account')
export const yourself = problem('staff.yourself', 409, 'somebody else has to do this for you')
export const lastHeadOffice = problem(
  'staff.last_head_office',
  409,
  'this is the last active account of head office',
)
