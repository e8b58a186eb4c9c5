import { problem } from '#kernel/problem'

export const orderMissing = problem('orders.missing', 404, 'there is no such order')
export const cursorInvalid = problem('orders.cursor_invalid', 400, 'the cursor is not one of ours')
export const keyReused = problem('orders.key_reused', 409, 'this idempotency key was used with another body')
export const priceChanged = problem('orders.price_changed', 409, 'the amount is not the one expected')
export const notCancellable = problem('orders.not_cancellable', 409, 'only an unpaid order can be cancelled')
export const notRefundable = problem('orders.not_refundable', 409, 'there is nothing left to refund')
export const refundTooMany = problem(
  'orders.refund_too_many',
  409,
  'not so many pieces of this line are left to refund',
)
export const notWeighed = problem(
  'orders.not_weighed',
  409,
  'this line is not sold by weight, or is not in the bag',
)
export const weightChanged = problem('orders.weight_changed', 409, 'somebody weighed this line meanwhile')
export const presaleMissing = problem(
  'orders.presale_missing',
  404,
  'nobody waits for such goods, or nothing is owed',
)
export const deskFull = problem('orders.desk_full', 503, 'too many orders at once: try again in a moment')

// Codes that the contract names after the room whose rule they speak of; the desk is where they are decided.
export const storeClosed = problem('stores.closed', 409, 'the store takes no orders now')
export const slotFull = problem('fulfilment.slot_full', 409, 'this pickup slot is full')
export const alreadyPaid = problem('payments.already_paid', 409, 'the order was paid in the meantime')
export const paymentsUnavailable = problem('payments.unavailable', 503, 'WeChat Pay does not answer')
export const notPayable = problem('payments.not_payable', 409, 'the order does not wait for money')
export const balanceNotYet = problem('payments.balance_not_yet', 409, 'the balance may not be paid yet')
export const counterIncomplete = problem(
  'payments.counter_incomplete',
  422,
  'cash needs what was put down, a card the number on its slip',
)
export const tenderedShort = problem(
  'payments.tendered_short',
  409,
  'what was put down is less than what is due',
)
export const refundHanded = problem('payments.refund_handed', 409, 'somebody gave this refund back already')
export const notPaid = problem('fulfilment.not_paid', 409, 'the order is not paid')
export const waitsForGroup = problem('orders.waits_for_group', 409, 'the group of this order is not full yet')
export const goodsAwaited = problem('fulfilment.goods_awaited', 409, 'its goods are not in the store yet')
export const refunding = problem('fulfilment.refunding', 409, 'the order is being refunded')
export const alreadyHanded = problem('fulfilment.already_handed', 409, 'this order was handed over before')
export const noWeight = problem(
  'fulfilment.weight_missing',
  409,
  'a line that is sold by weight was not weighed',
)
export const wrongStore = problem(
  'fulfilment.wrong_store',
  409,
  'this order is to be collected in another store',
)
