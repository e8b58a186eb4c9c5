import { problem } from '#kernel/problem'

export const keyUnknown = problem('partners.key_unknown', 401, 'there is no such key')
export const clockOff = problem(
  'partners.clock_off',
  401,
  'the time of the request is more than five minutes from ours',
)
export const signatureWrong = problem(
  'partners.signature_wrong',
  401,
  'the signature does not fit the request',
)
export const keyEnded = problem('partners.key_ended', 401, 'this key has expired or was revoked')
export const partnerOff = problem('partners.off', 403, 'this partner is switched off')
export const replayed = problem(
  'partners.replayed',
  401,
  'this nonce was used before: each try needs its own',
)
export const scopeMissing = problem('partners.scope_missing', 403, 'your key may not do this')
export const tooMany = problem('partners.too_many', 429, 'more calls in this minute than agreed')

export const partnerMissing = problem('partners.missing', 404, 'there is no such partner')
export const codeTaken = problem('partners.code_taken', 409, 'another partner has this code')
export const keyMissing = problem('partners.key_missing', 404, 'this partner has no such key')
export const keysFull = problem('partners.keys_full', 409, 'two keys are live: revoke one first')
export const keyUnusable = problem(
  'partners.key_unusable',
  422,
  'the public key is not an Ed25519 key in PEM',
)
