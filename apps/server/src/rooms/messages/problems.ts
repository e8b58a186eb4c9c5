import { problem } from '#kernel/problem'

export const messageMissing = problem('messages.missing', 404, 'you have no such message')
export const cursorInvalid = problem('messages.cursor_invalid', 400, 'this cursor is not of this list')
export const templateUnknown = problem(
  'messages.template_unknown',
  422,
  'the shop does not ask for this WeChat template',
)
export const fieldUnknown = problem(
  'messages.field_unknown',
  422,
  'the words speak of something that this kind of message knows nothing of',
)
export const signatureInvalid = problem('messages.signature_invalid', 401, 'the gateway did not sign this')
export const replyUnreadable = problem('messages.reply_unreadable', 400, 'this is no reply to a text message')
export const smsOff = problem('messages.sms_off', 400, 'this chain sends no text messages')
