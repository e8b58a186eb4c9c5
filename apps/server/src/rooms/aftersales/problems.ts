import { problem } from '#kernel/problem'

export const aftersaleMissing = problem('aftersales.missing', 404, 'there is no such after-sales request')
export const cursorInvalid = problem('aftersales.cursor_invalid', 400, 'the cursor is not one of ours')
export const keyReused = problem(
  'aftersales.key_reused',
  409,
  'this idempotency key was used with another body',
)
export const lineUnknown = problem(
  'aftersales.line_unknown',
  422,
  'there is no such line, or it was named twice',
)
export const tooMany = problem('aftersales.too_many', 409, 'not so many pieces of this line are left')
export const lineOpen = problem('aftersales.line_open', 409, 'a request for this line is under way')
export const kindNotOpen = problem(
  'aftersales.kind_not_open',
  409,
  'this line cannot be applied for in this way',
)
export const tooLate = problem('aftersales.too_late', 409, 'the time for this has passed')
export const reasonUnfit = problem('aftersales.reason_unfit', 422, 'this reason does not fit these goods')
export const sumChanged = problem('aftersales.sum_changed', 409, 'the sum is not the one that was shown')
export const photoMissing = problem('aftersales.photo_missing', 422, 'there is no such photo to use')
export const photoNeeded = problem('aftersales.photo_needed', 422, 'this needs a photo')
export const tooManyPhotos = problem(
  'aftersales.too_many_photos',
  409,
  'use the photos you have, or wait a day',
)
export const tooOften = problem('aftersales.too_often', 409, 'too many requests for one order: ask the store')
export const stateChanged = problem('aftersales.state_changed', 409, 'the request is not where you saw it')
export const appealedBefore = problem('aftersales.appealed_before', 409, 'it was appealed before')
export const goodsMoved = problem('aftersales.goods_moved', 409, 'the goods were handed over in between')
export const codeUnknown = problem('aftersales.code_unknown', 404, 'no goods are awaited under this code')
export const wrongStore = problem('aftersales.wrong_store', 409, 'the replacement waits in another store')
export const moneyBack = problem(
  'aftersales.money_back',
  409,
  'the money of these pieces went back otherwise, or is about to',
)
export const neverOnShelf = problem(
  'aftersales.never_on_shelf',
  422,
  'fresh goods do not go back on the shelf',
)
export const wordsNeeded = problem('aftersales.words_needed', 422, 'tell the shopper why')
export const dayInvalid = problem('aftersales.day_invalid', 400, 'there is no such day')
export const refundAlive = problem('aftersales.refund_alive', 409, 'WeChat still holds this refund')
