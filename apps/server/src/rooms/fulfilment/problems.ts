import { problem } from '#kernel/problem'

export const noCode = problem('fulfilment.no_code', 409, 'this order has no pickup code now')
export const slotInvalid = problem(
  'fulfilment.slot_invalid',
  409,
  'the store does not offer this pickup slot',
)
export const slotRequired = problem(
  'fulfilment.slot_required',
  409,
  'this store hands over by slots: the order must name one',
)
export const codeUnknown = problem('fulfilment.code_unknown', 404, 'this code opens nothing')
export const codeExpired = problem(
  'fulfilment.code_expired',
  409,
  'this QR code has changed since: read it again',
)
export const wrongStore = problem(
  'fulfilment.wrong_store',
  409,
  'this order is to be collected in another store',
)
export const locked = problem('fulfilment.locked', 429, 'too many wrong codes: wait a few minutes')
