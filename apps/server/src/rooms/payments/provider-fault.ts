/**
 * What a call to a payment provider can end with, besides an answer.
 * `ambiguous`: it may or may not have happened. Repeat it with the same number, or query; never take another number.
 * `refused`: the provider said no, with a code. Nothing happened, though only a verified query is the truth about what was there before.
 */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault'
  readonly kind: 'ambiguous' | 'refused'
  /** The provider's code, or one of ours for what never became an answer: NO_ANSWER, TOO_LONG, UNREADABLE, UNVERIFIED. */
  readonly code: string
  readonly status: number | null
  constructor(
    kind: 'ambiguous' | 'refused',
    code: string,
    about: string,
    { status = null, cause }: { status?: number | null; cause?: unknown } = {},
  ) {
    super(`${kind}: ${code} (${about})`, cause === undefined ? {} : { cause })
    this.kind = kind
    this.code = code
    this.status = status
  }
}

export const isAmbiguous = (error: unknown): error is ProviderFault =>
  error instanceof ProviderFault && error.kind === 'ambiguous'
export const isRefused = (error: unknown): error is ProviderFault =>
  error instanceof ProviderFault && error.kind === 'refused'
