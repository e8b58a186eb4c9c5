import { problem } from '#kernel/problem'

export const notPayable = problem('payments.not_payable', 409, 'this order does not wait for a payment')
export const alreadyPaid = problem('payments.already_paid', 409, 'this order is paid already')
export const unavailable = problem(
  'payments.unavailable',
  503,
  'the payment provider gives no clear answer: try again',
)
export const providerOff = problem('payments.provider_off', 409, 'this way of paying is not offered')
export const signatureInvalid = problem(
  'payments.signature_invalid',
  401,
  'not signed by the payment provider, or not just now',
)
export const noticeUnreadable = problem(
  'payments.notice_unreadable',
  400,
  'signed by the payment provider, but cannot be read',
)
export const refundMissing = problem('payments.refund_missing', 404, 'there is no such refund at the counter')
export const alarmMissing = problem('payments.alarm_missing', 404, 'there is no such alarm')
export const alarmClosed = problem('payments.alarm_closed', 409, 'this alarm was dealt with already')
export const reportMissing = problem(
  'payments.report_missing',
  404,
  'there is nothing of this payment that WeChat still has to be told',
)
export const notYours = problem('payments.not_yours', 409, 'somebody else looks after this alarm')
export const refundNotWaiting = problem(
  'payments.refund_not_waiting',
  409,
  'this refund is not waiting to be sent or to arrive',
)
export const refundNotAbnormal = problem(
  'payments.refund_not_abnormal',
  409,
  'only a refund that could not reach the shopper can be redirected',
)
export const redirectionRefused = problem(
  'payments.redirection_refused',
  422,
  'WeChat Pay does not send this refund there',
)
export const redirectionUnclear = problem(
  'payments.redirection_unclear',
  503,
  'WeChat Pay gave no clear answer, and nothing is under way: try again',
)
