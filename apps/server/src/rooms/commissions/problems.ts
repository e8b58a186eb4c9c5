import { problem } from '#kernel/problem'

export const off = problem('commissions.off', 409, 'promoting is not open now')
export const appliedAlready = problem(
  'commissions.applied_already',
  409,
  'this member promotes or has applied already',
)
export const keyUnknown = problem('commissions.key_unknown', 404, 'there is no promoter with this key')
export const notPromoter = problem('commissions.not_promoter', 409, 'this member does not promote')
export const pictureUnavailable = problem(
  'commissions.picture_unavailable',
  503,
  'WeChat does not draw the code now: try again in a moment',
)
export const cursorInvalid = problem('commissions.cursor_invalid', 400, 'this cursor is not of this list')
export const documentInvalid = problem(
  'commissions.document_invalid',
  422,
  'no identity card has this number',
)
export const identityMissing = problem('commissions.identity_missing', 409, 'the real name was not given')
export const tooLittle = problem('commissions.too_little', 422, 'less than the terms or WeChat send')
export const tooMuchToday = problem('commissions.too_much_today', 409, 'more than may be withdrawn in a day')
export const short = problem('commissions.short', 409, 'there is not so much to pay out')
export const netChanged = problem('commissions.net_changed', 409, 'what would arrive is another sum by now')
export const withdrawalOpen = problem('commissions.withdrawal_open', 409, 'a withdrawal is under way')
export const withdrawalMissing = problem('commissions.withdrawal_missing', 404, 'there is no such withdrawal')
export const withdrawalEnded = problem('commissions.withdrawal_ended', 409, 'this withdrawal has ended')
export const keyReused = problem('commissions.key_reused', 409, 'this key asked for another sum before')
export const termsUnsound = problem('commissions.terms_unsound', 422, 'these terms contradict themselves')
export const applicationMissing = problem(
  'commissions.application_missing',
  404,
  'there is no such application',
)
export const applicationDecided = problem(
  'commissions.application_decided',
  409,
  'this application was answered',
)
export const levelUnknown = problem('commissions.level_unknown', 422, 'the terms know no such level')
export const promoterMissing = problem('commissions.promoter_missing', 404, 'this member does not promote')
export const standingSame = problem('commissions.standing_same', 409, 'that is how they stand already')
export const accountMissing = problem('commissions.account_missing', 404, 'there is no such account')
export const wagesOnly = problem(
  'commissions.wages_only',
  409,
  'members withdraw themselves: only staff are paid with wages',
)
export const checkRunning = problem('commissions.check_running', 409, 'the books are being compared already')
