import { problem } from '#kernel/problem'

export const codeInvalid = problem(
  'members.code_invalid',
  422,
  'WeChat does not accept this code (used, too old, or not ours)',
)
export const loginUnavailable = problem(
  'members.login_unavailable',
  503,
  'WeChat could not be asked: try again with a new code',
)
export const blocked = problem('members.blocked', 403, 'this member may not sign in')
export const phoneTaken = problem('members.phone_taken', 409, 'another member has this phone number')
export const birthdayUnknown = problem('members.birthday_unknown', 422, 'there is no such day')
export const birthdayFixed = problem(
  'members.birthday_fixed',
  409,
  'a birthday changes a year after it was said last',
)
export const tooManyAddresses = problem('members.too_many_addresses', 409, 'remove an address first')
export const addressMissing = problem('members.address_missing', 404, 'you have no such address')
export const memberMissing = problem('members.missing', 404, 'there is no such member')
export const cardUnknown = problem('members.card_unknown', 404, 'this is no card of ours, or a wrong code')
export const cardForged = problem('members.card_forged', 409, 'this card was not made by us')
export const cardExpired = problem(
  'members.card_expired',
  409,
  'this code is not of this minute: have the card shown again',
)
export const cardAmbiguous = problem(
  'members.card_ambiguous',
  409,
  'two members with this phone tail have this code: scan the card',
)
export const cardLocked = problem('members.card_locked', 429, 'too many wrong codes: wait a few minutes')
export const noPhone = problem('members.no_phone', 409, 'this member has bound no phone')
