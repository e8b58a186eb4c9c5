import { problem } from '#kernel/problem'

export const valueOff = problem('stored_value.off', 409, 'the chain takes no stored value now')
export const valueShort = problem('stored_value.short', 409, 'there is less stored value than asked for')
export const tooMuch = problem(
  'stored_value.too_much',
  409,
  'the balance would exceed what an account may hold',
)
export const holderMissing = problem(
  'stored_value.holder_missing',
  409,
  'the name and document of the member are not recorded yet',
)
export const balanceChanged = problem(
  'stored_value.balance_changed',
  409,
  'the balance is not the one expected',
)
export const tenderIncomplete = problem(
  'stored_value.tender_incomplete',
  422,
  'cash needs what was put down and no less than the amount, a card the number on its slip',
)
export const keyReused = problem(
  'stored_value.key_reused',
  409,
  'this idempotency key was used with another body',
)
export const documentInvalid = problem(
  'stored_value.document_invalid',
  422,
  'this is no number of an identity card',
)
export const cursorInvalid = problem('stored_value.cursor_invalid', 400, 'the cursor is not one of ours')
