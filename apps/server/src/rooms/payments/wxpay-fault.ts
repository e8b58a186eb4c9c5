/**
 * What a call to WeChat Pay can end with, besides an answer.
 * `ambiguous`: it may or may not have happened. Repeat it with the same number, or query; never take another number.
 * `refused`: WeChat said no, with a code. Nothing happened, though only a verified query is the truth about what was there before.
 */
export class WxpayFault extends Error {
  override readonly name = 'WxpayFault'
  readonly kind: 'ambiguous' | 'refused'
  /** WeChat's code, or one of ours for what never became an answer: NO_ANSWER, TOO_LONG, UNREADABLE, UNVERIFIED. */
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

export const isAmbiguous = (error: unknown): error is WxpayFault =>
  error instanceof WxpayFault && error.kind === 'ambiguous'
export const isRefused = (error: unknown): error is WxpayFault =>
  error instanceof WxpayFault && error.kind === 'refused'
