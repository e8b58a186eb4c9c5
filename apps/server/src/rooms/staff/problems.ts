import { problem } from '#kernel/problem'

export const credentialsWrong = problem(
  'staff.credentials_wrong',
  401,
  'account and password do not fit together',
)
export const locked = problem('staff.locked', 429, 'too many tries with this account: wait')
export const consoleDenied = problem('staff.console_denied', 403, 'this role has no place in the console')
export const otpUnsupported = problem(
  'staff.otp_unsupported',
  400,
  'one-time passwords are not set up for this account',
)
export const passwordWeak = problem('staff.password_weak', 422, 'choose a stronger password')
export const outOfScope = problem('staff.out_of_scope', 403, 'this store is not one of yours')
