import { problem } from '#kernel/problem'

export const phoneMissing = problem('cards.phone_missing', 409, 'bind your phone number first')
export const cardUnmatched = problem(
  'cards.unmatched',
  404,
  'no card of this number was registered with your phone: staff bind it when they see it',
)
export const cardMissing = problem('cards.missing', 404, 'there is no card of this number')
export const cardLost = problem('cards.lost', 409, 'this card was reported lost')
export const cardBound = problem('cards.bound', 409, 'this card is bound already')
export const cardLocked = problem('cards.locked', 429, 'too many wrong numbers: wait a few minutes')
export const bindingMissing = problem('cards.binding_missing', 404, 'there is no such binding')
export const bindingUndone = problem('cards.undone', 409, 'this binding was undone already')
export const csvUnreadable = problem('cards.csv_unreadable', 422, 'this is not a CSV file in UTF-8')
export const csvColumnsMissing = problem(
  'cards.csv_columns_missing',
  422,
  'a column that is needed is missing',
)
export const csvTooLong = problem('cards.csv_too_long', 422, 'too many rows for one file')
export const memberMissing = problem('members.missing', 404, 'there is no such member')
