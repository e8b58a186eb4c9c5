import { problem } from '#kernel/problem'

export const levelMissing = problem('inventory.level_missing', 404, 'this store does not stock this SKU')
export const stockShort = problem('inventory.stock_short', 409, 'not enough left of this SKU')
export const belowReserved = problem(
  'inventory.below_reserved',
  409,
  'what is left on hand must cover what shoppers have ordered',
)
export const nothingToChange = problem('inventory.nothing_to_change', 409, 'the change is zero')
export const keyReused = problem(
  'inventory.key_reused',
  409,
  'this idempotency key was used with another body',
)
export const notOnHand = problem('inventory.not_on_hand', 409, 'there are not that many on hand')
export const lotShort = problem('inventory.lot_short', 409, 'there are not that many left of this lot')
export const dayInvalid = problem(
  'inventory.day_invalid',
  409,
  'the day does not exist, or the goods expired before they were made',
)
export const alreadyExpired = problem(
  'inventory.already_expired',
  409,
  'goods past their date are not received',
)
export const documentMissing = problem('inventory.document_missing', 404, 'there is no such stock document')
export const documentState = problem(
  'inventory.document_state',
  409,
  'the document is in a state that does not allow this',
)
export const countedElsewhere = problem(
  'inventory.counted_elsewhere',
  409,
  'another open count has this SKU already',
)
export const countEmpty = problem('inventory.count_empty', 409, 'nothing was counted yet')
export const countFull = problem('inventory.count_full', 409, 'a count has at most 500 lines')
export const countStale = problem(
  'inventory.count_stale',
  409,
  'these lines must be counted again: the level was corrected since, or sold further down than the difference allows',
)
export const sameStore = problem('inventory.same_store', 409, 'a transfer needs two stores')
export const lineTwice = problem('inventory.line_twice', 409, 'a SKU stands in one line of a transfer')
export const linesDiffer = problem(
  'inventory.lines_differ',
  409,
  'say a quantity for every line of the document, and for no other',
)
export const nothingToShip = problem('inventory.nothing_to_ship', 409, 'every quantity is zero')
export const moreThanShipped = problem('inventory.more_than_shipped', 409, 'more arrived than was shipped')
export const inStock = problem('inventory.in_stock', 409, 'this is for sale now')
export const noticesFull = problem('inventory.notices_full', 409, 'you wait for 50 things already')
export const checkRunning = problem('inventory.check_running', 409, 'a check is under way')
